"""Sites and power: what takes several units at once, UPSs that run empty, generators that start or do not."""

from __future__ import annotations

from dataclasses import replace

from visualizer.sim.agenda import GeneratorDue, Order, PowerDue, UpsDue
from visualizer.sim.chance import Purpose, draw
from visualizer.sim.death import book, set_column_aside, take_down
from visualizer.sim.event import FeedChanged
from visualizer.sim.loss import Blame
from visualizer.sim.orderly import repair
from visualizer.sim.state import Role, State


def units_at(state: State, sites: set[int]) -> list[tuple[int, int]]:
    """(tier, unit) of all that stands in these sites, in order."""
    return [
        (tier, unit)
        for tier, setup in enumerate(state.setup.tiers)
        for unit in (0, 1)
        if setup.sites[unit] in sites
    ]


def take_down_sites(state: State, sites: set[int], fault: str) -> None:
    """Everything that stands there dies at this instant, and what is on its cables."""
    blames: dict[int, Blame] = {}
    struck = units_at(state, sites)
    for tier, unit in struck:
        blame = take_down(state, tier, unit, fault, cables=True)
        if blame is not None:
            blames.setdefault(tier, blame)
    for tier, blame in blames.items():
        book(state, tier, blame)
    for tier, unit in struck:
        set_column_aside(state, tier, unit)


def fail_feed(state: State, feed: int) -> None:
    """The utility is gone: the UPS carries, the generator may start."""
    setup, number = state.setup.feeds[feed], state.feeds[feed].failures
    _change(state, feed, "failed", failures=number + 1)
    works = draw(state.setup.seed, Purpose.GENERATOR, number, feed) < setup.generator_success.threshold
    if setup.generator_us or setup.generator_success:
        state.push(state.now_us + setup.generator_us, Order.TIMER, GeneratorDue(feed, works))
    state.push(state.now_us + setup.ups_us, Order.TIMER, UpsDue(feed))
    if setup.manual_us is not None:
        state.push(state.now_us + setup.manual_us, Order.TIMER, PowerDue(feed))


def generator_due(state: State, due: GeneratorDue) -> None:
    """The generator starts, or does not; one that starts late still brings power back."""
    if state.feeds[due.feed].condition not in ("failed", "dark"):
        return
    if not due.works:
        state.emit(FeedChanged(state.now_us, due.feed, "no_generator"))
        return
    was_dark = state.feeds[due.feed].condition == "dark"
    _forget_timers(state, due.feed)
    _change(state, due.feed, "generator")
    if was_dark:
        _power_up(state, due.feed)


def ups_due(state: State, feed: int) -> None:
    """The UPS is empty."""
    if state.feeds[feed].condition == "failed":
        _change(state, feed, "dark")
        take_down_sites(state, _sites_of(state, feed), "power")


def restore_feed(state: State, feed: int) -> None:
    """Power is back: what died for want of it boots."""
    _forget_timers(state, feed)
    _change(state, feed, "restored", ok=True)
    _power_up(state, feed)


def _power_up(state: State, feed: int) -> None:
    for tier, unit in units_at(state, _sites_of(state, feed)):
        here = state.tiers[tier].units[unit]
        if here.role is Role.DOWN and here.fault == "power":
            repair(state, tier, unit)


def _sites_of(state: State, feed: int) -> set[int]:
    return {number for number, site in enumerate(state.setup.sites) if site.feed == feed}


def _forget_timers(state: State, feed: int) -> None:
    state.cancel(lambda due: isinstance(due, (GeneratorDue, UpsDue, PowerDue)) and due.feed == feed)


def _change(
    state: State, feed: int, condition: str, *, failures: int | None = None, ok: bool = False
) -> None:
    old = state.feeds[feed]
    count = old.failures if failures is None else failures
    state.feeds[feed] = replace(
        old, condition="ok" if ok else condition, since_us=state.now_us, failures=count
    )
    state.emit(FeedChanged(state.now_us, feed, condition))
