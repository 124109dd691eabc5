from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pygame
import pytest

from visualizer.canvas import surface as canvas_surface
from visualizer.canvas.surface import WrongPygameError, check_pygame_ce, offscreen, save_png, to_array

ROOT = Path(__file__).parents[2]

PAINT = """
import sys
from pathlib import Path
from canvas.gallery import stage
from visualizer.canvas.painter import Painter
from visualizer.canvas.surface import offscreen, save_png
from visualizer.canvas.theme import load_theme
import pygame
surface = offscreen((640, 360))
Painter(load_theme("night"), (640, 360)).paint(stage(), surface)
save_png(surface, Path(sys.argv[1]))
assert not pygame.display.get_init()
"""


def test_pygame_ce_is_accepted_and_anything_else_gets_the_repair(monkeypatch) -> None:
    check_pygame_ce()
    monkeypatch.delattr(canvas_surface.pygame, "IS_CE")
    with pytest.raises(WrongPygameError, match="pip install --force-reinstall pygame-ce"):
        check_pygame_ce()


def test_arrays_are_red_green_blue_by_row() -> None:
    surface = offscreen((3, 2))
    surface.set_at((2, 1), (10, 20, 30))
    array = to_array(surface)
    assert array.shape == (2, 3, 3)
    assert array.flags.c_contiguous
    assert array[1, 2].tolist() == [10, 20, 30]
    assert array.sum() == 60


def test_an_array_is_a_copy() -> None:
    surface = offscreen((3, 2))
    array = to_array(surface)
    surface.fill((255, 255, 255))
    assert array.sum() == 0


def test_a_surface_of_24_bits_is_refused() -> None:
    with pytest.raises(ValueError, match="24 bits"):
        to_array(pygame.Surface((3, 2), 0, 24))


def test_a_png_holds_the_pixels_and_is_not_overwritten_unasked(tmp_path) -> None:
    surface = offscreen((5, 4))
    surface.fill((1, 2, 3))
    path = tmp_path / "a.png"
    save_png(surface, path)
    first = path.read_bytes()
    np.testing.assert_array_equal(to_array(pygame.image.load(path).convert(surface)), to_array(surface))
    with pytest.raises(FileExistsError, match="--force"):
        save_png(surface, path)
    save_png(surface, path, force=True)
    assert path.read_bytes() == first
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.png"]


def test_a_folder_that_is_not_there_is_an_os_error(tmp_path) -> None:
    with pytest.raises(OSError, match=r"there is no folder .*make it first"):
        save_png(offscreen((2, 2)), tmp_path / "none" / "a.png")


def test_two_processes_without_a_display_write_the_same_bytes_and_say_nothing(tmp_path) -> None:
    unwanted = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER", "PYGAME_HIDE_SUPPORT_PROMPT")
    environment = {key: value for key, value in os.environ.items() if key not in unwanted}
    environment["PYTHONPATH"] = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    for seed in ("0", "1"):
        target = tmp_path / f"{seed}.png"
        environment["PYTHONHASHSEED"] = seed
        done = subprocess.run(
            [sys.executable, "-c", PAINT, target],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "0.png").read_bytes() == (tmp_path / "1.png").read_bytes()
