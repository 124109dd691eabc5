"""The window stands before the program is loaded, and becomes the window of the run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pygame
import pytest

from visualizer.app.curtain import raise_curtain
from visualizer.app.window import Window
from visualizer.arguments import options_of
from visualizer.canvas.surface import to_array
from visualizer.opening import open_scenario
from visualizer.timeline.run import Run

ROOT = Path(__file__).resolve().parents[2]
SEEN_FIRST = """
import os, sys
from visualizer.app import curtain

def seen(options):
    raised(options)
    import pygame
    late = [name for name in ("pydantic", "yaml", "visualizer.scene.view") if name in sys.modules]
    print(pygame.display.get_surface().get_size(), late, flush=True)
    os._exit(0)

raised, curtain.raise_curtain = curtain.raise_curtain, seen
from visualizer.__main__ import main
main()
"""


def raised(*arguments: str) -> pygame.Surface | None:
    raise_curtain(options_of([*arguments, "--fresh", "--size", "800x600"]))
    return pygame.display.get_surface() if pygame.display.get_init() else None


def test_the_curtain_becomes_the_window_of_the_run(display: str):
    surface = raised("parallel")
    try:
        assert surface.get_size() == (800, 600)
        row = to_array(surface)[290:310].astype(int)
        assert np.abs(np.diff(row, axis=1)).max() > 20  # the word
        here = pygame.display.get_wm_info()["window"]
        document = open_scenario("parallel")
        window = Window(Run(document.setup), document=document, fresh=True, size_px=(800, 600))
        window.turn()
        assert pygame.display.get_wm_info()["window"] == here
        assert pygame.display.get_caption()[0] == "Parallel columns - failover visualizer"
        assert window.picture.scene is not None
        window.close()
    finally:
        pygame.display.quit()


@pytest.mark.parametrize("name", ["artcle", "no/such/file.yaml", "\x00", "x" * 5000])
def test_nothing_flashes_for_a_name_that_means_nothing(display: str, name: str):
    assert raised(name) is None


def test_without_a_display_nothing_is_said_yet(monkeypatch: pytest.MonkeyPatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"):
        monkeypatch.delenv(name, raising=False)
    assert raised("article") is None


def test_it_stands_before_the_rest_is_loaded(display: str):
    command = [sys.executable, "-c", SEEN_FIRST, "article", "--fresh", "--size", "700x500"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=30, check=True
    )
    assert result.stdout.splitlines()[-1] == "(700, 500) []"
