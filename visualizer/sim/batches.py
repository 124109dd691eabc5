"""Copies that leave as a whole: sync batches, snapshots, refreshes, and what a newcomer lacks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from operator import is_

import numpy as np

from visualizer.sim.agenda import Batch, Order
from visualizer.sim.cable import FIXED_BITS, carries, flight_us, message16, quality, rounded_up
from visualizer.sim.chance import Integers
from visualizer.sim.event import SyncSent
from visualizer.sim.knowledge import batches_to, copied_ever_us, last_arrival_us
from visualizer.sim.queueing import messages, ready_between, ready_us
from visualizer.sim.replication import POLICIES
from visualizer.sim.service import open_now, opens_between, served, transactions_between
from visualizer.sim.setup import NONE
from visualizer.sim.state import Bulk, Role, State
from visualizer.sim.traffic import EARLIEST_US, among


@dataclass(frozen=True, slots=True)
class _Load:
    """What a copy carries: open sessions and transactions that the receiver lacks, and messages in all."""

    sessions: int
    transactions: int
    messages: int


def send_batch(state: State, tier: int, *, full: bool) -> None:
    """A copy of what the serving unit holds leaves for the other one: all that this one lacks, or, as a
    snapshot or for a newcomer, all there is.
    """
    channel = state.tiers[tier].channel
    if channel is None:
        return
    policy = POLICIES[state.tier_setup(tier).sync.policy]
    sender, receiver = channel
    sync, cable = state.tier_setup(tier).sync, quality(state, tier, state.tier_setup(tier).sync.link)
    cut_us = state.now_us + (sync.prepare_us if policy.whole else 0)
    low_us = copied_ever_us(state, tier, receiver)
    load = _load(state, tier, low_us, everything=full or policy.whole)
    in_pieces = policy.streams and message16(state, tier) > 0
    start16 = max(cut_us << FIXED_BITS, busy16(state, tier))
    left16 = (
        start16
        + load.messages * message16(state, tier)
        + ((0 if policy.streams else sync.transfer_us) << FIXED_BITS)
    )
    number = _count(state, tier)
    resends = not sync.datagram or policy.streams
    travel_us = flight_us(state, tier, number, cable, resends=resends)
    lost = travel_us is None
    way_us = cable.latency_us if travel_us is None else travel_us
    earliest_us = last_arrival_us(state, tier, receiver)
    due_us = max(rounded_up(left16) + way_us, earliest_us, 0)
    if in_pieces:
        pieces = _pieces(state, tier, low_us, everything=full)
        due_us = _log_bulk(state, tier, receiver, pieces, start16, way_us, earliest_us, due_us)
    newcomer = full or (policy.whole and state.tiers[tier].units[receiver].role is Role.RESYNCING)
    state.change_tier(tier, front16=left16)
    state.emit(
        SyncSent(state.now_us, tier, sender, cut_us, due_us, newcomer, load.sessions, load.transactions)
    )
    batch = Batch(
        tier, sender, receiver, sync.link, cut_us, cut_us + 1, state.now_us, rounded_up(left16), due_us,
        full=newcomer, lost=lost, in_pieces=in_pieces,
    )  # fmt: skip
    state.push(due_us, Order.DELIVERY, batch)


def send_refresh(state: State, tier: int) -> None:
    """All state once more, behind what the stream has sent, for what was lost of it."""
    channel, streams = state.tiers[tier].channel, state.tiers[tier].streams
    if channel is None or not streams:
        return
    sender, receiver = channel
    sync, cable = state.tier_setup(tier).sync, quality(state, tier, state.tier_setup(tier).sync.link)
    load = _load(state, tier, EARLIEST_US, everything=True)
    left16 = max(state.now_us << FIXED_BITS, busy16(state, tier)) + load.messages * message16(state, tier)
    earliest_us = last_arrival_us(state, tier, receiver)
    due_us = max(rounded_up(left16) + cable.latency_us, earliest_us)
    number = state.tiers[tier].refreshes
    state.change_tier(tier, refreshes=number + 1, front16=left16)
    now_us = state.now_us
    state.emit(SyncSent(now_us, tier, sender, now_us, due_us, False, load.sessions, load.transactions))
    batch = Batch(
        tier, sender, receiver, sync.link, now_us, EARLIEST_US, now_us, rounded_up(left16), due_us,
        refresh=number, loss=cable.loss if sync.datagram else NONE,
    )  # fmt: skip
    state.push(due_us, Order.DELIVERY, batch)


def busy16(state: State, tier: int) -> int:
    """Until when the sync cable is busy with what has been given to it, in units of 2^-16 us."""
    here = state.tiers[tier]
    busy = here.front16
    if here.streams and here.streams[-1].each16:
        tail = here.streams[-1].tail
        _, left16 = messages(state, tier, tail, state.now_us + 1)
        busy = max([busy, tail.front16, *left16[-1:].tolist()])
    return busy


def under_way(state: State, tier: int, receiver: int) -> bool:
    """Whether a copy is still on its way."""
    return bool(batches_to(state, tier, receiver))


def can_send(state: State, tier: int) -> bool:
    """Whether the sync cable carries frames."""
    return carries(state, tier, state.tier_setup(tier).sync.link)


def _count(state: State, tier: int) -> int:
    number = state.tiers[tier].batches
    state.change_tier(tier, batches=number + 1)
    return number


def _load(state: State, tier: int, low_us: int, *, everything: bool) -> _Load:
    end_us = state.now_us + 1
    sync = state.tier_setup(tier).sync
    first_us = EARLIEST_US if everything else low_us - sync.pickup_us - state.setup.traffic.response_us
    opening = opens_between(state, first_us, end_us)
    opening = opening[open_now(state, opening)]
    ready = ready_us(state, tier, state.traffic.opens_us[opening], opening)
    times, of = transactions_between(state, first_us, end_us)
    live = open_now(state, of) & served(state, times, of) & ~among(times, of, state.lost_transactions)
    ready_too = ready_us(state, tier, times[live], of[live])
    sessions = int(((ready >= low_us) & (ready < end_us)).sum())
    transactions = int(((ready_too >= low_us) & (ready_too < end_us)).sum())
    whole = int((ready < end_us).sum())
    return _Load(sessions, transactions, whole if everything else sessions + transactions)


def _pieces(state: State, tier: int, low_us: int, *, everything: bool) -> Integers:
    """When the pieces of a copy were ready, ascending: one for each open session, or each lacking change."""
    if not everything:
        return ready_between(state, tier, low_us, state.now_us + 1)
    opening = opens_between(state, EARLIEST_US, state.now_us + 1)
    opening = opening[open_now(state, opening)]
    ready = ready_us(state, tier, state.traffic.opens_us[opening], opening)
    return np.sort(ready[ready <= state.now_us])


def _log_bulk(  # noqa: PLR0917
    state: State,
    tier: int,
    receiver: int,
    pieces: Integers,
    start16: int,
    way_us: int,
    earliest_us: int,
    due_us: int,
) -> int:
    """Note when each piece arrives; returns when the last one does."""
    left16 = start16 + message16(state, tier) * np.arange(1, len(pieces) + 1, dtype=np.int64)
    arrive = np.maximum(-(-left16 >> FIXED_BITS) + way_us, earliest_us)
    state.bulks[tier].append(Bulk(receiver, pieces, arrive, way_us, state.now_us + 1))
    return int(arrive[-1]) if len(arrive) else due_us


def cut_short(state: State, tier: int, left_before_us: int) -> None:
    """The sender of a copy in pieces died: the pieces that have not left by then never will."""
    bulk = state.bulks[tier][-1]
    count = int(np.searchsorted(bulk.arrive_us - bulk.travel_us, left_before_us, side="right"))
    if count == len(bulk.ready_us):
        return
    bound_us = int(bulk.ready_us[count])
    state.bulks[tier][-1] = replace(
        bulk, ready_us=bulk.ready_us[:count], arrive_us=bulk.arrive_us[:count], bound_us=bound_us
    )
    for batch in batches_to(state, tier, bulk.receiver):
        if not batch.in_pieces:
            continue
        state.cancel(partial(is_, batch))
        if count:
            due_us = int(bulk.arrive_us[count - 1])
            kept = replace(batch, bound_us=bound_us, cut_us=bound_us - 1, due_us=due_us, full=False)
            state.push(due_us, Order.DELIVERY, kept)
