"""From silence to a new active: the decision, what stands against it, and the takeover itself."""

from __future__ import annotations

from dataclasses import replace

from visualizer.sim.address import announce
from visualizer.sim.agenda import DecideDue, DetectDue, FenceDue, Order, StartDue, UnblockDue
from visualizer.sim.chance import Purpose, draw
from visualizer.sim.channel import has_queue, kill_batches, kill_streams, on_the_cable_us
from visualizer.sim.death import column_is_whole, come_back, count_doubtful, note_takeover, strike_unit
from visualizer.sim.event import FellBack, Fenced, LossCause, Takeover, TakeoverBegun, TakeoverRefused
from visualizer.sim.heartbeats import deadline_us, send_heartbeat
from visualizer.sim.loss import Blame, settle
from visualizer.sim.office import refresh
from visualizer.sim.service import hang_up
from visualizer.sim.state import WAITING, Failover, Role, State
from visualizer.sim.waiting import answered_until_us, stop_waiting, unanswered_from_us

ORDERLY = ("handover", "preemption", "failback")
"""Reasons to take over that are no suspicion: the other one need not be dead."""

CERTAIN = (*ORDERLY, "farewell")
"""Reasons that need neither a witness nor a fence."""


def detect(state: State, tier: int, unit: int) -> None:
    """Decide to take over if the hold time has passed without a heartbeat; else look again when it may
    have.
    """
    watcher = state.tiers[tier].units[unit]
    if watcher.role not in WAITING or watcher.mute:
        return
    due_us = deadline_us(state, tier, unit)
    if due_us > state.now_us:
        state.push(due_us, Order.TIMER, DetectDue(tier, unit))
        return
    peer = state.tiers[tier].units[1 - unit]
    preempts = state.tier_setup(tier).preempt and unit == 0 and peer.role is Role.ACTIVE
    decide(state, tier, unit, "preemption" if preempts else "silence")


def decide(state: State, tier: int, unit: int, why: str) -> None:
    """A waiting unit means to take over: witness, fencing, then its own start stand in between."""
    if state.tiers[tier].units[unit].role not in WAITING:
        return
    guard = state.tier_setup(tier).guard
    if (state.setup.path == "parallel" and not column_is_whole(state, unit)) or (
        why == "silence" and _has_better(state, tier, unit)
    ):
        _look_again(state, tier, unit)
    elif why not in CERTAIN and guard.kind == "witness" and _witness_refuses(state, tier, unit):
        state.emit(TakeoverRefused(state.now_us, tier, unit, "witness"))
        _look_again(state, tier, unit)
    elif why not in CERTAIN and guard.kind == "fencing":
        _begin_fence(state, tier, unit, why)
    else:
        begin_start(state, tier, unit, why)


def _look_again(state: State, tier: int, unit: int) -> None:
    due_us = state.now_us + state.tier_setup(tier).heartbeat.interval_us
    state.push(due_us, Order.TIMER, DetectDue(tier, unit))


def _has_better(state: State, tier: int, unit: int) -> bool:
    """A newcomer leaves it to a standby, which has the copy that it lacks, or had until just now."""
    here, other = state.tiers[tier].units[unit], state.tiers[tier].units[1 - unit]
    just_now = other.role is Role.ACTIVE and other.since_us == state.now_us
    return here.role is Role.RESYNCING and (other.role in (Role.STANDBY, Role.STARTING) or just_now)


def _witness_refuses(state: State, tier: int, unit: int) -> bool:
    """The witness sees the other one active, or does not see the one that asks."""
    here, other = state.tiers[tier].units[unit], state.tiers[tier].units[1 - unit]
    return here.isolated or (other.role is Role.ACTIVE and not other.isolated)


def _begin_fence(state: State, tier: int, unit: int, why: str) -> None:
    guard, number = state.tier_setup(tier).guard, state.tiers[tier].fences
    works = draw(state.setup.seed, Purpose.FENCE, number, tier) < guard.fence_success.threshold
    state.change_tier(tier, fences=number + 1)
    due_us = state.now_us + guard.fence_us
    state.emit(TakeoverBegun(state.now_us, tier, unit, why, due_us + state.tier_setup(tier).takeover_us))
    state.push(due_us, Order.TIMER, FenceDue(tier, unit, works, why))


def fence_due(state: State, due: FenceDue) -> None:
    """Fencing is over: the other unit is off for certain, or nothing is and nobody may take over."""
    tier, unit = due.tier, due.unit
    if state.tiers[tier].units[unit].role not in WAITING:
        return
    if not due.works:
        state.emit(TakeoverRefused(state.now_us, tier, unit, "fence"))
        return
    state.emit(Fenced(state.now_us, tier, 1 - unit))
    strike_unit(state, tier, 1 - unit, "fencing", cables=False)
    begin_start(state, tier, unit, due.why, said=True)


def begin_start(state: State, tier: int, unit: int, why: str, *, said: bool = False) -> None:
    """Nothing stands against it: the unit is active when it has started."""
    takeover_us = 0 if why in ("handover", "failback") else state.tier_setup(tier).takeover_us
    if not takeover_us:
        take_over(state, tier, unit, why)
        return
    due_us = state.now_us + takeover_us
    if not said:
        state.emit(TakeoverBegun(state.now_us, tier, unit, why, due_us))
    blame = _take_no_more(state, tier, unit)
    state.change_unit(tier, unit, role=Role.STARTING, since_us=state.now_us)
    refresh(state, tier)
    settle(state, tier, blame)
    state.push(due_us, Order.TIMER, StartDue(tier, unit, why))


def start_due(state: State, due: StartDue) -> None:
    """The unit has started."""
    if state.tiers[due.tier].units[due.unit].role is Role.STARTING:
        take_over(state, due.tier, due.unit, due.why)


def _take_no_more(state: State, tier: int, unit: int) -> Blame:
    """Copies that are still on the cable come too late; so do those of this instant if people act."""
    left_us, queue = on_the_cable_us(state, tier, unit), has_queue(state, tier)
    streams = state.tiers[tier].streams
    if streams and streams[0].receiver == unit:
        kill_streams(state, tier, delivered=not state.by_fault)
    kill_batches(state, tier, unit, delivered=not state.by_fault)
    state.cancel(lambda due: isinstance(due, DecideDue) and (due.tier, due.unit) == (tier, unit))
    link_down = not state.links[tier][state.tier_setup(tier).sync.link].up
    return Blame(state.tiers[tier].units[unit].copied_us, left_us, queue, backlog=link_down)


def take_over(state: State, tier: int, unit: int, why: str) -> None:
    """The unit becomes active: it takes no more state from the other and announces the address."""
    blame = _take_no_more(state, tier, unit)
    _become_active(state, tier, unit, why)
    settle(state, tier, blame)
    announce(state, tier, unit)
    if state.tiers[tier].heartbeat_us > state.now_us:  # a new active says so at once
        send_heartbeat(state, tier, unit)
    if state.setup.path == "parallel":
        _move_column(state, tier, unit)


def _become_active(state: State, tier: int, unit: int, why: str) -> None:
    now_us = state.now_us
    _open_failover(state, tier, unit, why)
    here = state.tiers[tier].units[unit]
    term = state.tiers[tier].term + 1
    contest = LossCause.FAILBACK if why in ORDERLY else LossCause.SPLIT_BRAIN
    state.change_tier(tier, term=term, contest=contest)
    state.change_unit(tier, unit, role=Role.ACTIVE, since_us=now_us, term=term, leased=False)
    _block_peer(state, tier, 1 - unit)
    stop_waiting(state, tier)
    state.emit(Takeover(now_us, tier, unit, here.heard_us))
    note_takeover(state, tier, unit)


def _block_peer(state: State, tier: int, peer: int) -> None:
    """An active unit whose requests wait for the one that takes over gets no answer any more: what waits
    hangs, and it serves nobody until its time-out, if it has one.
    """
    here, timeout_us = state.tiers[tier], state.tier_setup(tier).sync.timeout_us
    if here.units[peer].role is not Role.ACTIVE or not here.requests_wait:
        return
    hung = hang_up(state, here.units[peer].own, unanswered_from_us(state, inclusive=False))
    state.change_unit(tier, peer, blocked=True)
    count_doubtful(state, tier, hung)
    if timeout_us is not None:
        state.push(state.now_us + timeout_us, Order.TIMER, UnblockDue(tier, peer))


def unblock(state: State, tier: int, unit: int) -> None:
    """The old active has waited long enough for its standby and goes on alone."""
    if state.tiers[tier].units[unit].blocked:
        state.change_unit(tier, unit, blocked=False)
        state.emit(FellBack(state.now_us, tier))
        refresh(state, tier)


def _open_failover(state: State, tier: int, unit: int, why: str) -> None:
    """A takeover without a dead active is false, or meant: its story began when the cable failed, or now."""
    number = state.tiers[tier].failover
    if number is not None and state.failovers[number].takeover_us is None:
        return
    link = state.links[tier][state.tier_setup(tier).heartbeat.link]
    fault = None if link.up else link.fault
    fault_us = state.now_us if link.up else link.changed_us
    if why in ORDERLY:
        fault, fault_us = why, state.now_us
    down_us = None if state.tiers[tier].serving is not None else state.now_us
    answered_us = None
    if state.tiers[tier].requests_wait:
        answered_us = answered_until_us(state, tier, state.now_us, delivered=True)
    state.change_tier(tier, failover=len(state.failovers))
    state.failovers.append(Failover(tier, fault, 1 - unit, fault_us, None, down_us, answered_us=answered_us))


def _move_column(state: State, moved: int, unit: int) -> None:
    """Parallel columns: every tier fails over with the first."""
    for tier, here in enumerate(state.tiers):
        if tier != moved and here.units[unit].role in WAITING:
            take_over_quietly(state, tier, unit)
    come_back(state, 1 - unit)


def take_over_quietly(state: State, tier: int, unit: int) -> None:
    """One tier of a column that moves."""
    blame = _take_no_more(state, tier, unit)
    _become_active(state, tier, unit, "silence")
    state.change_tier(tier, contest=LossCause.CASCADE)
    settle(state, tier, replace(blame, discarded=LossCause.CASCADE))
    announce(state, tier, unit)
    if state.tiers[tier].heartbeat_us > state.now_us:
        send_heartbeat(state, tier, unit)
