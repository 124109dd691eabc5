"""A closed loop: so many connections, each of which asks again only when it has its answer.

While answers come in a steady time the loop turns evenly, so its requests are columns like all others. When
that time changes, or answers stop, what is still to come is drawn anew from that instant.
"""

from __future__ import annotations

import numpy as np

from visualizer.sim.agenda import Batch
from visualizer.sim.cable import FIXED_BITS
from visualizer.sim.chance import Integers
from visualizer.sim.columns import with_future
from visualizer.sim.event import Status
from visualizer.sim.history import acknowledged_us
from visualizer.sim.service import STATUSES, group_of, status_codes
from visualizer.sim.setup import Rate
from visualizer.sim.state import State
from visualizer.sim.traffic import FAR_US, START_US
from visualizer.sim.waiting import unanswered_from_us

_SERVED = STATUSES.index(Status.SERVED)


def keep_pace(state: State) -> None:
    """Draw the future anew if the connections of a group ask at another pace from now on."""
    paces = tuple(_pace(state, group) for group in range(state.groups))
    if paces == state.paces:
        return
    old, state.paces = state.paces, paces
    connections = np.arange(_connections(state), dtype=np.int64)
    group = group_of(state, connections)
    last_us = _last_us(state, len(connections))
    times, sessions = [], []
    for number, pace in enumerate(paces):
        mine = connections[group == number]
        stopped = number >= len(old) or old[number] is None
        next_us = _next_us(state, mine, last_us[mine], pace, stopped=stopped)
        mine, next_us = mine[next_us < FAR_US], next_us[next_us < FAR_US]
        asked, of = (next_us, mine) if pace is None else _series(state, mine, next_us, pace)
        times.append(asked)
        sessions.append(of)
    state.traffic = with_future(
        state.traffic, state.now_us + 1, np.concatenate(times), np.concatenate(sessions)
    )


def _connections(state: State) -> int:
    """Connections are the sessions that are open from the start."""
    traffic = state.setup.traffic
    return min(traffic.connections or 0, traffic.initial_sessions)


def _pace(state: State, group: int) -> Rate | None:
    """How often each connection asks: as its answers come, but not more often than it has to; None: never."""
    answer_us = _answer_us(state)
    if state.service[group][-1][1] is not Status.SERVED or answer_us is None:
        return None
    answered, wanted = Rate(1, max(answer_us, 1)), state.setup.traffic.transaction_rate
    if wanted is not None and wanted.events * answered.per_us < wanted.per_us:
        return wanted
    return answered


def _answer_us(state: State) -> int | None:
    """From a request to its answer; None: no answers come. Jitter and repeats of the cable are left out."""
    response_us = state.setup.traffic.response_us
    longest_us = response_us
    for tier, here in enumerate(state.tiers):
        if not here.requests_wait:
            continue
        if not _standby_answers(state, tier):
            return None
        stream = here.streams[-1]
        message_us = -(-stream.each16 >> FIXED_BITS)
        there_and_back_us = 2 * stream.latency_us + state.tier_setup(tier).sync.apply_us
        queue_us = -(-_connections(state) * stream.each16 >> FIXED_BITS)  # all take their turn on the cable
        longest_us = max(longest_us, response_us + message_us + there_and_back_us, queue_us)
    return longest_us


def _steady_us(state: State) -> int:
    """From when on a request is answered in that time: before, it stands behind what was sent more slowly."""
    response_us, steady_us = state.setup.traffic.response_us, 0
    for here in state.tiers:
        if here.requests_wait and here.streams:
            stream = here.streams[-1]
            travel_us = (stream.each16 >> FIXED_BITS) + stream.latency_us
            behind_us = max(stream.not_before_us - travel_us, -(-stream.front16 >> FIXED_BITS))
            steady_us = max(steady_us, behind_us - response_us)
    return steady_us


def _standby_answers(state: State, tier: int) -> bool:
    """Whether each change goes to the standby at once, and nothing that it lacked is still on its way."""
    streams = state.tiers[tier].streams
    if not streams or streams[-1].to_us != FAR_US:
        return False
    return not any(
        isinstance(due, Batch) and due.tier == tier and due.refresh is None for _, _, _, due in state.agenda
    )


def _last_us(state: State, connections: int) -> Integers:
    """When each connection asked last, START_US if it has not yet; later than now if its next try is."""
    traffic = state.traffic
    made = np.flatnonzero(traffic.transaction_asked_us <= state.now_us)
    last_us = np.full(connections, START_US, dtype=np.int64)
    last_us[traffic.transaction_session[made]] = traffic.transaction_us[made]  # ascending: the last one stays
    return last_us


def _next_us(
    state: State, connections: Integers, last_us: Integers, pace: Rate | None, *, stopped: bool
) -> Integers:
    """When each connection asks next; FAR_US: not before answers come again.

    `stopped`: no answers came until now. Then, and after a request that was never answered, they start again
    one after the other, evenly over one turn.
    """
    now_us = max(state.now_us, _steady_us(state))
    served = status_codes(state, last_us, connections) == _SERVED
    wanted = state.setup.traffic.transaction_rate
    rest_us = 0 if wanted is None else wanted.per_us // wanted.events
    next_us = np.maximum(_answered_us(state, last_us), np.where(last_us > START_US, last_us + rest_us, 0))
    next_us = np.where(served, np.maximum(next_us, now_us), FAR_US if pace is None else now_us)
    if pace is None:
        return next_us
    turn_us = (
        np.arange(len(connections), dtype=np.int64) * pace.per_us // (pace.events * max(len(connections), 1))
    )
    return np.where((stopped | ~served) & (next_us < FAR_US), next_us + turn_us, next_us)


def _answered_us(state: State, times_us: Integers) -> Integers:
    """When requests made at these times are answered, as far as it is certain; FAR_US: not."""
    if _answer_us(state) is None:
        answered = times_us < unanswered_from_us(state, inclusive=True)
        return np.where(answered, times_us, FAR_US)
    return acknowledged_us(state, times_us)


def _series(state: State, connections: Integers, first_us: Integers, pace: Rate) -> tuple[Integers, Integers]:
    """(times, connections): each asks at `first_us` and then at this pace, as long as its session lasts."""
    last_us = np.minimum(state.traffic.closes_us[connections] - 1, state.setup.duration_us)
    counts = np.maximum((last_us - first_us) * pace.events // pace.per_us + 1, 0)
    which = np.repeat(np.arange(len(connections), dtype=np.int64), counts)
    ordinal = np.arange(len(which), dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts)
    times = first_us[which] + ordinal * pace.per_us // pace.events
    fits = times <= last_us[which]
    return times[fits], connections[which[fits]]
