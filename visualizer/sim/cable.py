"""Cables: whether one carries frames now, how well, and what chance does to a single frame."""

from __future__ import annotations

from visualizer.sim.chance import Purpose, draw, draw_exponential, scaled
from visualizer.sim.setup import Quality
from visualizer.sim.state import State

MOST_ATTEMPTS = 16
"""A transport that repeats gets a frame through at the latest with this one."""

LANES = 64
"""The key of a draw holds the tier and, in steps of this, the attempt."""

FIXED_BITS = 16
"""Queues count in units of 2^-16 microseconds, so that a thousand short messages do not round a thousand
times."""


def carries(state: State, tier: int, number: int) -> bool:
    """Whether a frame that leaves now gets to the other end."""
    isolated = any(unit.isolated for unit in state.tiers[tier].units)
    return state.links[tier][number].up and not isolated


def quality(state: State, tier: int, number: int) -> Quality:
    """How a cable carries frames at this instant."""
    setup = state.tier_setup(tier).links[number]
    if state.links[tier][number].degraded and setup.degraded is not None:
        return setup.degraded
    return setup.quality


def message16(state: State, tier: int) -> int:
    """How long one change occupies the sync cable, in units of 2^-16 us."""
    sync = state.tier_setup(tier).sync
    bandwidth_bps = quality(state, tier, sync.link).bandwidth_bps
    if not bandwidth_bps:
        return 0
    return (sync.change_bytes * 8 * 1_000_000 << FIXED_BITS) // bandwidth_bps


def rounded_up(time16: int) -> int:
    """Whole microseconds, not before it."""
    return -(-time16 >> FIXED_BITS)


def flight_us(state: State, tier: int, index: int, cable: Quality, *, resends: bool) -> int | None:
    """How long batch `index` of the tier travels, repeats included; None when it is lost for good."""
    resend_us = state.tier_setup(tier).sync.resend_us
    for attempt in range(MOST_ATTEMPTS):
        key = tier * LANES + attempt
        fails = (
            bool(cable.loss) and draw(state.setup.seed, Purpose.SYNC_LOSS, index, key) < cable.loss.threshold
        )
        if not fails or attempt == MOST_ATTEMPTS - 1:
            jitter_us = jitter(state.setup.seed, Purpose.SYNC_JITTER, index, key, cable.jitter_us)
            return cable.latency_us + jitter_us + attempt * resend_us
        if not resends:
            return None
    raise AssertionError("the last attempt always gets through")


def jitter(seed: int, purpose: Purpose, index: int, key: int, mean_us: int) -> int:
    """Exponential with this mean, whole microseconds."""
    if not mean_us:
        return 0
    return int(scaled(draw_exponential(seed, purpose, index, key), mean_us)[0])
