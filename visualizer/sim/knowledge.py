"""What each unit of a pair holds, and since when: its own work, copies, streams, copies under way, eras."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from visualizer.sim.agenda import Batch
from visualizer.sim.cable import FIXED_BITS
from visualizer.sim.chance import Integers
from visualizer.sim.intervals import Intervals, clip
from visualizer.sim.queueing import arrivals, brought, is_hole, messages, ready_delay_us, ready_us
from visualizer.sim.reach import bulk_reach_us, streams_reach_us
from visualizer.sim.service import group_of, running
from visualizer.sim.state import WAITING, Era, Refresh, Role, State, Stream, Unit
from visualizer.sim.traffic import EARLIEST_US, FAR_US
from visualizer.sim.waiting import cut_answers

Mask = NDArray[np.bool_]


def copied_now_us(state: State, tier: int, unit: int, *, delivered: bool = True) -> int:
    """Everything ready before this bound has reached a unit by copies, what comes by stream included."""
    bound_us = state.tiers[tier].units[unit].copied_us
    if any(batch.in_pieces for batch in batches_to(state, tier, unit)):
        bound_us = max(bound_us, bulk_reach_us(state.bulks[tier][-1], state.now_us, delivered=delivered))
    if _receives(state, tier, unit):
        return streams_reach_us(state, tier, bound_us, state.now_us, delivered=delivered)
    return bound_us


def copied_ever_us(state: State, tier: int, unit: int) -> int:
    """The same bound when all that is on the cable has arrived."""
    return carried_on_us(state, tier, unit, _copies_ever_us(state, tier, unit), state.now_us)


def _copies_ever_us(state: State, tier: int, unit: int) -> int:
    """That bound without what comes by stream."""
    bounds = [batch.bound_us for batch in batches_to(state, tier, unit) if not batch.lost]
    return max([state.tiers[tier].units[unit].copied_us, *bounds])


def carried_on_us(state: State, tier: int, unit: int, bound_us: int, end_us: int) -> int:
    """`bound_us` carried on by what the streams to a unit sent before `end_us`: one counts only when nothing
    before it is missing.
    """
    if _receives(state, tier, unit):
        for stream in state.tiers[tier].streams:
            if stream.from_us <= bound_us:
                bound_us = max(bound_us, min(stream.to_us, end_us))
    return bound_us


def prospective_safe_us(state: State, tier: int, unit: int) -> int | None:
    """Up to which instant everything is copied to a unit, counting what is on the cable; None: nothing is."""
    safe = [state.tiers[tier].units[unit].safe_us]
    safe += [batch.cut_us for batch in batches_to(state, tier, unit) if not batch.lost]
    copies_us = _copies_ever_us(state, tier, unit)
    joined_us = carried_on_us(state, tier, unit, copies_us, state.now_us)
    if joined_us > copies_us:
        safe.append(joined_us)
    known = [instant for instant in safe if instant is not None]
    return max(known) if known else None


def _receives(state: State, tier: int, unit: int) -> bool:
    streams = state.tiers[tier].streams
    return bool(streams) and streams[0].receiver == unit


def batches_to(state: State, tier: int, unit: int) -> list[Batch]:
    """The batches on the cable to a unit."""
    return [
        due
        for _, _, _, due in state.agenda
        if isinstance(due, Batch) and due.tier == tier and due.receiver == unit
    ]


def in_own(state: State, own: tuple[Intervals, ...], times_us: Integers, sessions: Integers) -> Mask:
    """Which changes fall into a unit's own tenures."""
    result = np.zeros(len(times_us), dtype=np.bool_)
    groups = group_of(state, sessions) if len(own) > 1 else None
    for group, intervals in enumerate(own):
        for low_us, high_us in intervals:
            inside = (times_us >= low_us) & (times_us < high_us)
            result |= inside if groups is None else inside & (groups == group)
    return result


def holds(state: State, tier: int, unit: int, times_us: Integers, sessions: Integers) -> Mask:
    """Which of these changes a unit holds, or will when all that is on the cable to it has arrived."""
    here = state.tiers[tier].units[unit]
    result = in_own(state, here.own, times_us, sessions)
    ready = ready_us(state, tier, times_us, sessions)
    copied = ready < copied_ever_us(state, tier, unit)
    if here.holes:
        copied &= ~is_hole(state, tier, unit, here.holes, ready) | _on_its_way(state, tier, unit, ready)
    result |= copied
    return result


def _on_its_way(state: State, tier: int, unit: int, ready: Integers) -> Mask:
    """Which changes a refresh on the cable will bring again."""
    from_cable = np.zeros(len(ready), dtype=np.bool_)
    for batch in batches_to(state, tier, unit):
        if batch.refresh is not None:
            refresh = Refresh(unit, batch.refresh, batch.bound_us, batch.loss, batch.due_us)
            from_cable |= brought(state, tier, ready, refresh)
    return from_cable


def held(state: State, tier: int, times_us: Integers, sessions: Integers) -> Mask:
    """Which of these changes any living unit of the tier holds, or a cable will bring to one."""
    result = np.zeros(len(times_us), dtype=np.bool_)
    for unit in running(state, tier):
        result |= holds(state, tier, unit, times_us, sessions)
    return result


def surely_held_us(state: State, tier: int) -> int:
    """Every open change made before this is held for certain; it saves looking at them one by one."""
    sync = state.tier_setup(tier).sync
    best_us = EARLIEST_US
    for unit in running(state, tier):
        here = state.tiers[tier].units[unit]
        if all(times and times[0] == (EARLIEST_US, FAR_US) for times in here.own):
            return FAR_US
        if not here.holes and not sync.never:
            delay_us = sync.pickup_us + ready_delay_us(state, tier)
            best_us = max(best_us, copied_ever_us(state, tier, unit) - delay_us)
    return best_us


def learn(state: State, tier: int, unit: int, bound_us: int, safe_us: int) -> None:
    """A copy has arrived."""
    old = state.tiers[tier].units[unit]
    safe = safe_us if old.safe_us is None else max(old.safe_us, safe_us)
    state.change_unit(tier, unit, copied_us=max(old.copied_us, bound_us), safe_us=safe)


def settle_streams(state: State, tier: int, *, delivered: bool, died: bool) -> int | None:
    """End the streams: the receiver keeps what has arrived. Returns the bound reached, None without streams.

    `died`: what is still on the cable never arrives.
    """
    streams = state.tiers[tier].streams
    if not streams:
        return None
    receiver = streams[0].receiver
    answered_by_us = cut_answers(state, tier, delivered=delivered)
    end_last_stream(state, tier)
    bound = copied_now_us(state, tier, receiver, delivered=delivered)
    old_us = state.tiers[tier].units[receiver].copied_us
    if bound > old_us:
        learn(state, tier, receiver, bound, bound)
    died_us = state.now_us if died else FAR_US
    state.streams[tier] += [
        replace(stream, died_us=died_us, answered_by_us=answered_by_us)
        for stream in state.tiers[tier].streams
    ]
    state.change_tier(tier, streams=())
    return bound


def end_last_stream(state: State, tier: int, to_us: int | None = None) -> None:
    """No more changes leave from this instant on; what has left goes on. Empty streams fall out."""
    end_us = state.now_us if to_us is None else to_us
    ended = (replace(s, to_us=min(s.to_us, end_us)) for s in state.tiers[tier].streams)
    state.change_tier(tier, streams=tuple(s for s in ended if s.from_us < s.to_us))


def left_us(state: State, tier: int) -> int:
    """Everything ready before this has left the sender's queue by now; what arrives at this instant has
    not.
    """
    for stream in state.tiers[tier].streams:
        if not stream.each16:
            continue
        ready, left16 = messages(state, tier, stream.tail, state.now_us)
        waiting = np.flatnonzero(left16 > state.now_us << FIXED_BITS)
        if len(waiting):
            return int(ready[waiting[0]])
    return state.now_us


def last_arrival_us(state: State, tier: int, receiver: int) -> int:
    """When the last of all that is on the cable to a unit arrives; nothing sent later overtakes it."""
    due = [batch.due_us for batch in batches_to(state, tier, receiver)]
    for stream in state.tiers[tier].streams:
        end_us = min(stream.to_us, state.now_us)
        if stream.is_even:
            due.append(max(end_us - 1 + stream.latency_us, stream.not_before_us))
            continue
        _, arrive = arrivals(state, tier, stream.tail, end_us)
        due += [mark.arrived_us for mark in stream.marks[-1:]]
        due += arrive[-1:].tolist()
    return max(due, default=0)


def open_streams(state: State, tier: int) -> list[Stream]:
    """The running streams, for looking back before they have ended."""
    return list(state.tiers[tier].streams)


def end_arrives_us(state: State, tier: int, receiver: int) -> int:
    """When a unit knows that nothing more comes: behind the last message the end of its stream arrives."""
    ends = [
        min(stream.to_us, state.now_us) - 1 + stream.latency_us
        for stream in state.tiers[tier].streams
        if stream.receiver == receiver
    ]
    return max([last_arrival_us(state, tier, receiver), *ends])


def holder(state: State, tier: int) -> int | None:
    """The unit whose loss would hurt: one that serves, else an active one, a standby, or a newcomer."""
    here = state.tiers[tier]
    for server in here.servers[: state.groups]:
        if server is not None:
            return server
    order = (Role.ACTIVE, Role.STANDBY, Role.STARTING, Role.RESYNCING)
    by_role = sorted(running(state, tier), key=lambda unit: order.index(here.units[unit].role))
    return by_role[0] if by_role else None


def refresh_era(state: State, tier: int) -> None:
    """Begin a new era if another unit holds the state now, or the other one fell out or came back."""
    held_by = holder(state, tier)
    other = None if held_by is None else 1 - held_by
    role = None if other is None else state.tiers[tier].units[other].role
    key = (held_by, role in WAITING, role, other in state.tiers[tier].servers[: state.groups])
    eras = state.eras[tier]
    if eras and eras[-1].key == key:
        return
    base = None
    if other is not None and other in running(state, tier):
        unit = state.tiers[tier].units[other]
        base = unit._replace(copied_us=copied_now_us(state, tier, other))
    logs = len(state.deliveries[tier]), len(state.streams[tier]), len(state.bulks[tier])
    eras.append(Era(state.now_us, held_by, key, base, *logs, state.by_fault))


def trim_tenure(state: State, tier: int, unit: int, group: int) -> None:
    """The unit serves this group no more: what it takes in ends now."""
    old = state.tiers[tier].units[unit]
    own = tuple(
        clip(times, EARLIEST_US, state.now_us) if number == group else times
        for number, times in enumerate(old.own)
    )
    state.change_unit(tier, unit, own=own)


def forget(unit: Unit, groups: int) -> Unit:
    """The unit with empty memory."""
    return unit._replace(own=((),) * groups, copied_us=EARLIEST_US, safe_us=None, holes=())
