"""Trying to beat it at the real window: a person turns one knob after another, and reads what still binds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from app.hand import Hand

from visualizer.app.beat import Beat
from visualizer.lab.beat import Judgement
from visualizer.lab.beat_goals import GOALS
from visualizer.ledger import account
from visualizer.opening import open_scenario, with_overrides
from visualizer.scene.beat import GOAL, WORST, sentence
from visualizer.timeline.run import Run

S = 1_000_000
Open = Callable[..., Hand]
FIREWALL = "tiers.firewall."
STREAMING = (f"{FIREWALL}sync.policy=streaming",)
SYNCHRONOUS = (f"{FIREWALL}sync.policy=synchronous",)
FAST = (f"{FIREWALL}heartbeat.interval=200ms",)
BARE = "title: Bare\nduration: 20s\ntraffic: {rate: 10/s}\ntiers:\n  firewall: {heartbeat: {interval: 1s}}\n"


def words(hand: Hand) -> str:
    """All that the window says, broken lines put together."""
    return " ".join(hand.words())


def judged(hand: Hand) -> Judgement:
    """Wait until the design on show has been judged, and is shown so."""
    beat = hand.controls.feature(Beat)
    for _ in range(2000):
        if beat.judgement:
            break
        hand.turn()
    assert beat.judgement
    hand.turn()
    return beat.judgement


def opened(hand: Hand) -> Judgement:
    hand.key(pygame.K_i, typed="i")
    return judged(hand)


def choose(hand: Hand, name: str) -> Judgement:
    """Press the arrow until that goal stands there."""
    for _ in GOALS:
        if hand.controls.feature(Beat).goal.name == name:
            break
        hand.key(pygame.K_RIGHT)
    return judged(hand)


def turn_to(hand: Hand, *overrides: str) -> Judgement:
    """The knobs stand so."""
    document = with_overrides(hand.controls.document, overrides)
    hand.controls.show(Run(document.setup), document)
    return judged(hand)


@pytest.fixture
def bare(open_hand: Open, tmp_path: Path) -> Hand:
    """A scenario that leaves the copying open, so that every way of it can be set."""
    file = tmp_path / "bare.yaml"
    file.write_text(BARE, encoding="utf-8")
    return open_hand(str(file))


def test_the_article_is_judged_when_the_panel_opens(open_hand: Open):
    hand = open_hand()
    assert "BEAT IT" not in words(hand)
    found = opened(hand)
    assert found.worst_lost == 30
    said = words(hand)
    assert "The sync period binds: 30 of 30 lost sessions were not copied yet." in said
    assert "Copy more often, or wait for each copy." in said
    assert "One try: it lost 30 and was gone for 3.00\u00a0s." in said
    hand.key(pygame.K_i, typed="i")
    assert "BEAT IT" not in words(hand)
    assert "LOST SO FAR" in words(hand)


def test_one_knob_after_another_and_something_always_binds(bare: Hand):
    """The way of a person who wants both, and after that both in another city."""
    hand = bare
    opened(hand)
    assert choose(hand, "both").binding.name == "sync period"
    assert turn_to(hand, f"{FIREWALL}sync.interval=100ms").binding.name in ("sync period", "latency")
    assert turn_to(hand, *STREAMING).binding.name == "latency"
    assert "No cable is faster than light" in words(hand)
    assert turn_to(hand, *SYNCHRONOUS).binding.name == "detection"
    assert "Detection binds: for 3.00\u00a0s of 3.00\u00a0s the standby waits for heartbeats." in words(hand)
    found = turn_to(hand, *SYNCHRONOUS, *FAST)
    assert found.met
    assert "Done, for one bolt. The second failure binds now" in words(hand)
    assert f"takes all {found.together} sessions" in words(hand)
    assert "5 tries; the closest lost 0 and was gone for 0.60\u00a0s." in words(hand)

    city = choose(hand, "city")
    assert (city.binding.name, city.loss_met, city.gap_met) == ("answers", True, True)
    assert "The budget binds: an answer waits 80\u00a0ms for its copy" in words(hand)
    back = turn_to(hand, *STREAMING, *FAST)
    assert (back.binding.name, back.worst_lost) == ("latency", 1)
    assert "2 tries; the closest lost 1" in words(hand)


def test_a_knob_of_the_ledger_is_judged_when_it_is_let_go(open_hand: Open):
    hand = open_hand()
    first = opened(hand)
    x, y = hand.place("knob:sync", 0.2)
    hand.move((x, y))
    hand.button(True, (x, y))
    hand.move(hand.place("knob:sync", 0.02))
    hand.turn(20)
    assert hand.controls.feature(Beat).judgement is None
    assert "measuring …" in words(hand)
    assert sentence(first)[:30] in words(hand)  # what is known stays until more is
    hand.button(False, hand.place("knob:sync", 0.02))
    assert judged(hand).worst_lost == 1
    assert "try 2" in words(hand)


def test_the_arrows_turn_the_knob_in_focus_and_choose_the_goal_else(open_hand: Open):
    hand = open_hand()
    opened(hand)
    hand.key(pygame.K_k, typed="k")
    hand.key(pygame.K_DOWN)
    assert hand.controls.focus == "knob:sync"
    hand.key(pygame.K_LEFT)
    assert judged(hand).worst_lost == 20
    assert hand.controls.feature(Beat).goal is GOALS[0]
    hand.key(pygame.K_ESCAPE)  # leaves the knob
    hand.key(pygame.K_LEFT)
    assert hand.controls.feature(Beat).goal is GOALS[-1]
    hand.key(pygame.K_ESCAPE)  # closes the panel
    assert "BEAT IT" not in words(hand)
    assert not hand.controls.leaving
    at_us = hand.controls.run.now_us
    hand.key(pygame.K_RIGHT)
    assert hand.controls.run.now_us == at_us + hand.controls.run.setup.tick_us


def test_the_goal_has_arrows_for_the_pointer(open_hand: Open):
    hand = open_hand()
    opened(hand)
    hand.click(GOAL, 0.95)
    assert hand.controls.feature(Beat).goal is GOALS[1]
    assert "Gone for less than a second" in words(hand)
    hand.click(GOAL, 0.05)
    hand.click(GOAL, 0.05)
    assert hand.controls.feature(Beat).goal is GOALS[-1]


def test_what_was_judged_is_known_and_undo_comes_back_to_it(open_hand: Open):
    hand = open_hand()
    first = opened(hand)
    turn_to(hand, *FAST)
    hand.key(pygame.K_u, typed="u")
    hand.turn(2)
    assert hand.controls.feature(Beat).judgement is first
    assert "try 2" in words(hand)  # the same design is no new try
    hand.controls.act("lightning", hand.controls.run.setup.commands[0].target)
    hand.turn(2)
    assert hand.controls.feature(Beat).judgement is first


def test_another_scenario_has_tries_of_its_own(open_hand: Open):
    hand = open_hand()
    opened(hand)
    turn_to(hand, *FAST)
    assert "try 2" in words(hand)
    srx = open_scenario("srx")
    hand.controls.show(Run(srx.setup), srx)
    assert judged(hand).worst_lost == 100
    assert "try 1" in words(hand)
    hand.key(pygame.K_u, typed="u")
    hand.turn(2)
    assert "try 2" in words(hand)


def test_a_click_on_what_binds_goes_to_the_worst_instant_where_a_strike_proves_it(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_F5)
    found = opened(hand)
    hand.click(WORST)
    run = hand.controls.run
    assert run.now_us == found.at_us == 3 * S
    assert "The worst instant is 3.0 s: strike now and count." in words(hand)
    hand.click("unit:0:0")
    assert account(run.state).lost.sessions == found.worst_lost == 30


def test_the_stage_stays_usable(open_hand: Open):
    hand = open_hand()
    opened(hand)
    hand.click("timeline", 0.5)
    assert abs(hand.controls.run.now_us - 10 * S) < S // 10
    hand.key(pygame.K_SPACE)
    hand.turn(10)
    assert hand.controls.playing
    hand.key(pygame.K_s, typed="s")
    assert hand.controls.run.acts


def test_a_question_goes_before_it_and_hides_what_would_tell(open_hand: Open):
    hand = open_hand()
    hand.click("timeline", 0.5)
    opened(hand)
    hand.key(pygame.K_g, typed="g")
    hand.turn(2)
    assert "BEAT IT" not in words(hand)
    goal = hand.controls.feature(Beat).goal
    hand.key(pygame.K_RIGHT)
    assert hand.controls.feature(Beat).goal is goal
    hand.key(pygame.K_ESCAPE)
    hand.turn(2)
    assert "BEAT IT" in words(hand)


def test_a_twin_run_has_no_single_design_to_judge(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_v, typed="v")
    hand.key(pygame.K_DOWN)
    hand.key(pygame.K_RETURN)
    hand.turn()
    assert hand.controls.others
    hand.key(pygame.K_i, typed="i")
    assert "BEAT IT" not in words(hand)
    assert "single run" in words(hand)


@pytest.mark.parametrize("scenario", ["dublin-2011", "price-of-sync", "cold-standby", "parallel", "jitter"])
def test_every_kind_of_scenario_has_something_that_binds(open_hand: Open, scenario: str):
    hand = open_hand(scenario)
    found = opened(hand)
    assert sentence(found).replace("\u2009", " ")[:20] in words(hand).replace("\u2009", " ")
