"""Whether anything can still happen in a run without clients, but for heartbeats and copies."""

from __future__ import annotations

from itertools import pairwise

from visualizer.sim import State
from visualizer.sim.agenda import Batch, Beat, DetectDue, HeartbeatDue, RefreshDue, SyncDue
from visualizer.sim.cable import quality
from visualizer.sim.state import Role, Unit

_RHYTHMS = (HeartbeatDue, SyncDue, RefreshDue, DetectDue, Beat, Batch)


def settled(state: State) -> bool:
    """False when in doubt. True: each pair goes on as it is, and who serves and what each unit holds of the
    past stays the same for ever.
    """
    if not all(isinstance(due, _RHYTHMS) for _, _, _, due in state.agenda):
        return False
    return all(_is_steady(state, tier) for tier in range(len(state.tiers)))


def _is_steady(state: State, tier: int) -> bool:
    here = state.tiers[tier]
    roles = {unit.role for unit in here.units}
    if roles == {Role.DOWN}:
        return True
    if roles - {Role.ACTIVE, Role.STANDBY, Role.DOWN} or here.demoting or not all(map(_is_sound, here.units)):
        return False
    active = [number for number, unit in enumerate(here.units) if unit.role is Role.ACTIVE]
    if len(active) != 1 or set(here.servers[: state.groups]) != set(active):
        return False
    return Role.STANDBY not in roles or _keeps_hearing(state, tier, 1 - active[0])


def _is_sound(unit: Unit) -> bool:
    return not (unit.slow or unit.mute or unit.isolated or unit.suspended or unit.blocked)


def _keeps_hearing(state: State, tier: int, standby: int) -> bool:
    """Whether each heartbeat comes before the standby's patience ends, those under way and all others."""
    setup = state.tier_setup(tier)
    beat, links = setup.heartbeat, state.links[tier]
    hold_us = beat.hold_of_us(standby)
    cable = quality(state, tier, beat.link)
    if setup.preempt or hold_us < beat.interval_us or cable.jitter_us or cable.loss:
        return False
    if not all(link.up and link.beats for link in links):
        return False
    under_way = (due.due_us for _, _, _, due in state.agenda if isinstance(due, Beat) and due.tier == tier)
    next_us = state.tiers[tier].heartbeat_us + cable.latency_us
    heard_us = [state.tiers[tier].units[standby].heard_us, *sorted(under_way), next_us]
    return all(after - before <= hold_us for before, after in pairwise(heard_us))
