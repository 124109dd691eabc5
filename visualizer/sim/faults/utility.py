"""Utility power fails: UPS, then generator, or darkness."""

from visualizer.sim.faults.fault import Fault
from visualizer.sim.power import fail_feed
from visualizer.sim.state import State


def _apply(state: State, _tier: int, feed: int) -> None:
    fail_feed(state, feed)


def _applies(state: State, _tier: int, feed: int) -> bool:
    return state.feeds[feed].condition == "ok"


FAULT = Fault(
    target="feed",
    title="Utility fails",
    summary="the UPS carries on for a while, then the generator, if it starts",
    past="loses utility power",
    apply=_apply,
    applies=_applies,
    mark="power_off",
)
