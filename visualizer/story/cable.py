"""Sentences for what becomes of a cable."""

from __future__ import annotations

from visualizer.language import say
from visualizer.sim.event import LinkChanged
from visualizer.sim.setup import US_PER_S
from visualizer.sim.state import RUNNING
from visualizer.story import condition
from visualizer.story.moment import Moment

_SHORT_US = 900_000
_LONG_US = 4 * US_PER_S


def changed(moment: Moment) -> str | None:
    """A cable was cut or healed."""
    event = moment.last(LinkChanged, _LONG_US)
    if event is None:
        return None
    setup = moment.setup.tiers[event.tier]
    suspects = any(moment.grew(event.at_us, event.tier, index) for index in (0, 1))
    if suspects and moment.now_us - event.at_us >= _SHORT_US:
        return None
    beats, copies = event.link == setup.heartbeat.link, event.link == setup.sync.link
    if event.up:
        return _changed(moment, event)
    return _cut(moment, event, beats=beats, copies=copies)


def _changed(moment: Moment, event: LinkChanged) -> str:
    """A cable that carries frames, well or badly."""
    link = moment.state.links[event.tier][event.link]
    match condition.of_link(link):
        case condition.DEGRADED:
            return say(
                "The cable is degraded: slow, and it loses frames. Copies fall behind, "
                "and a few lost heartbeats in a row look like a death."
            )
        case condition.NO_HEARTBEATS:
            return say(
                "Heartbeats are lost on this cable, all else arrives: a healthy unit will be taken for dead."
            )
        case _:
            return say("The cable is whole again.")


def _cut(moment: Moment, event: LinkChanged, *, beats: bool, copies: bool) -> str:
    if any(one.role not in RUNNING for one in moment.state.tiers[event.tier].units):
        return say("The cable is cut. It led to a unit that is not running.")
    if beats and copies:
        return say("The cable is cut. No heartbeat and no copy gets through, though both units are well.")
    if beats:
        return say("The heartbeat cable is cut. The standby hears nothing, though the active unit is well.")
    return say("The sync cable is cut. Nothing is copied any more, and what is exposed only grows.")
