"""The closed forms on their own: worked figures, limits, and what must hold between them."""

from __future__ import annotations

from dataclasses import replace
from math import exp

import numpy as np
import pytest
from theory.designs import pair, poisson, world

from visualizer.lab import measure, strike_curve, struck
from visualizer.sim.setup import US_PER_S, Rate, TrafficSetup
from visualizer.theory import (
    Expectation,
    Moments,
    Spread,
    detection_time,
    expectation,
    inflight_batch_loss,
    live_window_loss,
    outage_requests,
    outage_time,
    p_no_live_loss,
    p_session_lost,
    p_truly_stateful,
    p_truly_stateful_tiers,
    replication_window_loss,
    streaming_loss,
)


def test_worked_figures() -> None:
    assert replication_window_loss(20, 5) == Moments(50, pytest.approx(883.333, abs=1e-3))
    assert live_window_loss(20, 5, 30).mean == pytest.approx(47.33, abs=0.005)
    assert detection_time(1, 3) == Spread(2, 3)
    assert detection_time(0.2, 6, 0.001, cable_dies=False).mean_s == pytest.approx(1.101)
    outage = outage_requests(20, outage_time(1, 3, convergence_s=0.5))
    assert outage == Moments(60, pytest.approx(93.333, abs=1e-3))
    assert [p_session_lost(1, s) for s in (3, 5)] == [pytest.approx(2 / 3), 0.8]
    assert p_truly_stateful(1, 3) == pytest.approx(0.31674, abs=1e-5)
    assert p_truly_stateful_tiers(1, 3, 3) == pytest.approx(0.1282, abs=1e-4)


def test_a_session_is_lost_for_certain_or_never_beyond_the_window() -> None:
    assert p_session_lost(3, 3) == 0
    assert p_session_lost(7, 3) == 0
    assert p_session_lost(0.2, 3, latency_s=0.5) == 1


def test_sessions_that_live_for_ever_are_the_limit_of_long_lives() -> None:
    for_ever, long = inflight_batch_loss(20, 5, 1, cable_dies=True), live_window_loss(20, 5, 1e6, 1)
    assert long.mean == pytest.approx(for_ever.mean, rel=1e-4)
    assert long.variance == pytest.approx(for_ever.variance, rel=1e-3)


@pytest.mark.parametrize("rate_per_s", [0.01, 1, 20, 3000])
def test_no_live_loss_against_direct_integration(rate_per_s: float) -> None:
    """E[exp(-m(A))] by a fine sum over the age of the sync."""
    life_s, interval_s, latency_s = 2.0, 3.0, 0.001
    ages = latency_s + interval_s * (np.arange(2_000_000) + 0.5) / 2_000_000
    direct = float(np.exp(-rate_per_s * life_s * -np.expm1(-ages / life_s)).mean())
    assert p_no_live_loss(rate_per_s, interval_s, life_s, latency_s) == pytest.approx(direct, rel=1e-5)


@pytest.mark.parametrize("rate_per_s", [0.01, 0.5, 1.3, 1.4, 5, 300])
@pytest.mark.parametrize("tiers", [1, 2, 5, 8])
def test_tiers_against_direct_integration(rate_per_s: float, tiers: int) -> None:
    """The longest of N windows has the density N m^(N-1): integrate e^(-y m) over it."""
    shares = (np.arange(1_000_000) + 0.5) / 1_000_000
    direct = float((tiers * shares ** (tiers - 1) * np.exp(-3 * rate_per_s * shares)).mean())
    assert p_truly_stateful_tiers(rate_per_s, 3, tiers) == pytest.approx(direct, rel=1e-6)


def test_one_tier_of_many_is_one_tier() -> None:
    assert p_truly_stateful_tiers(2, 3, 1) == pytest.approx(p_truly_stateful(2, 3))


# --- evenly spaced requests: exact, so equal and not merely within errors ---------------------------------


def test_the_article_by_theory_and_by_every_strike_instant() -> None:
    """Ten a second, a copy every 3 s: 14.5 lost, 24.5 interrupted, one chance in thirty to lose nothing."""
    setup = world(TrafficSetup(session_rate=Rate(10)), pair())
    expected = expectation(setup)
    assert expected == Expectation(pytest.approx(14.5), pytest.approx(24.5), pytest.approx(1 / 30))  # type: ignore[arg-type]
    instants = np.arange(3_050_000, 6_050_000, 100_000)  # nothing changes but at multiples of 0.1 s
    found = measure([struck(setup, int(instant)) for instant in instants])
    assert found.lost_sessions.mean() == 14.5
    assert found.interrupted.mean() == 24.5
    assert found.stateful.sum() == 1


@pytest.mark.parametrize("events", [1, 3, 7, 40])
@pytest.mark.parametrize(
    ("interval_ms", "phase_ms", "latency_ms"), [(3000, 0, 0), (700, 130, 50), (700, 0, 900)]
)
def test_evenly_spaced_sessions_against_the_curve(
    events: int, interval_ms: int, phase_ms: int, latency_ms: int
) -> None:
    tier = pair(interval_ms=interval_ms, phase_ms=phase_ms, latency_ms=latency_ms)
    setup = world(TrafficSetup(session_rate=Rate(events)), tier, duration_s=26)
    expected = expectation(setup)
    assert expected is not None
    curve = strike_curve(setup, strike_us=np.arange(5 * US_PER_S + 250, 26 * US_PER_S, 500))
    assert curve.lost_sessions.mean() == pytest.approx(expected.lost_sessions, abs=0.003)
    assert (curve.lost_sessions == 0).mean() == pytest.approx(expected.chance_of_no_loss, abs=0.003)


# --- where no closed form applies --------------------------------------------------------------------------


def test_other_faults_have_no_expectation() -> None:
    assert expectation(world(poisson(20), pair()), fault="cut") is None


def test_a_living_cable_too_slow_for_the_takeover_has_no_loss_formula() -> None:
    slow = world(poisson(20), pair(latency_ms=2500))
    found = expectation(slow, fault="host")
    assert found == Expectation(None, 50.0, None)
    lightning = expectation(slow)
    assert lightning is not None
    assert lightning.lost_sessions == pytest.approx(80)


def test_a_pair_that_fails_over_by_itself_has_none() -> None:
    assert expectation(world(poisson(20), pair(heartbeat_latency_ms=3001))) is None


def test_without_copies_all_open_sessions_are_lost() -> None:
    steady = poisson(20, lifetime_us=2 * US_PER_S, initial_sessions=40)
    found = expectation(world(steady, pair(policy="none")))
    assert found == Expectation(40.0, 50.0, None)
    filling = expectation(world(replace(steady, initial_sessions=0), pair(policy="none")))
    assert filling == Expectation(None, 50.0, None)


def test_transactions_leave_the_chance_open() -> None:
    busy = poisson(20, transaction_rate=Rate(1), lifetime_us=2 * US_PER_S, initial_sessions=40)
    found = expectation(world(busy, pair()))
    assert found is not None
    assert found.chance_of_no_loss is None
    asked_s = 2 * (1 - Spread(2, 3).laplace(0.5))
    assert found.requests_interrupted == pytest.approx(20 * 2.5 + 40 * asked_s)


def test_streaming_over_a_living_cable_loses_nothing() -> None:
    found = expectation(world(poisson(20), pair(policy="streaming", latency_ms=5)), fault="host")
    assert found is not None
    assert (found.lost_sessions, found.chance_of_no_loss) == (0, 1)
    struck_cable = expectation(world(poisson(20), pair(policy="streaming", latency_ms=5)))
    assert struck_cable is not None
    assert struck_cable.lost_sessions == pytest.approx(streaming_loss(20, 0.005).mean)
    assert struck_cable.chance_of_no_loss == pytest.approx(exp(-0.1))


def test_the_second_tier_has_an_expectation_of_its_own() -> None:
    setup = world(poisson(20), pair(), pair(interval_ms=1000, name="database", latency_ms=100))
    found = [expectation(setup, tier=tier) for tier in (0, 1)]
    assert [one.lost_sessions for one in found if one] == [pytest.approx(30), pytest.approx(12)]
