"""A cable gets bad: slower, with losses, as its setup says."""

from dataclasses import replace

from visualizer.sim.channel import restart_stream
from visualizer.sim.event import LinkChanged
from visualizer.sim.faults.fault import Fault
from visualizer.sim.state import State


def _apply(state: State, tier: int, link: int) -> None:
    old = state.links[tier][link]
    changed = replace(old, degraded=True, changed_us=state.now_us, fault="degrade")
    state.links[tier][link] = changed
    state.emit(LinkChanged(state.now_us, "degrade", tier, link, up=old.up))
    if state.tier_setup(tier).sync.link == link:
        restart_stream(state, tier)


def _applies(state: State, tier: int, link: int) -> bool:
    here = state.links[tier][link]
    has_figures = state.tier_setup(tier).links[link].degraded is not None
    return here.up and not here.degraded and has_figures


FAULT = Fault(
    target="link",
    title="Degrade",
    summary="the cable gets slow and loses frames",
    past="gets bad",
    apply=_apply,
    applies=_applies,
    mark="degrade",
)
