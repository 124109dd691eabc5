"""Only the high availability daemon dies: the unit serves on, but says nothing and hears nothing."""

from visualizer.sim.faults.fault import Fault
from visualizer.sim.orderly import change_condition
from visualizer.sim.state import RUNNING, State


def _apply(state: State, tier: int, unit: int) -> None:
    change_condition(state, tier, unit, "daemon", mute=True)


def _applies(state: State, tier: int, unit: int) -> bool:
    here = state.tiers[tier].units[unit]
    return here.role in RUNNING and not here.mute


FAULT = Fault(
    target="unit",
    title="Daemon dies",
    summary="the unit serves on, but nobody hears that it lives",
    past="falls silent",
    apply=_apply,
    applies=_applies,
    mark="mute",
)
