"""Heartbeats and hold times: who says that it lives, who listens, and until when."""

from __future__ import annotations

from visualizer.sim.event import HeartbeatReceived, HeartbeatSent
from visualizer.sim.setup import TierSetup
from visualizer.sim.state import WAITING, Beat, DemoteDue, DetectDue, Order, Role, State


def send_heartbeat(state: State, tier: int, unit: int) -> None:
    """One heartbeat leaves; on a cut cable it goes nowhere."""
    setup = state.tier_setup(tier)
    number, now_us = setup.heartbeat.link, state.now_us
    if not state.links[tier][number].up:
        state.emit(HeartbeatSent(now_us, tier, unit, None))
        return
    due_us = now_us + setup.links[number].latency_us
    term = state.tiers[tier].units[unit].term
    state.emit(HeartbeatSent(now_us, tier, unit, due_us))
    state.push(due_us, Order.DELIVERY, Beat(tier, unit, 1 - unit, number, term, now_us, due_us))


def hear(state: State, beat: Beat) -> None:
    """A waiting unit starts its hold time again; a deposed active learns of its successor."""
    tier, unit = beat.tier, beat.receiver
    receiver = state.tiers[tier].units[unit]
    if receiver.role in WAITING:
        state.change_unit(tier, unit, heard_us=max(receiver.heard_us, state.now_us))
    elif receiver.role is Role.ACTIVE and receiver.term < beat.term and not state.tiers[tier].demoting:
        state.change_tier(tier, demoting=True)
        due_us = state.now_us + state.tier_setup(tier).demotion_us
        state.push(due_us, Order.TIMER, DemoteDue(tier, unit))
    elif receiver.role not in (Role.ACTIVE, *WAITING):
        return
    state.emit(HeartbeatReceived(state.now_us, tier, unit))


def heard_before_us(setup: TierSetup, next_us: int) -> int:
    """Until when heartbeats have come, or will, without the one to be sent at `next_us` and all after it.

    In an even rhythm that one comes an interval later, be the cable ever so long.
    """
    latency_us = setup.links[setup.heartbeat.link].latency_us
    return max(next_us + latency_us - setup.heartbeat.interval_us, 0)


def watch(state: State, tier: int, unit: int) -> None:
    """Start (or restart) the waiting unit's timer."""
    state.cancel(lambda due: isinstance(due, DetectDue) and (due.tier, due.unit) == (tier, unit))
    due_us = state.tiers[tier].units[unit].heard_us + state.tier_setup(tier).heartbeat.hold_us
    state.push(max(due_us, state.now_us), Order.TIMER, DetectDue(tier, unit))
