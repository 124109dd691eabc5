"""Sites and feeds: what one event takes at once, and what stands between the utility and darkness."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sim.small import S, lost, of, on_feed, on_site, pair, played, strike, times_s, us, world

from visualizer.ledger import account
from visualizer.sim.chance import Purpose, draw
from visualizer.sim.command import Command
from visualizer.sim.event import Booted, FeedChanged, StateLost, Takeover, UnitStruck
from visualizer.sim.setup import ALL, FeedSetup, Setup, Share, SiteSetup
from visualizer.sim.state import Role


def sited(
    *commands: Command, feeds: tuple[FeedSetup, ...] = (), shared: bool = False, tiers: int = 1
) -> Setup:
    """Primaries at site a, secondaries at site b; each site at its own feed, or both at the first."""
    pairs = [replace(pair(name=f"t{number}"), sites=(0, 1)) for number in range(tiers)]
    own = [0 if feeds else None, (0 if shared else 1) if feeds else None]
    sites = (SiteSetup("a", "A", own[0]), SiteSetup("b", "B", own[1]))
    return world(*pairs, duration_s=30, commands=commands, sites=sites, feeds=feeds)


def feed(**values: object) -> FeedSetup:
    return FeedSetup("utility", "Utility", **values)  # type: ignore[arg-type]


def conditions(events: list[object]) -> list[tuple[float, str]]:
    return [(event.at_us / S, event.condition) for event in of(events, FeedChanged)]


def test_a_site_takes_every_unit_in_it_and_the_other_site_goes_on() -> None:
    state, events = played(sited(on_site(11), tiers=2))
    assert [(event.tier, event.unit) for event in of(events, UnitStruck)] == [(0, 0), (1, 0)]
    assert times_s(events, Takeover) == [13, 13]
    assert lost(state) == {"unsynced": 19}
    assert [event.entries for event in of(events, StateLost)] == [19, 19]


def test_a_site_takes_what_is_on_its_cables() -> None:
    """The copy of 9 s needs 2.5 s."""
    tier = replace(pair(latency_s=2.5, misses=9), sites=(0, None))
    state, _ = played(world(tier, commands=[on_site(11)], sites=(SiteSetup("a", "A"),)))
    assert lost(state) == {"in_flight": 30, "unsynced": 19}


@pytest.mark.parametrize("policy", ["periodic", "streaming", "synchronous"])
def test_a_pair_at_one_site_is_no_pair(policy: str) -> None:
    """Everything is gone, for one and the same reason, however well it was copied."""
    tier = replace(pair(policy=policy), sites=(0, 0))
    state, events = played(world(tier, commands=[on_site(11)], sites=(SiteSetup("a", "A"),)))
    assert lost(state) == {"no_survivor": 110}
    assert not of(events, Takeover)


def test_a_ups_that_lasts_longer_than_the_generator_needs_hides_everything() -> None:
    feeds = (feed(ups_us=us(3), generator_us=us(2), generator_success=ALL), feed())
    state, events = played(sited(on_feed(10), feeds=feeds))
    assert conditions(events) == [(10, "failed"), (12, "generator")]
    assert account(state).interrupted == {}


def test_a_generator_that_comes_too_late_brings_power_back() -> None:
    """Dark at 11 s, power at 14 s: the unit boots then."""
    feeds = (feed(ups_us=us(1), generator_us=us(4), generator_success=ALL), feed())
    state, events = played(sited(on_feed(10), feeds=feeds))
    assert conditions(events) == [(10, "failed"), (11, "dark"), (14, "generator")]
    assert times_s(events, Booted) == [14]
    assert times_s(events, Takeover) == [13]
    assert lost(state) == {"unsynced": 19}


def test_without_a_generator_somebody_brings_power_back_by_hand() -> None:
    feeds = (feed(ups_us=us(1), manual_us=us(8)), feed())
    _, events = played(sited(on_feed(10), feeds=feeds))
    assert conditions(events) == [(10, "failed"), (11, "dark"), (18, "restored")]
    assert times_s(events, Booted) == [18]


def test_power_restored_before_the_ups_is_empty_is_a_near_miss() -> None:
    feeds = (feed(ups_us=us(5), manual_us=us(60)), feed())
    state, events = played(sited(on_feed(10), on_feed(14.9, "restore"), feeds=feeds))
    assert conditions(events) == [(10, "failed"), (14.9, "restored")]
    assert account(state).interrupted == {}


def test_a_second_failure_of_the_same_feed_starts_its_timers_anew() -> None:
    feeds = (feed(ups_us=us(5)), feed())
    _, events = played(sited(on_feed(10), on_feed(12, "restore"), on_feed(13), feeds=feeds))
    assert conditions(events) == [(10, "failed"), (12, "restored"), (13, "failed"), (18, "dark")]


@pytest.mark.parametrize(("shared", "gone"), [(False, {"unsynced": 19}), (True, {"no_survivor": 110})])
def test_two_sites_at_one_feed_are_one_site(shared: bool, gone: dict[str, int]) -> None:
    state, _ = played(sited(on_feed(10), feeds=(feed(ups_us=us(1)), feed()), shared=shared))
    assert lost(state) == gone


def test_whether_the_generator_starts_is_chance() -> None:
    feeds = (feed(ups_us=us(3), generator_us=us(2), generator_success=Share(1, 2)), feed())
    started = []
    for seed in range(12):
        _, events = played(replace(sited(on_feed(10), feeds=feeds), seed=seed))
        started.append((12, "generator") in conditions(events))
        assert ((12, "no_generator") in conditions(events)) != started[-1]
    assert started == [draw(seed, Purpose.GENERATOR, 0, 0) < 1 << 31 for seed in range(12)]
    assert len(set(started)) == 2


def test_power_mends_only_what_died_for_want_of_it() -> None:
    """A bolt killed the primary before its feed failed: somebody must repair it."""
    feeds = (feed(ups_us=0, manual_us=us(5)), feed())
    state, _ = played(sited(strike(8), on_feed(10), feeds=feeds))
    assert state.tiers[0].units[0].role is Role.DOWN
