"""A planned change of the active unit."""

from visualizer.sim.faults.fault import Fault
from visualizer.sim.orderly import can_hand_over, switch_over
from visualizer.sim.state import State


def _apply(state: State, tier: int, unit: int) -> None:
    switch_over(state, tier)


def _applies(state: State, tier: int, unit: int) -> bool:
    here = state.tiers[tier]
    handing = any(one.suspended == "handover" for one in here.units)
    return can_hand_over(state, tier) and here.channel is not None and unit in here.channel and not handing


FAULT = Fault(
    target="unit",
    title="Switch over",
    summary="the active unit hands over when the standby has everything",
    past="hands over",
    apply=_apply,
    applies=_applies,
    mark="swap",
    key="x",
)
