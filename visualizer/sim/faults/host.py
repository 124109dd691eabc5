"""The host dies; frames that are already on the cable still arrive."""

from visualizer.sim.death import strike_unit
from visualizer.sim.faults.fault import Fault
from visualizer.sim.state import Role, State


def _apply(state: State, tier: int, unit: int) -> None:
    strike_unit(state, tier, unit, "host", cables=False)


def _applies(state: State, tier: int, unit: int) -> bool:
    return state.tiers[tier].units[unit].role is not Role.DOWN


FAULT = Fault(
    target="unit",
    title="Host fails",
    summary="the host dies, what is on its cables still arrives",
    past="fails",
    apply=_apply,
    applies=_applies,
    mark="cross",
    key="h",
)
