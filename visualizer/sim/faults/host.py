"""The host dies; frames that are already on the cable still arrive."""

from visualizer.sim.faults.fault import Fault
from visualizer.sim.roles import strike_unit
from visualizer.sim.state import State


def _apply(state: State, tier: int, unit: int) -> None:
    strike_unit(state, tier, unit, "host", cables=False)


FAULT = Fault("unit", "Host fails", "the host dies, what is on its cables still arrives", _apply)
