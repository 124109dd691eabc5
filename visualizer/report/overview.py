"""The head of a report: what ran, the verdict in a sentence, and the figures that one remembers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from visualizer.language import say, say_many, thousands, translated
from visualizer.ledger import Account, lost_changes
from visualizer.report.material import Material
from visualizer.story.reckoning import cost
from visualizer.story.words import about


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
        title=translated(setup.title),
        description=translated(setup.description),
        good=books.stateful,
        verdict=_verdict(books),
        sentence=found.sentence,
        reasons=(*_besides(material), *(remark.sentence for remark in found.more)),
        tiles=tuple(_tiles(material)),
    )


def _verdict(books: Account) -> str:
    if not books.stateful:
        return say("Not a stateful failover") if books.failovers else say("State was lost")
    return say("A stateful failover") if books.failovers else say("No failover, and no loss")


def _besides(material: Material) -> Iterator[str]:
    """What the sentence about sessions does not say."""
    alone = int(lost_changes(material.end).is_transaction.sum())
    if alone:
        yield say_many(
            "{n} transaction of sessions that live on is lost as well.",
            "{n} transactions of sessions that live on are lost as well.",
            alone,
            n=thousands(alone),
        )
    at_stake = material.books.at_stake.sessions
    if at_stake:
        yield say_many(
            "Both units are still active at the end: {n} session will be discarded.",
            "Both units are still active at the end: {n} sessions will be discarded.",
            at_stake,
            n=thousands(at_stake),
        )


def _tiles(material: Material) -> Iterator[Tile]:
    books = material.books
    asked = books.offered_sessions + books.offered_transactions
    yield Tile(
        say("Sessions lost"),
        thousands(books.lost.sessions),
        say("of {n} let in", n=thousands(books.acknowledged_sessions)),
        bad=books.lost.sessions > 0,
    )
    if books.offered_transactions:
        note = say("of {n} acknowledged", n=thousands(books.acknowledged_transactions))
        lost = books.lost.transactions
        yield Tile(say("Transactions lost"), thousands(lost), note, bad=lost > 0)
    interrupted = thousands(books.requests_interrupted)
    yield Tile(say("Requests interrupted"), interrupted, say("of {n} asked", n=thousands(asked)))
    whole = say("of {duration}", duration=about(material.setup.duration_us))
    yield Tile(say("No service for"), about(books.no_service_us), whole)
    if books.in_doubt:
        yield Tile(say("In doubt"), thousands(books.in_doubt), say("applied, never confirmed"))
    yield from _clocks(books)


def _clocks(books: Account) -> Iterator[Tile]:
    """How far back and how long, of the worst failover."""
    if not books.failovers:
        return
    count = len(books.failovers)
    worst = say("the worst of {n} failovers", n=count) if count > 1 else ""
    rpos_us = [record.achieved_rpo_us for record in books.failovers]
    rtos_us = [record.achieved_rto_us for record in books.failovers]
    rpo, rto = _worst(rpos_us, say("no copy")), _worst(rtos_us, say("never"))
    yield Tile(say("Achieved RPO"), rpo, worst or say("age of the last safe copy"))
    yield Tile(say("Achieved RTO"), rto, worst or say("until service was back"))


def _worst(times_us: list[int | None], none: str) -> str:
    known = [time_us for time_us in times_us if time_us is not None]
    return about(max(known)) if len(known) == len(times_us) else none
