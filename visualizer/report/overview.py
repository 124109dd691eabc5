"""The head of a report: what ran, the verdict in a sentence, and the figures that one remembers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from visualizer.ledger import Account, lost_changes
from visualizer.report.material import Material
from visualizer.story.reckoning import cost
from visualizer.story.words import about, sessions, thousands


@dataclass(frozen=True, slots=True)
class Tile:
    """One large figure. `note` says what it is a part of."""

    title: str
    figure: str
    note: str = ""
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """`verdict`: two or three words; `sentence`: what it cost; `reasons`: why, in a sentence or two each."""

    title: str
    description: str
    good: bool
    verdict: str
    sentence: str
    reasons: tuple[str, ...]
    tiles: tuple[Tile, ...]


def overview(material: Material) -> Overview:
    """The head of the report."""
    books, setup = material.books, material.setup
    found = cost(material.events, setup.duration_us, setup)
    return Overview(
        title=setup.title,
        description=setup.description,
        good=books.stateful,
        verdict=_verdict(books),
        sentence=found.sentence,
        reasons=(*_besides(material), *(remark.sentence for remark in found.more)),
        tiles=tuple(_tiles(material)),
    )


def _verdict(books: Account) -> str:
    if not books.stateful:
        return "Not a stateful failover" if books.failovers else "State was lost"
    return "A stateful failover" if books.failovers else "No failover, and no loss"


def _besides(material: Material) -> Iterator[str]:
    """What the sentence about sessions does not say."""
    alone = int(lost_changes(material.end).is_transaction.sum())
    if alone:
        plural = "" if alone == 1 else "s"
        yield f"{thousands(alone)} transaction{plural} of sessions that live on {_are(alone)} lost as well."
    at_stake = material.books.at_stake.sessions
    if at_stake:
        yield f"Both units are still active at the end: {sessions(at_stake)} will be discarded."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _tiles(material: Material) -> Iterator[Tile]:
    books = material.books
    asked = books.offered_sessions + books.offered_transactions
    yield Tile(
        "Sessions lost",
        thousands(books.lost.sessions),
        f"of {thousands(books.acknowledged_sessions)} let in",
        bad=books.lost.sessions > 0,
    )
    if books.offered_transactions:
        let_in = thousands(books.acknowledged_transactions)
        lost = books.lost.transactions
        yield Tile("Transactions lost", thousands(lost), f"of {let_in} acknowledged", bad=lost > 0)
    yield Tile("Requests interrupted", thousands(books.requests_interrupted), f"of {thousands(asked)} asked")
    yield Tile("No service for", about(books.no_service_us), f"of {about(material.setup.duration_us)}")
    if books.in_doubt:
        yield Tile("In doubt", thousands(books.in_doubt), "applied, never confirmed")
    yield from _clocks(books)


def _clocks(books: Account) -> Iterator[Tile]:
    """How far back and how long, of the worst failover."""
    if not books.failovers:
        return
    worst = f"the worst of {len(books.failovers)} failovers" if len(books.failovers) > 1 else ""
    rpos_us = [record.achieved_rpo_us for record in books.failovers]
    rtos_us = [record.achieved_rto_us for record in books.failovers]
    yield Tile("Achieved RPO", _worst(rpos_us, "no copy"), worst or "age of the last safe copy")
    yield Tile("Achieved RTO", _worst(rtos_us, "never"), worst or "until service was back")


def _worst(times_us: list[int | None], none: str) -> str:
    known = [time_us for time_us in times_us if time_us is not None]
    return about(max(known)) if len(known) == len(times_us) else none
