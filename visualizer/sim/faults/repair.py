"""A dead unit is switched on again: it boots with empty memory and needs a full copy."""

from visualizer.sim.faults.fault import Fault
from visualizer.sim.roles import repair
from visualizer.sim.state import State


def _apply(state: State, tier: int, unit: int) -> None:
    repair(state, tier, unit)


FAULT = Fault("unit", "Repair", "the unit boots empty and asks for a full copy", _apply)
