"""Why was this one lost? The chain of every lost session: accepted, last safe sync, fault, takeover."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.sim.event import LossCause
from visualizer.sim.state import State


@dataclass(frozen=True, slots=True)
class Chain:
    """All instants in microseconds; None: it did not happen (yet)."""

    session: int
    tier: int
    cause: LossCause
    accepted_us: int
    safe_us: int | None
    fault: str | None
    fault_us: int
    lost_us: int
    takeover_us: int | None


def chain(state: State, session: int) -> Chain:
    """The chain of one lost session; KeyError when it was not lost."""
    number = int(state.lost_by[session]) if 0 <= session < len(state.lost_by) else -1
    if number < 0:
        raise KeyError(f"session {session} was not lost")
    loss = state.losses[number]
    failover = None if loss.failover is None else state.failovers[loss.failover]
    return Chain(
        session=session,
        tier=loss.tier,
        cause=loss.cause,
        accepted_us=int(state.traffic.opens_us[session]),
        safe_us=loss.safe_us,
        fault=None if failover is None else failover.fault,
        fault_us=loss.at_us if failover is None else failover.fault_us,
        lost_us=loss.at_us,
        takeover_us=None if failover is None else failover.takeover_us,
    )
