"""Room mode and chapters in the real window, worked like a presenter's clicker."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pygame
import pytest
from app.hand import Hand
from scene.test_layout import box_of, overlap, texts

from visualizer.app.room import watchable
from visualizer.files import shipped
from visualizer.scenario import load
from visualizer.scene.frame import FrameSource
from visualizer.scene.look import SPEEDS, Look
from visualizer.scene.primitives import Scene
from visualizer.scene.view import view
from visualizer.sim.setup import US_PER_S as S
from visualizer.story.chapters import chapters
from visualizer.timeline.run import Run

Open = Callable[..., Hand]
SHIPPED = sorted(path.stem for path in shipped("scenarios").glob("*.yaml"))
STARTS = [0, 10_500_000, 11_500_000, 12_625_000, 14_500_000]


def until_paused(hand: Hand) -> int:
    for _ in range(3000):
        if not hand.controls.playing:
            break
        hand.turn(frame_ns=80_000_000)
    assert not hand.controls.playing
    return hand.controls.run.now_us


def test_next_and_previous_chapter_pause_where_they_begin(open_hand: Open):
    hand = open_hand()
    for start_us in STARTS[1:]:
        hand.key(0, 0, ">")
        assert (hand.controls.run.now_us, hand.controls.playing) == (start_us, False)
    hand.key(0, 0, ">")
    assert hand.controls.notice == "This is the last chapter."
    for start_us in (*reversed(STARTS[:-1]), 0):
        hand.key(0, 0, "<")
        assert hand.controls.run.now_us == start_us


def test_backspace_goes_back_to_where_the_chapter_began(open_hand: Open):
    hand = open_hand()
    hand.controls.seek(12 * S)
    hand.key(pygame.K_SPACE)
    hand.turn(5)
    hand.key(pygame.K_BACKSPACE)
    assert (hand.controls.run.now_us, hand.controls.playing) == (11_500_000, False)


def test_the_header_names_the_chapter_and_its_mark_is_a_way_there(open_hand: Open):
    hand = open_hand()
    assert "1 of 5 · A working pair" in hand.words()
    hand.click("chapter:2")
    assert hand.controls.run.now_us == 11_500_000
    assert "3 of 5 · Silence" in hand.words()


def test_what_somebody_did_has_its_chapters(open_hand: Open):
    hand = open_hand("price-of-sync")
    assert not [word for word in hand.words() if word.startswith("1 of")]
    hand.controls.seek(5 * S)
    hand.turn()
    hand.click("unit:0:0")
    hand.turn()
    hand.controls.playing = False
    assert [word for word in hand.words() if word.endswith("· Lightning")]


def test_one_click_and_the_next_thing_happens(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_l)
    for stop_us in STARTS[1:]:
        hand.key(pygame.K_PAGEDOWN)
        assert hand.controls.playing
        assert until_paused(hand) == stop_us
    hand.key(pygame.K_PAGEDOWN)
    assert until_paused(hand) == 20 * S
    assert hand.controls.run.trace_sha256() == Run(load("article").setup).trace_sha256()


def test_a_click_while_it_plays_goes_on_to_the_next_chapter(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_l)
    hand.key(pygame.K_PAGEDOWN)
    hand.turn(3)
    hand.key(pygame.K_PAGEDOWN)
    assert hand.controls.run.now_us >= STARTS[1]
    assert hand.controls.playing
    assert until_paused(hand) == STARTS[2]


def test_a_click_back_shows_the_last_thing_once_more(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_l)
    hand.controls.seek(STARTS[2])
    hand.key(pygame.K_PAGEUP)
    assert STARTS[1] <= hand.controls.run.now_us < STARTS[1] + 100_000
    assert until_paused(hand) == STARTS[2]
    hand.controls.seek(STARTS[2] + 300_000)
    hand.key(pygame.K_PAGEUP)
    assert STARTS[2] <= hand.controls.run.now_us < STARTS[2] + 100_000


def test_the_keys_of_a_clicker_mean_what_they_did_outside_the_room(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_PAGEDOWN)
    assert not hand.controls.playing
    assert hand.controls.run.now_us != STARTS[1]
    hand.key(0, 0, ".")
    assert not hand.window._look((1280, 720)).blank


def test_start_blank_and_leave(open_hand: Open):
    hand = open_hand(theme="night")
    hand.controls.seek(15 * S)
    hand.key(pygame.K_l)
    assert hand.window.picture.theme.name == "room"
    hand.key(pygame.K_F5)
    assert hand.controls.playing
    assert hand.controls.run.now_us < 100_000

    hand.key(0, 0, ".")
    here_us = hand.controls.run.now_us
    scene = hand.window.picture.scene
    assert (len(scene.still), scene.moving, dict(scene.targets)) == (1, (), {})
    shown = pygame.surfarray.array3d(pygame.display.get_surface())
    assert (shown < 40).all()
    hand.key(pygame.K_s)
    hand.turn(10)
    assert (hand.controls.run.now_us, hand.controls.run.acts) == (here_us, ())
    hand.key(0, 0, ".")
    assert hand.window.picture.scene.still
    hand.turn(5)
    assert hand.controls.run.now_us > here_us

    hand.key(0, 0, ".")
    hand.key(pygame.K_ESCAPE)
    assert hand.window.picture.scene.still
    assert hand.window.picture.theme.name == "room"
    hand.key(pygame.K_ESCAPE)
    assert (hand.window.picture.theme.name, hand.controls.leaving) == ("night", False)
    assert hand.controls.speed == 1.0
    hand.key(pygame.K_ESCAPE)
    assert hand.controls.leaving


def test_in_the_room_one_can_still_strike_pause_and_open_a_menu(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_l)
    hand.controls.seek(5 * S)
    hand.turn()
    hand.click("unit:0:0")
    assert [act.fault for act in hand.controls.run.acts] == ["lightning"]
    hand.key(pygame.K_z, pygame.KMOD_LCTRL)
    hand.key(pygame.K_s)
    assert [act.fault for act in hand.controls.run.acts] == ["lightning"]
    hand.controls.playing = False
    hand.key(pygame.K_SPACE)
    assert hand.controls.playing
    hand.controls.focus = "unit:0:1"
    hand.key(pygame.K_RETURN, pygame.KMOD_LSHIFT)
    assert hand.controls.menu
    hand.key(pygame.K_ESCAPE)
    assert not hand.controls.menu
    assert hand.window.picture.theme.name == "room"


def test_the_room_hides_what_is_for_one_person(open_hand: Open):
    hand = open_hand()
    before = set(hand.words())
    hand.key(pygame.K_l)
    hand.turn(60, frame_ns=200_000_000)
    after = set(hand.words())
    assert {"TURN THE KNOBS", "CLOCKS", "Reset", "Space"} <= before
    assert not {"TURN THE KNOBS", "CLOCKS", "Reset", "Space"} & after
    assert not [word for word in after if word.startswith("tick ") and "ms" in word]
    assert {"STATE LOST, BY CAUSE", "LOST SO FAR"} <= after
    assert not [name for name in hand.window.picture.scene.targets if name.startswith("button")]
    hand.key(pygame.K_t)
    assert hand.controls.settings.theme == "night"


def room_scenes(name: str, size: tuple[int, int]) -> list[Scene]:
    run = Run(load(name).setup)
    source = FrameSource(run)
    run.finish()
    instants = [chapter.at_us for chapter in chapters(run.events, run.setup)]
    scenes = []
    for at_us in [*instants, *(at_us + S for at_us in instants), run.setup.duration_us]:
        run.seek(at_us)
        scenes.append(view(source.frame(), Look(*size, room=True, playing=True)))
    return scenes


@pytest.mark.parametrize("name", SHIPPED)
def test_no_letter_is_under_20_pixels_at_1080_lines(name: str):
    for scene in room_scenes(name, (1920, 1080)):
        scale = 1080 / scene.height
        for text in texts(scene):
            assert text.size * scale >= 20, text
        for (one, box), (other, other_box) in combinations(
            [(text.content, box_of(text)) for text in texts(scene)], 2
        ):
            assert not overlap(box, other_box), (one, other)


@pytest.mark.parametrize("length_s", [0.3, 1, 2, 4, 10, 60, 600, 7000, 10**6])
def test_a_chapter_is_played_so_that_one_can_follow(length_s: float):
    speed = watchable(round(length_s * S))
    assert speed in SPEEDS
    assert length_s / speed >= 4 or speed == SPEEDS[0]
    assert length_s / speed <= 40 or speed == SPEEDS[-1]
