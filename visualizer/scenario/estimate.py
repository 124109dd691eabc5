"""How large a run would be, from the setup alone, so that a hopeless one is refused before it starts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from visualizer.scenario.tree import Path
from visualizer.scenario.values import MAX_SESSIONS
from visualizer.sim.command import SetParameter
from visualizer.sim.parameters import PARAMETERS
from visualizer.sim.setup import Rate, Setup

MAX_TRANSACTIONS = 20_000_000
MAX_MESSAGES = 500_000
MAX_TICKS = 10_000_000


@dataclass(frozen=True, slots=True)
class Size:
    """One measure of a run against its limit; `path` is the key that decides it."""

    amount: int
    limit: int
    what: str
    path: Path
    todo: str


def sizes(setup: Setup) -> list[Size]:
    """The four measures of a run: sessions, transactions, messages between the units, ticks."""
    sessions, transactions = _work(setup)
    slower = "make it slower, or the run shorter"
    return [
        Size(sessions, MAX_SESSIONS, "sessions", ("traffic", "rate"), slower),
        Size(transactions, MAX_TRANSACTIONS, "transactions", ("traffic", "transactions"), slower),
        _messages(setup),
        Size(setup.duration_us // setup.tick_us, MAX_TICKS, "ticks", ("tick",), "make the tick longer"),
    ]


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


def _messages(setup: Setup) -> Size:
    """Heartbeats and syncs of all tiers; the key is the interval that makes most of them."""
    counts: dict[Path, int] = {}
    for index, tier in enumerate(setup.tiers):
        for part, interval_us in (("heartbeat", tier.heartbeat.interval_us), ("sync", tier.sync.interval_us)):
            pieces = _pieces(setup, f"{part}.interval", index, interval_us)
            counts["tiers", tier.name, part, "interval"] = sum(
                (stop - start) // interval for start, stop, interval in pieces if isinstance(interval, int)
            )
    busiest = max(counts, key=lambda path: counts[path])
    todo = "make the interval longer, or the run shorter"
    return Size(sum(counts.values()), MAX_MESSAGES, "heartbeats and syncs", busiest, todo)


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
