"""Looking back: when each change reached the other unit, and when each request was acknowledged."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from visualizer.sim.cable import quality
from visualizer.sim.chance import Integers
from visualizer.sim.queueing import arrivals, brought, lost_messages, ready_delay_us
from visualizer.sim.state import Bulk, Refresh, State, Stream
from visualizer.sim.traffic import EARLIEST_US, FAR_US


def arrived_us(state: State, tier: int, stream: Stream, ready: Integers) -> Integers:
    """When changes that became ready then arrived by this stream; FAR_US: they did not."""
    known = np.full(len(ready), FAR_US, dtype=np.int64)
    place = np.flatnonzero((ready >= stream.from_us) & (ready < stream.to_us))
    if not len(place):
        return known
    mine = ready[place]
    if stream.is_even:
        due = np.maximum(mine + stream.latency_us, stream.not_before_us)
    else:
        due = _queued_us(state, tier, stream, mine)
    due = np.where(due < stream.died_us, due, FAR_US)
    if stream.datagram and stream.quality.loss:
        due = _through_holes(state, tier, stream, mine, due)
    known[place] = due
    return known


def _queued_us(state: State, tier: int, stream: Stream, ready: Integers) -> Integers:
    """When each message arrives; a change that needs none counts as copied with the one before it."""
    stream = stream.tail_with(int(ready.min()))
    sent, arrive = arrivals(state, tier, stream, int(ready.max()) + 1)
    found = np.searchsorted(sent, ready)
    own = np.append(sent, FAR_US)[found] == ready
    before = np.concatenate([[stream.not_before_us], arrive])[found]
    due: Integers = np.where(own, np.append(arrive, FAR_US)[found],
                             np.maximum(before, ready + stream.latency_us))  # fmt: skip
    return due


def _through_holes(state: State, tier: int, stream: Stream, ready: Integers, due: Integers) -> Integers:
    """A lost datagram's change comes with the first refresh that brings it."""
    lost = lost_messages(state, tier, ready, stream.quality.loss)
    due = np.where(lost, FAR_US, due)
    for refresh in _refreshes(state, tier, stream.receiver):
        again = lost & (due == FAR_US) & brought(state, tier, ready, refresh)
        due = np.where(again, refresh.arrived_us, due)
    return due


def _refreshes(state: State, tier: int, receiver: int) -> Iterable[Refresh]:
    return (refresh for refresh in state.refreshes[tier] if refresh.receiver == receiver)


def pieced_us(bulk: Bulk, ready: Integers) -> Integers:
    """When changes that became ready then were reached by a copy that came piece by piece; FAR_US: not."""
    if not len(bulk.ready_us):
        return np.full(len(ready), FAR_US, dtype=np.int64)
    pieces = np.maximum(np.searchsorted(bulk.ready_us, ready, side="right") - 1, 0)
    due = bulk.arrive_us[pieces]
    result: Integers = np.where((ready < bulk.bound_us) & (due < bulk.died_us), due, FAR_US)
    return result


def delivered_us(deliveries: list[tuple[int, int]], ready: Integers) -> Integers:
    """When the first whole copy with these changes arrived, from (at_us, bound_us) in order; FAR_US: none."""
    if not deliveries:
        return np.full(len(ready), FAR_US, dtype=np.int64)
    log = np.array(deliveries, dtype=np.int64)
    place = np.searchsorted(np.maximum.accumulate(log[:, 1]), ready, side="right")
    result: Integers = np.append(log[:, 0], FAR_US)[place]
    return result


def acknowledged_us(state: State, times_us: Integers) -> Integers:
    """When served requests made at these times were acknowledged; FAR_US: not yet, as far as is known."""
    acked = np.where(times_us >= 0, times_us + state.setup.traffic.response_us, EARLIEST_US)
    for tier, here in enumerate(state.tiers):
        if here.waits:
            acked = np.maximum(acked, _answered_us(state, tier, times_us))
    return acked


def _answered_us(state: State, tier: int, times_us: Integers) -> Integers:
    """When the standby of a tier answered; EARLIEST_US for requests that did not wait for it."""
    answered = np.full(len(times_us), EARLIEST_US, dtype=np.int64)
    for wait in state.tiers[tier].waits:
        place = np.flatnonzero((times_us >= wait.from_us) & (times_us < wait.to_us))
        if len(place):
            back = _copied_us(state, tier, times_us[place] + ready_delay_us(state, tier))
            answered[place] = np.minimum(back, wait.released_us)
    return answered


def _copied_us(state: State, tier: int, ready: Integers) -> Integers:
    """When the answer to changes that became ready then was back, by whatever way they went."""
    cuts, log = state.tiers[tier].answers_cut, state.deliveries[tier]
    ends_us = _ends_us([(cut.at_us, cut.deliveries) for cut in cuts], len(log))
    back = _answers_us(state, tier, np.array(log, dtype=np.int64).reshape(-1, 2)[:, 0], ends_us) < FAR_US
    whole = delivered_us([one for one, here in zip(log, back.tolist(), strict=True) if here], ready)
    answered = [_answers_us(state, tier, whole, FAR_US)]
    for stream in _streams(state, tier):
        copied = arrived_us(state, tier, stream, ready)
        answered.append(_answers_us(state, tier, copied, stream.answered_by_us))
    bulk_ends_us = _ends_us([(cut.at_us, cut.bulks) for cut in cuts], len(state.bulks[tier]))
    for bulk, end_us in zip(state.bulks[tier], bulk_ends_us.tolist(), strict=True):
        answered.append(_answers_us(state, tier, pieced_us(bulk, ready), end_us))
    result: Integers = np.minimum.reduce(answered)
    return result


def _streams(state: State, tier: int) -> list[Stream]:
    return [*state.streams[tier], *state.tiers[tier].streams]


def _ends_us(cuts: list[tuple[int, int]], count: int) -> Integers:
    """Before when each of `count` copies was answered or never, from (cut, copies before it) in order."""
    log = np.array(cuts, dtype=np.int64).reshape(-1, 2)
    place = np.searchsorted(log[:, 1], np.arange(count), side="right")
    result: Integers = np.append(log[:, 0], FAR_US)[place]
    return result


def _answers_us(state: State, tier: int, copied: Integers, before_us: Integers | int) -> Integers:
    """When the answers to copies that arrived then were back; FAR_US: not before `before_us`, so never.

    Each goes back at the latency of its time; what is on its way when that changes, at the new one.
    """
    sync, streams = state.tier_setup(tier).sync, _streams(state, tier)
    latency_us = streams[0].latency_us if streams else quality(state, tier, sync.link).latency_us
    answered = copied + sync.apply_us + latency_us
    for stream in streams[1:]:
        again = np.maximum(copied + sync.apply_us + stream.latency_us, stream.from_us)
        answered = np.where(answered >= stream.from_us, again, answered)
    result: Integers = np.where((answered < before_us) & (copied < FAR_US), answered, FAR_US)
    return result
