"""The three books of the run, by cause, and that they balance; beside them what theory expects.

State loss, interruption and doubt are never added together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from visualizer.ledger import Account, FailoverRecord
from visualizer.report.material import Material
from visualizer.scene.targets import title_of
from visualizer.sim.command import UnitTarget
from visualizer.sim.faults import FAULTS
from visualizer.story.causes import INTERRUPTED, LOST
from visualizer.story.words import about, instant, sentence, thousands


@dataclass(frozen=True, slots=True)
class Cause:
    """`counts`: one for each column of its table. `share`: of all in the first column, 0 to 1."""

    title: str
    counts: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Failover:
    """One change of the active unit, with what it cost, as words."""

    what: str
    at: str
    takeover: str
    served: str
    rpo: str
    rto: str
    sessions: str
    transactions: str


@dataclass(frozen=True, slots=True)
class Term:
    """A part of the balance: `sign` stands before it."""

    sign: str
    count: str
    title: str


@dataclass(frozen=True, slots=True)
class Ledgers:
    """`lost`: sessions and transactions by cause. `interrupted`: requests by what they
    met; `outcome`: what became of them. `balance`: asked for = what became of it.
    """

    lost: tuple[Cause, ...]
    lost_sessions: str
    lost_transactions: str
    interrupted: tuple[Cause, ...]
    requests: str
    outcome: tuple[tuple[str, str], ...]
    in_doubt: str
    at_stake: str
    no_service: str
    balance: tuple[Term, ...]
    failovers: tuple[Failover, ...]
    more_failovers: str


MOST_FAILOVERS = 25


def ledgers(material: Material) -> Ledgers:
    """The books at the end of the run."""
    books = material.books
    shown = books.failovers[:MOST_FAILOVERS]
    more = len(books.failovers) - len(shown)
    return Ledgers(
        lost=tuple(_lost(books)),
        lost_sessions=thousands(books.lost.sessions),
        lost_transactions=thousands(books.lost.transactions),
        interrupted=tuple(_interrupted(books)),
        requests=thousands(books.requests_interrupted),
        outcome=tuple(_outcome(books)),
        in_doubt=thousands(books.in_doubt),
        at_stake=thousands(books.at_stake.sessions),
        no_service=about(books.no_service_us),
        balance=_balance(books),
        failovers=tuple(_failover(material, record) for record in shown),
        more_failovers=f"{thousands(more)} more" if more else "",
    )


def _lost(books: Account) -> Iterator[Cause]:
    whole = books.lost.sessions or books.lost.transactions
    for cause, lost in books.lost_by_cause.items():
        part = lost.sessions if books.lost.sessions else lost.transactions
        counts = (thousands(lost.sessions), thousands(lost.transactions))
        yield Cause(sentence(LOST[cause]), counts, part / max(whole, 1))


def _interrupted(books: Account) -> Iterator[Cause]:
    for status, count in books.interrupted.items():
        share = count / max(books.requests_interrupted, 1)
        yield Cause(sentence(INTERRUPTED[status]), (thousands(count),), share)


def _outcome(books: Account) -> Iterator[tuple[str, str]]:
    found = books.interruption
    yield "Failed for good", thousands(found.failed)
    yield "Only delayed, served at a later try", thousands(found.delayed)
    if found.waiting:
        yield "Still trying at the end", thousands(found.waiting)
    if found.longest_delay_us is not None and found.mean_delay_us is not None:
        yield "Delay, on average", about(found.mean_delay_us)
        yield "Longest delay", about(found.longest_delay_us)


def _balance(books: Account) -> tuple[Term, ...]:
    """offered = acknowledged + pending + failed + still trying; the audit of the engine holds to it."""
    found = books.interruption
    parts = (
        (books.acknowledged_sessions + books.acknowledged_transactions, "acknowledged"),
        (books.pending, "waiting for their answer"),
        (found.failed, "failed"),
        (found.waiting, "still trying"),
    )
    asked = books.offered_sessions + books.offered_transactions
    signs = ("=", "+", "+", "+")
    terms = (Term(sign, thousands(count), title) for sign, (count, title) in zip(signs, parts, strict=True))
    return (Term("", thousands(asked), "asked for"), *terms)


def _failover(material: Material, record: FailoverRecord) -> Failover:
    found = record.failover
    fault = FAULTS.get(found.fault or "")
    name = title_of(material.setup, UnitTarget(found.tier, found.unit))
    what = fault.title if fault else sentence(found.fault or "false alarm")
    return Failover(
        what=f"{what}: {name}",
        at=instant(found.fault_us),
        takeover=_or(found.takeover_us, "never"),
        served=_or(found.restored_us, "never"),
        rpo="no copy" if record.achieved_rpo_us is None else about(record.achieved_rpo_us),
        rto="never" if record.achieved_rto_us is None else about(record.achieved_rto_us),
        sessions=thousands(record.lost.sessions),
        transactions=thousands(record.lost.transactions),
    )


def _or(at_us: int | None, never: str) -> str:
    return never if at_us is None else instant(at_us)
