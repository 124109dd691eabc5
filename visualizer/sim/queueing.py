"""When each message of a stream leaves and arrives: bandwidth, latency, jitter, repeats, order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from visualizer.sim.cable import FIXED_BITS, LANES, MOST_ATTEMPTS
from visualizer.sim.chance import Integers, Purpose, exponential, hits, philox, scaled
from visualizer.sim.replication import POLICIES
from visualizer.sim.service import accepted, opens_between, served, transactions_between
from visualizer.sim.setup import Quality, Share
from visualizer.sim.state import Holes, Refresh, State, Stream
from visualizer.sim.traffic import EARLIEST_US, FAR_US

Mask = NDArray[np.bool_]


def ready_us(state: State, tier: int, times_us: Integers, sessions: Integers) -> Integers:
    """When changes of these sessions made at these times are ready to be copied; FAR_US: never.

    Initial sessions were ready when they opened.
    """
    sync, traffic = state.tier_setup(tier).sync, state.traffic
    ready = times_us
    if sync.pickup_us:
        opened = traffic.opens_us[sessions]
        ready = np.where(opened >= 0, np.maximum(times_us, opened + sync.pickup_us), times_us)
    delay_us = ready_delay_us(state, tier)
    if delay_us:
        ready = np.where(times_us >= 0, ready + delay_us, ready)
    if sync.never:
        ready = np.where(hits(sync.never, sessions), FAR_US, ready)
    return ready


def ready_delay_us(state: State, tier: int) -> int:
    """How much later than it was made every change is ready: a policy that waits sends after the work."""
    waits = POLICIES[state.tier_setup(tier).sync.policy].waits
    return state.setup.traffic.response_us if waits else 0


def ready_between(state: State, tier: int, low_us: int, high_us: int) -> Integers:
    """When the changes became ready that did so in [low, high), ascending; a change of a session that closed
    while it was too young never does.
    """
    sync, traffic = state.tier_setup(tier).sync, state.traffic
    delay_us = ready_delay_us(state, tier)
    first_us, end_us = low_us - sync.pickup_us - delay_us, high_us - delay_us
    opening = opens_between(state, first_us, end_us)
    opening = opening[accepted(state, opening)]
    times, of = transactions_between(state, first_us, end_us)
    done = served(state, times, of)
    made = np.concatenate([traffic.opens_us[opening], times[done]])
    sessions = np.concatenate([opening, of[done]])
    ready = ready_us(state, tier, made, sessions)
    inside = (ready >= low_us) & (ready < high_us)
    if sync.pickup_us:
        inside &= traffic.closes_us[sessions] > ready
    return np.sort(ready[inside], kind="stable")  # two ascending runs: it merges them


def messages(state: State, tier: int, stream: Stream, until_us: int) -> tuple[Integers, Integers]:
    """(ready, left16) of the stream's messages ready before `until_us`: those of one instant are one message.
    `left16` is when its last bit has left, in units of 2^-16 us.
    """
    ready = ready_between(state, tier, stream.from_us, min(stream.to_us, until_us))
    first = np.flatnonzero(np.diff(ready, prepend=EARLIEST_US - 1))
    ready, counts = ready[first], np.diff(first, append=len(ready))
    return ready, departures16(ready, counts * stream.each16, stream.front16)


def departures16(ready: Integers, costs16: Integers, front16: int) -> Integers:
    """One queue: each message starts when it is ready and the one before has left."""
    if not len(ready):
        return ready
    total = np.cumsum(costs16)
    start = np.maximum.accumulate(np.maximum(ready << FIXED_BITS, front16) - (total - costs16))
    result: Integers = start + total
    return result


def arrivals(state: State, tier: int, stream: Stream, until_us: int) -> tuple[Integers, Integers]:
    """(ready, arrive) in microseconds of the messages ready before `until_us`; arrivals never overtake."""
    ready, left16 = messages(state, tier, stream, until_us)
    if not len(ready):
        return ready, ready
    left = -(-left16 >> FIXED_BITS)
    travel = _travel_us(state, tier, ready, stream.quality, stream.resend_us, datagram=stream.datagram)
    arrive: Integers = np.maximum.accumulate(np.maximum(left + travel, stream.not_before_us))
    return ready, arrive


def _travel_us(
    state: State, tier: int, ready: Integers, cable: Quality, resend_us: int, *, datagram: bool
) -> Integers:
    travel = np.full(len(ready), cable.latency_us, dtype=np.int64)
    attempt = np.zeros(len(ready), dtype=np.int64)
    if cable.loss and not datagram:
        attempt = _attempts(state, tier, ready, cable)
        travel += attempt * resend_us
    if cable.jitter_us:
        travel += _jitter_us(state, tier, ready, attempt, cable.jitter_us)
    return travel


def _attempts(state: State, tier: int, ready: Integers, cable: Quality) -> Integers:
    """How often each message had to be sent again."""
    attempt = np.zeros(len(ready), dtype=np.int64)
    open_ = np.arange(len(ready))
    for number in range(MOST_ATTEMPTS - 1):
        if not len(open_):
            break
        words = philox(state.setup.seed, Purpose.SYNC_LOSS, ready[open_], tier * LANES + number)[0]
        open_ = open_[words.astype(np.int64) < cable.loss.threshold]
        attempt[open_] += 1
    return attempt


def _jitter_us(state: State, tier: int, ready: Integers, attempt: Integers, mean_us: int) -> Integers:
    result = np.zeros(len(ready), dtype=np.int64)
    for number in np.unique(attempt).tolist():
        mine = attempt == number
        words = philox(state.setup.seed, Purpose.SYNC_JITTER, ready[mine], tier * LANES + number)[0]
        result[mine] = scaled(exponential(words), mean_us)
    return result


def is_hole(state: State, tier: int, unit: int, holes: tuple[Holes, ...], ready: Integers) -> Mask:
    """Which changes that became ready then were lost on the cable to `unit` and not brought again by now."""
    hole = np.zeros(len(ready), dtype=np.bool_)
    for stretch in holes:
        place = np.flatnonzero((ready >= stretch.from_us) & (ready < stretch.to_us))
        place = place[lost_messages(state, tier, ready[place], stretch.loss)]
        for refresh in state.refreshes[tier]:
            if refresh.receiver == unit:
                place = place[~brought(state, tier, ready[place], refresh)]
        hole[place] = True
    return hole


def lost_messages(state: State, tier: int, ready: Integers, loss: Share) -> Mask:
    """Which datagrams with changes that became ready then were lost."""
    words = philox(state.setup.seed, Purpose.SYNC_LOSS, ready, tier * LANES)[0]
    result: Mask = words.astype(np.int64) < loss.threshold
    return result


def brought(state: State, tier: int, ready: Integers, refresh: Refresh) -> Mask:
    """Which of these changes a refresh brought again."""
    words = philox(state.setup.seed, Purpose.REFRESH_LOSS, ready, tier + LANES * (refresh.number + 1))[0]
    result: Mask = (ready < refresh.bound_us) & (words.astype(np.int64) >= refresh.loss.threshold)
    return result
