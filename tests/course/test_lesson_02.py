"""Lesson 2: lightning costs what the saw shows: on average half a tooth, at worst a whole one."""

from __future__ import annotations

from statistics import fmean

import pytest
from course.striking import MS, finished, quiet, setup_of, strikes, struck_at

from visualizer.ledger import account
from visualizer.sim import advance, exposure, start
from visualizer.sim.setup import US_PER_S
from visualizer.theory.replication import replication_window_loss

NAME = "02-the-sync-tick"
RATE_PER_S, INTERVAL_S = 10, 4


def test_the_strikes_cost_what_the_comment_promises():
    state = finished(setup_of(NAME))
    assert [len(loss.sessions) for loss in state.losses] == [39]
    assert [one.takeover_us for one in state.failovers] == [22 * US_PER_S, 47 * US_PER_S]
    assert [one.lost.sessions for one in account(state).failovers] == [39, 0]


def test_a_strike_costs_what_stood_on_one_unit_just_before():
    pair = quiet(setup_of(NAME), 30 * US_PER_S)
    state = start(pair)
    for at_us in range(16_003 * MS, 20 * US_PER_S, 310 * MS):
        advance(state, at_us - 1)
        assert struck_at(pair, at_us).lost == exposure(state).worst


def test_on_average_it_is_the_middle_of_a_tooth_and_at_worst_its_tip():
    """Sessions come evenly, and the one that comes with the tick is copied: the tip is one short of 40."""
    pair = quiet(setup_of(NAME), 30 * US_PER_S)
    lost = [one.lost for one in strikes(pair, 16_050 * MS, 20_050 * MS, 50 * MS)]
    tip = RATE_PER_S * INTERVAL_S - 1
    assert (min(lost), max(lost)) == (0, tip)
    assert fmean(lost) == pytest.approx(replication_window_loss(RATE_PER_S, INTERVAL_S).mean, abs=0.5)


def test_smaller_teeth_are_teeth_all_the_same():
    for interval, most in (("2s", 19), ("500ms", 4), ("200ms", 1)):
        pair = quiet(setup_of(NAME, f"tiers.firewall.sync.interval={interval}"), 30 * US_PER_S)
        assert max(one.lost for one in strikes(pair, 16_050 * MS, 18_050 * MS, 50 * MS)) == most
