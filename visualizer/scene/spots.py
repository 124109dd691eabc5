"""Where a spot of a story lies in the picture, in the logical units of `layout`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from visualizer.scene import links, sites
from visualizer.scene.layout import Layout
from visualizer.scene.primitives import Box
from visualizer.script.script import Region, Spot, TierSpot
from visualizer.sim.command import FeedTarget, LinkTarget, SiteTarget, UnitTarget
from visualizer.sim.setup import Setup


def box_of(spot: Spot, setup: Setup, layout: Layout) -> Box | None:
    """The box of a spot; None for a site or a feed that no unit stands in, and for what is not in the run."""
    match spot:
        case UnitTarget(tier, unit):
            return layout.cards[tier][unit] if tier < len(layout.cards) else None
        case LinkTarget(tier, link):
            return links.boxes(setup, layout, tier).get(link) if tier < len(layout.cards) else None
        case TierSpot(tier):
            return around(layout.cards[tier]) if tier < len(layout.cards) else None
        case SiteTarget(site):
            return _of_sites([site], setup, layout)
        case FeedTarget(feed):
            fed = [number for number, site in enumerate(setup.sites) if site.feed == feed]
            return _of_sites(fed, setup, layout)
        case Region(name):
            return _region(name, layout)
        case _:
            assert_never(spot)


def on_stage(spot: Spot) -> bool:
    """Whether it is a part of the stage, and not beside it."""
    return not (isinstance(spot, Region) and spot.name in ("timeline", "ledger"))


def around(found: Sequence[Box]) -> Box:
    """The least box that holds them all; there is one at least."""
    left, top = min(box.x for box in found), min(box.y for box in found)
    right = max(box.x + box.width for box in found)
    bottom = max(box.y + box.height for box in found)
    return Box(left, top, right - left, bottom - top)


def _of_sites(numbers: list[int], setup: Setup, layout: Layout) -> Box | None:
    found = [sites.frame_of(stand, layout) for stand in sites.stands(setup) if stand.site in numbers]
    return around(found) if found else None


def _region(name: str, layout: Layout) -> Box:
    rooms = {"stage": layout.stage, "clients": layout.clients, "timeline": layout.timeline}
    return rooms.get(name, layout.ledger)
