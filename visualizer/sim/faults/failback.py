"""The waiting unit takes over at once, whatever it has."""

from visualizer.sim.faults.fault import Fault
from visualizer.sim.orderly import can_fail_back, fail_back
from visualizer.sim.state import State


def _apply(state: State, tier: int, unit: int) -> None:
    fail_back(state, tier)


def _applies(state: State, tier: int, unit: int) -> bool:
    return can_fail_back(state, tier) and unit in (0, 1)


FAULT = Fault(
    target="unit",
    title="Fail back now",
    summary="the waiting unit takes over at once, whatever it has",
    past="is made to change over",
    apply=_apply,
    applies=_applies,
    mark="back",
)
