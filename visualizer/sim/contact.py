"""Leases and quorum: how long an active unit may serve without contact."""

from __future__ import annotations

from visualizer.sim.agenda import LeaseDue, Order
from visualizer.sim.cable import carries
from visualizer.sim.event import ServiceResumed, ServiceSuspended
from visualizer.sim.state import WAITING, Role, State


def refresh_contact(state: State, tier: int) -> None:
    """After any change of a unit or cable: who must stop soon, and who may go on."""
    kind = state.tier_setup(tier).guard.kind
    if kind in ("none", "fencing"):
        return
    for unit in (0, 1):
        here = state.tiers[tier].units[unit]
        if here.role is not Role.ACTIVE:
            _forget_timer(state, tier, unit)
        elif _in_contact(state, tier, unit):
            _in_touch(state, tier, unit)
        elif not here.suspended and (here.leased or kind == "witness"):
            _start_timer(state, tier, unit)


def _in_contact(state: State, tier: int, unit: int) -> bool:
    """A witness is in sight; or the standby is there to hold a lease from."""
    if state.tier_setup(tier).guard.kind == "witness":
        return not state.tiers[tier].units[unit].isolated
    peer = state.tiers[tier].units[1 - unit]
    return (
        peer.role in WAITING and not peer.mute and carries(state, tier, state.tier_setup(tier).heartbeat.link)
    )


def _in_touch(state: State, tier: int, unit: int) -> None:
    _forget_timer(state, tier, unit)
    here = state.tiers[tier].units[unit]
    if not here.leased:
        state.change_unit(tier, unit, leased=True)
    if here.suspended in ("lease", "quorum"):
        state.change_unit(tier, unit, suspended="")
        state.emit(ServiceResumed(state.now_us, tier, unit))


def _start_timer(state: State, tier: int, unit: int) -> None:
    if any(
        isinstance(due, LeaseDue) and (due.tier, due.unit) == (tier, unit) for _, _, _, due in state.agenda
    ):
        return
    guard = state.tier_setup(tier).guard
    renewed_us = state.now_us
    if guard.kind == "lease" and guard.renewal_us:
        renewed_us = max(state.now_us - 1, 0) // guard.renewal_us * guard.renewal_us
    why = "quorum" if guard.kind == "witness" else "lease"
    state.push(max(renewed_us + guard.lease_us, state.now_us), Order.TIMER, LeaseDue(tier, unit, why))


def _forget_timer(state: State, tier: int, unit: int) -> None:
    state.cancel(lambda due: isinstance(due, LeaseDue) and (due.tier, due.unit) == (tier, unit))


def lease_over(state: State, due: LeaseDue) -> bool:
    """The unit serves no more until it is in contact again; False if it is not active any more."""
    if state.tiers[due.tier].units[due.unit].role is not Role.ACTIVE:
        return False
    state.change_unit(due.tier, due.unit, suspended=due.why)
    state.emit(ServiceSuspended(state.now_us, due.tier, due.unit, due.why))
    return True
