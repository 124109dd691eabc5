"""A cable is cut: what is on it is gone, and nothing leaves on it until it is healed."""

from visualizer.sim.channel import kill_frames, kill_streams
from visualizer.sim.event import LinkChanged
from visualizer.sim.faults.fault import Fault
from visualizer.sim.intervals import union
from visualizer.sim.loss import Blame, settle
from visualizer.sim.roles import refresh
from visualizer.sim.state import Link, State


def _apply(state: State, tier: int, link: int) -> None:
    if not state.links[tier][link].up:
        return
    state.links[tier][link] = Link(up=False, changed_us=state.now_us, fault="cut")
    state.emit(LinkChanged(state.now_us, "cut", tier, link, up=False))
    flying = kill_frames(state, tier, lambda frame: frame.link == link)
    if state.tier_setup(tier).sync.link == link:
        flying = union(flying, kill_streams(state, tier))
    refresh(state, tier)
    settle(state, tier, Blame(in_flight=flying))


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
