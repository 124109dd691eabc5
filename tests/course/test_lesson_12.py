"""Lesson 12: what two units share takes both, whatever they copy; and what would have kept the sessions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from course.striking import finished, setup_of

from visualizer.lab.beat import judge
from visualizer.lab.beat_goals import GOALS
from visualizer.lab.beside import family_of, others
from visualizer.ledger import account
from visualizer.scenario import load, parse
from visualizer.script.script import Beside
from visualizer.sim import State
from visualizer.sim.setup import US_PER_S, Setup
from visualizer.theory.availability import p_common_cause
from visualizer.theory.false_failover import false_failover_s

NAME = "12-dublin-2011"
FAR = (
    ("sites:\n  zone:", "sites:\n  far: {title: Another city}\n  zone:"),
    ("sites: {primary: zone, secondary: zone}", "sites: {primary: zone, secondary: far}"),
)


def moved(*overrides: str) -> Setup:
    """The lesson's pair with its secondary in another city."""
    text = load(f"course/{NAME}").text
    for here, there in FAR:
        assert here in text
        text = text.replace(here, there)
    return parse(text, NAME, overrides=overrides).setup


def dark(setup: Setup) -> State:
    """Until some time after the batteries are empty."""
    return finished(replace(setup, duration_us=1_800 * US_PER_S, commands=setup.commands[:1]))


def lost(state: State) -> int:
    return sum(len(loss.sessions) for loss in state.losses)


def test_with_other_clients_all_that_was_open_is_gone_as_well():
    """The card of chapter 2: each of the others, one by one; the bolt of chapter 5 adds nothing."""
    setup = setup_of(NAME)
    asked = Beside("lost", 20, "as written")
    runs = [dark(run) for run in family_of(setup, asked).runs()]
    counts = [account(run).open_sessions for run in runs]
    assert counts == [0] * len(runs)
    assert others(setup, asked).values == tuple(sorted(lost(run) for run in runs))
    assert others(setup, asked).values[0] > 0


@pytest.mark.parametrize(
    "change",
    [
        "tiers.server.sync.policy=streaming",
        "tiers.server.sync.policy=periodic",
        "tiers.server.heartbeat.interval=100ms",
        "tiers.server.heartbeat.misses=2",
    ],
)
def test_neither_copying_nor_heartbeats_help_in_the_dark(change: str):
    assert lost(dark(setup_of(NAME, change))) == lost(dark(setup_of(NAME))) == 618


def test_a_copy_in_a_place_that_shares_nothing_would_have_kept_them():
    state = dark(moved())
    assert lost(state) == 0
    assert account(state).no_service_us < 10 * US_PER_S


def test_and_there_every_answer_waits_for_the_way():
    """Nothing is free: 40 ms away, each answer is 80 ms later."""
    found = judge(moved("tiers.server.link.latency=40ms"), GOALS[0], false_failover_s)
    assert found.costs.answer_us == 80_000
    assert found.loss_met


def test_the_challenge_names_the_place():
    """No knob of the lesson moves it."""
    found = judge(setup_of(NAME), GOALS[0], false_failover_s)
    assert found.binding.name == "one site"
    assert not found.met


def test_struck_alone_the_same_pair_loses_nothing():
    books = account(finished(setup_of(NAME)))
    assert lost(finished(setup_of(NAME))) == 618
    assert [one.failover.fault for one in books.failovers][-1] == "lightning"


def test_when_all_causes_are_shared_the_second_unit_buys_nothing():
    unavailable = 1e-3
    assert p_common_cause(1.0, unavailable) == pytest.approx(unavailable)
    assert p_common_cause(0.0, unavailable) == pytest.approx(unavailable**2)
