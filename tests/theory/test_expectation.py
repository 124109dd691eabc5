"""What theory expects of a setup: exact where it can be, None where no closed form applies."""

from __future__ import annotations

from dataclasses import replace
from math import exp

import numpy as np
import pytest
from theory.designs import pair, poisson, world

from visualizer.lab import measure, strike_curve, struck
from visualizer.sim.setup import US_PER_S, Rate, TrafficSetup
from visualizer.theory import Expectation, Spread, expectation, streaming_loss

# --- evenly spaced requests: exact, so equal and not merely within errors ---------------------------------


def test_the_article_by_theory_and_by_every_strike_instant() -> None:
    """Ten a second, a copy every 3 s: 14.5 lost, 24.5 interrupted, one chance in thirty to lose nothing."""
    setup = world(TrafficSetup(session_rate=Rate(10)), pair())
    expected = expectation(setup)
    assert expected == Expectation(
        lost_sessions=pytest.approx(14.5),  # type: ignore[arg-type]
        requests_interrupted=pytest.approx(24.5),  # type: ignore[arg-type]
        chance_of_no_loss=pytest.approx(1 / 30),  # type: ignore[arg-type]
        outage_s=2.5,
        in_doubt=0,
    )
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
    assert found == Expectation(None, 50, None, 2.5, 0)
    lightning = expectation(slow)
    assert lightning is not None
    assert lightning.lost_sessions == pytest.approx(80)


def test_a_pair_that_fails_over_by_itself_has_none() -> None:
    assert expectation(world(poisson(20), pair(heartbeat_latency_ms=3001))) is None


def test_without_copies_all_open_sessions_are_lost() -> None:
    steady = poisson(20, lifetime_us=2 * US_PER_S, initial_sessions=40)
    found = expectation(world(steady, pair(policy="none")))
    assert found == Expectation(40, 50, None, 2.5, 0)
    filling = expectation(world(replace(steady, initial_sessions=0), pair(policy="none")))
    assert filling == Expectation(None, 50, None, 2.5, 0)


def test_transactions_leave_the_chance_open() -> None:
    busy = poisson(20, transaction_rate=Rate(1), lifetime_us=2 * US_PER_S, initial_sessions=40)
    found = expectation(world(busy, pair()))
    assert found is not None
    assert found.chance_of_no_loss is None
    asked_s = 2 * (1 - Spread(2, 3).laplace(0.5))
    assert found.requests_interrupted == pytest.approx(20 * 2.5 + 40 * asked_s)


def test_of_a_closed_loop_only_the_time_is_known() -> None:
    loop = TrafficSetup(initial_sessions=5, connections=5, response_us=20_000)
    for policy in ("periodic", "synchronous"):
        found = expectation(world(loop, pair(policy=policy)))
        assert found is not None
        assert found.outage_s == 2.5
        assert (found.requests_interrupted, found.in_doubt) == (None, None)


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
