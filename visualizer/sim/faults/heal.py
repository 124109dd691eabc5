"""A cable that was cut, degraded or deaf to heartbeats is as good as new."""

from visualizer.sim.channel import restart_stream
from visualizer.sim.event import LinkChanged
from visualizer.sim.faults.fault import Fault
from visualizer.sim.office import refresh
from visualizer.sim.state import Link, State


def _apply(state: State, tier: int, link: int) -> None:
    degraded = state.links[tier][link].degraded
    state.links[tier][link] = Link(up=True, changed_us=state.now_us, fault="heal")
    state.emit(LinkChanged(state.now_us, "heal", tier, link, up=True))
    if degraded and state.tier_setup(tier).sync.link == link:
        restart_stream(state, tier)
    refresh(state, tier)


def _applies(state: State, tier: int, link: int) -> bool:
    here = state.links[tier][link]
    return not here.up or here.degraded or not here.beats


FAULT = Fault(
    target="link",
    title="Heal",
    summary="the cable carries frames again as it should",
    past="is whole again",
    apply=_apply,
    applies=_applies,
    mark="heal",
    key="c",
    mends=True,
)
