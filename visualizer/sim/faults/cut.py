"""A cable is cut: what is on it is gone, and nothing leaves on it until it is healed."""

from dataclasses import replace

from visualizer.sim.disconnect import disconnect
from visualizer.sim.event import LinkChanged
from visualizer.sim.faults.fault import Fault
from visualizer.sim.state import State


def _apply(state: State, tier: int, link: int) -> None:
    old = state.links[tier][link]
    state.links[tier][link] = replace(old, up=False, changed_us=state.now_us, fault="cut")
    state.emit(LinkChanged(state.now_us, "cut", tier, link, up=False))
    disconnect(state, tier, (link,))


def _applies(state: State, tier: int, link: int) -> bool:
    return state.links[tier][link].up


FAULT = Fault(
    target="link",
    title="Cut",
    summary="what is on the cable is gone and nothing more leaves on it",
    past="is cut",
    apply=_apply,
    applies=_applies,
    mark="cut",
    key="c",
)
