"""What a cut takes with it: everything on the cable, and whoever can be reached no more."""

from __future__ import annotations

from visualizer.sim.channel import has_queue, kill_frames, kill_streams, on_the_cable_us
from visualizer.sim.knowledge import copied_ever_us
from visualizer.sim.loss import Blame, settle
from visualizer.sim.office import refresh
from visualizer.sim.state import State


def disconnect(state: State, tier: int, links: tuple[int, ...]) -> None:
    """Nothing on these cables of the tier arrives any more."""
    receiver = _receiver(state, tier)
    left_us, queue = on_the_cable_us(state, tier, receiver), has_queue(state, tier)
    kill_frames(state, tier, lambda frame: frame.link in links)
    if state.tier_setup(tier).sync.link in links:
        kill_streams(state, tier)
    arrived_us = copied_ever_us(state, tier, receiver)
    refresh(state, tier)
    settle(state, tier, Blame(arrived_us, left_us, queue, backlog=True))


def _receiver(state: State, tier: int) -> int:
    here = state.tiers[tier]
    if here.channel is not None:
        return here.channel[1]
    return here.streams[0].receiver if here.streams else 1 - here.directed
