"""How far something has come that a unit is busy with: starting, booting, getting its full copy."""

from __future__ import annotations

from visualizer.scene.frame import Frame
from visualizer.sim.event import SyncSent, TakeoverBegun
from visualizer.sim.state import Role


def progress(frame: Frame, tier: int, unit: int) -> float | None:
    """0 to 1, or None for a unit that waits for nothing that is known to end."""
    span = _span(frame, tier, unit)
    if span is None or span[1] <= span[0]:
        return None
    return min(max((frame.now_us - span[0]) / (span[1] - span[0]), 0.0), 1.0)


def _span(frame: Frame, tier: int, unit: int) -> tuple[int, int] | None:
    """From when to when."""
    here = frame.state.tiers[tier].units[unit]
    until_us = frame.now_us + 1
    match here.role:
        case Role.BOOTING:
            return here.since_us, here.since_us + frame.setup.tiers[tier].boot_us
        case Role.STARTING:
            begun = frame.history.events.between(TakeoverBegun, here.since_us, until_us)
            return next(
                ((e.at_us, e.due_us) for e in reversed(begun) if (e.tier, e.unit) == (tier, unit)), None
            )
        case Role.RESYNCING:
            sent = frame.history.events.between(SyncSent, here.since_us, until_us)
            full = [e for e in sent if e.full and (e.tier, e.unit) == (tier, 1 - unit)]
            return (full[-1].at_us, full[-1].due_us) if full else None
        case _:
            return None
