"""A story in a file at the window: opened, edited beside it, saved, undone, compared, brought back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from app.hand import Hand
from app.test_reload import looks, write
from app.test_story import now_us, tenths, told
from app.told_scenario import told_text

from visualizer.app.journal import Journal
from visualizer.app.open import Opening
from visualizer.app.problems import ProblemsPanel
from visualizer.app.recovery import Recovery
from visualizer.app.story import Story
from visualizer.sim.command import UnitTarget

S = 1_000_000
Open = Callable[..., Hand]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(told_text())
    return path


def titles(hand: Hand) -> list[str]:
    return [chapter.title for chapter in hand.controls.feature(Story).chapters]


def test_a_told_file_opens_at_its_start_and_says_how_to_play_it(open_hand: Open, file: Path):
    hand = open_hand()
    hand.controls.feature(Opening).take(str(file))
    hand.turn()
    assert now_us(hand) == 0
    assert "Space tells its story." in hand.controls.notice
    assert told(hand).sentence == "Two units, one of them serves."
    hand.key(pygame.K_u)
    assert hand.window._look((1280, 720)).told is None


def test_other_words_are_read_at_the_same_beat_and_the_run_stays(open_hand: Open, file: Path):
    hand = open_hand(str(file))
    hand.controls.seek(4 * S)
    hand.controls.act("process", UnitTarget(0, 1))
    hand.controls.seek(2 * S)
    hand.key(pygame.K_SPACE)
    run = hand.controls.run
    write(file, told_text().replace("Two units, one of them serves.", "A pair."))
    looks(hand)
    assert hand.controls.run is run
    assert hand.controls.playing
    assert hand.controls.before is None
    assert hand.controls.notice == "Read again: mine.yaml."
    hand.controls.seek(2 * S)
    hand.turn()
    assert told(hand).sentence == "A pair."
    hand.key(pygame.K_u)
    hand.turn()
    assert run.acts == ()
    assert told(hand).sentence == "A pair.", "what is undone are acts, not words"


def test_another_number_moves_the_story_with_what_happens(open_hand: Open, file: Path):
    hand = open_hand(str(file))
    write(file, told_text().replace("misses: 3", "misses: 4"))
    looks(hand)
    assert hand.controls.before is not None
    hand.key(0, 0, ">")
    hand.key(0, 0, ">")
    assert now_us(hand) == 14 * S
    hand.key(pygame.K_b)
    assert hand.controls.feature(Story).chapters[2].at_us == 13 * S


def test_what_is_wrong_with_a_story_is_said_like_all_else(open_hand: Open, file: Path):
    hand = open_hand(str(file))
    write(file, told_text().replace("{open} sessions are open", "{opne} sessions are open"))
    looks(hand)
    [line] = hand.controls.feature(ProblemsPanel).shown.lines
    assert line.startswith("mine.yaml:")
    assert "open" in line
    assert told(hand).sentence == "Two units, one of them serves."
    write(file, told_text())
    looks(hand)
    assert hand.controls.feature(ProblemsPanel).shown is None


def test_an_author_hears_what_does_not_come_in_this_run(open_hand: Open, file: Path):
    hand = open_hand(str(file))
    write(file, told_text().replace("first takeover, say", "second takeover, say"))
    looks(hand, 3)
    assert "mine.yaml:" in hand.controls.notice
    assert "left out" in hand.controls.notice
    assert str(file.parent) not in hand.controls.notice


def test_a_saved_run_tells_its_story(open_hand: Open, file: Path, tmp_path: Path):
    hand = open_hand(str(file))
    hand.controls.seek(4 * S)
    hand.controls.act("lightning", UnitTarget(0, 0))
    hand.key(pygame.K_s, pygame.KMOD_LCTRL)
    [saved] = tmp_path.glob("*-run-1.yaml")
    hand.controls.feature(Opening).take(str(saved))
    hand.turn()
    assert told(hand).sentence == "Two units, one of them serves."
    assert hand.controls.feature(Story).chapters[1].at_us == 4 * S - 1
    hand.key(0, 0, ">")
    assert told(hand).sentence == "40 sessions are open."


def test_a_knob_leaves_the_story_in_place(open_hand: Open, file: Path):
    hand = open_hand(str(file))
    hand.controls.seek(13 * S)
    hand.turn()
    assert told(hand).sentence == "The standby serves."
    hand.drag("knob:misses", 0.1, 0.9)
    hand.turn()
    assert now_us(hand) == 13 * S
    assert told(hand).sentence == "19 are gone."
    assert titles(hand) == ["A working pair", "The strike", "What it cost"]
    hand.key(pygame.K_u)
    hand.turn()
    assert told(hand).sentence == "The standby serves."


def test_what_a_crash_left_behind_tells_its_story_again(open_hand: Open, file: Path):
    hand = open_hand(str(file))
    hand.controls.seek(4 * S)
    hand.controls.act("lightning", UnitTarget(0, 0))
    hand.turn()
    hand.controls.feature(Journal).close()  # without leaving: as if the process were gone
    other = open_hand()
    assert other.controls.feature(Recovery).is_open
    other.key(pygame.K_RETURN)
    other.turn()
    assert now_us(other) == 4 * S
    assert other.controls.feature(Story).chapters[1].at_us == 4 * S - 1


def side_by_side(file: Path) -> Path:
    """The same, told of several designs."""
    file.write_text(told_text("cross-connected", compare="copying"))
    return file


def test_a_story_of_several_designs_opens_with_them_and_is_told_in_the_first(open_hand: Open, file: Path):
    hand = open_hand()
    before = hand.controls.run
    hand.controls.feature(Opening).take(str(side_by_side(file)))
    hand.turn()
    assert len(hand.controls.runs) == 3
    assert told(hand).chapter == "A working pair"
    hand.key(pygame.K_SPACE)
    tenths(hand, 20)
    assert now_us(hand) > 0
    hand.key(pygame.K_v)
    hand.turn()
    assert not hand.controls.others
    assert told(hand).chapter == "A working pair"
    for _ in range(2):
        hand.key(pygame.K_u)
    assert hand.controls.run is before


def test_designs_that_the_story_is_not_told_of_go_without(open_hand: Open, file: Path):
    hand = open_hand(str(file))
    hand.key(pygame.K_v)
    hand.key(pygame.K_RETURN)
    assert hand.controls.others
    assert hand.window._look((1280, 720)).told is None
    hand.key(pygame.K_a)
    assert hand.controls.notice == "No story comes with this."


def test_a_long_run_is_read_ahead_while_the_window_answers(open_hand: Open, file: Path):
    """Nothing is passed over because it was not known yet, and no turn takes long."""
    long = told_text().replace("duration: 20s", "duration: 8h")
    file.write_text(long)
    hand = open_hand()
    hand.controls.feature(Opening).take(str(file))
    hand.key(pygame.K_SPACE)
    run = hand.controls.run
    waited = 0
    while run.played_us < run.setup.duration_us:
        assert now_us(hand) == 0
        hand.turn()
        waited += 1
    assert waited > 2
    hand.turn()
    assert told(hand).sentence == "Two units, one of them serves."
    tenths(hand, 12)
    assert now_us(hand) > 0
