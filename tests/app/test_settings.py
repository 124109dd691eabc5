"""The settings: the dialog, its keys, and what is kept of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pygame
import pytest
from app.hand import Hand

from visualizer.app.preferences import Preferences
from visualizer.app.settings import TEXT_SCALES
from visualizer.canvas.theme import theme_names

Open = Callable[..., Hand]
ROWS = ("theme", "text_scale", "reduced_motion", "sound", "full_screen")


def choose(hand: Hand, row: str) -> None:
    hand.key(pygame.K_HOME)
    for _ in range(ROWS.index(row)):
        hand.key(pygame.K_DOWN)


def value(hand: Hand, row: str) -> str:
    return hand.controls.look(1280, 720).dialog.rows[ROWS.index(row)].value


def test_every_setting_is_changed_by_arrows_and_kept(open_hand: Open, tmp_path: Path):
    file = tmp_path / "kept" / "settings.json"
    hand = open_hand(settings_file=file, size_px=(1000, 600))
    hand.key(pygame.K_e, 0, "e")
    for row in ROWS:
        before = value(hand, row)
        choose(hand, row)
        hand.key(pygame.K_RIGHT)
        assert value(hand, row) != before
    now = hand.controls.settings
    assert now.theme == hand.window.picture.theme.name == theme_names()[1]
    assert now.text_scale == TEXT_SCALES[1]
    assert (now.reduced_motion, now.sound, now.full_screen) == (True, True, True)
    assert pygame.display.get_surface().get_size() == (2560, 1440)
    choose(hand, "full_screen")
    hand.key(pygame.K_LEFT)
    hand.turn(3)
    assert pygame.display.get_surface().get_size() == (1000, 600)
    choose(hand, "full_screen")  # the window moved away under the pointer
    hand.key(pygame.K_LEFT)
    hand.key(pygame.K_ESCAPE)
    assert not hand.controls.leaving
    hand.window.close()
    kept = json.loads(file.read_text())
    assert [kept[row] for row in ROWS] == [now.theme, 1.25, True, True, True]
    again = open_hand(settings_file=file, theme=None)
    again.turn()
    assert again.controls.settings == replace(now, size_px=(1000, 600))
    assert pygame.display.get_surface().get_size() == (2560, 1440)


def test_enter_and_clicks_go_round(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_COMMA, pygame.KMOD_LCTRL, ",")
    seen = []
    for _ in TEXT_SCALES:
        hand.click("dialog:1")
        seen.append(hand.controls.settings.text_scale)
    assert sorted(seen) == list(TEXT_SCALES)
    assert seen[-1] == 1.0
    for _ in theme_names():
        hand.click("dialog:0")
    assert hand.controls.settings.theme == "night"
    choose(hand, "sound")
    hand.key(pygame.K_RETURN)
    assert hand.controls.settings.sound
    assert hand.controls.feature(Preferences).is_open


def test_the_keys_for_larger_and_smaller_work_anywhere_and_stop_at_the_ends(open_hand: Open):
    hand = open_hand()

    def press(key: int, mod: int = pygame.KMOD_LCTRL) -> float:
        hand.key(key, mod)
        return hand.controls.settings.text_scale

    width = hand.window.picture.scene.width
    assert press(pygame.K_EQUALS, pygame.KMOD_LCTRL | pygame.KMOD_LSHIFT) == 1.25
    assert hand.controls.notice == "Size of everything: 1.25 ×."
    assert hand.window.picture.scene.width < width
    assert press(pygame.K_PLUS) == 1.5
    for _ in TEXT_SCALES:
        press(pygame.K_KP_PLUS)
    assert press(pygame.K_EQUALS) == 2.0
    assert press(pygame.K_MINUS) == 1.75
    hand.key(pygame.K_o, 0, "o")
    assert press(pygame.K_KP_MINUS) == 1.5
    hand.key(pygame.K_ESCAPE)
    assert press(pygame.K_0) == 1.0
    assert press(pygame.K_MINUS) == 1.0


def test_settings_never_reach_the_run(open_hand: Open):
    hand = open_hand()
    trace = hand.controls.run.trace_sha256()
    hand.key(pygame.K_e, 0, "e")
    for row in ROWS[:-1]:
        choose(hand, row)
        hand.key(pygame.K_RIGHT)
    assert (hand.controls.run.acts, hand.controls.run.trace_sha256()) == ((), trace)


def test_fresh_leaves_what_is_kept_alone(open_hand: Open, tmp_path: Path):
    file = tmp_path / "settings.json"
    file.write_text('{"theme": "print"}')
    hand = open_hand(settings_file=file, fresh=True)
    hand.key(pygame.K_e, 0, "e")
    hand.key(pygame.K_RIGHT)
    hand.window.close()
    assert file.read_text() == '{"theme": "print"}'


@pytest.mark.parametrize("full_screen", ["yes", 1, None])
def test_a_switch_that_is_none_is_no_setting(open_hand: Open, tmp_path: Path, full_screen: object):
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"full_screen": full_screen}))
    hand = open_hand(settings_file=file, theme=None)
    assert "could not be read" in hand.controls.notice


def test_a_display_that_refuses_the_full_screen_says_so(open_hand: Open, monkeypatch: pytest.MonkeyPatch):
    hand = open_hand()
    monkeypatch.setattr("visualizer.app.window.set_size", lambda *given, **more: False)
    hand.key(pygame.K_F11)
    assert not hand.controls.settings.full_screen
    assert "does not let the window fill the screen" in hand.controls.notice
