"""Lightning: the host dies and with it everything on its cables."""

from visualizer.sim.faults.fault import Fault
from visualizer.sim.roles import strike_unit
from visualizer.sim.state import State


def _apply(state: State, tier: int, unit: int) -> None:
    strike_unit(state, tier, unit, "lightning", cables=True)


FAULT = Fault("unit", "Lightning", "the host dies and all that is on its cables", _apply)
