"""A whole site fails: every unit in it and all that is on their cables."""

from visualizer.sim.faults.fault import Fault
from visualizer.sim.power import take_down_sites, units_at
from visualizer.sim.state import Role, State


def _apply(state: State, _tier: int, site: int) -> None:
    take_down_sites(state, {site}, "site")


def _applies(state: State, _tier: int, site: int) -> bool:
    return any(state.tiers[t].units[u].role is not Role.DOWN for t, u in units_at(state, {site}))


FAULT = Fault(
    target="site",
    title="Whole site fails",
    summary="everything that stands there dies, with its cables",
    past="is gone",
    apply=_apply,
    applies=_applies,
    mark="site",
    bolt=True,
)
