"""The menu of a target: everything in the registry of faults that would do something to it now."""

from __future__ import annotations

from typing import assert_never

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
            title=owner + FAULTS[key].title,
            summary=FAULTS[key].summary,
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
            where = f" · in {setup.sites[site].title}" if site is not None else ""
            return standing_of(state, target) + where
        case LinkTarget(tier, link):
            return f"{standing_of(state, target)} · {_cable(setup.tiers[tier], link)}"
        case SiteTarget(site):
            return _site(setup, site)
        case FeedTarget(feed):
            return _feed(setup.feeds[feed])
        case _:
            assert_never(target)


def _cable(setup: TierSetup, link: int) -> str:
    cable: LinkSetup = setup.links[link]
    parts = [cable.kind, duration(cable.latency_us)]
    if cable.bandwidth_bps is not None:
        parts.append(f"{cable.bandwidth_bps:,} bit/s".replace(",", "\u2009"))
    if link == setup.sync.link:
        parts.append(f"{setup.sync.policy}: {POLICIES[setup.sync.policy].summary}")
    return " · ".join(parts)


def _site(setup: Setup, site: int) -> str:
    feed = setup.sites[site].feed
    power = "power that never fails" if feed is None else f"power from {setup.feeds[feed].title}"
    units = [unit for tier in setup.tiers for unit in tier.sites if unit == site]
    return f"{len(units)} unit{'' if len(units) == 1 else 's'} · {power}"


def _feed(feed: FeedSetup) -> str:
    parts = [f"batteries for {duration(feed.ups_us)}" if feed.ups_us else "no batteries"]
    parts.append(
        f"generator after {duration(feed.generator_us)}" if feed.generator_success else "no generator"
    )
    return " · ".join(parts)
