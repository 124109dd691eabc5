"""A dead unit is switched on again and boots with empty memory; a living one is made sound."""

from visualizer.sim.faults.fault import Fault
from visualizer.sim.orderly import is_unsound, repair
from visualizer.sim.state import Role, State


def _apply(state: State, tier: int, unit: int) -> None:
    repair(state, tier, unit)


def _applies(state: State, tier: int, unit: int) -> bool:
    return state.tiers[tier].units[unit].role is Role.DOWN or (
        state.tiers[tier].units[unit].role is not Role.BOOTING and is_unsound(state, tier, unit)
    )


FAULT = Fault(
    target="unit",
    title="Repair",
    summary="the unit boots empty and asks for a full copy, or is made sound",
    past="is repaired",
    apply=_apply,
    applies=_applies,
    mark="repair",
    key="r",
    mends=True,
)
