"""The curve of one run equals the losses of runs that were really struck, to the session."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from theory.designs import MS, pair, poisson, world

from visualizer.lab import measure, strike_curve, struck
from visualizer.sim.command import LinkTarget, SetParameter, Strike
from visualizer.sim.setup import US_PER_S, Rate, Setup, TrafficSetup

MORTAL = poisson(30, lifetime_us=2 * US_PER_S, initial_sessions=60)
EVEN = TrafficSetup(session_rate=Rate(10), lifetime_us=1500 * MS, lifetime_law="fixed")
CUT = Strike(2 * US_PER_S, "cut", LinkTarget(0, 1))
HEAL = Strike(4 * US_PER_S, "heal", LinkTarget(0, 1))
SLOWER = SetParameter(3 * US_PER_S, "sync.interval", 0, 2 * US_PER_S)

WORLDS = {
    "article": world(TrafficSetup(), pair()),
    "poisson, latency": world(poisson(30), pair(interval_ms=1000, latency_ms=1300)),
    "mortal": world(MORTAL, pair(interval_ms=1000, latency_ms=200)),
    "even, mortal, ties": world(EVEN, pair(interval_ms=500, latency_ms=500)),
    "streaming": world(MORTAL, pair(policy="streaming", latency_ms=300)),
    "never copied": world(MORTAL, pair(policy="none")),
    "cut and healed": replace(world(MORTAL, pair(interval_ms=1000)), commands=(CUT, HEAL)),
    "stream cut and healed": replace(
        world(MORTAL, pair(policy="streaming", latency_ms=300)), commands=(CUT, HEAL)
    ),
    "slower syncs": replace(world(MORTAL, pair(interval_ms=1000)), commands=(SLOWER,)),
}


@pytest.mark.parametrize("name", WORLDS)
def test_the_curve_equals_brute_force(name: str) -> None:
    setup = WORLDS[name]
    anywhere = np.random.default_rng(len(name)).integers(0, 7 * US_PER_S, 12)
    on_the_edge = np.arange(7) * US_PER_S  # where syncs, arrivals and heartbeats fall together
    instants = np.unique(np.concatenate([anywhere, on_the_edge, on_the_edge + 1, on_the_edge[1:] - 1]))
    curve = strike_curve(setup, strike_us=instants)
    found = measure([struck(setup, int(instant)) for instant in instants])
    assert curve.lost_sessions.tolist() == found.lost_sessions.tolist()
    assert curve.lost_sessions.max() > 0


def test_the_second_tier_has_a_curve_of_its_own() -> None:
    setup = world(poisson(30), pair(), pair(interval_ms=1000, name="database"))
    instants = np.arange(1, 7) * 990_000
    curve = strike_curve(setup, tier=1, strike_us=instants)
    found = measure([struck(setup, int(instant), tier=1) for instant in instants])
    assert curve.lost_sessions.tolist() == found.lost_sessions.tolist()
    assert curve.lost_sessions.tolist() != strike_curve(setup, strike_us=instants).lost_sessions.tolist()


def test_every_tick_of_the_article() -> None:
    """The sawtooth: a session every 0.1 s, all safe at 3, 6 and 9 s; the strike goes before what it meets."""
    setup: Setup = world(TrafficSetup(), pair())
    curve = strike_curve(setup)
    assert curve.strike_us.tolist() == list(range(0, 10 * US_PER_S + 1, 100 * MS))
    first, again = list(range(31)), list(range(30))  # at 0 s nobody is there yet; what opens at 3 s is copied
    assert curve.lost_sessions[:31].tolist() == first  # a strike at 3.0 s goes before the sync
    assert curve.lost_sessions[31:91].tolist() == [*again, *again]
    assert set(curve.as_dict()) == {"strike_us", "unit", "lost_sessions", "outage_us"}
