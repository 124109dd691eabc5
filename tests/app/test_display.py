"""No display, a slow display, a foreign pygame: what the start says and chooses."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pygame
import pytest

from visualizer.app import display as displays
from visualizer.canvas.surface import WrongPygameError

ROOT = Path(__file__).resolve().parents[2]
OPEN = """
import sys
from visualizer.app.display import NoDisplay, open_window
try:
    open_window((320, 200), "test")
except NoDisplay as error:
    print(error)
    sys.exit(4)
"""


def start(**environment: str) -> tuple[subprocess.CompletedProcess[str], float]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
    clean = {key: value for key, value in os.environ.items() if key not in hidden}
    before_s = time.monotonic()
    result = subprocess.run(
        [sys.executable, "-c", OPEN],
        env={**clean, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return result, time.monotonic() - before_s


@pytest.mark.parametrize(
    "environment", [{}, {"DISPLAY": ":987"}, {"SDL_VIDEODRIVER": "x11"}, {"SDL_VIDEODRIVER": "nonsense"}]
)
def test_without_a_display_it_says_so_and_ends(environment: dict[str, str]):
    result, took_s = start(**environment)
    assert result.returncode == 4, result.stderr
    assert "no display" in result.stdout
    assert "start it in a desktop session" in result.stdout
    assert "Traceback" not in result.stderr
    assert took_s < 10


def test_an_invisible_driver_is_used_when_it_was_asked_for():
    result, _ = start(SDL_VIDEODRIVER="dummy")
    assert result.returncode == 0, result.stderr


def test_the_older_pygame_is_named_with_the_repair(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pygame, "IS_CE", 0, raising=False)
    with pytest.raises(WrongPygameError, match="pygame-ce"):
        displays.open_window((320, 200), "test")


@pytest.mark.parametrize(
    ("times", "wanted", "opened"),
    [([1.0], "0", 1), ([7.0, 0.4], None, 2), ([7.0, 8.0], "0", 3)],
)
def test_the_faster_way_to_flip_is_chosen(
    display: str,
    monkeypatch: pytest.MonkeyPatch,
    times: list[float],
    wanted: str | None,
    opened: int,
):
    monkeypatch.delenv("SDL_FRAMEBUFFER_ACCELERATION")
    left = iter(times)
    monkeypatch.setattr(displays, "flip_ms", lambda surface: next(left))
    count = []
    monkeypatch.setattr(pygame.display, "set_caption", count.append)
    try:
        displays.open_window((320, 200), "test")
        assert os.environ.get("SDL_FRAMEBUFFER_ACCELERATION") == wanted
        assert len(count) == opened
    finally:
        pygame.display.quit()
        monkeypatch.setenv("SDL_FRAMEBUFFER_ACCELERATION", "0")  # so that it is put back as it was


def test_what_the_user_set_is_honoured(display: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SDL_FRAMEBUFFER_ACCELERATION", "software")
    monkeypatch.setattr(displays, "flip_ms", lambda surface: pytest.fail("timed although it was set"))
    try:
        displays.open_window((320, 200), "test")
    finally:
        pygame.display.quit()


@pytest.mark.parametrize(("size", "done"), [((0, -3), (1, 1)), ((640, 480), (640, 480))])
def test_weird_sizes_are_made_possible(display: str, size: tuple[int, int], done: tuple[int, int]):
    try:
        displays.open_window((320, 200), "test")
        assert displays.set_size(size, full_screen=False)
        assert pygame.display.get_surface().get_size() == done
    finally:
        pygame.display.quit()
