"""Copying state over the sync cable: when a pair has a channel, what arrives, and frames that die."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from visualizer.sim.agenda import Batch, Beat, CaughtUpDue, CopyDue, Due, Order, RefreshDue, StreamDrained
from visualizer.sim.batches import busy16, can_send, cut_short, send_batch, send_refresh, under_way
from visualizer.sim.cable import message16, quality
from visualizer.sim.event import (
    FrameLost,
    Rejoined,
    StreamClosed,
    StreamOpened,
    SyncReceived,
)
from visualizer.sim.knowledge import (
    batches_to,
    carried_on_us,
    copied_ever_us,
    end_arrives_us,
    end_last_stream,
    last_arrival_us,
    learn,
    left_us,
    refresh_era,
    settle_streams,
)
from visualizer.sim.queueing import arrivals
from visualizer.sim.reach import bulk_reach_us
from visualizer.sim.replication import POLICIES
from visualizer.sim.replication.policy import Policy
from visualizer.sim.state import WAITING, Holes, Refresh, Role, State, Stream
from visualizer.sim.traffic import FAR_US
from visualizer.sim.waiting import begin_waiting, freeze_answers, hold_answers


def policy_of(state: State, tier: int) -> Policy:
    """How the tier copies its state."""
    return POLICIES[state.tier_setup(tier).sync.policy]


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
    for sender in here.servers[: state.groups]:
        if sender is not None and here.units[1 - sender].role in WAITING and can_send(state, tier):
            return sender, 1 - sender
    return None


def _open(state: State, tier: int, channel: tuple[int, int]) -> None:
    """A newcomer, or one that fell behind a stream, gets all that it lacks; then the policy goes on."""
    sender, receiver = channel
    policy = policy_of(state, tier)
    if not policy.copies:
        if state.tiers[tier].units[receiver].role is Role.RESYNCING:
            _rejoin(state, tier, receiver)
        return
    now_us = max(state.now_us, 0)
    if not state.tiers[tier].streams and not under_way(state, tier, receiver):
        state.change_tier(tier, front16=0)  # what queued went with the old connection
    newcomer = state.tiers[tier].units[receiver].role is Role.RESYNCING
    behind = copied_ever_us(state, tier, receiver) < now_us or state.tiers[tier].requests_wait
    if newcomer or (policy.streams and behind):
        state.push(now_us, Order.SEND, CopyDue(tier))
    else:
        if policy.streams:
            open_stream(state, tier, sender, now_us)
        begin_waiting(state, tier)


def _close(state: State, tier: int) -> None:
    """The sender or the cable is gone: no more changes leave; those on a living cable still arrive."""
    state.cancel(lambda due: isinstance(due, (CopyDue, CaughtUpDue)) and due.tier == tier)
    freeze_answers(state, tier, delivered=False)
    hold_answers(state, tier)
    if not state.tiers[tier].streams:
        return
    last = state.tiers[tier].streams[-1]
    if last.to_us == FAR_US:
        state.change_tier(tier, front16=busy16(state, tier))
        end_last_stream(state, tier)
        state.emit(StreamClosed(state.now_us, tier, state.now_us))
    if state.tiers[tier].streams:
        drained_us = end_arrives_us(state, tier, last.receiver)
        state.push(max(drained_us, state.now_us), Order.DELIVERY, StreamDrained(tier))


def open_stream(state: State, tier: int, sender: int, from_us: int) -> None:
    """Each change from `from_us` on leaves at once, behind what is still on the cable."""
    state.cancel(lambda due: isinstance(due, StreamDrained) and due.tier == tier)
    receiver = 1 - sender
    sync = state.tier_setup(tier).sync
    cable = quality(state, tier, sync.link)
    stream = Stream(
        sender,
        receiver,
        from_us,
        FAR_US,
        cable,
        each16=message16(state, tier),
        front16=busy16(state, tier),
        not_before_us=last_arrival_us(state, tier, receiver),
        resend_us=sync.resend_us,
        datagram=sync.datagram,
    )
    state.change_tier(tier, streams=(*state.tiers[tier].streams, stream))
    _begin_holes(state, tier, stream)
    state.emit(StreamOpened(max(state.now_us, 0), tier, sender, cable.latency_us))


def _begin_holes(state: State, tier: int, stream: Stream) -> None:
    """What is lost from now on of a stream of datagrams is a hole in the receiver's copy."""
    unit = state.tiers[tier].units[stream.receiver]
    before = tuple(replace(one, to_us=min(one.to_us, stream.from_us)) for one in unit.holes)
    loss = stream.quality.loss
    fresh = (Holes(stream.from_us, FAR_US, loss),) if stream.datagram and loss else ()
    state.change_unit(tier, stream.receiver, holes=(*before, *fresh))


def restart_stream(state: State, tier: int) -> None:
    """The cable has another quality from now on; what is on it goes on as it was sent."""
    streams = state.tiers[tier].streams
    if not streams or streams[-1].to_us != FAR_US:
        return
    freeze_answers(state, tier, delivered=False)
    state.change_tier(tier, front16=busy16(state, tier))
    end_last_stream(state, tier)
    open_stream(state, tier, streams[-1].sender, max(state.now_us, 0))


def copy_due(state: State, tier: int) -> None:
    """All that the receiver lacks leaves; a stream goes on from there."""
    channel = state.tiers[tier].channel
    if channel is None:
        return
    newcomer = state.tiers[tier].units[channel[1]].role is Role.RESYNCING
    if policy_of(state, tier).whole and under_way(state, tier, channel[1]):
        state.change_tier(tier, sync_skipped=True)
        return
    send_batch(state, tier, full=newcomer)
    if policy_of(state, tier).streams:
        open_stream(state, tier, channel[0], state.now_us + 1)


def sync_due(state: State, tier: int) -> None:
    """A sync tick: a batch leaves, or the next snapshot unless the last is still on its way."""
    policy, channel = policy_of(state, tier), state.tiers[tier].channel
    if policy.whole and channel is not None and under_way(state, tier, channel[1]):
        state.change_tier(tier, sync_skipped=True)
    else:
        send_batch(state, tier, full=False)


def refresh_due(state: State, tier: int) -> None:
    """All state is sent again, and the stream goes on behind it."""
    here = state.tiers[tier]
    if here.channel is not None and here.streams and here.streams[-1].to_us == FAR_US:
        send_refresh(state, tier)
        if here.streams[-1].each16:
            end_last_stream(state, tier, state.now_us + 1)
            open_stream(state, tier, here.channel[0], state.now_us + 1)
    state.push(state.now_us + state.tier_setup(tier).sync.refresh_us, Order.SEND, RefreshDue(tier))


def batch_arrives(state: State, batch: Batch) -> None:
    """The receiver holds what the batch brought."""
    tier, unit = batch.tier, batch.receiver
    if batch.lost:
        state.emit(FrameLost(state.now_us, tier, "sync", batch.sender, batch.sent_us, batch.due_us))
        return
    if batch.refresh is not None:
        log = state.refreshes[tier]
        log.append(Refresh(unit, batch.refresh, batch.cut_us + 1, batch.loss, state.now_us))
    else:
        _take_in(state, batch)
    state.emit(SyncReceived(state.now_us, tier, unit, batch.cut_us))
    if batch.full and state.tiers[tier].units[unit].role is Role.RESYNCING:
        _rejoin(state, tier, unit)
    if policy_of(state, tier).waits and batch.refresh is None:
        _caught_up(state, tier)
    if state.tiers[tier].sync_skipped:
        state.change_tier(tier, sync_skipped=False)
        send_batch(state, tier, full=False)


def _take_in(state: State, batch: Batch) -> None:
    tier, unit = batch.tier, batch.receiver
    learn(state, tier, unit, batch.bound_us, batch.cut_us)
    _fill_holes(state, tier, unit, batch.bound_us)
    if unit != state.eras[tier][-1].holder:  # what reaches the only holder makes nothing safer
        state.deliveries[tier].append((state.now_us, batch.bound_us))


def _fill_holes(state: State, tier: int, unit: int, bound_us: int) -> None:
    """A reliable copy brings all that the unit lacked, lost datagrams too."""
    holes = tuple(
        replace(one, from_us=max(one.from_us, bound_us))
        for one in state.tiers[tier].units[unit].holes
        if one.to_us > bound_us
    )
    state.change_unit(tier, unit, holes=holes)


def _caught_up(state: State, tier: int) -> None:
    """The standby has all but what is on the cable: requests can wait for it again."""
    if state.tiers[tier].channel is None:
        return
    begin_waiting(state, tier)


def watch_for_the_standby(state: State, tier: int) -> None:
    """Requests wait no longer; they will again when all that is ready now has arrived."""
    here = state.tiers[tier]
    if here.channel is None:
        return
    due = [batch.due_us for batch in batches_to(state, tier, here.channel[1])]
    for stream in here.streams:
        due += arrivals(state, tier, stream, state.now_us)[1][-1:].tolist()
    state.push(max([state.now_us, *due]), Order.DELIVERY, CaughtUpDue(tier))


def caught_up_due(state: State, tier: int) -> None:
    """The standby has all that was ready when the requests stopped waiting for it."""
    here = state.tiers[tier]
    if here.channel is not None and here.units[here.channel[1]].role is Role.STANDBY:
        begin_waiting(state, tier)


def stream_drained(state: State, tier: int) -> None:
    """The tail of a stream has arrived."""
    settle_streams(state, tier, delivered=True, died=False)


def _rejoin(state: State, tier: int, unit: int) -> None:
    state.change_unit(tier, unit, role=Role.STANDBY, since_us=state.now_us)
    state.emit(Rejoined(state.now_us, tier, unit))
    refresh_era(state, tier)


def kill_batches(state: State, tier: int, receiver: int, *, delivered: bool) -> None:
    """The receiver takes no more copies; `delivered`: pieces due at this very instant still count."""

    def comes(due: Beat | Batch) -> bool:
        return isinstance(due, Batch) and due.receiver == receiver

    kill_frames(state, tier, comes, delivered=delivered)


def kill_frames(
    state: State, tier: int, doomed: Callable[[Beat | Batch], bool], *, delivered: bool = False
) -> None:
    """Frames of a tier die on the cable; of a copy in pieces what has arrived counts."""

    def dies(due: Due) -> bool:
        return isinstance(due, (Beat, Batch)) and due.tier == tier and doomed(due)

    for due in state.cancel(dies):
        assert isinstance(due, (Beat, Batch))
        frame = "sync" if isinstance(due, Batch) else "heartbeat"
        state.emit(FrameLost(state.now_us, tier, frame, due.sender, due.sent_us, due.due_us))
        if isinstance(due, Batch) and due.in_pieces:
            _keep_pieces(state, due, delivered=delivered)


def _keep_pieces(state: State, batch: Batch, *, delivered: bool) -> None:
    bulk = state.bulks[batch.tier][-1]
    state.bulks[batch.tier][-1] = replace(bulk, died_us=state.now_us + (1 if delivered else 0))
    bound_us = bulk_reach_us(bulk, state.now_us, delivered=delivered)
    if bound_us > state.tiers[batch.tier].units[batch.receiver].copied_us:
        learn(state, batch.tier, batch.receiver, bound_us, bound_us)


def kill_streams(state: State, tier: int, *, delivered: bool = False) -> None:
    """What is on the cable of a stream dies."""
    streams = state.tiers[tier].streams
    if not streams:
        return
    bound = settle_streams(state, tier, delivered=delivered, died=True)
    assert bound is not None
    state.cancel(lambda due: isinstance(due, StreamDrained) and due.tier == tier)
    if streams[-1].to_us == FAR_US:
        state.emit(StreamClosed(state.now_us, tier, bound))


def drop_queue(state: State, tier: int, sender: int) -> None:
    """The sender's host dies: what has not left it yet never will."""
    streams = state.tiers[tier].streams
    if streams and streams[-1].sender == sender and any(stream.each16 for stream in streams):
        end_last_stream(state, tier, left_us(state, tier))
        state.emit(StreamClosed(state.now_us, tier, min(streams[-1].to_us, state.now_us)))
    if any(isinstance(due, Batch) and due.in_pieces and due.tier == tier and due.sender == sender
           for _, _, _, due in state.agenda):  # fmt: skip
        cut_short(state, tier, state.now_us)
    kill_frames(state, tier, lambda frame: isinstance(frame, Batch) and not frame.in_pieces
                and frame.sender == sender and frame.left_us > state.now_us)  # fmt: skip


def has_queue(state: State, tier: int) -> bool:
    """Whether what is ready may have to wait in front of the sync cable."""
    return any(stream.each16 for stream in state.tiers[tier].streams)


def on_the_cable_us(state: State, tier: int, receiver: int) -> int:
    """Everything ready before this has arrived or is on the cable to a unit; what still queues is not."""
    bounds = [state.tiers[tier].units[receiver].copied_us]
    for _, _, _, due in state.agenda:
        if isinstance(due, Batch) and due.tier == tier and due.receiver == receiver and due.refresh is None:
            if due.in_pieces:
                bulk = state.bulks[tier][-1]
                shifted = replace(bulk, arrive_us=bulk.arrive_us - bulk.travel_us)
                bounds.append(bulk_reach_us(shifted, state.now_us, delivered=True))
            elif due.left_us <= state.now_us and not due.lost:
                bounds.append(due.bound_us)
    return carried_on_us(state, tier, receiver, max(bounds), left_us(state, tier))
