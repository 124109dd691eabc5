"""Sweeps at the real window: a person asks many runs, reads an answer, opens one of them, and comes back."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pygame
import pytest
from app.hand import Hand
from app.told_scenario import told_text

from visualizer.app import lab_sweep_work
from visualizer.app.lab_sweep import Sweeps
from visualizer.app.lab_sweep_choices import LINE, choices
from visualizer.app.lab_sweep_list import SweepList
from visualizer.app.lab_sweep_work import Answers
from visualizer.app.story import Story
from visualizer.lab.measures import MEASURES
from visualizer.ledger import account
from visualizer.opening import open_scenario
from visualizer.scenario import shipped_names
from visualizer.scene.lab_sweep import ALONG, AND, MEASURE
from visualizer.scene.lab_sweep_shown import CELL, SweepLook
from visualizer.sim.command import Strike
from visualizer.study.axis import axis_of
from visualizer.study.plan import plan_of
from visualizer.study.sweep import cells, sweep_of
from visualizer.timeline.run import Run

S = 1_000_000
Open = Callable[..., Hand]
BARE = "title: Bare\nduration: 20s\ntraffic: {rate: 10/s}\ntiers:\n  firewall: {heartbeat: {interval: 1s}}\n"
LOSSY = """
title: Lossy
duration: 120s
traffic: {rate: 1/s}
tiers:
  firewall: {heartbeat: {interval: 1s}, sync: {interval: 5s}, link: {loss: 30%}}
"""
SYNC = "tiers.firewall.sync.interval=500ms,1s,1.5s,2s,2.5s,3s,3.5s,4s,4.5s,5s,5.5s,6s,6.5s,7s,7.5s,8s,8.5s,9s"
PATIENCE_S = 60


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that tests are short: what is asked stays the same."""
    for name in ("ROUNDS_OF_A_LINE", "ROUNDS_OF_A_FIELD"):
        monkeypatch.setattr(lab_sweep_work, name, (1, 3, 6))


def words(hand: Hand) -> str:
    return " ".join(hand.words())


def panel(hand: Hand) -> SweepLook:
    """What the panel shows."""
    shown = hand.controls.look(1280, 720).sweep
    assert shown is not None
    return shown


def wait(hand: Hand, until: Callable[[], bool]) -> None:
    """Let the window go on until it is so."""
    end_s = time.monotonic() + PATIENCE_S
    while not until():
        assert time.monotonic() < end_s
        hand.turn()
        time.sleep(0.001)
    hand.turn(2)


def known(hand: Hand) -> Answers:
    """Wait until all is known, and shown."""
    sweeps = hand.controls.feature(Sweeps)
    wait(hand, lambda: sweeps.answers is not None and sweeps.answers.done)
    assert sweeps.answers
    assert panel(hand).done
    return sweeps.answers


def asked(hand: Hand) -> Answers:
    hand.key(pygame.K_y, typed="y")
    return known(hand)


def choose(hand: Hand, key: str, title: str) -> None:
    """Press its key, and choose that line of the list."""
    hand.key(ord(key), typed=key)
    listed = hand.controls.feature(SweepList)
    assert listed.is_open
    titles = [row.title for row in listed.rows()]
    while listed.chosen != titles.index(title):
        hand.key(pygame.K_DOWN if listed.chosen < titles.index(title) else pygame.K_UP)
    hand.key(pygame.K_RETURN)
    assert not listed.is_open


def test_the_first_question_is_the_loss_against_the_sync_interval(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_y, typed="y")
    hand.turn()
    said = words(hand)
    for word in ("WHAT IF A KNOB STOOD ELSEWHERE?", "Sessions lost", "Sync every", "nothing else"):
        assert word in said
    known(hand)
    assert "In each run the Firewall primary is struck by lightning at another instant" in words(hand)
    assert "6 seeds each" in words(hand)
    assert panel(hand).axes[0].labels[0] == "500 ms"
    assert panel(hand).axes[0].now == panel(hand).chosen == 5
    assert "Sync every 3 s:" in words(hand)
    hand.key(pygame.K_y, typed="y")
    assert "WHAT IF" not in words(hand)


def test_the_values_are_those_of_a_study(open_hand: Open):
    """Played in pieces, as the time between pictures allowed, or all at once: the same."""
    answers = asked(open_hand())
    plan = plan_of(open_scenario("article"), (axis_of(SYNC),), seeds=tuple(range(1, 7)))
    study = sweep_of(plan)
    for place in range(18):
        mine, theirs = answers.runs(place), study.runs.part(6 * place, 6 * place + 6)
        for name, column in theirs.as_dict().items():
            assert np.array_equal(getattr(mine, name), column), name
    for measure in MEASURES.values():
        found, shown = cells(study, measure), answers.cells(measure)
        for name in ("mean", "low", "high", "lower", "upper", "expected"):
            values = [np.nan if getattr(cell, name) is None else getattr(cell, name) for cell in shown]
            assert np.allclose(values, getattr(found, name), equal_nan=True), (measure.key, name)


def test_it_fills_in_while_one_looks_on(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_y, typed="y")
    sweeps = hand.controls.feature(Sweeps)
    wait(hand, lambda: sweeps.answers is not None)
    seen = {panel(hand).seeds}
    while not panel(hand).done:
        hand.turn()
        time.sleep(0.001)
        seen.add(panel(hand).seeds)
    assert 6 in seen <= set(range(7))
    assert len(seen) > 1
    assert "of 6 seeds" not in words(hand)


def test_nothing_is_played_while_the_panel_is_closed(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_y, typed="y")
    sweeps = hand.controls.feature(Sweeps)
    wait(hand, lambda: sweeps.answers is not None)
    hand.key(pygame.K_ESCAPE)
    time.sleep(0.5)
    version = sweeps.answers.version
    hand.turn(20)
    time.sleep(0.2)
    hand.turn(5)
    assert sweeps.answers.version == version
    assert not hand.controls.leaving


def test_the_arrows_read_and_enter_opens_one_of_its_runs(open_hand: Open):
    hand = open_hand()
    first, document = hand.controls.run, hand.controls.document
    answers = asked(hand)
    hand.key(pygame.K_LEFT)
    hand.key(pygame.K_LEFT)
    assert "Sync every 2 s:" in words(hand)
    lost = answers.runs(3).lost_sessions
    nearest = int(np.argmin(np.abs(lost - lost.mean())))
    hand.key(pygame.K_RETURN)

    run = hand.controls.run
    assert "WHAT IF" not in words(hand)
    assert run.setup.tiers[0].sync.interval_us == 2 * S
    assert run.setup.seed == answers.runs(3).seed[nearest] == nearest + 1
    strikes = [act for act in run.setup.commands if isinstance(act, Strike)]
    assert [strike.at_us for strike in strikes] == [answers.runs(3).strike_us[nearest]]
    assert run.now_us < strikes[0].at_us
    assert not hand.controls.playing
    assert f"{lost[nearest]} sessions" in words(hand)
    assert account(run.finish()).lost.sessions == lost[nearest]

    hand.key(pygame.K_u, typed="u")
    assert (hand.controls.run, hand.controls.document) == (first, document)
    hand.key(pygame.K_u, pygame.KMOD_LSHIFT)
    assert hand.controls.run is run


def test_back_from_one_run_to_all_runs(open_hand: Open):
    hand = open_hand()
    answers = asked(hand)
    before = panel(hand)
    hand.key(pygame.K_HOME)
    hand.key(pygame.K_RETURN)
    assert hand.controls.run.setup.tiers[0].sync.interval_us == S // 2
    hand.key(pygame.K_y, typed="y")
    assert hand.controls.feature(Sweeps).answers is answers  # known already: nothing is played again
    assert panel(hand).cells == before.cells
    assert panel(hand).axes[0].now == panel(hand).chosen == 0  # where one stands now


def test_the_pointer_reads_and_a_click_opens(open_hand: Open):
    hand = open_hand()
    asked(hand)
    hand.move(hand.place(f"{CELL}9"))
    hand.turn()
    assert "Sync every 5 s:" in words(hand)
    hand.click(f"{CELL}11")
    assert hand.controls.run.setup.tiers[0].sync.interval_us == 6 * S


def test_another_measure_of_the_same_runs(open_hand: Open):
    hand = open_hand()
    answers = asked(hand)
    choose(hand, "1", "From the strike until service again")
    hand.turn()
    assert hand.controls.feature(Sweeps).answers is answers
    assert panel(hand).unit == "s"
    assert "From the strike until service again" in words(hand)
    choose(hand, "1", "Runs that lost nothing")
    hand.turn()
    assert "per cent of the runs" in words(hand)


def test_two_knobs_make_a_field(open_hand: Open):
    hand = open_hand()
    asked(hand)
    choose(hand, "3", "New sessions per second")
    answers = known(hand)
    shown = panel(hand)
    assert [axis.title for axis in shown.axes] == ["Sync every", "New sessions per second"]
    assert (
        len(shown.cells) == len(answers.plan.points) == len(shown.axes[0].labels) * len(shown.axes[1].labels)
    )
    assert shown.places(shown.chosen) == (shown.axes[0].now, shown.axes[1].now)
    for key in (pygame.K_UP, pygame.K_RIGHT, pygame.K_RIGHT):
        hand.key(key)
    right, up = panel(hand).places(panel(hand).chosen)
    assert (right, up) == (shown.axes[0].now + 2, shown.axes[1].now + 1)
    hand.key(pygame.K_RETURN)
    setup = hand.controls.run.setup
    assert (setup.tiers[0].sync.interval_us, setup.traffic.session_rate.per_s) == (5 * S, 15)
    hand.key(pygame.K_y, typed="y")
    choose(hand, "3", "Nothing else")
    known(hand)
    assert len(panel(hand).axes) == 1


def test_a_knob_that_is_about_time_shows_time(open_hand: Open):
    hand = open_hand()
    asked(hand)
    choose(hand, "2", "Heartbeat every")
    known(hand)
    assert panel(hand).measure == MEASURES["outage_s"].title
    choose(hand, "2", "Sync every")
    hand.turn()
    assert panel(hand).measure == MEASURES["lost_sessions"].title
    choose(hand, "1", "Requests interrupted")
    choose(hand, "2", "Heartbeat every")
    hand.turn()
    assert panel(hand).measure == MEASURES["interrupted"].title  # what somebody chose stays


def test_as_many_tiers_as_one_likes(open_hand: Open):
    hand = open_hand()
    asked(hand)
    choose(hand, "2", "Tiers like this one")
    choose(hand, "3", "Path design")
    known(hand)
    hand.key(pygame.K_UP)
    hand.key(pygame.K_RIGHT)
    hand.key(pygame.K_RETURN)
    setup = hand.controls.run.setup
    assert (len(setup.tiers), setup.path) == (2, "parallel")
    hand.key(pygame.K_u, typed="u")
    assert len(hand.controls.run.setup.tiers) == 1


@pytest.mark.parametrize("target", [MEASURE, ALONG, AND])
def test_each_button_opens_its_list_by_click_and_by_tab(open_hand: Open, target: str):
    hand = open_hand()
    asked(hand)
    listed = hand.controls.feature(SweepList)
    hand.click(target)
    assert listed.is_open
    hand.key(pygame.K_ESCAPE)
    assert not listed.is_open
    for _ in hand.controls.targets:
        if hand.controls.focus == target:
            break
        hand.key(pygame.K_TAB)
    hand.key(pygame.K_RETURN)
    assert listed.is_open
    hand.key(pygame.K_ESCAPE)
    hand.key(pygame.K_ESCAPE)
    assert "WHAT IF" not in words(hand)
    assert not hand.controls.leaving


def test_tab_goes_to_the_buttons_and_not_through_every_cell(open_hand: Open):
    hand = open_hand()
    asked(hand)
    assert {MEASURE, ALONG, AND} <= set(hand.controls.targets)
    assert not any(name.startswith((CELL, "unit:")) for name in hand.controls.targets)


def test_a_knob_that_is_turned_asks_again(open_hand: Open):
    hand = open_hand()
    before = asked(hand)
    hand.key(pygame.K_k, typed="k")
    while hand.controls.focus != "knob:rate":
        hand.key(pygame.K_DOWN)
    hand.key(pygame.K_RIGHT)
    after = known(hand)
    assert after is not before
    assert np.mean(after.runs(17).lost_sessions) > np.mean(before.runs(17).lost_sessions)
    hand.key(pygame.K_u, typed="u")
    hand.turn(2)
    assert hand.controls.feature(Sweeps).answers is before


def test_a_scenario_to_which_nothing_happens_is_struck(open_hand: Open, tmp_path: Path):
    file = tmp_path / "bare.yaml"
    file.write_text(BARE, encoding="utf-8")
    hand = open_hand(str(file))
    answers = asked(hand)
    assert answers.plan.struck
    assert answers.runs(0).lost_sessions.sum() > 0


def test_what_happens_by_itself_is_not_struck(open_hand: Open, tmp_path: Path):
    """Heartbeats are lost by chance: failovers without a failure, against the misses that it takes."""
    file = tmp_path / "lossy.yaml"
    file.write_text(LOSSY, encoding="utf-8")
    hand = open_hand(str(file))
    hand.key(pygame.K_y, typed="y")
    choose(hand, "2", "Misses to declare dead")
    choose(hand, "1", "Failovers")
    assert not known(hand).plan.struck
    assert "In each run what is written happens" in words(hand)
    means = [cell.mean for cell in panel(hand).cells]
    assert means[0] > 10
    assert means[-1] < 1
    hand.key(pygame.K_END)
    hand.key(pygame.K_RETURN)
    assert hand.controls.run.setup.tiers[0].heartbeat.misses == 10


def test_a_story_or_a_question_is_not_spoilt(open_hand: Open, tmp_path: Path):
    file = tmp_path / "told.yaml"
    file.write_text(told_text(), encoding="utf-8")
    hand = open_hand(str(file))
    assert hand.controls.feature(Story).tells
    hand.key(pygame.K_y, typed="y")
    assert "WHAT IF" not in words(hand)
    assert "A turns it off" in hand.controls.notice
    hand.key(pygame.K_a, typed="a")
    hand.key(pygame.K_y, typed="y")
    assert "WHAT IF" in words(hand)

    plain = open_hand()
    plain.click("timeline", 0.5)
    asked(plain)
    plain.key(pygame.K_ESCAPE)
    plain.key(pygame.K_g, typed="g")
    plain.key(pygame.K_y, typed="y")
    plain.turn(2)
    assert "WHAT IF" not in words(plain)
    assert "sweep" not in plain.controls.contexts


def test_what_needs_the_stage_waits(open_hand: Open):
    hand = open_hand()
    asked(hand)
    at_us = hand.controls.run.now_us
    for key, typed in ((pygame.K_SPACE, " "), (pygame.K_s, "s"), (pygame.K_n, "n")):
        hand.key(key, typed=typed)
        assert "Esc closes this first" in hand.controls.notice
    assert (hand.controls.run.now_us, hand.controls.run.acts, hand.controls.playing) == (at_us, (), False)
    hand.wheel(1)
    assert hand.controls.speed == 1


def test_the_strike_curve_and_the_sweep_take_turns(open_hand: Open):
    hand = open_hand()
    asked(hand)
    hand.key(pygame.K_d, typed="d")
    assert "WHAT IF A KNOB" not in words(hand)
    hand.key(pygame.K_y, typed="y")
    assert "WHAT IF A KNOB" in words(hand)
    hand.key(pygame.K_ESCAPE)
    assert "WHAT IF" not in words(hand)


def test_beside_several_runs_there_is_none(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_v, typed="v")
    hand.key(pygame.K_RETURN)
    assert hand.controls.others
    hand.key(pygame.K_y, typed="y")
    assert "single run" in hand.controls.notice
    assert "WHAT IF" not in words(hand)


@pytest.mark.parametrize("name", shipped_names())
def test_every_scenario_has_something_to_ask(name: str):
    opened = open_scenario(name)
    offered = choices(opened.setup, 0)
    assert len({choice.knob.key for choice in offered}) == len(offered) > 4
    for choice in offered:
        values = choice.values(LINE)
        assert 2 <= len(set(values)) == len(values) <= LINE + 2, choice
        axis = choice.axis(values, choice.now)
        assert axis.places == tuple(sorted(axis.places))
        assert (axis.now is None) == (choice.now is None), choice
        axis_of(f"{choice.path}={','.join(values)}")


def test_a_run_that_is_opened_is_the_very_run(open_hand: Open):
    """Seed and instant belong together: its trace is that of the run that was counted."""
    hand = open_hand()
    answers = asked(hand)
    hand.key(pygame.K_RETURN)
    run = hand.controls.run
    index = answers.runs(5).seed.tolist().index(run.setup.seed)
    counted = Run(answers.plan.points[5].family.run(index))
    for one in (run, counted):
        one.finish()
    assert run.trace_sha256() == counted.trace_sha256()
