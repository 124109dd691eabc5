"""Lesson 5: the takeover is the same each time; who heard of it decides when there is service."""

from __future__ import annotations

from dataclasses import replace
from statistics import fmean

import pytest
from course.striking import MS, finished, setup_of

from visualizer.lab.beside import others
from visualizer.ledger import account
from visualizer.script.script import Beside
from visualizer.sim import State, advance, start
from visualizer.sim.event import AnnouncementLost, Takeover
from visualizer.sim.setup import NONE, US_PER_S
from visualizer.theory.announcement import black_hole_s
from visualizer.theory.detection import detection_time
from visualizer.theory.spread import Spread

NAME = "05-who-heard-it"
STRUCK_US = (8_400 * MS, 30_400 * MS, 52_400 * MS)


def rtos_us(state: State) -> list[int | None]:
    return [one.achieved_rto_us for one in account(state).failovers]


def test_the_pinned_seed_shows_all_three_cases():
    state = start(setup_of(NAME))
    events = advance(state, state.setup.duration_us)
    lost = [event.at_us for event in events if isinstance(event, AnnouncementLost)]
    takeovers = [event.at_us for event in events if isinstance(event, Takeover)]
    assert lost == [takeovers[1], takeovers[2], takeovers[2] + 5 * US_PER_S]
    assert rtos_us(state) == [3_600 * MS, 8_600 * MS, 38_711_830, 2_600 * MS]
    assert account(state).lost.sessions == 0


def test_each_takeover_is_as_quick_as_the_others():
    state = finished(setup_of(NAME))
    waited_us = [one.takeover_us - one.down_us for one in state.failovers if one.takeover_us and one.down_us]
    assert waited_us == [2_600 * MS] * 4


def test_the_wait_for_an_entry_is_that_of_linux():
    setup = setup_of(NAME)
    words = setup.tiers[0].announcement
    assert (words.count, words.cache_low_us, words.cache_high_us) == (2, 23 * US_PER_S, 53 * US_PER_S)
    assert setup.clients.retry is not None
    assert setup.clients.retry.factor == 2, "waits longer each time"
    assert 23 * US_PER_S < rtos_us(finished(setup))[2] < 53 * US_PER_S


def test_where_every_shout_is_heard_all_are_alike():
    setup = setup_of(NAME)
    heard = replace(setup.tiers[0], announcement=replace(setup.tiers[0].announcement, loss=NONE))
    found = rtos_us(finished(replace(setup, tiers=(heard, *setup.tiers[1:]))))
    assert found == [3_600 * MS] * 3 + [2_600 * MS]


@pytest.mark.parametrize("convergence_ms", [0, 200, 5_000])
def test_the_knob_of_the_task_moves_the_outage_and_no_session(convergence_ms: int):
    state = finished(setup_of(NAME, f"tiers.firewall.address.convergence={convergence_ms}ms"))
    assert rtos_us(state)[:2] == [(2_600 + convergence_ms) * MS, (7_600 + convergence_ms) * MS]
    assert account(state).lost.sessions == 0


def test_who_still_waits_waits_for_a_try_of_its_own():
    """Counted from the offsets of the tries alone: the next one after service is back comes later."""
    setup = setup_of(NAME)
    state = start(setup)
    back_us = STRUCK_US[2] + 38_711_830
    asked_us = back_us + 10_500 * MS
    advance(state, asked_us)
    assert setup.clients.retry is not None
    offsets_us = (0, *setup.clients.retry.offsets_us())
    waiting = 0
    for arrived_us in range(STRUCK_US[2], back_us, 100 * MS):
        served_us = next(arrived_us + wait for wait in offsets_us if arrived_us + wait >= back_us)
        waiting += served_us > asked_us
    assert account(state).interruption.waiting == waiting > 0


def test_other_runs_take_as_long_as_the_closed_form_says():
    """Detection, then the second on the way of those who hear, or an entry that ages from the strike on."""
    found = others(setup_of(NAME), Beside("outage", 400))
    noticed = detection_time(1.0, 3)
    cache = Spread(23.0 - noticed.mean_s, 53.0 - noticed.mean_s)
    heard = 1 - 0.5**2
    expected_s = noticed.mean_s + black_hole_s(2, 5.0, 0.5, cache) + heard * 1.0
    assert fmean(found.values) / US_PER_S == pytest.approx(expected_s, rel=0.1)
    assert found.none == 0
