"""The closed forms on their own: worked figures, limits, and what must hold between them."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.theory import (
    Moments,
    Spread,
    detection_time,
    inflight_batch_loss,
    live_window_loss,
    outage_requests,
    outage_time,
    p_no_live_loss,
    p_session_lost,
    p_truly_stateful,
    p_truly_stateful_tiers,
    replication_window_loss,
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
