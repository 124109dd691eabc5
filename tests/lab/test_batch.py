"""Runs that are counted together: the same bytes as run by run, on every scenario where that is done."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from property.profile import examples
from property.worlds import histories, setups
from theory.designs import MS, pair, poisson, world

from visualizer.lab import strike_instant_us, strike_window
from visualizer.lab.batch import batched
from visualizer.lab.batch_alike import alike, by_chance
from visualizer.lab.batch_control import Control
from visualizer.lab.many import one_by_one, rows_of
from visualizer.lab.strike import strike_instants_us
from visualizer.lab.trials import Blow, Family
from visualizer.opening import open_scenario
from visualizer.scenario import shipped_names
from visualizer.sim.chance import Purpose, philox
from visualizer.sim.command import LinkTarget, SetParameter, Strike
from visualizer.sim.setup import (
    US_PER_S,
    AnnouncementSetup,
    GuardSetup,
    LinkSetup,
    Rate,
    Setup,
    Share,
    SyncSetup,
    TierSetup,
    TrafficSetup,
)

SEEDS = range(24)

ALIKE = (
    "article", "article-5s", "asa-default", "asa-fastest", "cold-standby", "cross-connected",
    "explainer-1-miss", "explainer-2-copying", "explainer-4-paths", "f5", "fortigate",
    "garp-lost", "jitter", "keepalived", "parallel", "srx", "sync-link-down",
)  # fmt: skip

LONG = ("cold-standby", "jitter")

UNLIKE = {
    "dublin-2011": "requests wait for the standby",
    "explainer-3-split": "some clients stay with the old unit",
    "failback": "changes queue for the cable",
    "fortigate-pickup-delay": "sessions are copied only when they are old enough",
    "lan-sync": "changes queue for the cable",
    "price-of-sync": "the loop is closed: clients wait for answers",
    "semi-sync": "requests wait for the standby",
    "serial-cable": "changes queue for the cable",
    "split-brain": "some clients stay with the old unit",
    "split-brain-fencing": "some clients stay with the old unit",
    "split-brain-lease": "some clients stay with the old unit",
    "synchronous": "requests wait for the standby",
}

BUSY = poisson(40, lifetime_us=2 * US_PER_S, initial_sessions=80, transaction_rate=Rate(2))
EVEN = TrafficSetup(session_rate=Rate(10), lifetime_us=1500 * MS, lifetime_law="fixed", initial_sessions=7)
CUT, HEAL = Strike(2 * US_PER_S, "cut", LinkTarget(0, 0)), Strike(6 * US_PER_S, "heal", LinkTarget(0, 0))
SLOWER = SetParameter(3 * US_PER_S, "sync.interval", 0, 2 * US_PER_S)
SKEWED = replace(pair(), heartbeat=replace(pair().heartbeat, poll_us=300 * MS, skew_us=(0, 20 * MS)))
SERIAL = replace(pair(), links=(LinkSetup("heartbeat", 5 * MS, kind="serial"), LinkSetup("sync", 5 * MS)))
LEASE = replace(pair(interval_ms=1000), guard=GuardSetup("lease", lease_us=2 * US_PER_S, renewal_us=700 * MS))
COLD = replace(pair(policy="snapshot", interval_ms=2000), takeover_us=700 * MS)
SLOW_SNAPSHOT = replace(COLD, sync=replace(COLD.sync, transfer_us=2500 * MS, prepare_us=150 * MS))

JITTERY = replace(
    pair(), links=(LinkSetup("heartbeat", MS, jitter_us=700 * MS), LinkSetup("sync", MS, jitter_us=400 * MS))
)
LOSSY = replace(
    pair(interval_ms=500),
    links=(LinkSetup("heartbeat", loss=Share(2, 5)), LinkSetup("sync", 5, loss=Share(1, 3))),
)
DEAF = replace(pair(), announcement=AnnouncementSetup(2, 300 * MS, Share(1, 2), US_PER_S, 2 * US_PER_S))

WORLDS: dict[str, Setup] = {
    "article": world(poisson(20), pair()),
    "even": world(EVEN, pair(interval_ms=500, latency_ms=500)),
    "even, with transactions": world(replace(EVEN, transaction_rate=Rate(3)), pair()),
    "only the first sessions": world(replace(BUSY, session_rate=None), pair()),
    "transactions": world(BUSY, pair(interval_ms=1000, latency_ms=200, convergence_ms=400)),
    "transactions of sessions that never close": world(replace(BUSY, lifetime_us=None), pair()),
    "lifetimes": world(replace(BUSY, transaction_rate=None), pair(interval_ms=1000, latency_ms=1300)),
    "streaming": world(BUSY, pair(policy="streaming", latency_ms=300)),
    "never copied": world(BUSY, pair(policy="none", convergence_ms=50)),
    "answers take time": world(replace(BUSY, response_us=150 * MS), pair(policy="streaming", latency_ms=40)),
    "two tiers": world(BUSY, pair(), pair(interval_ms=700, name="database", convergence_ms=90)),
    "parallel": replace(
        world(BUSY, pair(), pair(interval_ms=700, name="database", convergence_ms=90)), path="parallel"
    ),
    "polls and skew": world(BUSY, SKEWED),
    "serial cable": world(BUSY, SERIAL),
    "lease": replace(world(BUSY, LEASE), commands=(CUT, HEAL)),
    "fencing": world(BUSY, replace(pair(), guard=GuardSetup("fencing", fence_us=250 * MS))),
    "slow snapshots": world(BUSY, SLOW_SNAPSHOT),
    "jitter": world(BUSY, JITTERY),
    "jitter on every cable": replace(world(BUSY, JITTERY, LOSSY), path="parallel"),
    "frames get lost": world(BUSY, LOSSY),
    "fencing may fail": world(
        BUSY, replace(LOSSY, guard=GuardSetup("fencing", fence_us=250 * MS, fence_success=Share(1, 2)))
    ),
    "announcements get lost": world(BUSY, DEAF),
    "split brain": replace(world(BUSY, pair(interval_ms=1000)), commands=(CUT, HEAL)),
    "slower syncs": replace(world(BUSY, pair(interval_ms=1000)), commands=(SLOWER,)),
}


def same(family: Family) -> np.ndarray:  # type: ignore[type-arg]
    """Counted together and one by one; returns the rows."""
    assert alike(family) is None
    found, expected = batched(family), one_by_one(family)
    differing = np.flatnonzero((found != expected).any(axis=1)).tolist()
    assert not differing, f"run {differing[0]}: {found[differing[0]]}, alone {expected[differing[0]]}"
    assert (found.dtype, found.shape) == (expected.dtype, expected.shape)
    return found


def poisson_of(name: str) -> Setup:
    setup = open_scenario(name).setup
    return replace(setup, traffic=replace(setup.traffic, law="poisson"))


def test_every_shipped_scenario_is_either_alike_or_not() -> None:
    assert sorted([*ALIKE, *UNLIKE]) == sorted(shipped_names())
    assert {name: alike(Family(open_scenario(name).setup, SEEDS)) for name in UNLIKE} == UNLIKE


@pytest.mark.parametrize("name", [name for name in ALIKE if name not in LONG])
def test_shipped_scenarios(name: str) -> None:
    setup = poisson_of(name)
    window = strike_window(setup)
    same(Family(setup, SEEDS[:4]))
    same(Family(setup, SEEDS, Blow(window)))
    rows = same(Family(setup, SEEDS, Blow(window, len(setup.tiers) - 1, "host")))
    assert (rows[:, 2] > rows[:, 1]).all(), "it takes over"


def test_a_long_scenario() -> None:
    setup = poisson_of("cold-standby")
    rows = same(Family(setup, SEEDS[:6], Blow(strike_window(setup), 0, "host")))
    assert (rows[:, 4] > 0).all(), "it loses sessions"


def test_runs_that_have_false_failovers_of_their_own() -> None:
    setup = replace(poisson_of("jitter"), duration_us=900 * US_PER_S)
    rows = same(Family(setup, SEEDS[:12]))
    assert len(set(rows[:, 9].tolist())) > 2, "some have none, some have several"


@pytest.mark.parametrize("name", WORLDS)
def test_worlds(name: str) -> None:
    setup = WORLDS[name]
    same(Family(setup, SEEDS))
    low_us, high_us = 2500 * MS, 6 * US_PER_S
    for fault in ("lightning", "host", "process"):
        rows = same(Family(setup, SEEDS, Blow((low_us, high_us), 0, fault)))
        assert rows[:, 7].max() > 0, "somebody meets nobody"
    same(Family(setup, SEEDS, Blow((0, setup.duration_us), len(setup.tiers) - 1)))


@pytest.mark.parametrize("name", WORLDS)
def test_strikes_at_the_very_instant_of_something_else(name: str) -> None:
    """Of heartbeats, copies and arrivals, a microsecond before and after."""
    setup = WORLDS[name]
    for instant_us in (0, 500 * MS, US_PER_S, 3 * US_PER_S, 3_700 * MS, 4 * US_PER_S, 6 * US_PER_S):
        for at_us in {max(instant_us - 1, 0), instant_us, instant_us + 1}:
            same(Family(setup, range(4), Blow((at_us, at_us + 1))))


def test_strikes_at_the_instants_of_arrivals() -> None:
    """The even clients come every 100 ms; each strike meets one of them, or all but."""
    setup = WORLDS["even"]
    for at_us in range(3 * US_PER_S, 3_500 * MS, 100 * MS):
        same(Family(setup, range(4), Blow((at_us - 1, at_us + 2))))


def test_stretches_are_learnt_from_few_strikes_and_serve_all() -> None:
    """1,500 strikes between heartbeats a second apart: three of each stretch are played, not all."""
    setup = WORLDS["transactions"]
    control = Control(setup, 0, "lightning")
    played = []
    struck = control._struck
    control._struck = lambda watch, at_us: played.append(at_us) or struck(watch, at_us)  # type: ignore[method-assign, func-returns-value]
    strikes_us = np.random.default_rng(7).integers(3 * US_PER_S, 6 * US_PER_S, 1500)
    found = control.of(strikes_us)
    assert sorted(place for _, places, _ in found for place in places.tolist()) == list(range(1500))
    assert len(played) < 100
    played.clear()
    control.of(strikes_us)
    assert not played


def test_the_rows_of_a_family_are_the_same_whole_and_in_parts() -> None:
    family = Family(WORLDS["transactions"], range(600), Blow((3 * US_PER_S, 6 * US_PER_S)))
    whole = rows_of(family)
    parts = [rows_of(family.part(first, first + 37)) for first in range(0, 600, 37)]
    assert whole.tobytes() == np.concatenate(parts).tobytes()
    assert whole[:3].tobytes() == rows_of(family.part(0, 3)).tobytes()
    assert whole[:, 1].tolist() == [
        strike_instant_us(seed, (3 * US_PER_S, 6 * US_PER_S)) for seed in range(600)
    ]


def test_a_family_that_is_not_alike_is_played_run_by_run() -> None:
    family = Family(world(poisson(20), pair(policy="synchronous")), SEEDS, Blow((3 * US_PER_S, 6 * US_PER_S)))
    assert alike(family) == "requests wait for the standby"
    assert rows_of(family).tobytes() == one_by_one(family).tobytes()


def _with_tier(**changes: object) -> Setup:
    return world(poisson(20), replace(pair(), **changes))  # type: ignore[arg-type]


REASONS: dict[str, Setup] = {
    "clients try again": replace(
        world(poisson(20), pair()),
        clients=replace(Setup.__dataclass_fields__["clients"].default, stall_us=200 * MS),
    ),
    "each change has its own chance on the cable": _with_tier(
        sync=SyncSetup("streaming", link=1), links=(LinkSetup("a"), LinkSetup("b", jitter_us=1))
    ),
    "requests take time, and more happens than the death of a unit": replace(
        world(poisson(20, response_us=1), pair()), commands=(CUT,)
    ),
    "a part of the sessions is never copied": _with_tier(sync=replace(pair().sync, never=Share(1, 5))),
    "the rate of new sessions changes": replace(
        world(poisson(20), pair()), commands=(SetParameter(US_PER_S, "traffic.rate", None, Rate(3)),)
    ),
}


@pytest.mark.parametrize("reason", REASONS)
def test_reasons(reason: str) -> None:
    assert alike(Family(REASONS[reason], SEEDS)) == reason


def test_a_degraded_cable_counts_only_where_one_is_degraded() -> None:
    setup = open_scenario("article").setup
    assert setup.tiers[0].links[0].degraded is not None
    assert setup.tiers[0].links[0].degraded.loss
    degraded = replace(setup, commands=(Strike(US_PER_S, "degrade", LinkTarget(0, 0)), *setup.commands))
    assert alike(Family(setup, SEEDS)) is None
    assert not by_chance(setup)
    assert by_chance(degraded)


def _by_chance(tier: TierSetup) -> TierSetup:
    """Heartbeats are late or lost, and copies if they are no stream; so are announcements."""
    streams = tier.sync.policy == "streaming"
    links = tuple(
        link if streams and number == tier.sync.link else replace(link, jitter_us=400_000, loss=Share(1, 4))
        for number, link in enumerate(tier.links)
    )
    words = AnnouncementSetup(3, 200_000, Share(1, 2), 500_000, 900_000)
    return replace(tier, links=links, announcement=words)


@pytest.mark.parametrize("width_us", [1, 999_983, 12 * US_PER_S, (1 << 32) - 1, 3 * (1 << 32) + 5, 1 << 40])
def test_the_strikes_of_many_seeds(width_us: int) -> None:
    """64 bits of a fraction of the window, exactly, however long it is."""
    seeds = [*range(300), -1, 1 << 63]
    found = strike_instants_us(seeds, (7, 7 + width_us)).tolist()
    for seed, at_us in zip(seeds, found, strict=True):
        word0, word1, _, _ = philox(seed, Purpose.STRIKE, np.zeros(1, dtype=np.int64))
        fraction = int(word0[0]) << 32 | int(word1[0])
        assert at_us == 7 + (fraction * width_us >> 64) == strike_instant_us(seed, (7, 7 + width_us))


@st.composite
def families(draw: st.DrawFn) -> Family:
    setup = draw(setups())
    setup = replace(setup, commands=draw(histories(setup)))
    setup = replace(
        setup,
        traffic=replace(setup.traffic, response_us=0),
        path=draw(st.sampled_from(["cross", "parallel"])),
    )
    setup = replace(
        setup,
        commands=tuple(act for act in setup.commands if getattr(act, "parameter", "") != "traffic.rate"),
    )
    if draw(st.booleans()):
        setup = replace(setup, tiers=tuple(_by_chance(tier) for tier in setup.tiers))
    if draw(st.booleans()):
        return Family(setup, range(6))
    low_us = draw(st.integers(0, 40)) * 250_000
    width_us = draw(st.sampled_from([1, 2, 250_000, 2_000_000]))
    fault = draw(st.sampled_from(["lightning", "host", "process", "stop", "daemon", "slow", "isolate"]))
    tier = draw(st.integers(0, len(setup.tiers) - 1))
    return Family(setup, range(20), Blow((low_us, low_us + width_us), tier, fault))


@examples(60)
@given(families())
def test_any_world(family: Family) -> None:
    """Whatever else happens in it: rows of a batch, where there can be one, are those of its runs."""
    assert alike(family) is None
    assert rows_of(family).tobytes() == one_by_one(family).tobytes()
