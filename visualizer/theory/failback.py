"""Failback too soon: the unit that is back takes over before it has its copy.

Symbols: N = `open_sessions` at the rejoin, C / b = `copies_per_s` that the cable carries, rate (new
sessions/s), t = `preempt_s` from the rejoin to the preemption. The whole table goes first, then what came
since.
"""

from __future__ import annotations

from visualizer.language import say
from visualizer.theory import limits


def failback_loss(open_sessions: float, copies_per_s: float, rate_per_s: float, preempt_s: float) -> float:
    """(N - t C / b)+ + rate t while the table is under way, which is N + rate t - t C / b; 0 once that is
    below 0.

    Fluid; nothing closes meanwhile. The first form alone would count new sessions as lost for ever.
    """
    limits.not_negative(open_sessions=open_sessions, copies_per_s=copies_per_s)
    limits.not_negative(rate_per_s=rate_per_s, preempt_s=preempt_s)
    return max(open_sessions + (rate_per_s - copies_per_s) * preempt_s, 0.0)


def resync_s(open_sessions: float, copies_per_s: float, rate_per_s: float) -> float:
    """How long the rejoined unit needs until preempting it costs nothing: N / (C / b - rate)."""
    limits.not_negative(open_sessions=open_sessions, rate_per_s=rate_per_s)
    if copies_per_s <= rate_per_s:
        raise ValueError(
            say(
                "{copies} copies a second never catch up with {rate} new sessions",
                copies=copies_per_s,
                rate=rate_per_s,
            )
        )
    return open_sessions / (copies_per_s - rate_per_s)
