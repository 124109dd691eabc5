"""Somebody sits down, reads nothing, and strikes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pygame
import pytest
from app.hand import Hand

from visualizer.opening import open_scenario
from visualizer.scene.invitation import PULSES
from visualizer.scene.primitives import Icon, Rectangle, Text
from visualizer.story.caption import opening_us
from visualizer.timeline.run import Run

Open = Callable[..., Hand]


def opened(open_hand: Open, scenario: str = "article", **options: object) -> Hand:
    """The window as the command line opens it."""
    run = Run(open_scenario(scenario).setup)
    run.seek(opening_us(run.setup))
    return open_hand(scenario, run=run, **options)


def rings(hand: Hand) -> list[Rectangle]:
    found = [item for item in hand.window.picture.scene.moving if isinstance(item, Rectangle)]
    return [item for item in found if item.stroke == "bolt_glow" and item.fill is None]


def test_one_unit_invites_and_breathes_about_once_in_two_seconds(open_hand: Open):
    hand = opened(open_hand)
    assert hand.words().count("click to strike") == 1
    seen = []
    for _ in range(120):
        hand.turn()
        [ring] = rings(hand)
        seen.append(ring.width)
    box = hand.window.picture.scene.targets["unit:0:0"]
    assert all(box.width < width < box.width + 30 for width in seen)
    falls = [a > b for a, b in pairwise(seen) if a != b]
    turns = sum(a != b for a, b in pairwise(falls))
    assert len(set(seen)) > PULSES // 4
    assert 1 <= turns <= 3


def test_with_less_motion_it_is_there_and_stands_still(open_hand: Open):
    hand = opened(open_hand)
    hand.key(pygame.K_m, pygame.KMOD_LSHIFT)
    widths = set()
    for _ in range(60):
        hand.turn()
        widths.add(rings(hand)[0].width)
    assert len(widths) == 1


@pytest.mark.parametrize("leave", [pygame.K_SPACE, pygame.K_RIGHT, pygame.K_l])
def test_it_goes_when_somebody_does_something_else(open_hand: Open, leave: int):
    hand = opened(open_hand)
    hand.key(leave)
    hand.turn(2)
    assert "click to strike" not in hand.words()
    assert not rings(hand)


def test_the_first_strike_lets_time_run_slowly_and_explains_itself(open_hand: Open):
    hand = opened(open_hand)
    hand.click("unit:0:0")
    assert hand.controls.playing
    assert hand.controls.speed == 0.5
    before_us = hand.controls.run.now_us
    hand.turn(30)
    assert 200_000 < hand.controls.run.now_us - before_us < 300_000
    scene = hand.window.picture.scene
    assert scene.caption.startswith("The primary is struck by lightning. 9 sessions")
    assert "9 lost" in hand.words()
    assert "Not a stateful failover" in hand.words()
    tooth = next(item for item in scene.moving if isinstance(item, Text) and item.content == "9 lost")
    strike = next(i for i in scene.moving if isinstance(i, Icon) and i.name == "bolt" and i.size == 27)
    assert tooth.x < strike.x < tooth.x + 20


def test_when_it_has_told_what_it_cost_it_is_as_fast_as_before(open_hand: Open):
    hand = opened(open_hand)
    hand.click("unit:0:0")
    hand.controls.seek(13_400_000)
    hand.turn(30)
    assert (hand.controls.playing, hand.controls.speed) == (True, 1.0)


def test_who_has_chosen_to_see_it_slower_still_does(open_hand: Open):
    hand = opened(open_hand)
    hand.controls.speed = 0.01
    hand.click("unit:0:0")
    assert (hand.controls.playing, hand.controls.speed) == (True, 0.01)


def test_a_speed_that_somebody_chose_stays(open_hand: Open):
    hand = opened(open_hand)
    hand.click("unit:0:0")
    hand.key(0, 0, "[")
    hand.controls.seek(14_000_000)
    hand.turn(30)
    assert hand.controls.speed == 0.25


def test_later_strikes_leave_a_paused_run_paused(open_hand: Open):
    hand = opened(open_hand)
    hand.controls.seek(5_000_000)
    hand.turn()
    hand.click("unit:0:0")
    assert not hand.controls.playing
    assert "Space" in hand.controls.notice


def test_the_strike_by_a_key_runs_too_and_the_run_is_the_same(open_hand: Open):
    hand = opened(open_hand)
    hand.key(pygame.K_s)
    assert hand.controls.playing
    while hand.controls.playing:
        hand.turn(frame_ns=100_000_000)
    run = hand.controls.run
    assert run.trace_sha256() == Run(run.setup, run.acts).trace_sha256()


def test_the_pointer_is_a_bolt_over_what_a_click_would_break(open_hand: Open):
    hand = opened(open_hand)

    def is_bolt() -> bool:
        hand.turn(2)
        return isinstance(pygame.mouse.get_cursor().data[-1], pygame.Surface)

    assert not is_bolt()
    for name in ("unit:0:0", "link:0:0", "unit:0:1"):
        hand.move(hand.place(name))
        assert is_bolt(), name
    for name in ("button:play", "timeline"):
        hand.move(hand.place(name))
        assert not is_bolt(), name
    hand.click("unit:0:1")
    assert not is_bolt()  # a click would mend it now
