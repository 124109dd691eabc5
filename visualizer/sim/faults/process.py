"""The process dies; the kernel lives and goes on sending what was given to it."""

from visualizer.sim.death import strike_unit
from visualizer.sim.faults.fault import Fault
from visualizer.sim.state import Role, State


def _apply(state: State, tier: int, unit: int) -> None:
    strike_unit(state, tier, unit, "process", cables=False, queue=True)


def _applies(state: State, tier: int, unit: int) -> bool:
    return state.tiers[tier].units[unit].role is not Role.DOWN


FAULT = Fault(
    target="unit",
    title="Process dies",
    summary="the process dies, the kernel still sends what queues in it",
    past="loses its process",
    apply=_apply,
    applies=_applies,
    mark="process",
)
