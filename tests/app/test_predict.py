"""Commit, then see: the question, what is hidden until it is answered, and what is said then."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pygame
import pytest
from app.hand import Hand

from visualizer.app.controls import ACTS
from visualizer.ledger import account
from visualizer.scenario import load
from visualizer.scene.asked import Answered, Asked
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.state import Role
from visualizer.story.caption import opening_us
from visualizer.timeline.run import Run

S = 1_000_000
Open = Callable[..., Hand]


def asked(hand: Hand) -> Asked | Answered | None:
    return hand.controls.look(1280, 720).asked


def quiet(open_hand: Open, scenario: str = "article", at_us: int = 11 * S) -> Hand:
    """The window on a scenario without its own events."""
    hand = open_hand(scenario, run=Run(replace(load(scenario).setup, commands=())))
    hand.controls.seek(at_us)
    hand.turn()
    return hand


def play_on(hand: Hand) -> Answered:
    for _ in range(100):
        hand.turn(frame_ns=200_000_000)
        found = asked(hand)
        if isinstance(found, Answered):
            return found
    raise AssertionError("nothing came of it")


def test_the_question_names_the_unit_and_four_beliefs(open_hand: Open):
    hand = quiet(open_hand)
    hand.key(pygame.K_g)
    found = asked(hand)
    assert isinstance(found, Asked)
    assert found.question.text == (
        "Lightning strikes the primary now. 110 sessions are open. How many will the secondary still have?"
    )
    values = [choice.value for choice in found.question.choices]
    assert values == sorted(set(values), reverse=True)
    assert (len(values), values[0], values[-1]) == (4, 110, 0)
    assert 91 in values  # what the copy of 9 s has
    assert hand.controls.run.acts == ()


def test_a_question_at_the_opening_plays_on_by_itself(open_hand: Open):
    """There the first strike starts the play too: one of them is enough."""
    hand = open_hand()
    hand.controls.seek(opening_us(hand.controls.run.setup))
    hand.turn(2)
    hand.key(pygame.K_g)
    hand.key(pygame.K_1, typed="1")
    assert hand.controls.playing
    told = play_on(hand)
    assert (told.result, told.of) == (91, 100)


def test_nothing_tells_until_it_is_answered(open_hand: Open):
    hand = quiet(open_hand)
    before = hand.words()
    assert any("91 sessions" in line for line in before)
    hand.move(hand.place("unit:0:0"))
    hand.key(pygame.K_g)
    choices = {str(choice.value) for choice in asked(hand).question.choices}
    telling = [line for line in hand.words() if re.search(r"\b(19|20|91)\b", line) and line not in choices]
    assert telling == ["20 s"]  # the end of the axis
    assert hand.words().count("? sessions") == 2
    assert "Sessions lost if lightning struck at this instant: ?" in hand.words()
    assert not {"Lost so far", "LOST SO FAR"} & set(hand.words())
    hand.key(pygame.K_ESCAPE)
    assert asked(hand) is None
    assert hand.controls.run.acts == ()
    assert set(before) <= {*hand.words(), *before}
    assert any("91 sessions" in line for line in hand.words())


def test_time_and_the_run_stand_still_until_it_is_answered(open_hand: Open):
    hand = quiet(open_hand)
    hand.key(pygame.K_g)
    for key in (
        pygame.K_SPACE,
        pygame.K_RIGHT,
        pygame.K_LEFT,
        pygame.K_n,
        pygame.K_u,
        pygame.K_s,
        pygame.K_w,
    ):
        hand.controls.notice = None
        hand.key(key)
        assert hand.controls.notice == "Answer first: 1 to 4, or a number. Esc takes the question back."
    hand.key(pygame.K_RIGHT, pygame.KMOD_LSHIFT)
    hand.key(pygame.K_END)
    hand.key(pygame.K_g)
    hand.drag("timeline", 0.2, 0.9)
    hand.wheel(3)
    hand.click("unit:0:0")
    hand.click("button:next")
    pos = hand.place("unit:0:0")
    pygame.event.post(pygame.Event(pygame.MOUSEBUTTONDOWN, pos=pos, button=3))
    hand.turn(60)
    assert hand.controls.menu is None
    assert (hand.controls.run.now_us, hand.controls.run.acts, hand.controls.playing) == (11 * S, (), False)
    assert isinstance(asked(hand), Asked)


def test_every_act_that_could_tell_is_refused():
    from visualizer.app.controls import Controls

    controls = Controls(Run(replace(load("article").setup, commands=())))
    controls.seek(11 * S)
    controls.do("predict")
    harmless = {"help", "focus_next", "focus_previous", "enter", "escape", "leave", "reduced_motion"}
    for act in sorted(ACTS.keys() - harmless):
        controls.do(act)
        assert controls.notice is not None, act
        assert controls.notice.startswith("Answer first"), act
    assert (controls.run.now_us, controls.run.acts) == (11 * S, ())


@pytest.mark.parametrize(("place", "right"), [(1, False), (2, True)])
def test_an_answer_strikes_plays_and_is_judged(open_hand: Open, place: int, right: bool):
    hand = quiet(open_hand)
    hand.key(pygame.K_g)
    choice = asked(hand).question.choices[place - 1]
    hand.key(getattr(pygame, f"K_{place}"), typed=str(place))
    run = hand.controls.run
    assert run.acts == (Strike(11 * S, "lightning", UnitTarget(0, 0)),)
    assert hand.controls.playing
    assert asked(hand) is None
    assert any("sessions" in line and "?" not in line for line in hand.words())
    found = play_on(hand)
    assert not hand.controls.playing
    assert run.now_us == 13 * S  # the takeover
    assert run.state.tiers[0].units[1].role is Role.ACTIVE
    lost = account(run.state).lost.sessions
    assert (found.guess, found.result, found.of) == (choice.value, 110 - lost, 110)
    assert (found.guess == found.result) is right
    assert found.why == "19 sessions lost: opened since the last sync at 9.0 s."
    assert bool(found.reply) is not right
    assert hand.controls.speed == 1.0
    hand.turn()
    assert f"of 110 {found.of_what}" in hand.words()
    hand.key(pygame.K_RETURN)
    assert asked(hand) is None
    hand.key(pygame.K_u)
    assert run.acts == ()


def test_a_number_of_ones_own(open_hand: Open):
    hand = quiet(open_hand)
    hand.key(pygame.K_g)
    hand.key(pygame.K_5, typed="5")
    for key, typed in ((pygame.K_9, "9"), (pygame.K_1, "1"), (pygame.K_7, "7")):
        hand.key(key, typed=typed)
    hand.key(pygame.K_RETURN)
    assert hand.controls.notice == "Type a number from 0 to 110, then Enter."
    hand.key(pygame.K_BACKSPACE)
    assert asked(hand).typed == "91"
    hand.key(pygame.K_RETURN)
    found = play_on(hand)
    assert (found.guess, found.result) == (91, 91)


def test_the_choices_by_arrows_and_by_mouse(open_hand: Open):
    hand = quiet(open_hand)
    hand.key(pygame.K_g)
    hand.key(pygame.K_RETURN)
    assert isinstance(asked(hand), Asked)
    hand.key(pygame.K_DOWN)
    hand.key(pygame.K_DOWN)
    assert asked(hand).chosen == 1
    hand.key(pygame.K_RETURN)
    assert play_on(hand).guess == 91
    hand.click("question:close")
    assert asked(hand) is None
    hand.key(pygame.K_u)
    hand.key(pygame.K_g)
    hand.click("question:3")
    found = play_on(hand)
    assert (found.guess, found.right, found.asked) == (0, 1, 2)
    hand.turn()
    assert "1 of 2 right" in hand.words()
    hand.key(pygame.K_w)  # from the result to why each was lost
    assert asked(hand) is None
    assert hand.controls.look(1280, 720).losses.total == 19


def test_the_target_is_what_is_pointed_at(open_hand: Open):
    hand = quiet(open_hand, "cross-connected", 13 * S)
    hand.move(hand.place("unit:0:0"))
    hand.key(pygame.K_g)
    assert "the primary firewall now" in asked(hand).question.text
    hand.key(pygame.K_ESCAPE)
    hand.move(hand.place("unit:1:1"))  # a standby: the pair that would lose most instead
    hand.key(pygame.K_g)
    assert "the primary application now" in asked(hand).question.text


def test_no_question_where_nobody_serves(open_hand: Open):
    hand = quiet(open_hand)
    hand.key(pygame.K_s)
    hand.key(pygame.K_g)
    assert asked(hand) is None
    assert hand.controls.notice == "Nobody serves now: there is nothing to predict. R repairs."


def test_another_act_on_the_way_drops_the_question(open_hand: Open):
    hand = quiet(open_hand)
    hand.key(pygame.K_g)
    hand.key(pygame.K_1, typed="1")
    hand.turn(5)
    hand.key(pygame.K_u)
    assert hand.controls.speed == 1.0
    hand.turn(50, frame_ns=200_000_000)
    assert asked(hand) is None
