"""Who serves: the one place that draws the consequences of every change of a unit, cable or address."""

from __future__ import annotations

from dataclasses import replace

from visualizer.sim.channel import refresh_channel
from visualizer.sim.contact import refresh_contact
from visualizer.sim.intervals import union
from visualizer.sim.knowledge import refresh_era, trim_tenure
from visualizer.sim.loss import tell_clients
from visualizer.sim.service import refresh_service
from visualizer.sim.state import Role, State, Tier
from visualizer.sim.traffic import FAR_US


def serves(tier: Tier, unit: int) -> bool:
    """Whether a unit would serve whoever is directed to it."""
    here = tier.units[unit]
    return here.role is Role.ACTIVE and not here.suspended and not here.slow and not here.blocked


def refresh(state: State, tier: int) -> None:
    """After any change of a unit or cable: who serves, who copies, who holds what."""
    refresh_contact(state, tier)
    _redirect_stayers(state, tier)
    here = state.tiers[tier]
    directions = (here.directed, here.stays_at)[: state.groups]
    changed = False
    for group, unit in enumerate(directions):
        serving = unit if serves(here, unit) else None
        if serving != here.servers[group]:
            changed = True
            _hand_over(state, tier, group, here.servers[group], serving)
    if changed and _is_served(state, tier):
        _restored(state, tier)
    refresh_channel(state, tier)
    refresh_era(state, tier)
    refresh_service(state)


def _redirect_stayers(state: State, tier: int) -> None:
    """Those who stay keep to their unit while it is in office; then they go where the others go."""
    here = state.tiers[tier]
    unit = here.units[here.stays_at]
    if here.stays_at != here.directed and (unit.role is not Role.ACTIVE or unit.suspended):
        state.change_tier(tier, stays_at=here.directed)


def _is_served(state: State, tier: int) -> bool:
    return all(server is not None for server in state.tiers[tier].servers[: state.groups])


def _hand_over(state: State, tier: int, group: int, old: int | None, new: int | None) -> None:
    """The old server's tenure ends, the new one's begins."""
    if old is not None:
        trim_tenure(state, tier, old, group)
    if group:
        state.change_tier(tier, stayers_served_by=new)
    else:
        state.change_tier(tier, serving=new)
    state.held = None
    if new is None:
        return
    unit = state.tiers[tier].units[new]
    own = tuple(
        union(times, [(state.now_us, FAR_US)]) if number == group else times
        for number, times in enumerate(unit.own)
    )
    state.change_unit(tier, new, own=own)


def _restored(state: State, tier: int) -> None:
    """An interrupted tier serves everybody again."""
    for number, failover in enumerate(state.failovers):
        if failover.tier == tier and failover.restored_us is None:
            state.failovers[number] = replace(failover, restored_us=state.now_us)
    tell_clients(state, tier)
