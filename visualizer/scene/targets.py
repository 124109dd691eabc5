"""What can be pointed at: the names of targets in a scene, what they stand for, and which faults fit them.

`unit:T:U`, `link:T:N`, `site:N` and `feed:N`. A site or a feed that is drawn in several places has names with
one more number (`site:0:1`), which means nothing. Where several runs stand side by side, `pane:K:` and a name
is that thing in run K.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, assert_never

from visualizer.language import say, translated
from visualizer.sim.command import FeedTarget, LinkTarget, SiteTarget, Target, UnitTarget
from visualizer.sim.faults import FAULTS, Fault
from visualizer.sim.setup import Setup
from visualizer.sim.state import Role, State
from visualizer.story import condition

Kind = Literal["unit", "link", "site", "feed"]


def target_of(name: str | None) -> Target | None:
    """What a target's name stands for; None for anything that no fault can be pointed at."""
    match (in_pane(name)[1] or "").split(":"):
        case ["unit", tier, unit]:
            return UnitTarget(int(tier), int(unit))
        case ["link", tier, link]:
            return LinkTarget(int(tier), int(link))
        case ["site", site, *_]:
            return SiteTarget(int(site))
        case ["feed", feed, *_]:
            return FeedTarget(int(feed))
        case _:
            return None


def pane_name(pane: int, name: str) -> str:
    """What a target of run `pane` is called in the picture of several."""
    return f"pane:{pane}:{name}"


def in_pane(name: str | None) -> tuple[int, str | None]:
    """(pane, name there) of a target; one that lies in no pane is of the first run."""
    match (name or "").split(":", 2):
        case ["pane", pane, inner]:
            return int(pane), inner
        case _:
            return 0, name


def kind_of(target: Target) -> Kind:
    """The word with which a fault says what it is for."""
    match target:
        case UnitTarget():
            return "unit"
        case LinkTarget():
            return "link"
        case SiteTarget():
            return "site"
        case FeedTarget():
            return "feed"
        case _:
            assert_never(target)


def place(target: Target) -> tuple[int, int]:
    """(tier, index) as `Fault.applies` wants it; the tier of a site or a feed means nothing."""
    match target:
        case UnitTarget(tier, unit):
            return tier, unit
        case LinkTarget(tier, link):
            return tier, link
        case SiteTarget(site):
            return 0, site
        case FeedTarget(feed):
            return 0, feed
        case _:
            assert_never(target)


def applies(state: State, fault: Fault, target: Target) -> bool:
    """Whether the fault fits the target and would change anything now."""
    return fault.target == kind_of(target) and fault.applies(state, *place(target))


def offers(state: State, target: Target) -> list[str]:
    """The faults that would do something to the target now, in the order of the registry."""
    return [name for name, fault in FAULTS.items() if applies(state, fault, target)]


def fault_of_click(state: State, target: Target) -> str | None:
    """Pointing breaks what works and mends what is broken: the first in the registry that does anything."""
    return next(iter(offers(state, target)), None)


def everything(state: State, kind: Kind) -> Iterator[Target]:
    """All targets of a kind in order; the active units first."""
    match kind:
        case "unit":
            yield from _units(state)
        case "link":
            for tier, links in enumerate(state.links):
                yield from (LinkTarget(tier, number) for number in range(len(links)))
        case "site":
            yield from (SiteTarget(site) for site in range(len(state.setup.sites)))
        case "feed":
            yield from (FeedTarget(feed) for feed in range(len(state.setup.feeds)))
        case _:
            assert_never(kind)


def _units(state: State) -> Iterator[UnitTarget]:
    everyone = [
        UnitTarget(tier, unit)
        for tier, here in enumerate(state.tiers)
        for unit in (here.directed, 1 - here.directed)
    ]
    yield from sorted(everyone, key=lambda each: _role(state, each) is not Role.ACTIVE)


def _role(state: State, target: UnitTarget) -> Role:
    return state.tiers[target.tier].units[target.unit].role


def title_of(setup: Setup, target: Target) -> str:
    """A target as people call it: "Firewall primary", "Firewall sync cable", "Dublin", "ESB"."""
    match target:
        case UnitTarget(tier, unit):
            title = translated(setup.tiers[tier].title)
            return say("{tier} primary", tier=title) if unit == 0 else say("{tier} secondary", tier=title)
        case LinkTarget(tier, link):
            name = setup.tiers[tier].links[link].name
            return _cable(translated(setup.tiers[tier].title), name)
        case SiteTarget(site):
            return translated(setup.sites[site].title)
        case FeedTarget(feed):
            return translated(setup.feeds[feed].title)
        case _:
            assert_never(target)


def _cable(title: str, name: str) -> str:
    """A tier's only cable, or one of its two."""
    if name == "heartbeat":
        return say("{tier} heartbeat cable", tier=title)
    return say("{tier} sync cable", tier=title) if name == "sync" else say("{tier} cable", tier=title)


def standing_of(state: State, target: Target) -> str:
    """How it stands, in words that fit after "is": "active", "down", "cut"; "" where nothing is known."""
    match target:
        case UnitTarget(tier, unit):
            here = state.tiers[tier].units[unit]
            words = [here.role.value, *(found.word for found in condition.of_unit(here))]
            return say(" and ").join(translated(word) for word in words)
        case LinkTarget(tier, link):
            return translated(condition.of_link(state.links[tier][link]).word)
        case SiteTarget() | FeedTarget():
            return ""
        case _:
            assert_never(target)
