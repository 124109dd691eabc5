"""Lesson 6: what each cable costs, and what the class may find out beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from course.striking import MS, finished, setup_of

from visualizer.ledger import account
from visualizer.opening import in_designs, open_scenario
from visualizer.sim import State, advance, start
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.exposure import exposure
from visualizer.sim.setup import US_PER_S, Setup
from visualizer.theory.backlog import backlog, backlog_age_s

NAME = "06-serial-or-cloud"
RATE, MESSAGE_S = 100, 200 * 8 / 117_760


def one_strike(fault: str, tier: int, at_us: int, *overrides: str) -> State:
    """The lesson's pairs with this strike alone."""
    strike = Strike(at_us, fault, UnitTarget(tier, 0))
    return finished(replace(setup_of(NAME, *overrides), commands=(strike,)))


def struck_us(setup: Setup) -> list[int]:
    return [act.at_us for act in setup.commands]


def test_the_three_strikes_cost_what_the_comment_promises():
    state = finished(setup_of(NAME))
    books = account(state).failovers
    assert [one.lost.sessions for one in books] == [405, 0, 4]
    assert [one.achieved_rto_us for one in books] == [0, 2_497_100, 2_537_000]


def test_the_queue_grows_as_the_closed_form_says():
    setup = setup_of(NAME)
    state = start(setup)
    for second in (5, 10, 15):
        advance(state, second * US_PER_S)
        assert exposure(state).by_tier[0] == pytest.approx(backlog(RATE, MESSAGE_S, second), abs=2)
    struck_s = struck_us(setup)[0] / US_PER_S
    rpo_us = account(finished(setup)).failovers[0].achieved_rpo_us
    assert rpo_us is not None
    assert rpo_us / US_PER_S == pytest.approx(backlog_age_s(RATE, MESSAGE_S, struck_s), abs=0.02)


def test_as_many_are_on_the_way_as_open_within_the_latency():
    assert len(one_strike("lightning", 2, 30_003 * MS).losses[0].sessions) == RATE * 40 // 1000


def test_where_only_the_unit_fails_the_copies_still_arrive():
    assert not one_strike("host", 2, 30_003 * MS).losses


def test_the_serial_cable_feels_power_and_not_death():
    power = one_strike("host", 0, 15_303 * MS).failovers[0]
    process = one_strike("process", 0, 15_303 * MS).failovers[0]
    assert power.takeover_us == 15_303 * MS
    assert process.takeover_us == 18 * US_PER_S, "three heartbeats after the last one"


def test_where_the_cable_carries_all_no_queue_grows():
    state = one_strike("lightning", 0, 30_003 * MS, "traffic.rate=50/s")
    assert sum(len(loss.sessions) for loss in state.losses) <= 1
    assert account(state).failovers[0].achieved_rto_us == 0


def test_the_cables_of_the_task_can_be_compared():
    designs = in_designs(open_scenario(f"course/{NAME}"), "cable")
    assert [len(one.setup.tiers) for one in designs.opened] == [3, 3, 3]
    assert not designs.said
