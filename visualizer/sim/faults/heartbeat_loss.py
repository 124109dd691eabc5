"""The cable carries everything but heartbeats."""

from dataclasses import replace

from visualizer.sim.agenda import Beat
from visualizer.sim.channel import kill_frames
from visualizer.sim.event import LinkChanged
from visualizer.sim.faults.fault import Fault
from visualizer.sim.state import State


def _apply(state: State, tier: int, link: int) -> None:
    old = state.links[tier][link]
    changed = replace(old, beats=False, changed_us=state.now_us, fault="heartbeat-loss")
    state.links[tier][link] = changed
    state.emit(LinkChanged(state.now_us, "heartbeat-loss", tier, link, up=old.up))
    kill_frames(state, tier, lambda frame: isinstance(frame, Beat) and frame.link == link)


def _applies(state: State, tier: int, link: int) -> bool:
    here = state.links[tier][link]
    return here.up and here.beats and state.tier_setup(tier).heartbeat.link == link


FAULT = Fault(
    target="link",
    title="Lose heartbeats",
    summary="heartbeats are lost on the cable, copies are not",
    past="loses heartbeats",
    apply=_apply,
    applies=_applies,
    mark="no_heartbeat",
)
