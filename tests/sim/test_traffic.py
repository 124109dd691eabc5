"""The columns: spacing, chance against its expectation, and a change of the rate that keeps the past."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from visualizer.sim.chance import Integers
from visualizer.sim.setup import US_PER_S, Rate, TrafficSetup
from visualizer.sim.traffic import (
    FAR_US,
    SESSION_BITS,
    Rates,
    Traffic,
    after_units,
    by_time,
    draw,
    units_until,
)

HORIZON_US = 60 * US_PER_S


def drawn(seed: int = 0, horizon_us: int = HORIZON_US, rates: Rates | None = None, **traffic: Any) -> Traffic:
    setup = TrafficSetup(**{"session_rate": Rate(20), **traffic})
    return draw(setup, seed, rates or ((0, setup.session_rate),), horizon_us)


def same(one: Traffic, two: Traffic, before_us: int) -> bool:
    """Whether all that opens or is asked for before an instant is the same."""
    first, second = (int(np.searchsorted(t.opens_us, before_us)) for t in (one, two))
    asked, asked_two = (int(np.searchsorted(t.transaction_us, before_us)) for t in (one, two))
    return all(
        np.array_equal(a, b)
        for a, b in (
            (one.opens_us[:first], two.opens_us[:second]),
            (one.closes_us[:first], two.closes_us[:second]),
            (one.transaction_us[:asked], two.transaction_us[:asked_two]),
            (one.transaction_session[:asked], two.transaction_session[:asked_two]),
        )
    )


@pytest.mark.parametrize("rate", [Rate(10), Rate(3), Rate(7, 60 * US_PER_S), Rate(1_000_000)])
def test_fixed_arrivals_are_exact_and_do_not_drift(rate: Rate) -> None:
    horizon_us = US_PER_S if rate.events == 1_000_000 else HORIZON_US
    opens = drawn(session_rate=rate, horizon_us=horizon_us).opens_us
    assert opens.tolist() == [n * rate.per_us // rate.events for n in range(len(opens))]
    assert len(opens) * rate.per_us // rate.events > horizon_us


@pytest.mark.parametrize(
    "rate", [Rate(20), Rate(3), Rate(7, 3 * US_PER_S), Rate(1, 86_400 * US_PER_S), Rate(50_000)]
)
def test_units_are_just_enough_for_their_time(rate: Rate) -> None:
    """So that arrivals can be counted before an instant without the instant of each."""
    anywhere = np.random.default_rng(3).integers(1, 600 * US_PER_S, 500)
    times = np.unique(np.concatenate([[1, 2, US_PER_S], anywhere]))
    units = units_until(times, rate)
    assert (after_units(units, rate) >= times).all()
    assert (after_units(units - 1, rate) < times).all()


def test_poisson_arrivals_come_at_their_rate() -> None:
    """20/s for 60 s: 1200 expected; the mean of 40 seeds within three standard errors."""
    counts = np.array([len(drawn(seed, law="poisson").opens_us) for seed in range(40)])
    assert abs(counts.mean() - 1200) < 3 * math.sqrt(1200 / 40)
    assert 0.4 < counts.var() / 1200 < 1.9  # a Poisson count varies as much as its mean


def test_poisson_gaps_are_exponential() -> None:
    gaps = np.diff(drawn(5, law="poisson", session_rate=Rate(1000)).opens_us) / 1000
    assert abs(gaps.mean() - 1) < 3 / math.sqrt(len(gaps))
    assert abs((gaps > 1).mean() - math.exp(-1)) < 3 * math.sqrt(0.25 / len(gaps))


def test_live_sessions_follow_little_s_law() -> None:
    """Rate x lifetime = 20/s x 5 s = 100 live sessions once the start is forgotten."""
    live = []
    for seed in range(30):
        traffic = drawn(seed, law="poisson", lifetime_us=5 * US_PER_S)
        at_us = 50 * US_PER_S
        live.append(int(((traffic.opens_us <= at_us) & (traffic.closes_us > at_us)).sum()))
    assert abs(np.mean(live) - 100) < 3 * math.sqrt(100 / 30)


def test_transactions_of_live_sessions_come_at_their_rate() -> None:
    """100 sessions for ever, 2 transactions a second each, 60 s: 12,000 expected."""
    traffic = drawn(3, law="poisson", session_rate=None, initial_sessions=100, transaction_rate=Rate(2))
    assert abs(len(traffic.transaction_us) - 12_000) < 3 * math.sqrt(12_000)


@pytest.mark.parametrize("law", ["fixed", "poisson"])
def test_transactions_stay_within_the_life_of_their_session(law: str) -> None:
    traffic = drawn(law=law, lifetime_us=2 * US_PER_S, transaction_rate=Rate(5), initial_sessions=10)
    opens, closes = (column[traffic.transaction_session] for column in (traffic.opens_us, traffic.closes_us))
    assert len(traffic.transaction_us) > 1000
    assert (traffic.transaction_us > opens).all()
    assert (traffic.transaction_us < closes).all()
    assert traffic.transaction_us.max() <= HORIZON_US
    assert (np.diff(traffic.transaction_us) >= 0).all()


def test_fixed_transactions_are_evenly_spaced() -> None:
    traffic = drawn(session_rate=Rate(1, 40 * US_PER_S), transaction_rate=Rate(3), horizon_us=45 * US_PER_S)
    first = traffic.transaction_us[traffic.transaction_session == 0]
    assert first.tolist() == [n * US_PER_S // 3 for n in range(1, len(first) + 1)]
    assert first[-1] == 45 * US_PER_S


def test_fixed_lifetimes_are_equal_and_those_there_from_the_start_end_one_by_one() -> None:
    traffic = drawn(lifetime_us=4 * US_PER_S, lifetime_law="fixed", initial_sessions=4)
    assert traffic.closes_us[:4].tolist() == [US_PER_S, 2 * US_PER_S, 3 * US_PER_S, 4 * US_PER_S]
    assert (traffic.closes_us[4:] - traffic.opens_us[4:] == 4 * US_PER_S).all()


def test_closes_are_listed_in_order_within_the_horizon() -> None:
    traffic = drawn(law="poisson", lifetime_us=10 * US_PER_S)
    assert sorted(traffic.close_session.tolist()) == np.flatnonzero(traffic.closes_us <= HORIZON_US).tolist()
    assert np.array_equal(traffic.close_us, traffic.closes_us[traffic.close_session])
    assert (np.diff(traffic.close_us) >= 0).all()


def test_without_a_lifetime_nobody_leaves_and_without_a_rate_nobody_comes() -> None:
    traffic = drawn(session_rate=None, initial_sessions=3)
    assert traffic.opens_us.tolist() == [-3, -2, -1]
    assert (traffic.closes_us == FAR_US).all()
    assert len(traffic.close_us) == len(traffic.transaction_us) == 0


@pytest.mark.parametrize("law", ["fixed", "poisson"])
@pytest.mark.parametrize("change_us", [1, 10 * US_PER_S, 10 * US_PER_S + 1, HORIZON_US])
def test_a_change_of_the_rate_keeps_the_past(law: str, change_us: int) -> None:
    made: dict[str, Any] = {"law": law, "lifetime_us": 8 * US_PER_S, "transaction_rate": Rate(1)}
    before = drawn(1, **made)
    after = drawn(1, rates=((0, Rate(20)), (change_us, Rate(90))), **made)
    assert same(before, after, change_us)
    rate_after = (after.opens_us >= change_us).sum() * US_PER_S / (HORIZON_US - change_us + 1)
    assert change_us == HORIZON_US or 80 < rate_after < 100


def test_a_rate_may_stop_and_start_again() -> None:
    rates: Rates = ((0, Rate(10)), (5 * US_PER_S, None), (9 * US_PER_S, Rate(10)))
    opens: Integers = drawn(rates=rates, horizon_us=12 * US_PER_S).opens_us
    assert not ((opens >= 5 * US_PER_S) & (opens < 9 * US_PER_S)).any()
    assert (opens < 5 * US_PER_S).sum() == 50
    assert (opens >= 9 * US_PER_S).sum() == 31


def test_the_columns_do_not_depend_on_how_far_they_are_drawn() -> None:
    made: dict[str, Any] = {"law": "poisson", "lifetime_us": 8 * US_PER_S, "transaction_rate": Rate(1)}
    assert same(drawn(2, **made), drawn(2, horizon_us=HORIZON_US // 2, **made), HORIZON_US // 2)


def test_sorting_by_time_breaks_ties_by_session() -> None:
    times = np.array([5, 3, 5, 3, 5], dtype=np.int64)
    sessions = np.array([2, (1 << SESSION_BITS) - 1, 0, 4, 1], dtype=np.int64)
    sorted_times, sorted_sessions = by_time(times, sessions)
    assert sorted_times.tolist() == [3, 3, 5, 5, 5]
    assert sorted_sessions.tolist() == [4, (1 << SESSION_BITS) - 1, 0, 1, 2]
