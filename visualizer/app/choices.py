"""The menu of a target: everything in the registry of faults that would do something to it now."""

from __future__ import annotations

from typing import assert_never

from visualizer.language import say, say_as, say_many, thousands, translated
from visualizer.scene.look import Choice, Menu
from visualizer.scene.targets import offers, standing_of, target_of, title_of
from visualizer.scene.wording import duration
from visualizer.sim.command import FeedTarget, LinkTarget, SiteTarget, Target, UnitTarget
from visualizer.sim.faults import FAULTS
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import FeedSetup, LinkSetup, Setup, TierSetup
from visualizer.sim.state import State


def menu_for(state: State, name: str, target: Target, at: tuple[float, float] | None) -> Menu:
    """What can be done to `target`, which the picture calls `name`; without choices when nothing can."""
    choices = _choices(state, name)
    if isinstance(target, SiteTarget):
        feed = state.setup.sites[target.site].feed
        choices += _choices(state, f"feed:{feed}") if feed is not None else ()
    return Menu(name, title_of(state.setup, target), _about(state, target), choices, at=at)


def _choices(state: State, name: str) -> tuple[Choice, ...]:
    target = target_of(name)
    if target is None:
        return ()
    owner = f"{title_of(state.setup, target)}: " if isinstance(target, FeedTarget) else ""
    return tuple(
        Choice(
            fault=key,
            target=name,
            title=owner + translated(FAULTS[key].title),
            summary=translated(FAULTS[key].summary),
            icon=FAULTS[key].mark,
            key=FAULTS[key].key,
            mends=FAULTS[key].mends,
        )
        for key in offers(state, target)
    )


def _about(state: State, target: Target) -> str:
    """One line on what it is and how it stands."""
    setup = state.setup
    match target:
        case UnitTarget(tier, unit):
            site = setup.tiers[tier].sites[unit]
            standing = standing_of(state, target)
            return standing if site is None else f"{standing} · {_place(setup.sites[site].title)}"
        case LinkTarget(tier, link):
            return f"{standing_of(state, target)} · {_cable(setup.tiers[tier], link)}"
        case SiteTarget(site):
            return _site(setup, site)
        case FeedTarget(feed):
            return _feed(setup.feeds[feed])
        case _:
            assert_never(target)


def _place(site: str) -> str:
    return say("in {site}", site=translated(site))


def _cable(setup: TierSetup, link: int) -> str:
    cable: LinkSetup = setup.links[link]
    kind = say_as("a cable", "serial") if cable.kind == "serial" else say_as("a cable", "network")
    parts = [kind, duration(cable.latency_us)]
    if cable.bandwidth_bps is not None:
        parts.append(f"{thousands(cable.bandwidth_bps)} bit/s")
    if link == setup.sync.link:
        policy = setup.sync.policy
        parts.append(f"{translated(policy)}: {translated(POLICIES[policy].summary)}")
    return " · ".join(parts)


def _site(setup: Setup, site: int) -> str:
    feed = setup.sites[site].feed
    power = say("power that never fails")
    if feed is not None:
        power = say("power from {feed}", feed=translated(setup.feeds[feed].title))
    count = sum(unit == site for tier in setup.tiers for unit in tier.sites)
    return f"{say_many('{n} unit', '{n} units', count, n=count)} · {power}"


def _feed(feed: FeedSetup) -> str:
    batteries, generator = say("no batteries"), say("no generator")
    if feed.ups_us:
        batteries = say("batteries for {time}", time=duration(feed.ups_us))
    if feed.generator_success:
        generator = say("generator after {time}", time=duration(feed.generator_us))
    return f"{batteries} · {generator}"
