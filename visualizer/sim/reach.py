"""How far copies that come piece by piece have arrived at an instant."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from visualizer.sim.queueing import arrivals, messages
from visualizer.sim.setup import US_PER_S
from visualizer.sim.state import Bulk, Mark, State, Stream
from visualizer.sim.traffic import EARLIEST_US

_MARK_EVERY_US = 4 * US_PER_S
"""Marking costs as much as counting the messages once."""


def reach_us(state: State, tier: int, stream: Stream, at_us: int, *, delivered: bool) -> int:
    """Up to where (exclusive, by time of readiness) the changes of a stream have arrived at `at_us`;
    `delivered` counts those due at that very instant.
    """
    side = 1 if delivered else 0
    even_us = at_us - stream.latency_us + side
    if not stream.is_even:
        ready, arrive = arrivals(state, tier, stream.tail_under_way(at_us), min(stream.to_us, at_us + 1))
        missing = np.flatnonzero(arrive >= at_us + side)
        even_us = min(even_us, int(ready[missing[0]])) if len(missing) else even_us
    elif at_us + side <= stream.not_before_us:
        even_us = stream.from_us
    return max(min(stream.to_us, even_us), stream.from_us)


def mark_stream(state: State, tier: int) -> None:
    """Note how far a tier's running stream has come, so that nobody counts its messages from the start again.

    Only settled requests count: no fault changes any more what they met.
    """
    streams = state.tiers[tier].streams
    if not streams or streams[-1].is_even:
        return
    *before, last = streams
    until_us = min(state.tally.until_us + 1, last.to_us)
    if until_us - last.tail.from_us < _MARK_EVERY_US:
        return
    ready, left16 = messages(state, tier, last.tail, until_us)
    _, arrive = arrivals(state, tier, last.tail, until_us)
    way_back_us = last.latency_us + state.tier_setup(tier).sync.apply_us
    come = int(np.searchsorted(arrive, until_us - way_back_us))
    if come:
        mark = Mark(int(ready[come - 1]) + 1, int(left16[come - 1]), int(arrive[come - 1]))
        state.change_tier(tier, streams=(*before, replace(last, marks=(*last.marks, mark))))


def streams_reach_us(state: State, tier: int, bound_us: int, at_us: int, *, delivered: bool) -> int:
    """`bound_us` carried on by the running streams: one counts only when nothing before it is missing."""
    for stream in state.tiers[tier].streams:
        if stream.from_us <= bound_us:
            bound_us = max(bound_us, reach_us(state, tier, stream, at_us, delivered=delivered))
    return bound_us


def bulk_reach_us(bulk: Bulk, at_us: int, *, delivered: bool) -> int:
    """Up to where the pieces of a copy have arrived; EARLIEST_US: none has."""
    count = int(np.searchsorted(bulk.arrive_us, at_us, side="right" if delivered else "left"))
    if not count:  # a copy without pieces counts when it has arrived itself
        return EARLIEST_US
    return bulk.bound_us if count == len(bulk.ready_us) else int(bulk.ready_us[count])
