"""Without a mouse: everything can be reached, and everything that a click does, a key does."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest
from app.hand import Hand

from visualizer.app import keys

Open = Callable[..., Hand]
AT_US = 5_000_000


def ready(open_hand: Open, scenario: str) -> Hand:
    hand = open_hand(scenario, size_px=(960, 540))
    back_at_start(hand)
    return hand


def back_at_start(hand: Hand) -> None:
    """With all of the run known: a long one is computed between the pictures."""
    hand.controls.reset()
    hand.controls.seek(AT_US)
    run = hand.controls.run
    while run.played_us < run.setup.duration_us:
        hand.turn()
    hand.turn(2)


def kinds(hand: Hand) -> dict[str, str]:
    """One target of each kind."""
    return {name.split(":")[0]: name for name in reversed(hand.window.picture.scene.targets)}


def tab_to(hand: Hand, name: str) -> None:
    for _ in range(len(hand.window.picture.scene.targets) + 1):
        if hand.controls.focus == name:
            return
        hand.key(pygame.K_TAB)
    raise AssertionError(f"Tab never comes to {name}")


def state(hand: Hand) -> tuple[object, ...]:
    controls = hand.controls
    run = controls.run
    return (run.acts, run.now_us, run.setup, controls.playing, controls.speed, controls.help_open,
            controls.menu, controls.contexts, controls.notice)  # fmt: skip


@pytest.mark.parametrize("scenario", ["article", "dublin-2011"])
def test_tab_comes_to_every_target(open_hand: Open, scenario: str):
    hand = ready(open_hand, scenario)
    seen = set()
    for _ in hand.window.picture.scene.targets:
        hand.key(pygame.K_TAB)
        seen.add(hand.controls.focus)
    assert seen == set(hand.window.picture.scene.targets)
    assert {"unit", "link", "timeline", "chapter", "button"} <= set(kinds(hand))
    if scenario == "dublin-2011":
        assert {"site", "feed"} <= set(kinds(hand))


@pytest.mark.parametrize("scenario", ["article", "dublin-2011"])
def test_enter_does_to_each_kind_what_a_click_would(open_hand: Open, scenario: str):
    hand = ready(open_hand, scenario)
    for name in kinds(hand).values():
        hand.controls.notice = None
        tab_to(hand, name)
        before = state(hand)
        hand.key(pygame.K_RETURN)
        assert state(hand) != before, name
        hand.controls.menu, hand.controls.help_open, hand.controls.playing = None, False, False
        while hand.controls.contexts:
            hand.key(pygame.K_ESCAPE)
        back_at_start(hand)


@pytest.mark.parametrize("kind", ["unit", "link", "site", "feed"])
def test_shift_enter_offers_all_that_can_be_done(open_hand: Open, kind: str):
    hand = ready(open_hand, "dublin-2011")
    tab_to(hand, kinds(hand)[kind])
    hand.key(pygame.K_RETURN, pygame.KMOD_LSHIFT)
    assert hand.controls.menu
    assert len(hand.controls.menu.choices) >= 1
    hand.key(pygame.K_DOWN)
    hand.key(pygame.K_RETURN)
    assert len(hand.controls.run.acts) == 1


def test_every_button_has_a_key(open_hand: Open):
    hand = ready(open_hand, "article")
    buttons = {
        n.removeprefix("button:") for n in hand.window.picture.scene.targets if n.startswith("button:")
    }
    bound = {binding.act for binding in keys.BINDINGS}
    assert buttons <= bound
