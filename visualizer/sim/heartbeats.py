"""Heartbeats and hold times: who says that it lives, who listens, and until when."""

from __future__ import annotations

from visualizer.sim.agenda import Beat, DecideDue, DemoteDue, DetectDue, Order
from visualizer.sim.cable import carries, jitter, quality
from visualizer.sim.chance import Purpose, draw
from visualizer.sim.event import Farewell, FrameLost, HeartbeatReceived, HeartbeatSent
from visualizer.sim.setup import TierSetup
from visualizer.sim.state import WAITING, Role, State


def heartbeat_due(state: State, tier: int) -> None:
    """Active units of the tier whose daemon lives say so."""
    for unit in (0, 1):
        here = state.tiers[tier].units[unit]
        if here.role is Role.ACTIVE and not here.mute:
            send_heartbeat(state, tier, unit)


def send_heartbeat(state: State, tier: int, unit: int, *, farewell: bool = False) -> None:
    """One heartbeat leaves; on a cut cable it goes nowhere."""
    number, now_us, count = state.tier_setup(tier).heartbeat.link, state.now_us, state.tiers[tier].beats
    state.change_tier(tier, beats=count + 1)
    kind = Farewell if farewell else HeartbeatSent
    if not carries(state, tier, number) or not state.links[tier][number].beats:
        state.emit(kind(now_us, tier, unit, None))
        return
    cable, seed = quality(state, tier, number), state.setup.seed
    lost = bool(cable.loss) and draw(seed, Purpose.HEARTBEAT_LOSS, count, tier) < cable.loss.threshold
    late_us = jitter(seed, Purpose.HEARTBEAT_JITTER, count, tier, cable.jitter_us)
    due_us = now_us + cable.latency_us + late_us
    term = state.tiers[tier].units[unit].term
    state.emit(kind(now_us, tier, unit, due_us))
    beat = Beat(tier, unit, 1 - unit, number, term, now_us, due_us, lost=lost, farewell=farewell)
    state.push(due_us, Order.DELIVERY, beat)


def hear(state: State, beat: Beat) -> None:
    """A waiting unit starts its hold time again; one of two active units learns that it must give up."""
    tier, unit = beat.tier, beat.receiver
    receiver = state.tiers[tier].units[unit]
    if beat.lost:
        state.emit(FrameLost(state.now_us, tier, "heartbeat", beat.sender, beat.sent_us, beat.due_us))
        return
    if receiver.role not in (Role.ACTIVE, *WAITING) or receiver.mute:
        return
    if receiver.role in WAITING:
        _hear_waiting(state, beat)
    elif _must_give_up(state, beat) and not state.tiers[tier].demoting:
        state.change_tier(tier, demoting=True)
        due_us = state.now_us + state.tier_setup(tier).demotion_us
        state.push(due_us, Order.TIMER, DemoteDue(tier, unit))
    state.emit(HeartbeatReceived(state.now_us, tier, unit))


def _hear_waiting(state: State, beat: Beat) -> None:
    tier, unit = beat.tier, beat.receiver
    setup, receiver = state.tier_setup(tier), state.tiers[tier].units[unit]
    if beat.farewell:
        due_us = state.now_us + setup.heartbeat.skew_us[unit]
        state.push(due_us, Order.TIMER, DecideDue(tier, unit, "farewell"))
    elif not (setup.preempt and unit == 0):
        state.change_unit(tier, unit, heard_us=max(receiver.heard_us, state.now_us))
        if setup.guard.kind == "fencing":
            watch(state, tier, unit)  # a fence that failed has ended the watch


def _must_give_up(state: State, beat: Beat) -> bool:
    """Of two active units the older takeover gives up, or the secondary."""
    if state.tier_setup(beat.tier).election == "priority":
        return beat.receiver == 1
    return state.tiers[beat.tier].units[beat.receiver].term < beat.term


def heard_before_us(setup: TierSetup, next_us: int) -> int:
    """Until when heartbeats have come, or will, without the one to be sent at `next_us` and all after it.

    In an even rhythm that one comes an interval later, be the cable ever so long.
    """
    latency_us = setup.links[setup.heartbeat.link].latency_us
    return max(next_us + latency_us - setup.heartbeat.interval_us, 0)


def deadline_us(state: State, tier: int, unit: int) -> int:
    """When a waiting unit's patience ends if it hears nothing more; it looks only now and then."""
    heartbeat = state.tier_setup(tier).heartbeat
    due_us = state.tiers[tier].units[unit].heard_us + heartbeat.hold_of_us(unit)
    return -(-due_us // heartbeat.poll_us) * heartbeat.poll_us if heartbeat.poll_us else due_us


def watch(state: State, tier: int, unit: int) -> None:
    """Start (or restart) the waiting unit's timer."""
    state.cancel(lambda due: isinstance(due, DetectDue) and (due.tier, due.unit) == (tier, unit))
    state.push(max(deadline_us(state, tier, unit), state.now_us), Order.TIMER, DetectDue(tier, unit))
