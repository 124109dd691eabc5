"""A dead unit is switched on again: it boots with empty memory and needs a full copy."""

from visualizer.sim.faults.fault import Fault
from visualizer.sim.roles import repair
from visualizer.sim.state import Role, State


def _apply(state: State, tier: int, unit: int) -> None:
    repair(state, tier, unit)


def _applies(state: State, tier: int, unit: int) -> bool:
    return state.tiers[tier].units[unit].role is Role.DOWN


FAULT = Fault(
    target="unit",
    title="Repair",
    summary="the unit boots empty and asks for a full copy",
    past="is switched on again",
    apply=_apply,
    applies=_applies,
    mark="repair",
    key="r",
    mends=True,
)
