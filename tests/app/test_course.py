"""The course at the window: the lessons on the list, and from one to the next with the keys of a clicker."""

from __future__ import annotations

import time
from collections.abc import Callable

import pygame
import pytest
from app.hand import Hand

from visualizer.app.beat import Beat
from visualizer.app.course import Course
from visualizer.app.open import Opening
from visualizer.app.room import Room
from visualizer.app.story import Story
from visualizer.course import place_of, places, taught
from visualizer.language import speaking
from visualizer.language.catalogues import language
from visualizer.opening import Opened, open_scenario, open_text
from visualizer.scenario import lesson_names
from visualizer.scene.asked import Asked
from visualizer.scene.panels import DialogRow
from visualizer.timeline.run import Run

Open = Callable[..., Hand]
TENTH_NS = 100_000_000
NAMES = lesson_names()
LAST = len(NAMES)


@pytest.fixture
def sit_in(open_hand: Open) -> Callable[..., Hand]:
    """Opens the window on a lesson, by its number."""

    def sit(number: int, **options: object) -> Hand:
        document = open_scenario(NAMES[number - 1])
        return open_hand(document=document, run=Run(document.setup), **options)

    return sit


def rows(hand: Hand) -> tuple[DialogRow, ...]:
    dialog = hand.controls.look(1280, 720).dialog
    assert dialog is not None
    return dialog.rows


def number(hand: Hand) -> int:
    """Which lesson is on show; 0 for none."""
    here = hand.controls.feature(Opening).lessons.place_of(hand.controls.document)
    return here.number if here else 0


def told_out(hand: Hand) -> None:
    """Jump to the end and hear what is told there; every question goes unanswered."""
    hand.key(pygame.K_END)
    hand.key(pygame.K_SPACE)
    for _ in range(600):
        if not hand.controls.playing and hand.controls.feature(Story).over:
            break
        if isinstance(hand.controls.look(1280, 720).asked, Asked):
            hand.key(pygame.K_ESCAPE)
        hand.turn(frame_ns=TENTH_NS)
    hand.turn()
    assert hand.controls.run.now_us == hand.controls.run.setup.duration_us


def next_line(hand: Hand) -> str | None:
    return hand.controls.look(1280, 720).notice


def test_the_lessons_come_first_in_their_order(sit_in: Callable[..., Hand]):
    hand = sit_in(3)
    hand.key(pygame.K_o, 0, "o")
    listed = rows(hand)
    titles = [open_scenario(name).setup.title for name in NAMES]
    assert [row.title for row in listed[:LAST]] == [f"{k} · {title}" for k, title in enumerate(titles, 1)]
    assert not any(row.icon == "lesson" for row in listed[LAST:])
    assert [row.title for row in listed if "on show" in row.value] == [f"3 · {titles[2]}"]
    assert hand.controls.look(1280, 720).dialog.chosen == 2
    hand.key(pygame.K_DOWN)
    hand.key(pygame.K_RETURN)
    assert number(hand) == 4
    assert (hand.controls.run.now_us, hand.controls.playing) == (0, False)


def test_each_says_how_long_it_takes_as_soon_as_that_is_known(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_o, 0, "o")
    assert number(hand) == 0
    for _ in range(4000):
        hand.turn()
        if all(row.value for row in rows(hand)[:LAST]):
            break
        time.sleep(0.01)
    minutes = [taught(place).minutes for place in places()]
    assert [row.value for row in rows(hand)[:LAST]] == [f"{count} min" for count in minutes]
    hand.key(pygame.K_ESCAPE)


def test_a_list_of_lessons_speaks_the_language_of_the_program(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_o, 0, "o")
    english = [row.title for row in rows(hand)[:LAST]]
    with speaking(language("de")):
        german = [row.title for row in rows(hand)[:LAST]]
    assert german != english
    assert all(title.startswith(f"{k} · ") for k, title in enumerate(german, 1))


def test_what_the_course_has_is_not_listed_as_opened_lately(sit_in: Callable[..., Hand]):
    hand = sit_in(1)
    hand.key(pygame.K_o, 0, "o")
    assert len([row for row in rows(hand) if row.title.endswith("The pair")]) == 1


@pytest.mark.parametrize("room", [False, True], ids=["desk", "room"])
@pytest.mark.parametrize("key", [(pygame.K_PAGEDOWN, 0, ""), (0, 0, ">")], ids=["clicker", "sign"])
def test_at_the_end_next_is_the_next_lesson(
    sit_in: Callable[..., Hand], key: tuple[int, int, str], room: bool
):
    hand = sit_in(3)
    if room:
        hand.key(pygame.K_l, 0, "l")
    told_out(hand)
    title = open_scenario(NAMES[3]).setup.title
    line = f"Page Down: on to lesson 4, {title}."
    assert next_line(hand) == line
    assert line in hand.words()
    hand.key(*key)
    assert number(hand) == 4
    assert (hand.controls.run.now_us, hand.controls.playing) == (0, False)
    assert hand.controls.feature(Room).on == room
    hand.key(pygame.K_u, 0, "u")
    assert number(hand) == 3


def test_the_line_stays_while_there_is_nothing_else_to_say(sit_in: Callable[..., Hand]):
    hand = sit_in(3)
    told_out(hand)
    hand.turn(300, frame_ns=TENTH_NS)
    assert (next_line(hand) or "").startswith("Page Down")
    hand.key(pygame.K_LEFT)
    hand.turn(200, frame_ns=TENTH_NS)
    assert next_line(hand) is None
    hand.key(pygame.K_END)
    assert next_line(hand) is None or not next_line(hand).startswith("Page Down")


def test_before_its_end_next_is_the_next_event(sit_in: Callable[..., Hand]):
    hand = sit_in(3)
    hand.key(pygame.K_PAGEDOWN)
    assert number(hand) == 3
    assert hand.controls.run.now_us > 0
    hand.key(pygame.K_PAGEUP)
    hand.key(pygame.K_END)  # what is told at the end has not been told
    hand.key(pygame.K_PAGEDOWN)
    assert number(hand) == 3


@pytest.mark.parametrize("room", [False, True], ids=["desk", "room"])
def test_at_the_very_start_previous_is_the_lesson_before(sit_in: Callable[..., Hand], room: bool):
    hand = sit_in(3)
    if room:
        hand.key(pygame.K_l, 0, "l")
    hand.key(pygame.K_PAGEUP)
    assert number(hand) == 2
    assert (hand.controls.run.now_us, hand.controls.playing) == (0, False)
    hand.key(0, 0, "<")
    assert number(hand) == 1
    hand.key(pygame.K_PAGEUP)
    assert number(hand) == 1  # there is none before it


@pytest.mark.parametrize("room", [False, True], ids=["desk", "room"])
def test_after_the_last_lesson_comes_the_challenge(sit_in: Callable[..., Hand], room: bool):
    hand = sit_in(LAST)
    if room:
        hand.key(pygame.K_l, 0, "l")
    told_out(hand)
    assert next_line(hand) == "That was the last lesson. Page Down or I: beat it, and lose nothing."
    hand.key(pygame.K_PAGEDOWN)
    assert number(hand) == LAST
    assert hand.controls.look(1280, 720).beat is not None or hand.controls.others
    assert hand.controls.feature(Beat)._open


def test_a_lesson_opened_with_the_story_off_ends_where_its_run_does(sit_in: Callable[..., Hand]):
    hand = sit_in(3)
    hand.key(pygame.K_a, 0, "a")
    hand.key(pygame.K_END)
    hand.key(pygame.K_PAGEDOWN)
    assert number(hand) == 4


def test_room_theme_speed_and_story_stay_from_lesson_to_lesson(sit_in: Callable[..., Hand]):
    hand = sit_in(3, theme="light")
    hand.key(pygame.K_a, 0, "a")
    hand.key(0, 0, "]")
    speed = hand.controls.speed
    assert speed != 1.0
    hand.key(pygame.K_END)
    hand.key(pygame.K_PAGEDOWN)
    hand.turn(3)
    assert number(hand) == 4
    assert (hand.controls.theme, hand.controls.speed) == ("light", speed)
    assert not hand.controls.feature(Story).on
    hand.key(pygame.K_l, 0, "l")
    hand.key(pygame.K_END)
    hand.key(pygame.K_PAGEDOWN)
    hand.turn(3)
    assert number(hand) == 5
    assert (hand.controls.feature(Room).on, hand.controls.theme) == (True, "room")


def test_what_is_no_lesson_has_no_next_one(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_END)
    hand.key(pygame.K_PAGEDOWN)
    assert hand.controls.document.name == "article"
    assert hand.controls.feature(Course).context is None


def test_a_copy_of_a_lesson_is_none_of_the_course(open_hand: Open):
    lesson = taught(place_of("3")).opened
    copy: Opened = open_text(lesson.text, None, (), (), "copy")
    hand = open_hand(document=copy, run=Run(copy.setup))
    assert number(hand) == 0
    hand.key(pygame.K_PAGEUP)
    assert hand.controls.document.name == "copy"


def test_a_question_has_its_keys_first(sit_in: Callable[..., Hand]):
    hand = sit_in(3)
    hand.key(pygame.K_SPACE)
    for _ in range(3000):
        if isinstance(hand.controls.look(1280, 720).asked, Asked):
            break
        hand.turn(frame_ns=TENTH_NS)
    assert hand.controls.feature(Course).context is None
    hand.key(pygame.K_PAGEDOWN)
    assert number(hand) == 3


def test_turning_a_knob_does_not_leave_the_course(sit_in: Callable[..., Hand]):
    hand = sit_in(3)
    hand.key(pygame.K_k, 0, "k")
    hand.key(pygame.K_RIGHT)
    hand.turn(20)
    assert hand.controls.document.overrides
    assert number(hand) == 3
