"""A cut cable carries frames again."""

from visualizer.sim.event import LinkChanged
from visualizer.sim.faults.fault import Fault
from visualizer.sim.roles import refresh
from visualizer.sim.state import Link, State


def _apply(state: State, tier: int, link: int) -> None:
    if state.links[tier][link].up:
        return
    state.links[tier][link] = Link(up=True, changed_us=state.now_us, fault="heal")
    state.emit(LinkChanged(state.now_us, "heal", tier, link, up=True))
    refresh(state, tier)


def _applies(state: State, tier: int, link: int) -> bool:
    return not state.links[tier][link].up


FAULT = Fault(
    target="link",
    title="Heal",
    summary="the cable carries frames again",
    past="is whole again",
    apply=_apply,
    applies=_applies,
    mark="heal",
    key="c",
    mends=True,
)
