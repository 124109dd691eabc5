"""Lesson 3: the article's session, to the integer; and how often one of its age falls."""

from __future__ import annotations

import pytest
from course.striking import MS, quiet, setup_of, strikes, struck_at

from visualizer.sim.setup import US_PER_S
from visualizer.theory.replication import p_session_lost

NAME = "03-the-miss"
A_US, STRIKE_US = 10 * US_PER_S, 11 * US_PER_S


def test_the_miss_is_that_of_the_article():
    found = struck_at(setup_of(NAME), STRIKE_US)
    assert found.lost_us == tuple(range(9_100 * MS, STRIKE_US, 100 * MS))
    assert A_US in found.lost_us
    assert (found.met_nobody, found.rpo_s, found.rto_s) == (20, 2.0, 2.0)


def test_one_session_in_three_of_that_age_lives():
    """Struck at thirty instants of one sync interval, each time a second after a session has opened."""
    pair = setup_of(NAME)
    opened_us = range(A_US, A_US + 3 * US_PER_S, 100 * MS)
    fell = [at_us in struck_at(pair, at_us + US_PER_S).lost_us for at_us in opened_us]
    assert sum(fell) / len(fell) == pytest.approx(p_session_lost(1.0, 3.0)) == pytest.approx(2 / 3)


def test_who_is_older_than_an_interval_is_safe():
    pair = setup_of(NAME)
    for at_us in range(12 * US_PER_S, 15 * US_PER_S, 170 * MS):
        assert all(at_us - opened_us <= 3 * US_PER_S for opened_us in struck_at(pair, at_us).lost_us)


@pytest.mark.parametrize("misses", [2, 3, 6])
def test_a_longer_silence_costs_requests_and_not_one_session(misses: int):
    setup = setup_of(NAME, f"tiers.firewall.heartbeat.misses={misses}")
    found = struck_at(setup, STRIKE_US)
    assert found.lost == 19
    assert found.met_nobody == 10 * (misses - 1)


def test_another_instant_is_another_number():
    pair = quiet(setup_of(NAME), 20 * US_PER_S)
    assert len({one.lost for one in strikes(pair, 9_050 * MS, 12_050 * MS, 100 * MS)}) == 30
