"""Lightning: the host dies and with it everything on its cables."""

from visualizer.sim.death import strike_unit
from visualizer.sim.faults.fault import Fault
from visualizer.sim.state import Role, State


def _apply(state: State, tier: int, unit: int) -> None:
    strike_unit(state, tier, unit, "lightning", cables=True)


def _applies(state: State, tier: int, unit: int) -> bool:
    return state.tiers[tier].units[unit].role is not Role.DOWN


FAULT = Fault(
    target="unit",
    title="Lightning",
    summary="the host dies and all that is on its cables",
    past="is struck by lightning",
    apply=_apply,
    applies=_applies,
    mark="bolt",
    key="s",
    bolt=True,
)
