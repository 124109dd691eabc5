"""Somebody stops the unit in an orderly way: it says farewell first."""

from visualizer.sim.faults.fault import Fault
from visualizer.sim.orderly import stop
from visualizer.sim.state import RUNNING, State


def _apply(state: State, tier: int, unit: int) -> None:
    stop(state, tier, unit)


def _applies(state: State, tier: int, unit: int) -> bool:
    return state.tiers[tier].units[unit].role in RUNNING


FAULT = Fault(
    target="unit",
    title="Stop",
    summary="the unit sends what is ready, says farewell and goes down",
    past="is stopped",
    apply=_apply,
    applies=_applies,
    mark="stop",
)
