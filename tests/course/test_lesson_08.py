"""Lesson 8: nothing acknowledged is lost, whenever one unit is struck; and what that costs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from course.striking import MS, finished, setup_of

from visualizer.lab.beside import others
from visualizer.ledger import account
from visualizer.scenario import load
from visualizer.script.script import Beside
from visualizer.sim import State, advance, start
from visualizer.sim.command import LinkTarget, Strike, UnitTarget
from visualizer.sim.event import FellBack
from visualizer.sim.setup import US_PER_S
from visualizer.theory.synchronous import semi_sync_fallback, serial_commits_per_s, sync_in_doubt

NAME = "08-the-price-of-sync"
ACCOUNTS, ORDERS = 0, 1
RATE = 50


def state_at(at_us: int) -> State:
    state = start(setup_of(NAME))
    advance(state, at_us)
    return state


def cut_then_struck(tier: int, cut_us: int, struck_us: int) -> State:
    """The lesson's pairs with the cable of the copies cut, and the primary struck later."""
    acts = (Strike(cut_us, "cut", LinkTarget(tier, 1)), Strike(struck_us, "lightning", UnitTarget(tier, 0)))
    return finished(replace(setup_of(NAME), commands=acts))


def lost(state: State) -> int:
    return sum(len(loss.sessions) for loss in state.losses)


def test_the_strikes_cost_what_the_comment_promises():
    books = account(finished(setup_of(NAME))).failovers
    assert [one.lost.sessions for one in books] == [0, 617]


def test_whenever_the_account_book_is_struck_nothing_acknowledged_is_lost():
    found = others(setup_of(NAME), Beside("lost", 200))
    assert found.values == (0,) * 200
    assert found.struck


def test_not_even_while_its_cable_is_cut():
    assert lost(cut_then_struck(ACCOUNTS, 30 * US_PER_S, 36_403 * MS)) == 0


@pytest.mark.parametrize(("at_ms", "latency_s"), [(5_017, 0.001), (9_013, 0.04), (12_007, 0.04)])
def test_as_many_wait_as_come_within_the_way_there_and_back(at_ms: int, latency_s: float):
    expected = sync_in_doubt(RATE, 0.0, latency_s)
    assert account(state_at(at_ms * MS)).pending == pytest.approx(expected.unanswered, abs=1)


def test_in_doubt_is_what_has_arrived_and_was_not_answered():
    expected = sync_in_doubt(RATE, 0.0, 0.04, cable_dies=True)
    assert account(state_at(21 * US_PER_S)).in_doubt == expected.applied == 2


def test_while_the_cable_is_cut_all_wait():
    before, after = account(state_at(33_999 * MS)), account(state_at(39 * US_PER_S))
    assert after.pending == before.pending + 5 * RATE + 1
    assert account(state_at(44_100 * MS)).pending < 5


def test_the_order_book_loses_what_it_acknowledged_without_a_copy():
    state = start(setup_of(NAME))
    events = advance(state, state.setup.duration_us)
    fell_back_us = next(one.at_us for one in events if isinstance(one, FellBack))
    assert fell_back_us == 64 * US_PER_S
    expected = semi_sync_fallback(RATE, 12.403, 10.0)
    assert lost(state) == pytest.approx(expected.lost, abs=5)


def test_struck_before_it_gives_up_waiting_it_loses_nothing():
    assert lost(cut_then_struck(ORDERS, 54 * US_PER_S, 63 * US_PER_S)) == 0
    assert lost(cut_then_struck(ORDERS, 54 * US_PER_S, 65 * US_PER_S)) > 0


@pytest.mark.parametrize("latency", ["0s", "1ms", "10ms", "100ms"])
def test_the_task_one_client_gets_as_many_answers_as_there_are_round_trips(latency: str):
    scenario = load("price-of-sync", overrides=(f"tiers.database.link.latency={latency}",))
    seconds = scenario.setup.duration_us / US_PER_S
    done = account(finished(scenario.setup)).acknowledged_transactions
    latency_s = scenario.setup.tiers[0].links[0].latency_us / US_PER_S
    assert done / seconds == pytest.approx(serial_commits_per_s(0.001, latency_s), rel=0.01)
