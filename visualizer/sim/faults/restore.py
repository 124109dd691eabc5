"""Somebody brings power back."""

from visualizer.sim.faults.fault import Fault
from visualizer.sim.power import restore_feed
from visualizer.sim.state import State


def _apply(state: State, _tier: int, feed: int) -> None:
    restore_feed(state, feed)


def _applies(state: State, _tier: int, feed: int) -> bool:
    return state.feeds[feed].condition != "ok"


FAULT = Fault(
    target="feed",
    title="Restore power",
    summary="power is back, what was dark boots",
    past="has power again",
    apply=_apply,
    applies=_applies,
    mark="power",
    mends=True,
)
