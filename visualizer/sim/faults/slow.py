"""Grey failure: the unit lives and beats, but answers nobody."""

from visualizer.sim.faults.fault import Fault
from visualizer.sim.orderly import change_condition
from visualizer.sim.state import Role, State


def _apply(state: State, tier: int, unit: int) -> None:
    change_condition(state, tier, unit, "slow", slow=True)


def _applies(state: State, tier: int, unit: int) -> bool:
    here = state.tiers[tier].units[unit]
    return here.role is Role.ACTIVE and not here.slow


FAULT = Fault(
    target="unit",
    title="Goes slow",
    summary="heartbeats stay green, but requests hang",
    past="goes slow",
    apply=_apply,
    applies=_applies,
    mark="slow",
)
