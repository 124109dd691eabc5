"""Copying state over the sync cable: when a pair has a channel, batches, streams, and frames that die."""

from __future__ import annotations

from collections.abc import Callable

from visualizer.sim.event import FrameLost, Rejoined, StreamClosed, StreamOpened, SyncReceived, SyncSent
from visualizer.sim.intervals import Intervals, clip, missing, union
from visualizer.sim.knowledge import (
    batches_to,
    end_last_stream,
    learn,
    prospects,
    refresh_era,
    sendable,
    settle_streams,
)
from visualizer.sim.replication import POLICIES
from visualizer.sim.service import open_changes
from visualizer.sim.state import (
    START_US,
    WAITING,
    Batch,
    Beat,
    CopyDue,
    Due,
    Order,
    Role,
    State,
    Stream,
    StreamDrained,
)
from visualizer.sim.traffic import FAR_US


def refresh_channel(state: State, tier: int) -> None:
    """Open or close the channel if who can copy to whom has changed."""
    here = state.tiers[tier]
    channel = _channel_now(state, tier)
    if channel == here.channel:
        return
    if here.channel is not None:
        _close(state, tier)
    state.change_tier(tier, channel=channel)
    if channel is not None:
        _open(state, tier, channel)


def _channel_now(state: State, tier: int) -> tuple[int, int] | None:
    here = state.tiers[tier]
    sender = here.serving
    if sender is None or here.units[1 - sender].role not in WAITING:
        return None
    if not state.links[tier][state.tier_setup(tier).sync.link].up:
        return None
    return sender, 1 - sender


def _open(state: State, tier: int, channel: tuple[int, int]) -> None:
    """A newcomer, or one that fell behind a stream, gets all that it lacks; then the policy goes on."""
    sender, receiver = channel
    policy = POLICIES[state.tier_setup(tier).sync.policy]
    if not policy.copies:
        if state.tiers[tier].units[receiver].role is Role.RESYNCING:
            _rejoin(state, tier, receiver)
        return
    lacks = missing(prospects(state, tier, receiver), START_US, max(state.now_us, 0))
    newcomer = state.tiers[tier].units[receiver].role is Role.RESYNCING
    if newcomer or (policy.streams and lacks):
        state.push(max(state.now_us, 0), Order.SEND, CopyDue(tier))
    elif policy.streams:
        open_stream(state, tier, sender, max(state.now_us, 0))


def _close(state: State, tier: int) -> None:
    """The sender or the cable is gone: no more changes leave; those on a living cable still arrive."""
    state.cancel(lambda due: isinstance(due, CopyDue) and due.tier == tier)
    if not state.tiers[tier].streams:
        return
    end_last_stream(state, tier)
    state.emit(StreamClosed(state.now_us, tier, state.now_us))
    draining = state.tiers[tier].streams
    if draining:
        drained_us = max(stream.to_us + stream.latency_us for stream in draining)
        state.push(drained_us, Order.DELIVERY, StreamDrained(tier))


def open_stream(state: State, tier: int, sender: int, from_us: int) -> None:
    """Each change from `from_us` on leaves at once."""
    latency_us = state.sync_link(tier).latency_us
    stream = Stream(sender, 1 - sender, from_us, FAR_US, latency_us)
    state.change_tier(tier, streams=(*state.tiers[tier].streams, stream))
    state.emit(StreamOpened(max(state.now_us, 0), tier, sender, latency_us))


def send_batch(state: State, tier: int, *, full: bool) -> None:
    """A batch of all that the serving unit holds at this instant leaves for the other one."""
    channel = state.tiers[tier].channel
    if channel is None:
        return
    sender, receiver = channel
    now_us = state.now_us
    sync = state.tier_setup(tier).sync
    knows = sendable(state, tier, sender, now_us + 1)
    lacks = missing(prospects(state, tier, receiver), START_US, now_us + 1)
    new = tuple(piece for low, high in lacks for piece in clip(knows, low, high))
    earlier = [batch.due_us for batch in batches_to(state, tier, receiver)]
    due_us = max(now_us + state.sync_link(tier).latency_us, *earlier, 0)  # an ordered transport
    state.emit(SyncSent(now_us, tier, sender, now_us, due_us, full, *open_changes(state, new)))
    batch = Batch(tier, sender, receiver, sync.link, knows, now_us, now_us + 1, now_us, due_us, full)
    state.push(due_us, Order.DELIVERY, batch)


def copy_due(state: State, tier: int) -> None:
    """All that the receiver lacks leaves; a stream goes on from there."""
    channel = state.tiers[tier].channel
    if channel is None:
        return
    newcomer = state.tiers[tier].units[channel[1]].role is Role.RESYNCING
    send_batch(state, tier, full=newcomer)
    if POLICIES[state.tier_setup(tier).sync.policy].streams:
        open_stream(state, tier, channel[0], state.now_us + 1)


def batch_arrives(state: State, batch: Batch) -> None:
    """The receiver holds what the batch brought."""
    tier, unit = batch.tier, batch.receiver
    learn(state, tier, unit, batch.knows, batch.cut_us)
    if unit != state.eras[tier][-1].holder:  # what reaches the only holder makes nothing safer
        state.deliveries[tier].append((state.now_us, batch.bound_us))
    state.emit(SyncReceived(state.now_us, tier, unit, batch.cut_us))
    if batch.full and state.tiers[tier].units[unit].role is Role.RESYNCING:
        _rejoin(state, tier, unit)


def stream_drained(state: State, tier: int) -> None:
    """The tail of a stream has arrived."""
    settle_streams(state, tier, delivered=True, died=False)


def _rejoin(state: State, tier: int, unit: int) -> None:
    state.change_unit(tier, unit, role=Role.STANDBY, since_us=state.now_us)
    state.emit(Rejoined(state.now_us, tier, unit))
    refresh_era(state, tier)


def kill_frames(state: State, tier: int, doomed: Callable[[Beat | Batch], bool]) -> Intervals:
    """Frames of a tier die on the cable; returns the changes that were in batches among them."""

    def dies(due: Due) -> bool:
        return isinstance(due, (Beat, Batch)) and due.tier == tier and doomed(due)

    lost: Intervals = ()
    for due in state.cancel(dies):
        assert isinstance(due, (Beat, Batch))
        frame = "sync" if isinstance(due, Batch) else "heartbeat"
        state.emit(FrameLost(state.now_us, tier, frame, due.sender, due.sent_us, due.due_us))
        if isinstance(due, Batch):
            lost = union(lost, due.knows)
    return lost


def kill_streams(state: State, tier: int, *, delivered: bool = False) -> Intervals:
    """What is on the cable of a stream dies; returns the changes that were on it."""
    streams = state.tiers[tier].streams
    if not streams:
        return ()
    end = min(streams[-1].to_us, state.now_us)
    bound = settle_streams(state, tier, delivered=delivered, died=True)
    assert bound is not None
    state.cancel(lambda due: isinstance(due, StreamDrained) and due.tier == tier)
    if streams[-1].to_us == FAR_US:
        state.emit(StreamClosed(state.now_us, tier, bound))
    return ((bound, end),) if bound < end else ()
