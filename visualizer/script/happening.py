"""When and where something happened, and whether that was at a part of the setup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from visualizer.script.script import TierSpot
from visualizer.sim import event as events
from visualizer.sim.command import FeedTarget, LinkTarget, SiteTarget, Target, UnitTarget
from visualizer.sim.event import Event
from visualizer.sim.setup import Setup

_COPIES = (events.SyncSent, events.SyncReceived, events.StreamOpened, events.StreamClosed)
_BEATS = (events.HeartbeatSent, events.HeartbeatReceived, events.Farewell)
_RECEIVED = (events.HeartbeatReceived, events.SyncReceived)


@dataclass(frozen=True, slots=True)
class Happening:
    """`order` puts it among the events of a run: odd for event `order // 2` itself, even for what lies before
    it. `unit` of a message: who sent it.
    """

    at_us: int
    order: int
    tier: int | None = None
    unit: int | None = None
    link: int | None = None
    feed: int | None = None


def happening(number: int, event: Event, setup: Setup) -> Happening:
    """Event `number` of a run, with its place."""
    tier: int | None = getattr(event, "tier", None)
    unit: int | None = getattr(event, "unit", None)
    if isinstance(event, _RECEIVED) and unit is not None:
        unit = 1 - unit
    feed: int | None = getattr(event, "feed", None)
    return Happening(event.at_us, 2 * number + 1, tier, unit, _link(event, tier, setup), feed)


def _link(event: Event, tier: int | None, setup: Setup) -> int | None:
    if isinstance(event, events.LinkChanged):
        return event.link
    if tier is None:
        return None
    if isinstance(event, _BEATS) or (isinstance(event, events.FrameLost) and event.frame == "heartbeat"):
        return setup.tiers[tier].heartbeat.link
    if isinstance(event, (*_COPIES, events.FrameLost)):
        return setup.tiers[tier].sync.link
    return None


def concerns(one: Happening, part: Target | TierSpot, setup: Setup) -> bool:
    """Whether it happened to this part: to a site, when to a unit that stands there or to its feed."""
    match part:
        case TierSpot(tier):
            return one.tier == tier
        case UnitTarget(tier, unit):
            return (one.tier, one.unit) == (tier, unit)
        case LinkTarget(tier, link):
            return (one.tier, one.link) == (tier, link)
        case FeedTarget(feed):
            return one.feed == feed
        case SiteTarget(site):
            if one.tier is not None and one.unit is not None:
                return setup.tiers[one.tier].sites[one.unit] == site
            return one.feed is not None and setup.sites[site].feed == one.feed
    assert_never(part)
