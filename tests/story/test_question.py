"""The question before the strike: its numbers come from the run, its answer is that of the ledger."""

from __future__ import annotations

from dataclasses import replace

import pytest

from visualizer.ledger import account
from visualizer.scenario import load
from visualizer.sim.command import Strike, UnitTarget
from visualizer.story.question import MOST_CHOICES, Question, how_many_survive
from visualizer.timeline.run import Run

S = 1_000_000


def asked(scenario: str, at_s: float, tier: int = 0) -> tuple[Question, Run]:
    """The question, and a run in which the strike has been played to where it is answered."""
    setup = load(scenario).setup
    at_us = round(at_s * S)
    run = Run(replace(setup, commands=tuple(each for each in setup.commands if each.at_us < at_us)))
    before = run.seek(at_us).copy()
    unit = before.tiers[tier].serving
    assert unit is not None
    strike = Strike(at_us, "lightning", UnitTarget(tier, unit))
    run.act(strike)
    question = how_many_survive(before, run.finish(), strike, UnitTarget(tier, unit))
    run.seek(question.until_us)
    return question, run


@pytest.mark.parametrize(
    ("scenario", "at_s", "result", "because"),
    [
        ("article", 11, 91, "19 sessions lost: opened since the last sync at 9.0 s."),
        ("article", 9, 61, "29 sessions lost: opened since the last sync at 6.0 s."),
        ("keepalived", 8, 0, "800 sessions lost: never copied."),
        ("cold-standby", 2000, 1201, "799 sessions lost: newer than the last whole copy."),
        ("lan-sync", 20, 400, "None is lost: the secondary had a copy of all in time."),
        ("sync-link-down", 40, 381, "419 sessions lost: waiting for the sync link."),
    ],
)
def test_the_answer(scenario: str, at_s: float, result: int, because: str):
    question, run = asked(scenario, at_s)
    assert question.result(run.state) == result
    assert question.because(run.state) == because
    assert result == question.most - account(run.state).lost.sessions
    assert result in [choice.value for choice in question.choices]


@pytest.mark.parametrize(
    "scenario", ["article", "asa-default", "f5", "parallel", "split-brain", "keepalived"]
)
@pytest.mark.parametrize("at_s", [3.3, 7.05, 9.99])
def test_the_choices_differ_and_the_right_one_is_there(scenario: str, at_s: float):
    question, run = asked(scenario, at_s)
    values = [choice.value for choice in question.choices]
    assert values == sorted(set(values), reverse=True)
    assert 2 <= len(values) <= MOST_CHOICES
    assert {0, question.most, question.result(run.state)} <= set(values)
    assert all(0 <= value <= question.most for value in values)
    assert all(choice.reply for choice in question.choices if choice.value != question.result(run.state))


def test_what_has_left_may_be_taken_for_copied():
    question, run = asked("cold-standby", 2000)
    left = next(choice for choice in question.choices if choice.belief.startswith("all whose copy has left"))
    assert left.value > question.result(run.state)


def test_it_is_played_to_the_takeover():
    question, run = asked("article", 10.5)
    assert question.until_us == run.finish().failovers[0].takeover_us


def test_a_parallel_path_asks_for_the_column():
    question, _ = asked("parallel", 13, tier=1)
    assert "the other column still have?" in question.text
