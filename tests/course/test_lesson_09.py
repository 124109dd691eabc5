"""Lesson 9: the age of a cold, a warm and a hot copy, and the silence of each, against the closed forms."""

from __future__ import annotations

import pytest
from course.striking import finished, setup_of, struck_at

from visualizer.ledger import account
from visualizer.sim.setup import US_PER_S
from visualizer.theory.detection import detection_time
from visualizer.theory.snapshot import cold_standby_outage, snapshot_age

NAME = "09-cold-warm-hot"


def clocks_s() -> list[tuple[float, float]]:
    """(RPO, RTO) of the cold, the warm and the hot one."""
    return [
        ((one.achieved_rpo_us or 0) / US_PER_S, (one.achieved_rto_us or 0) / US_PER_S)
        for one in account(finished(setup_of(NAME))).failovers
    ]


def test_each_step_has_a_younger_copy_and_a_shorter_silence():
    assert clocks_s() == [(840.0, 134.0), (40.0, 17.0), (0.0, 2.0)]


def test_the_cold_one_keeps_the_promise_of_the_worked_example():
    """An image every 10 min that takes 5 min: between 5 and 15 min are gone, 10 on average."""
    age, silence = snapshot_age(600.0, 300.0), cold_standby_outage(detection_time(1.0, 15), 120.0, 0.0)
    assert (age.low_s, age.mean_s, age.high_s) == (300.0, 600.0, 900.0)
    rpo_s, rto_s = clocks_s()[0]
    assert age.low_s <= rpo_s <= age.high_s
    assert silence.low_s <= rto_s <= silence.high_s


@pytest.mark.parametrize(("strike_s", "lost"), [(1501, 300), (1800, 599), (2100, 899), (2101, 300)])
def test_an_image_is_never_younger_than_its_copying_took(strike_s: int, lost: int):
    """Just after one is whole, in between, at the instant at which the next one would be, and after it."""
    assert struck_at(setup_of(NAME), strike_s * US_PER_S).lost == lost


def test_an_image_that_is_under_way_counts_for_nothing():
    """However often one leaves: it is the whole one that counts, and its copying takes as long as before."""
    often = setup_of(NAME, "tiers.web.sync.interval=5min")
    assert struck_at(often, 2040 * US_PER_S).rpo_s == 540.0
