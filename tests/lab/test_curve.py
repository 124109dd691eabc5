"""The curve of one run equals the losses of runs that were really struck, to the session."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lab.troubles import troubles
from property.mechanisms import MECHANISMS, dice_of, instant, plain_world
from property.profile import examples
from theory.designs import MS, pair, poisson, world

from visualizer.lab import Columns, Curve, curving, measure, prove, strike_curve, struck, undisturbed
from visualizer.lab.beat_trial import after_us
from visualizer.lab.columns import NEVER_US
from visualizer.lab.control_strike import NOBODY
from visualizer.scenario import load, shipped_names
from visualizer.sim import advance, start
from visualizer.sim.command import LinkTarget, SetParameter, Strike, UnitTarget
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import NONE, US_PER_S, GuardSetup, LinkSetup, Rate, Setup, TrafficSetup

MORTAL = poisson(30, lifetime_us=2 * US_PER_S, initial_sessions=60)
EVEN = TrafficSetup(session_rate=Rate(10), lifetime_us=1500 * MS, lifetime_law="fixed")
CUT = Strike(2 * US_PER_S, "cut", LinkTarget(0, 1))
HEAL = Strike(4 * US_PER_S, "heal", LinkTarget(0, 1))
SLOWER = SetParameter(3 * US_PER_S, "sync.interval", 0, 2 * US_PER_S)

LONG = ("cold-standby", "dublin-2011", "jitter")

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


def struck_for_real(setup: Setup, curve: Curve, instants: np.ndarray) -> Columns:
    """Whole runs, clients and all, that go on after the end until service is back."""
    longer = replace(setup, duration_us=setup.duration_us + after_us(undisturbed(setup)))
    return measure([curve.run_at(longer, int(at_us)) for at_us in instants])


def booked_at_once(setup: Setup, curve: Curve, instants: np.ndarray) -> list[int]:
    """What the engine books when the bolt falls on a copy of the undisturbed run, instant after instant."""
    state, found = start(undisturbed(setup)), []
    for at_us, unit in zip(instants.tolist(), curve.control.units(instants).tolist(), strict=True):
        advance(state, at_us - 1)
        twin = replace(state.copy(), now_us=at_us, by_fault=True)
        if unit != NOBODY:
            FAULTS["lightning"].apply(twin, curve.tier, unit)
        found.append(len(twin.lost_sessions) - len(state.lost_sessions))
    return found


@pytest.mark.parametrize("name", [name for name in shipped_names() if name not in LONG])
def test_the_ticks_of_two_sync_periods_of_every_shipped_scenario(name: str) -> None:
    """The bolt is thrown at each; at the edges the whole run is played too."""
    setup = load(name).setup
    for tier, here in enumerate(setup.tiers):
        curve = strike_curve(setup, tier)
        ticks = curve.strike_us
        middle_us = setup.duration_us // 3
        ticks = ticks[(ticks >= middle_us) & (ticks <= middle_us + 2 * here.sync.interval_us)]
        ticks = ticks[: 1500 * len(setup.tiers)][tier :: len(setup.tiers)]  # three tiers: a third each
        assert curve.saw.at(ticks).tolist() == booked_at_once(setup, curve, ticks)
        proof = prove(setup, curve, _edges(curve))
        assert proof.unequal == 0
        if not curve.lost_otherwise:
            found = struck_for_real(setup, curve, proof.strike_us)
            assert found.lost_sessions.tolist() == proof.expected_lost.tolist()
            assert found.outage_us.tolist() == proof.expected_outage_us.tolist()


def _edges(curve: Curve) -> np.ndarray:
    """Just before and just after the loss falls or the outage jumps, and both ends of the run."""
    falls = curve.saw.from_us[1:][np.diff(curve.saw.value) < 0]
    jumps = curve.control.to_us
    end_us = int(curve.strike_us[-1])
    some = [
        edges[np.linspace(0, len(edges) - 1, 3).astype(np.int64)] for edges in (falls, jumps) if len(edges)
    ]
    at_us = np.concatenate([*some, [0, end_us]]).astype(np.int64)
    return np.unique(np.clip(np.concatenate([at_us, at_us + 1]), 0, end_us))


@pytest.mark.parametrize("name", LONG)
def test_long_scenarios_are_proved_too(name: str) -> None:
    setup = load(name).setup
    curve = strike_curve(setup)
    assert len(curve.strike_us) == setup.duration_us // setup.tick_us + 1
    assert prove(setup, curve, 4).unequal == 0
    assert (curve.lost_every_us, curve.outage_every_us) == (0, 0)


def test_every_tick_of_the_whole_article() -> None:
    setup = load("article").setup
    curve = strike_curve(setup)
    found = struck_for_real(setup, curve, curve.strike_us)
    assert curve.lost_sessions.tolist() == found.lost_sessions.tolist()
    assert curve.outage_us.tolist() == found.outage_us.tolist()
    assert (curve.loss.worst, curve.loss.worst_us) == (30, 3 * US_PER_S)
    assert (curve.outage.worst, curve.outage.worst_us) == (3 * US_PER_S, 0)
    assert curve.lost_sessions[1100] == 19  # the article's own strike, at 11.0 s


@examples(8)
@given(st.integers(0, 1_000_000), st.booleans())
def test_odd_designs(seed: int, columns: bool) -> None:
    """Two or three mechanisms in one world, and cables that are cut on the way."""
    dice = dice_of(seed)
    setup = plain_world(dice)
    names = ["parallel"] if columns else []
    for name in [*names, *(dice(sorted(MECHANISMS)) for _ in range(dice((1, 2))))]:
        setup = MECHANISMS[name][0](dice, setup)
    setup = replace(setup, commands=troubles(dice, setup) if dice((True, False)) else ())
    curve = strike_curve(setup, dice(range(len(setup.tiers))))
    instants = np.unique(np.append([instant(dice) for _ in range(3)], _edges(curve)[:: dice((1, 2))]))
    instants = instants[instants <= setup.duration_us]
    if every_us := max(curve.lost_every_us, curve.outage_every_us):
        instants = np.unique(instants // every_us * every_us)
    assert prove(setup, curve, instants).unequal == 0
    calm = start(undisturbed(setup))
    advance(calm, setup.duration_us)
    if not setup.commands and not calm.failovers:
        found = struck_for_real(setup, curve, instants)
        assert found.lost_sessions.tolist() == curve.saw.at(instants).tolist()
        assert found.outage_us.tolist() == curve.control.outages_us(instants).tolist()


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


def test_columns_lose_what_any_tier_had_not_copied() -> None:
    """Latency in the others: what they have sent still arrives; without it the curve is that of any tier."""
    quick, slow = (
        replace(
            world(poisson(30), pair(), pair(interval_ms=2000, latency_ms=latency_ms, phase_ms=700, name="b")),
            path="parallel",
        )
        for latency_ms in (0, 400)
    )
    for setup in (quick, slow):
        curve = strike_curve(setup)
        assert curve.lost_every_us == 0
        instants = np.arange(13) * 757_777
        found = struck_for_real(setup, curve, instants)
        assert found.lost_sessions.tolist() == curve.saw.at(instants).tolist()
    own = strike_curve(replace(quick, path="cross"))
    assert (strike_curve(quick).lost_sessions >= own.lost_sessions).all()
    assert (strike_curve(quick).lost_sessions > own.lost_sessions).any()


def test_columns_whose_copies_may_come_too_late_are_struck_tick_by_tick() -> None:
    other = replace(
        pair(interval_ms=1000, name="b"),
        links=(LinkSetup("heartbeat"), LinkSetup("sync", 400 * MS, jitter_us=200 * MS)),
    )
    setup = replace(world(poisson(30), pair(), other, duration_s=4), path="parallel")
    curve = strike_curve(setup)
    assert curve.lost_every_us == setup.tick_us
    found = struck_for_real(setup, curve, curve.strike_us)
    assert found.lost_sessions.tolist() == curve.lost_sessions.tolist()


def test_mean_and_shares_are_those_of_all_instants() -> None:
    """Of every microsecond of the window, those between ticks too."""
    setup = world(EVEN, pair(interval_ms=500, latency_ms=500), duration_s=6)
    curve = strike_curve(setup)
    low_us, high_us = curve.window_us
    instants = np.arange(low_us, high_us, dtype=np.int64)
    lost, outage_us = curve.saw.at(instants), curve.control.outages_us(instants)
    assert curve.loss.mean == pytest.approx(lost.mean(), rel=1e-12)
    assert curve.outage.mean == pytest.approx(outage_us.mean(), rel=1e-12)
    for spread, values in ((curve.loss, lost), (curve.outage, outage_us)):
        counts, _ = np.histogram(values, np.append(spread.edges[:-1], spread.edges[-1] - 0.5))
        assert spread.shares == pytest.approx(counts / len(values), abs=1e-12)
        assert spread.shares.sum() == pytest.approx(1)


def test_where_service_never_comes_back_there_is_no_mean() -> None:
    """The fence works with chance 0: after a strike nobody takes over."""
    tier = replace(pair(), guard=GuardSetup("fencing", fence_success=NONE))
    curve = strike_curve(world(poisson(10), tier))
    assert (curve.outage_us == NEVER_US).all()
    assert (curve.outage.mean, curve.outage.never, curve.outage.worst) == (None, 1, NEVER_US)
    assert len(curve.outage.shares) == 0
    assert curve.loss.mean is not None


def test_what_the_run_loses_anyway_is_not_in_the_curve() -> None:
    setup = load("split-brain").setup
    curve = strike_curve(setup)
    assert curve.lost_otherwise == 499
    assert curve.unit[curve.strike_us == 39 * US_PER_S] == 1  # the secondary took over for good
    assert curve.run_at(setup, 39 * US_PER_S).commands[-1] == Strike(
        39 * US_PER_S, "lightning", UnitTarget(0, 1)
    )


def test_a_wrong_curve_is_found_out() -> None:
    setup = world(poisson(10), pair())
    curve = strike_curve(setup)
    higher = replace(curve.saw, value=curve.saw.value + 1)
    assert prove(setup, curve, 12).unequal == 0
    assert prove(setup, replace(curve, saw=higher), 12).unequal == 12
    later = replace(curve.control, restored_us=curve.control.restored_us + 1)
    assert prove(setup, replace(curve, control=later), 5).unequal == 5


def test_samples_are_at_the_edges_the_worst_and_in_between() -> None:
    setup = world(poisson(10), pair(), duration_s=20)
    curve = strike_curve(setup)
    proof = prove(setup, curve, 12)
    assert len(proof) == 12
    assert proof.lost_sessions.max() == curve.lost_sessions.max()
    assert {3 * US_PER_S, 3 * US_PER_S + setup.tick_us} <= set(proof.strike_us.tolist())
    few = strike_curve(setup, strike_us=np.array([0, 5 * US_PER_S]))
    assert len(prove(setup, few, 12)) == 2


def test_in_steps_it_is_the_same() -> None:
    setup = world(MORTAL, pair())
    steps, pauses = curving(setup), 0
    while True:
        try:
            next(steps)
            pauses += 1
        except StopIteration as end:
            curve: Curve = end.value
            break
    assert pauses > 5
    at_once = strike_curve(setup)
    for name, column in curve.as_dict().items():
        assert column.tolist() == at_once.as_dict()[name].tolist()
