"""What would be lost if lightning struck at this instant: state that exists on one unit only.

A session is exposed from its acknowledgement until the other unit knows it, it closes, or it is lost. That is
an interval a session, so the exposure of every instant follows from two sorted columns.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from visualizer.sim.chance import Integers
from visualizer.sim.history import acknowledged_us, arrived_us, delivered_us, pieced_us
from visualizer.sim.knowledge import in_own
from visualizer.sim.queueing import is_hole, ready_delay_us, ready_us
from visualizer.sim.reach import reach_us
from visualizer.sim.service import accepted, lost_at, opens_between
from visualizer.sim.state import Era, State, Stream, Unit
from visualizer.sim.traffic import EARLIEST_US, FAR_US


@dataclass(frozen=True, slots=True)
class Exposure:
    """Sessions that one bolt would cost, for each tier (`by_tier`), and for the worst of them."""

    by_tier: tuple[int, ...]

    @property
    def worst(self) -> int:
        """The largest loss that a single bolt could cause."""
        return max(self.by_tier)


def exposure(state: State) -> Exposure:
    """What one more bolt would cost at the state's own instant: after the faults of that instant, before all
    else that happens then.
    """
    return Exposure(tuple(_one_more(state, tier) for tier in range(len(state.tiers))))


def _one_more(state: State, tier: int) -> int:
    now_us, era = state.now_us, state.eras[tier][-1]
    if era.from_us < now_us or not era.by_fault:
        return int(exposure_series(state, tier, np.array([now_us], dtype=np.int64))[0])
    if era.holder is None:
        return 0
    number = len(state.eras[tier]) - 1
    sessions, _, ends = _intervals(state, tier, number, FAR_US, now_us, now_us)
    opened_us = state.traffic.opens_us[sessions]
    acknowledged = acknowledged_us(state, opened_us) < now_us
    gone = lost_at(state, sessions) == now_us
    return int((acknowledged & ~gone & (ends >= now_us)).sum())


def exposure_series(state: State, tier: int, times_us: Integers) -> Integers:
    """Exposed sessions of a tier just before each of `times_us` (ascending, none in the future)."""
    counts = np.zeros(len(times_us), dtype=np.int64)
    if not len(times_us):
        return counts
    eras = state.eras[tier]
    ends = [*(era.from_us for era in eras[1:]), FAR_US]
    for number, (era, end_us) in enumerate(zip(eras, ends, strict=True)):
        first, last = np.searchsorted(times_us, (era.from_us, end_us), side="right")
        if first < last and era.holder is not None:
            counts[first:last] = _of_era(state, tier, number, end_us, times_us[first:last])
    return counts


def exposed_sessions(state: State, tier: int) -> Integers:
    """The sessions that are exposed at the state's own instant."""
    number = len(state.eras[tier]) - 1
    while number > 0 and state.eras[tier][number].from_us >= state.now_us:
        number -= 1
    sessions, starts, ends = _intervals(state, tier, number, FAR_US, state.now_us, state.now_us)
    return sessions[(starts < state.now_us) & (state.now_us <= ends)]


def exposed_intervals(
    state: State, tiers: Sequence[int], leads_us: Sequence[int]
) -> tuple[Integers, Integers]:
    """(starts, ends) of the run so far: one bolt at t on the units that hold these tiers' state costs as many
    sessions as have start < t <= end. A copy of `tiers[i]` counts `leads_us[i]` before it arrives: 0 where
    the bolt takes what is on the cable, the cable's latency where it does not.
    """
    bounds = sorted({era.from_us for tier in tiers for era in state.eras[tier]})
    found = [np.zeros((2, 0), dtype=np.int64)]
    for from_us, end_us in pairwise((*bounds, FAR_US)):
        if from_us < state.now_us:
            found.append(_in_any(state, tiers, leads_us, from_us, end_us))
    starts, ends = np.concatenate(found, axis=1)
    return starts, ends


def _in_any(
    state: State, tiers: Sequence[int], leads_us: Sequence[int], from_us: int, end_us: int
) -> Integers:
    """The same, shape (2, sessions), between two instants at which an era of one of the tiers begins: there a
    session is exposed until the last of the tiers has its copy.
    """
    sessions, starts, ends = (
        np.concatenate(parts)
        for parts in zip(
            *(
                _of_tier(state, tier, lead, from_us, end_us)
                for tier, lead in zip(tiers, leads_us, strict=True)
            ),
            strict=True,
        )
    )
    _, place = np.unique(sessions, return_inverse=True)
    first = np.full(place.max(initial=-1) + 1, FAR_US, dtype=np.int64)
    last = np.full(len(first), EARLIEST_US, dtype=np.int64)
    np.minimum.at(first, place, starts)
    np.maximum.at(last, place, ends)
    return np.stack([first, last])


def _of_tier(
    state: State, tier: int, lead_us: int, from_us: int, end_us: int
) -> tuple[Integers, Integers, Integers]:
    number = bisect_right(state.eras[tier], from_us, key=lambda era: era.from_us) - 1
    if state.eras[tier][number].holder is None:
        nobody = np.zeros(0, dtype=np.int64)
        return nobody, nobody, nobody
    sessions, starts, ends = _intervals(
        state, tier, number, end_us, from_us + 1, min(end_us, state.now_us), lead_us
    )
    starts = np.maximum(starts, from_us)
    real = starts < ends
    return sessions[real], starts[real], ends[real]


def _of_era(state: State, tier: int, number: int, end_us: int, times_us: Integers) -> Integers:
    low_us, high_us = int(times_us[0]), int(times_us[-1])
    _, starts, ends = _intervals(state, tier, number, end_us, low_us, high_us)
    real = starts < ends
    begun = np.searchsorted(np.sort(starts[real]), times_us)
    over = np.searchsorted(np.sort(ends[real]), times_us)
    result: Integers = begun - over
    return result


def _intervals(  # noqa: PLR0917
    state: State, tier: int, number: int, end_us: int, low_us: int, high_us: int, lead_us: int = 0
) -> tuple[Integers, Integers, Integers]:
    """(sessions, starts, ends): each is exposed in (start, end] of this era; only those that touch
    [low, high]. A copy counts `lead_us` before it arrives.
    """
    era = state.eras[tier][number]
    sessions = opens_between(state, _known_before(state, tier, number, low_us), high_us)
    sessions = sessions[state.traffic.closes_us[sessions] >= max(era.from_us + 1, low_us)]
    sessions = sessions[accepted(state, sessions)]
    opened = state.traffic.opens_us[sessions]
    known = known_at(state, tier, number, opened, sessions, low_us) - lead_us
    ends = np.minimum(np.minimum(state.traffic.closes_us[sessions], known), lost_at(state, sessions))
    acknowledged = _acknowledged_us(state, opened, low_us)
    return sessions, np.maximum(acknowledged, era.from_us), np.minimum(ends, end_us)


def _acknowledged_us(state: State, opened_us: Integers, low_us: int) -> Integers:
    """When sessions opened then were acknowledged: until then a bolt leaves them hung, not lost. EARLIEST_US
    for those that were certainly acknowledged before `low_us`.
    """
    certain = low_us >= state.now_us and _answers_in_order(state)
    settled_us = state.tally.until_us if certain else EARLIEST_US
    result = np.full(len(opened_us), EARLIEST_US, dtype=np.int64)
    fresh = opened_us > settled_us
    result[fresh] = acknowledged_us(state, opened_us[fresh])
    return result


def _answers_in_order(state: State) -> bool:
    """Whether a request that is answered means that all before it are: no change waits alone for its copy."""
    waiting = (setup.sync for setup, tier in zip(state.setup.tiers, state.tiers, strict=True) if tier.waits)
    return not any(sync.never or sync.pickup_us or sync.datagram for sync in waiting)


def _known_before(state: State, tier: int, number: int, low_us: int) -> int:
    """All changes made before this were known to the other unit before `low_us`; EARLIEST_US if unsure."""
    sync, era = state.tier_setup(tier).sync, state.eras[tier][number]
    if sync.never or sync.datagram:
        return EARLIEST_US
    delay_us = sync.pickup_us + ready_delay_us(state, tier)
    arrived = _deliveries(state, tier, number, low_us)[:1]
    bound_us = EARLIEST_US
    if arrived and arrived[0][0] < low_us:
        bound_us = arrived[0][1] - delay_us
    elif era.other is not None:
        bound_us = max(era.other.copied_us - delay_us, _own_until_us(era.other))
    for stream in _era_streams(state, tier, era):
        if stream.from_us <= bound_us + delay_us:
            bound_us = max(bound_us, _come_us(state, tier, stream, low_us) - delay_us)
    return max(bound_us, EARLIEST_US)


def _come_us(state: State, tier: int, stream: Stream, before_us: int) -> int:
    """Changes ready before this had come by a stream before an instant (of an uneven one: at least these)."""
    before_us = min(before_us, stream.died_us)
    if stream.is_even:
        return reach_us(state, tier, stream, before_us, delivered=False)
    return stream.tail_under_way(before_us).from_us


def _era_streams(state: State, tier: int, era: Era) -> list[Stream]:
    """The streams that bring the other unit of an era what the holder has, in order."""
    streams = [*state.streams[tier][era.first_stream :], *state.tiers[tier].streams]
    return [stream for stream in streams if stream.receiver != era.holder]


def _own_until_us(unit: Unit) -> int:
    """All that was made before this the unit took in itself."""
    return min(times[0][1] if times and times[0][0] == EARLIEST_US else EARLIEST_US for times in unit.own)


def _deliveries(state: State, tier: int, number: int, low_us: int) -> list[tuple[int, int]]:
    """(at_us, bound_us) of the era's copies from the last that arrived before `low_us` on."""
    eras, log = state.eras[tier], state.deliveries[tier]
    first = eras[number].first_delivery
    end = eras[number + 1].first_delivery if number + 1 < len(eras) else len(log)
    place = bisect_left(log, (low_us,), first, end)
    return log[max(place - 1, first) : end]


def known_at(  # noqa: PLR0917
    state: State, tier: int, number: int, changes_us: Integers, sessions: Integers, low_us: int
) -> Integers:
    """When the other unit of this era learnt of changes made at these times (FAR_US: not by now).

    Only changes that it had not learnt of before `low_us` may be asked for.
    """
    era = state.eras[tier][number]
    ready = ready_us(state, tier, changes_us, sessions)
    known = delivered_us(_deliveries(state, tier, number, low_us), ready)
    for stream in _era_streams(state, tier, era):
        known = np.minimum(known, arrived_us(state, tier, stream, ready))
    for bulk in state.bulks[tier][era.first_bulk :]:
        if bulk.receiver != era.holder:
            known = np.minimum(known, pieced_us(bulk, ready))
    if era.other is not None:
        known = _known_at_first(state, tier, era, known, changes_us, sessions)
    return known


def _known_at_first(  # noqa: PLR0917
    state: State, tier: int, era: Era, known: Integers, changes_us: Integers, sessions: Integers
) -> Integers:
    """What the other unit held when the era began, it has known from then on."""
    assert era.other is not None
    ready = ready_us(state, tier, changes_us, sessions)
    had = ready < era.other.copied_us
    if era.other.holes and era.holder is not None:
        had &= ~is_hole(state, tier, 1 - era.holder, era.other.holes, ready)
    had |= in_own(state, era.other.own, changes_us, sessions)
    result: Integers = np.where(had, era.from_us, known)
    return result
