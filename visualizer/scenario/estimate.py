"""How large a run would be, from the setup alone, so that a hopeless one is refused before it starts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from visualizer.language import commas, marked, translated
from visualizer.scenario.problem import Finding
from visualizer.scenario.tree import Path
from visualizer.scenario.values import MAX_SESSIONS
from visualizer.sim.command import SetParameter
from visualizer.sim.parameters import PARAMETERS
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import Rate, Setup, TierSetup

MAX_TRANSACTIONS = 20_000_000
MAX_MESSAGES = 500_000
MAX_TICKS = 10_000_000
MAX_REPAIRS = 50_000_000
"""Changes that refreshes send again: each of them may be lost again, which the engine draws one by one."""

MAX_COPIED_BYTES = 10**12
"""Times 8 bits times the microseconds of a second it stays below 2**63: exact integers to the last byte."""


_SESSIONS = marked("about {amount} sessions, the limit is {limit}")
_TRANSACTIONS = marked("about {amount} transactions, the limit is {limit}")


@dataclass(frozen=True, slots=True)
class Size:
    """One measure of a run against its limit; `path` is the key that decides it. `what` says that the
    `{amount}` is above the `{limit}`.
    """

    amount: int
    limit: int
    what: str
    path: Path
    todo: str


def size_findings(setup: Setup) -> list[Finding]:
    """What makes the run too large."""
    return [
        (
            size.path,
            translated(size.what).format(amount=commas(size.amount), limit=commas(size.limit)),
            translated(size.todo),
        )
        for size in sizes(setup)
        if size.amount > size.limit
    ]


def sizes(setup: Setup) -> list[Size]:
    """The measures of a run: its work, the messages between the units, what copying takes, ticks."""
    sessions, transactions = _work(setup)
    slower = marked("make it slower, or the run shorter")
    measures = [
        Size(sessions, MAX_SESSIONS, _SESSIONS, ("traffic", "rate"), slower),
        Size(transactions, MAX_TRANSACTIONS, _TRANSACTIONS, ("traffic", "transactions"), slower),
        _closed_loop(setup),
        _messages(setup),
        Size(
            setup.duration_us // setup.tick_us,
            MAX_TICKS,
            marked("about {amount} ticks, the limit is {limit}"),
            ("tick",),
            marked("make the tick longer"),
        ),
    ]
    for tier in setup.tiers:
        measures += _copying(tier, setup.duration_us, sessions + transactions)
    return measures


def _work(setup: Setup) -> tuple[int, int]:
    """Expected sessions and transactions. A session asks from its birth until it ends or the run does."""
    traffic, end = setup.traffic, setup.duration_us
    mean = traffic.lifetime_us if traffic.lifetime_us is not None else end
    sessions = Fraction(traffic.initial_sessions)
    session_us = sessions * min(mean, end)
    for start, stop, rate in _pieces(setup, "rate", None, traffic.session_rate):
        if isinstance(rate, Rate):
            born = Fraction((stop - start) * rate.events, rate.per_us)
            sessions += born
            session_us += born * min(mean, end - (start + stop) // 2)
    asks = traffic.transaction_rate
    return int(sessions), int(session_us * asks.events / asks.per_us) if asks else 0


def _closed_loop(setup: Setup) -> Size:
    """At most one transaction of each connection in the time of an answer."""
    traffic = setup.traffic
    asked = (traffic.connections or 0) * setup.duration_us // max(traffic.response_us, 1)
    todo = marked("make the response longer, or the run shorter")
    return Size(asked, MAX_TRANSACTIONS, _TRANSACTIONS, ("traffic", "connections"), todo)


def _messages(setup: Setup) -> Size:
    """Heartbeats, syncs, refreshes, looks at who waits; the key is the interval that makes most of them."""
    counts: dict[Path, int] = {}
    for index, tier in enumerate(setup.tiers):
        intervals_us = {"heartbeat": tier.heartbeat.interval_us}
        if POLICIES[tier.sync.policy].ticks:
            intervals_us["sync"] = tier.sync.interval_us
        for part, interval_us in intervals_us.items():
            pieces = _pieces(setup, f"{part}.interval", index, interval_us)
            counts["tiers", tier.name, part, "interval"] = sum(
                (stop - start) // interval for start, stop, interval in pieces if isinstance(interval, int)
            )
        counts["tiers", tier.name, "sync", "refresh"] = _times(setup.duration_us, tier.sync.refresh_us)
        counts["tiers", tier.name, "sync", "timeout"] = _looks(tier, setup.duration_us)
    busiest = max(counts, key=lambda path: counts[path])
    what = marked("about {amount} heartbeats and syncs, the limit is {limit}")
    todo = marked("make it longer, or the run shorter")
    return Size(sum(counts.values()), MAX_MESSAGES, what, busiest, todo)


def _copying(tier: TierSetup, duration_us: int, changes: int) -> list[Size]:
    """What copying the changes of a run takes in one tier; a refresh or snapshot sends all of them again."""
    if not POLICIES[tier.sync.policy].copies:
        return []
    sync = tier.sync
    repairs = changes * _times(duration_us, sync.refresh_us)
    snapshots = _times(duration_us, sync.interval_us) if POLICIES[sync.policy].whole else 0
    copied = (changes * (1 + snapshots) + repairs) * sync.change_bytes
    path: Path = ("tiers", tier.name, "sync")
    again = marked("about {amount} changes sent again, the limit is {limit}")
    rarer = marked("refresh less often, or make the run shorter")
    bytes_ = marked("about {amount} bytes to copy, the limit is {limit}")
    smaller = marked("make the changes smaller, or the run shorter")
    return [
        Size(repairs, MAX_REPAIRS, again, (*path, "refresh"), rarer),
        Size(copied, MAX_COPIED_BYTES, bytes_, (*path, "change_size"), smaller),
    ]


def _looks(tier: TierSetup, duration_us: int) -> int:
    """A tier whose requests wait looks once in the time-out whether the oldest has waited too long."""
    sync = tier.sync
    return _times(duration_us, sync.timeout_us or 0) if POLICIES[sync.policy].waits else 0


def _times(duration_us: int, interval_us: int) -> int:
    """How often something happens in a run; never when the interval is 0."""
    return duration_us // interval_us if interval_us else 0


def _pieces(
    setup: Setup, path: str, tier: int | None, value: int | Rate | None
) -> list[tuple[int, int, int | Rate | None]]:
    """(start, stop, value) of a parameter over the run, cut where a command changes it; times in us."""
    pieces = []
    start = 0
    for command in setup.commands:
        if isinstance(command, SetParameter) and command.tier == tier:
            if PARAMETERS[command.parameter].path != path:
                continue
            pieces.append((start, command.at_us, value))
            start, value = command.at_us, command.value
    return [*pieces, (start, setup.duration_us, value)]
