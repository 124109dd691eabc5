"""The unit sees neither its peer nor the witness; the clients beside it do not notice."""

from visualizer.sim.disconnect import disconnect
from visualizer.sim.event import UnitChanged
from visualizer.sim.faults.fault import Fault
from visualizer.sim.state import RUNNING, State


def _apply(state: State, tier: int, unit: int) -> None:
    state.change_unit(tier, unit, isolated=True)
    state.emit(UnitChanged(state.now_us, "isolate", tier, unit, "isolated"))
    disconnect(state, tier, tuple(range(len(state.links[tier]))))


def _applies(state: State, tier: int, unit: int) -> bool:
    here = state.tiers[tier].units[unit]
    return here.role in RUNNING and not here.isolated


FAULT = Fault(
    target="unit",
    title="Isolate",
    summary="the unit sees neither its peer nor the witness",
    past="is cut off",
    apply=_apply,
    applies=_applies,
    mark="isolated",
)
