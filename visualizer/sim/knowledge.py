"""What each unit of a pair holds, in times of changes, and since when: eras, streams, copies under way."""

from __future__ import annotations

from dataclasses import replace

from visualizer.sim.intervals import Intervals, clip, union
from visualizer.sim.service import running
from visualizer.sim.state import (
    START_US,
    WAITING,
    Batch,
    Era,
    Role,
    Segment,
    State,
    Stream,
)
from visualizer.sim.traffic import FAR_US


def reach_us(streams: tuple[Stream, ...], now_us: int, *, delivered: bool) -> int:
    """Up to where (exclusive) the changes have arrived; `delivered` counts those due at `now_us`."""
    reached = streams[0].from_us
    for stream in streams:
        arrived = now_us - stream.latency_us + (1 if delivered else 0)
        reached = min(stream.to_us, max(reached, stream.from_us, arrived))
        if reached < stream.to_us:
            break
    return reached


def knows_now(state: State, tier: int, unit: int, *, delivered: bool = True) -> Intervals:
    """What a unit holds at this instant, what has come by stream included."""
    here = state.tiers[tier]
    streams = here.streams
    if not streams or streams[0].receiver != unit:
        return here.units[unit].knows
    bound = reach_us(streams, state.now_us, delivered=delivered)
    return union(here.units[unit].knows, [(streams[0].from_us, bound)])


def prospects(state: State, tier: int, unit: int) -> Intervals:
    """What a unit holds or will hold when all that is on the cable to it has arrived."""
    here = state.tiers[tier]
    known = [knows_now(state, tier, unit)]
    known += [batch.knows for batch in batches_to(state, tier, unit)]
    known += [
        ((stream.from_us, min(stream.to_us, state.now_us)),)
        for stream in here.streams
        if stream.receiver == unit
    ]
    return union(*known)


def prospective_safe_us(state: State, tier: int, unit: int) -> int | None:
    """Up to which instant everything is copied to a unit, counting what is on the cable; None: never was."""
    here = state.tiers[tier]
    safe = [here.units[unit].safe_us]
    safe += [batch.cut_us for batch in batches_to(state, tier, unit)]
    safe += [min(s.to_us, state.now_us) for s in here.streams if s.receiver == unit]
    known = [instant for instant in safe if instant is not None]
    return max(known) if known else None


def batches_to(state: State, tier: int, unit: int) -> list[Batch]:
    """The batches on the cable to a unit."""
    return [
        due
        for _, _, _, due in state.agenda
        if isinstance(due, Batch) and due.tier == tier and due.receiver == unit
    ]


def sendable(state: State, tier: int, unit: int, bound_us: int) -> Intervals:
    """What a unit holds of the changes before `bound_us`."""
    return clip(state.tiers[tier].units[unit].knows, START_US, bound_us)


def learn(state: State, tier: int, unit: int, knows: Intervals, safe_us: int) -> None:
    """A copy has arrived."""
    old = state.tiers[tier].units[unit]
    safe = safe_us if old.safe_us is None else max(old.safe_us, safe_us)
    state.change_unit(tier, unit, knows=union(old.knows, knows), safe_us=safe)


def settle_streams(state: State, tier: int, *, delivered: bool, died: bool) -> int | None:
    """End the streams: the receiver keeps what has arrived. Returns the bound reached, None without streams.

    `died`: what is still on the cable never arrives.
    """
    streams = state.tiers[tier].streams
    if not streams:
        return None
    ended = _ended(streams, state.now_us)
    bound = reach_us(ended, state.now_us, delivered=delivered) if ended else streams[0].from_us
    learn(state, tier, streams[0].receiver, ((streams[0].from_us, bound),), bound)
    state.segments[tier] += _segments(ended, state.now_us if died else FAR_US)
    state.change_tier(tier, streams=())
    return bound


def _ended(streams: tuple[Stream, ...], now_us: int) -> tuple[Stream, ...]:
    """The streams as they are when no more changes leave from this instant on; empty ones fall out."""
    ended = (replace(stream, to_us=min(stream.to_us, now_us)) for stream in streams)
    return tuple(stream for stream in ended if stream.from_us < stream.to_us)


def _segments(streams: tuple[Stream, ...], died_us: int) -> list[Segment]:
    """The streams for looking back. None overtakes the one before, even on a cable that has become faster."""
    segments, front_us = [], 0
    for s in streams:
        segments.append(Segment(s.receiver, s.from_us, s.to_us, s.latency_us, front_us, died_us))
        front_us = max(front_us, s.to_us - 1 + s.latency_us)
    return segments


def open_segments(state: State, tier: int) -> list[Segment]:
    """The running streams as segments, for looking back before they have ended."""
    return _segments(state.tiers[tier].streams, FAR_US)


def holder(state: State, tier: int) -> int | None:
    """The unit whose loss would hurt: the serving one, else an active one, a standby, or a newcomer."""
    here = state.tiers[tier]
    if here.serving is not None:
        return here.serving
    order = (Role.ACTIVE, Role.STANDBY, Role.RESYNCING)
    by_role = sorted(running(state, tier), key=lambda unit: order.index(here.units[unit].role))
    return by_role[0] if by_role else None


def refresh_era(state: State, tier: int) -> None:
    """Begin a new era if another unit holds the state now, or the other one fell out or came back."""
    held_by = holder(state, tier)
    other = None if held_by is None else 1 - held_by
    role = None if other is None else state.tiers[tier].units[other].role
    key = (held_by, role in WAITING, role)
    eras = state.eras[tier]
    if eras and eras[-1].key == key:
        return
    base = knows_now(state, tier, other) if other is not None and other in running(state, tier) else ()
    first_delivery, first_segment = len(state.deliveries[tier]), len(state.segments[tier])
    eras.append(Era(state.now_us, held_by, key, base, first_delivery, first_segment, state.by_fault))


def trim_tenure(state: State, tier: int, unit: int) -> None:
    """The unit serves no more: what it holds ends now."""
    old = state.tiers[tier].units[unit]
    knows, served = (clip(times, START_US, state.now_us) for times in (old.knows, old.served))
    state.change_unit(tier, unit, knows=knows, served=served)


def end_last_stream(state: State, tier: int) -> None:
    """The sender of the stream stops at this instant; what is on the cable goes on."""
    streams = state.tiers[tier].streams
    state.change_tier(tier, streams=_ended(streams, state.now_us))
