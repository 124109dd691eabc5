"""What an author can point at, by the names that scenario files give: tiers, units, cables, sites, feeds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeVar, assert_never

from visualizer.language import say
from visualizer.script.script import Region, Spot, TierSpot
from visualizer.script.wrong import WrongValueError, nearest, quoted
from visualizer.sim.command import FeedTarget, LinkTarget, SiteTarget, Target, UnitTarget
from visualizer.sim.setup import UNIT_NAMES, Setup, TierSetup

Named = TypeVar("Named", bound=Spot)
Kind = Literal["unit", "link", "site", "feed"]

REGIONS: dict[str, Region] = {
    "stage": Region("stage"),
    "clients": Region("clients"),
    "timeline": Region("timeline"),
    "ledger": Region("ledger"),
}


def targets(setup: Setup, kind: Kind) -> dict[str, Target]:
    """Everything of one kind that a fault can hit, by the name that a scenario file gives it."""
    match kind:
        case "site":
            return {f"site.{site.name}": SiteTarget(index) for index, site in enumerate(setup.sites)}
        case "feed":
            return {f"feed.{feed.name}": FeedTarget(index) for index, feed in enumerate(setup.feeds)}
        case "link":
            return {
                f"{tier.name}.{link.name}": LinkTarget(index, number)
                for index, tier in enumerate(setup.tiers)
                for number, link in enumerate(tier.links)
            }
        case "unit":
            return {
                f"{tier.name}.{unit}": UnitTarget(index, number)
                for index, tier in enumerate(setup.tiers)
                for number, unit in enumerate(UNIT_NAMES)
            }
    assert_never(kind)


def parts(setup: Setup) -> dict[str, Target | TierSpot]:
    """Everything that something can happen to.

    A cable is also found by what it carries: where one carries all, `firewall.sync` and `firewall.heartbeat`
    are that one. So a story keeps its places when the cables are changed.
    """
    found: dict[str, Target | TierSpot] = {
        tier.name: TierSpot(index) for index, tier in enumerate(setup.tiers)
    }
    found |= targets(setup, "unit")
    for index, tier in enumerate(setup.tiers):
        found |= {f"{tier.name}.{name}": LinkTarget(index, link) for name, link in _carriers(tier).items()}
    return found | targets(setup, "link") | targets(setup, "site") | targets(setup, "feed")


def spots(setup: Setup) -> dict[str, Spot]:
    """Everything that can be looked at: all parts, and what is in every picture."""
    return {**REGIONS, **parts(setup)}


def named(name: str, known: Mapping[str, Named]) -> Named:
    """What is called so; WrongValueError when nothing is."""
    if name in known:
        return known[name]
    near = nearest(name, known)
    todo = (
        say("did you mean {value}?", value=quoted(near))
        if near
        else say("there are: {names}", names=", ".join(known))
    )
    raise WrongValueError(say("there is no {name} here", name=quoted(name)), todo)


def spot_name(spot: Spot, setup: Setup) -> str:
    """The name of a spot as a scenario file says it; the inverse of `spots`."""
    match spot:
        case TierSpot(tier):
            return setup.tiers[tier].name
        case Region(name):
            return name
        case UnitTarget(tier, unit):
            return f"{setup.tiers[tier].name}.{UNIT_NAMES[unit]}"
        case LinkTarget(tier, link):
            return f"{setup.tiers[tier].name}.{setup.tiers[tier].links[link].name}"
        case SiteTarget(site):
            return f"site.{setup.sites[site].name}"
        case FeedTarget(feed):
            return f"feed.{setup.feeds[feed].name}"
    assert_never(spot)


def _carriers(tier: TierSetup) -> dict[str, int]:
    return {"heartbeat": tier.heartbeat.link, "sync": tier.sync.link}
