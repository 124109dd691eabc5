"""The three books of the run, by cause, and that they balance; beside them what theory expects.

State loss, interruption and doubt are never added together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from visualizer.language import say, say_as, thousands, translated
from visualizer.ledger import Account, FailoverRecord
from visualizer.report.material import Material
from visualizer.scene.targets import title_of
from visualizer.sim.command import UnitTarget
from visualizer.sim.faults import FAULTS
from visualizer.story.causes import INTERRUPTED, LOST
from visualizer.story.words import about, instant, sentence


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
        more_failovers=say("And {n} more.", n=thousands(more)) if more else "",
    )


def _lost(books: Account) -> Iterator[Cause]:
    whole = books.lost.sessions or books.lost.transactions
    for cause, lost in books.lost_by_cause.items():
        part = lost.sessions if books.lost.sessions else lost.transactions
        counts = (thousands(lost.sessions), thousands(lost.transactions))
        yield Cause(sentence(translated(LOST[cause])), counts, part / max(whole, 1))


def _interrupted(books: Account) -> Iterator[Cause]:
    for status, count in books.interrupted.items():
        share = count / max(books.requests_interrupted, 1)
        yield Cause(sentence(translated(INTERRUPTED[status])), (thousands(count),), share)


def _outcome(books: Account) -> Iterator[tuple[str, str]]:
    found = books.interruption
    yield say("Failed for good"), thousands(found.failed)
    yield say("Only delayed, served at a later try"), thousands(found.delayed)
    if found.waiting:
        yield say("Still trying at the end"), thousands(found.waiting)
    if found.longest_delay_us is not None and found.mean_delay_us is not None:
        yield say("Delay, on average"), about(found.mean_delay_us)
        yield say("Longest delay"), about(found.longest_delay_us)


def _balance(books: Account) -> tuple[Term, ...]:
    """offered = acknowledged + pending + failed + still trying; the audit of the engine holds to it."""
    found = books.interruption
    parts = (
        (books.acknowledged_sessions + books.acknowledged_transactions, say("acknowledged")),
        (books.pending, say("waiting for their answer")),
        (found.failed, say_as("so many requests", "failed")),
        (found.waiting, say_as("so many requests", "still trying")),
    )
    asked = books.offered_sessions + books.offered_transactions
    signs = ("=", "+", "+", "+")
    terms = (Term(sign, thousands(count), title) for sign, (count, title) in zip(signs, parts, strict=True))
    return (Term("", thousands(asked), say_as("so many requests", "asked for")), *terms)


def _failover(material: Material, record: FailoverRecord) -> Failover:
    found = record.failover
    name = title_of(material.setup, UnitTarget(found.tier, found.unit))
    return Failover(
        what=f"{_what(found.fault)}: {name}",
        at=instant(found.fault_us),
        takeover=_or_never(found.takeover_us),
        served=_or_never(found.restored_us),
        rpo=say("no copy") if record.achieved_rpo_us is None else about(record.achieved_rpo_us),
        rto=say("never") if record.achieved_rto_us is None else about(record.achieved_rto_us),
        sessions=thousands(record.lost.sessions),
        transactions=thousands(record.lost.transactions),
    )


def _what(fault: str | None) -> str:
    """What struck; beside the faults of scenarios there are those that a failover itself brings."""
    match fault:
        case None | "":
            return say("False alarm")
        case "fencing":
            return say("Fencing")
        case "power":
            return say("Power")
        case _:
            return translated(FAULTS[fault].title) if fault in FAULTS else sentence(fault)


def _or_never(at_us: int | None) -> str:
    return say("never") if at_us is None else instant(at_us)
