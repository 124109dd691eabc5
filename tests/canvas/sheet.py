"""Stills of everything that is shipped, for the eye, and a contact sheet of them.

`python tests/canvas/sheet.py FOLDER` draws every scenario at its telling instant in every theme and three
sizes, and `contact-sheet.png` with one small picture of each; `--sheet-only` draws the sheet alone.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pygame

from visualizer.canvas.painter import Painter
from visualizer.canvas.surface import offscreen, save_png
from visualizer.canvas.theme import load_theme, theme_names
from visualizer.film import FilmSpec, Pictures, ReelSpec, still
from visualizer.opening import open_scenario
from visualizer.scenario import shipped_names
from visualizer.scene.primitives import Rectangle, Scene, Text
from visualizer.script.script import SPEED_ONE

SIZES = ((1280, 720), (1920, 1080), (3840, 2160))
COLUMNS, SMALL, GAP, LINE = 5, (384, 216), 10, 24
ROOMIEST = (1280, 720)


def draw(name: str, path: Path, theme: str, size_px: tuple[int, int]) -> None:
    """A scenario at its telling instant, without a story."""
    reel = ReelSpec((open_scenario(name),), speed=SPEED_ONE)
    pictures = Pictures(FilmSpec((reel,), size_px, 1, theme))
    still(pictures, pictures.telling_scene(), path, force=True)


def stills(folder: Path) -> None:
    for name in shipped_names():
        for theme in theme_names():
            for size in SIZES:
                draw(name, folder / f"{name}-{theme}-{size[1]}.png", theme, size)


def sheet(folder: Path) -> Path:
    """One small picture of each scenario with its name, in the dark theme but for every other row."""
    names = shipped_names()
    rows = -(-len(names) // COLUMNS)
    step_x, step_y = SMALL[0] + GAP, SMALL[1] + LINE + GAP
    size = (COLUMNS * step_x + GAP, rows * step_y + GAP)
    target = offscreen(size)
    target.fill(load_theme("light").colour("background"))
    for number, name in enumerate(names):
        row, column = divmod(number, COLUMNS)
        place = (GAP + column * step_x, GAP + row * step_y)
        target.blit(_small(name, folder, "light" if row % 2 else "night"), place)
        target.blit(_word(name), (place[0], place[1] + SMALL[1]))
    path = folder / "contact-sheet.png"
    save_png(_fewer_colours(target), path, force=True)
    return path


def _small(name: str, folder: Path, theme: str) -> pygame.Surface:
    path = folder / f".{name}.png"
    draw(name, path, theme, ROOMIEST)
    picture = pygame.transform.smoothscale(pygame.image.load(path), SMALL)
    path.unlink()
    return picture


def _word(name: str) -> pygame.Surface:
    size = (SMALL[0], LINE)
    surface = offscreen(size)
    under = Rectangle(-9, -9, size[0] + 18, size[1] + 18, "background")
    Painter(load_theme("light"), size).paint(Scene(*size, (under, Text(1, 17, name, 14)), ()), surface)
    return surface


def _fewer_colours(surface: pygame.Surface) -> pygame.Surface:
    """Steps of 6 in each channel: the eye misses nothing and the file is a third."""
    pixels = pygame.surfarray.pixels3d(surface)
    pixels[:] = np.minimum(pixels.astype(np.int64) // 6 * 6 + 3, 255)
    del pixels
    return surface


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sheet-only", action="store_true")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    if not options.sheet_only:
        stills(options.folder)
    print(sheet(options.folder))


if __name__ == "__main__":
    main()
