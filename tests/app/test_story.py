"""A scenario that tells a story, at the window: beats, holds, speeds, questions, chapters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pygame
import pytest
from app.hand import Hand

from visualizer.app.open import Opening
from visualizer.app.story import Story
from visualizer.opening import Opened, open_scenario
from visualizer.scene.asked import Answered, Asked
from visualizer.scene.told import Camera, Told
from visualizer.script.script import Anchor, Ask, AskChoice, Beat, Script, ScriptChapter
from visualizer.sim.command import UnitTarget
from visualizer.timeline.run import Run

S = 1_000_000
TENTH_NS = 100_000_000
Open = Callable[..., Hand]
PRIMARY = UnitTarget(0, 0)
TAKEOVER_US = 13 * S

OPENING = Beat(Anchor("start"), say="Two units.", hold_us=2 * S, speed=4000)
LOOK_CLOSER = Beat(
    Anchor("time", time_us=8 * S), say="Watch the primary.", hold_us=0, focus=PRIMARY, zoom=180
)
STRIKE = Beat(Anchor("time", time_us=10_900_000), say="Lightning is near.", hold_us=S, speed=500)
SERVES = Beat(Anchor("takeover"), say="The standby serves.", hold_us=S, speed=1000)
HOW_MANY = Ask(
    question="How many sessions will be lost?",
    answer="lost",
    until=Anchor("takeover"),
    because="Lost: {lost}.",
    choices=(AskChoice("right", "the new ones", ""), AskChoice(0, "none", "Some were not copied yet.")),
    most="open",
    of_what="open",
)


def script(*chapters: tuple[Beat, ...], compare: str | None = None) -> Script:
    titles = ("A working pair", "The strike", "What it cost")
    told = tuple(ScriptChapter(title, beats) for title, beats in zip(titles, chapters, strict=False))
    return Script(told, compare)


PLAIN = script((OPENING, LOOK_CLOSER), (STRIKE,), (SERVES,))
ASKING = script((OPENING, LOOK_CLOSER), (replace(STRIKE, ask=HOW_MANY),), (SERVES,))


def told_document(story: Script, scenario: str = "article", **setup: object) -> Opened:
    document = open_scenario(scenario)
    return replace(document, script=story, setup=replace(document.setup, **setup))


def telling(open_hand: Open, story: Script = PLAIN, **setup: object) -> Hand:
    document = told_document(story, **setup)
    return open_hand(document=document, run=Run(document.setup))


def told(hand: Hand) -> Told:
    found = hand.window._look((1280, 720)).told
    assert found is not None
    return found


def now_us(hand: Hand) -> int:
    return hand.controls.run.now_us


def tenths(hand: Hand, count: int) -> None:
    hand.turn(count, frame_ns=TENTH_NS)


def until_us(hand: Hand, at_us: int) -> None:
    """Let it play to an instant."""
    for _ in range(2000):
        if now_us(hand) >= at_us or asked(hand):
            break
        hand.turn(frame_ns=TENTH_NS)
    assert now_us(hand) >= at_us


def asked(hand: Hand) -> Asked | Answered | None:
    return hand.controls.look(1280, 720).asked


def test_a_beat_is_reached_exactly_holds_and_goes_on_at_its_speed(open_hand: Open):
    hand = telling(open_hand)
    assert told(hand).sentence == "Two units."
    assert hand.controls.speed == 4.0
    hand.key(pygame.K_SPACE)
    tenths(hand, 19)
    assert (now_us(hand), hand.controls.playing) == (0, True)
    tenths(hand, 2)
    assert 0 < now_us(hand) <= 800_000
    tenths(hand, 22)
    assert told(hand).sentence == "Watch the primary."
    until_us(hand, 10_900_000)
    assert now_us(hand) == 10_900_000
    assert (told(hand).sentence, hand.controls.speed) == ("Lightning is near.", 0.5)
    tenths(hand, 9)
    assert now_us(hand) == 10_900_000
    tenths(hand, 2)
    assert 10_900_000 < now_us(hand) <= 11_000_000
    until_us(hand, TAKEOVER_US)
    assert now_us(hand) == TAKEOVER_US
    assert "The standby serves." in hand.words()
    while hand.controls.playing:
        tenths(hand, 1)
    assert now_us(hand) == 20 * S
    assert hand.controls.run.trace_sha256() == Run(open_scenario("article").setup).trace_sha256()


def test_space_ends_a_hold_at_once_and_then_pauses(open_hand: Open):
    hand = telling(open_hand)
    hand.key(pygame.K_SPACE)
    tenths(hand, 3)
    hand.key(pygame.K_SPACE)
    tenths(hand, 1)
    assert now_us(hand) > 0
    assert hand.controls.playing
    hand.click("button:play")
    assert not hand.controls.playing


def test_a_hold_does_not_run_out_under_a_list_and_not_in_a_suspended_minute(open_hand: Open):
    hand = telling(open_hand)
    hand.key(pygame.K_SPACE)
    hand.key(pygame.K_o, typed="o")
    tenths(hand, 40)
    hand.key(pygame.K_ESCAPE)
    hand.turn(frame_ns=60 * 10**9)
    tenths(hand, 15)
    assert now_us(hand) == 0
    tenths(hand, 10)
    assert now_us(hand) > 0


def test_a_speed_of_ones_own_stays_until_the_next_beat(open_hand: Open):
    hand = telling(open_hand)
    hand.key(pygame.K_SPACE)
    hand.key(0, 0, "[")
    tenths(hand, 40)
    assert 0 < now_us(hand) < 8 * S
    assert hand.controls.speed == 2.0
    until_us(hand, 10_900_000)
    assert hand.controls.speed == 0.5


def test_scrubbed_or_paused_anywhere_the_camera_has_settled(open_hand: Open):
    hand = telling(open_hand)
    hand.controls.seek(9 * S)
    hand.turn()
    assert told(hand).camera == Camera(PRIMARY, 180)
    assert told(hand).sentence == "Watch the primary."
    assert hand.controls.speed == 4.0
    hand.controls.seek(4 * S)
    hand.turn()
    assert told(hand).camera == Camera()
    hand.key(pygame.K_SPACE)
    tenths(hand, 12)
    assert 0 < told(hand).camera.share < 1
    hand.key(pygame.K_SPACE)
    hand.turn()
    assert told(hand).camera == Camera(PRIMARY, 180)


def test_with_less_motion_the_camera_jumps(open_hand: Open):
    hand = telling(open_hand)
    hand.key(pygame.K_m, pygame.KMOD_LSHIFT)
    hand.controls.seek(7_900_000)
    hand.key(pygame.K_SPACE)
    shares = set()
    for _ in range(20):
        hand.turn()
        shares.add(told(hand).camera.share)
    assert shares == {1.0}
    assert told(hand).camera.spot == PRIMARY


def test_a_beat_that_somebody_jumped_to_is_told_when_it_is_played(open_hand: Open):
    hand = telling(open_hand)
    hand.controls.seek(10_900_000)
    tenths(hand, 20)
    assert told(hand).sentence == "Lightning is near."
    hand.key(pygame.K_SPACE)
    tenths(hand, 8)
    assert now_us(hand) == 10_900_000
    tenths(hand, 4)
    assert now_us(hand) > 10_900_000


def test_the_last_beat_at_the_end_of_the_run_is_told_too(open_hand: Open):
    last = Beat(Anchor("end"), say="That is all.", hold_us=S)
    hand = telling(open_hand, script((OPENING,), (last,)))
    hand.controls.seek(19_900_000)
    hand.key(pygame.K_SPACE)
    tenths(hand, 5)
    assert (now_us(hand), hand.controls.playing) == (20 * S, True)
    assert told(hand).sentence == "That is all."
    tenths(hand, 8)
    assert not hand.controls.playing
    hand.key(pygame.K_SPACE)
    tenths(hand, 1)
    assert now_us(hand) == 0


def test_one_can_turn_the_story_off_and_explore(open_hand: Open):
    hand = telling(open_hand)
    hand.key(pygame.K_a, typed="a")
    assert hand.window._look((1280, 720)).told is None
    assert hand.controls.speed == 1.0
    assert "1 of 5 · A working pair" in hand.words()
    hand.key(pygame.K_SPACE)
    tenths(hand, 5)
    assert now_us(hand) > 400_000
    hand.controls.seek(9 * S)
    hand.key(pygame.K_a, typed="a")
    assert told(hand).sentence == "Watch the primary."
    assert any(word.endswith("1 of 3 · A working pair") for word in hand.words())


def test_without_a_story_the_key_says_so(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_a, typed="a")
    assert hand.controls.notice == "No story comes with this."
    assert hand.controls.feature(Story).on


def test_what_somebody_does_changes_what_is_told(open_hand: Open):
    hand = telling(open_hand)
    assert [chapter.title for chapter in hand.controls.feature(Story).chapters][-1] == "What it cost"
    hand.controls.seek(6 * S)
    hand.controls.act("lightning", UnitTarget(0, 1))
    hand.turn()
    titles = [chapter.title for chapter in hand.controls.feature(Story).chapters]
    assert titles == ["A working pair", "The strike"]  # nobody is left to take over
    assert told(hand).sentence == "Two units."
    hand.key(pygame.K_u)
    assert len(hand.controls.feature(Story).chapters) == 3


def test_a_strike_during_a_hold_goes_on_with_the_hold(open_hand: Open):
    hand = telling(open_hand)
    hand.controls.seek(10_900_000)
    hand.key(pygame.K_SPACE)
    tenths(hand, 5)
    hand.key(pygame.K_s)
    assert len(hand.controls.run.acts) == 1
    here_us = now_us(hand)
    tenths(hand, 3)
    assert now_us(hand) == here_us
    tenths(hand, 5)
    assert now_us(hand) > here_us


def test_nobody_is_invited_over_a_story(open_hand: Open):
    hand = telling(open_hand, commands=())
    hand.turn(30)
    assert "click to strike" not in hand.words()
    hand.key(pygame.K_s)
    assert hand.controls.speed == 4.0


def test_the_chapters_are_those_of_the_author(open_hand: Open):
    hand = telling(open_hand)
    for start_us in (10_900_000, TAKEOVER_US):
        hand.key(0, 0, ">")
        assert (now_us(hand), hand.controls.playing) == (start_us, False)
    hand.key(0, 0, ">")
    assert hand.controls.notice == "This is the last chapter."
    hand.key(0, 0, "<")
    assert now_us(hand) == 10_900_000
    hand.click("chapter:2")
    assert now_us(hand) == TAKEOVER_US
    hand.controls.seek(15 * S)
    hand.key(pygame.K_BACKSPACE)
    assert now_us(hand) == TAKEOVER_US


def test_a_clicker_goes_from_chapter_to_chapter(open_hand: Open):
    hand = telling(open_hand)
    hand.key(pygame.K_l)
    for start_us in (10_900_000, TAKEOVER_US, 20 * S):
        hand.key(pygame.K_PAGEDOWN)
        assert hand.controls.playing
        for _ in range(500):
            if hand.controls.playing:
                tenths(hand, 1)
        assert now_us(hand) == start_us
    hand.controls.seek(TAKEOVER_US)
    hand.key(pygame.K_PAGEUP)
    assert (now_us(hand), hand.controls.speed) == (10_900_000, 0.5)


def to_the_question(hand: Hand) -> Asked:
    hand.controls.seek(10_900_000)
    hand.key(pygame.K_SPACE)
    tenths(hand, 12)
    found = asked(hand)
    assert isinstance(found, Asked)
    assert now_us(hand) == 10_900_000
    return found


def to_the_answer(hand: Hand) -> Answered:
    for _ in range(200):
        found = asked(hand)
        if isinstance(found, Answered):
            return found
        tenths(hand, 1)
    raise AssertionError("nothing came of it")


def test_a_question_of_the_story_waits_is_judged_and_the_story_goes_on(open_hand: Open):
    hand = telling(open_hand, ASKING)
    found = to_the_question(hand)
    assert found.question.text == "How many sessions will be lost?"
    hand.key(pygame.K_RIGHT)
    assert hand.controls.notice == "Answer first: 1 to 2, or a number. Esc goes on without an answer."
    tenths(hand, 30)
    assert now_us(hand) == 10_900_000
    place = next(n for n, choice in enumerate(found.question.choices) if choice.value == 0)
    hand.key(getattr(pygame, f"K_{place + 1}"), typed=str(place + 1))
    assert hand.controls.playing
    told_of_it = to_the_answer(hand)
    assert now_us(hand) == TAKEOVER_US
    lost = sum(len(loss.sessions) for loss in hand.controls.run.state.losses)
    assert (told_of_it.guess, told_of_it.result, told_of_it.belief) == (0, lost, "the new ones")
    assert told_of_it.reply == "Some were not copied yet."
    tenths(hand, 30)
    assert now_us(hand) == TAKEOVER_US
    assert told(hand).sentence != "The standby serves."  # the answer goes before the next beat
    hand.key(pygame.K_SPACE)
    tenths(hand, 2)
    assert told(hand).sentence == "The standby serves."
    tenths(hand, 12)
    assert now_us(hand) > TAKEOVER_US


@pytest.mark.parametrize("key", [pygame.K_ESCAPE, pygame.K_PAGEDOWN])
def test_unanswered_the_story_goes_on_and_says_what_came_of_it(open_hand: Open, key: int):
    """Esc at the desk, or the clicker before a class."""
    hand = telling(open_hand, ASKING)
    hand.key(pygame.K_l)
    to_the_question(hand)
    hand.key(key)
    assert asked(hand) is None
    found = to_the_answer(hand)
    assert (found.guess, found.asked) == (None, 0)
    hand.key(pygame.K_RETURN)
    assert asked(hand) is None
    assert hand.controls.playing


def test_words_can_be_answers(open_hand: Open):
    yes_no = replace(HOW_MANY, counted=False)
    hand = telling(open_hand, script((OPENING,), (replace(STRIKE, ask=yes_no),), (SERVES,)))
    to_the_question(hand)
    hand.key(pygame.K_3, typed="3")
    assert asked(hand).typed is None
    for _ in range(3):
        hand.key(pygame.K_DOWN)
    assert asked(hand).chosen == 0
    hand.key(pygame.K_SPACE)
    assert hand.controls.notice == "Answer first: 1 to 2. Esc goes on without an answer."
    hand.key(pygame.K_RETURN)
    assert not to_the_answer(hand).counted


def test_a_question_of_ones_own_works_in_a_story(open_hand: Open):
    hand = telling(open_hand)
    hand.controls.seek(9 * S)
    hand.key(pygame.K_g)
    assert isinstance(asked(hand), Asked)
    hand.key(pygame.K_1, typed="1")
    found = to_the_answer(hand)
    assert found.guess is not None
    assert not hand.controls.playing
    hand.key(pygame.K_RETURN)
    hand.turn()
    assert told(hand).sentence


def test_a_story_and_its_question_hide_what_comes(open_hand: Open):
    """The run is known to its end; nothing of that may be on the timeline before it comes."""
    hand = telling(open_hand, ASKING)
    hand.controls.seek(10_900_000)
    hand.turn()
    coming = {"no service", "takeover due 13 s", "no second copy: all of them"}
    assert not coming & set(hand.words())
    to_the_question(hand)
    assert not coming & set(hand.words())
    assert not [name for name in hand.window.picture.scene.targets if name.startswith("chapter")]
    hand.key(pygame.K_ESCAPE)
    hand.key(pygame.K_a)
    assert coming <= set(hand.words())


def test_who_jumps_on_does_not_wait_for_the_answer(open_hand: Open):
    hand = telling(open_hand, ASKING)
    to_the_question(hand)
    hand.key(pygame.K_ESCAPE)
    hand.controls.seek(15 * S)
    tenths(hand, 3)
    assert asked(hand) is None
    assert now_us(hand) > 15 * S


def test_the_speed_of_a_story_goes_with_it(open_hand: Open):
    hand = telling(open_hand)
    hand.controls.seek(11 * S)
    assert hand.controls.speed == 0.5
    hand.key(pygame.K_l)
    hand.key(pygame.K_l)
    assert hand.controls.speed == 0.5
    hand.controls.feature(Opening).take("parallel")
    assert hand.controls.speed == 1.0
