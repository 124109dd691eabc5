"""A thousand moving dots as a film: ours beside salabim's own export, the same places, size and frame rate.

salabim needs Python's tkinter to be there (Debian: python3-tk), though it opens no window.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Hashable
from pathlib import Path

import pygame
from dots import DIAMETER_PX, places, where

from visualizer.canvas.painter import Painter
from visualizer.canvas.theme import load_theme
from visualizer.film.formats import format_of
from visualizer.film.spec import FilmSpec
from visualizer.film.video import write_film
from visualizer.scene.primitives import Scene, Sprites

SIZE_PX, FPS, SECONDS = (1920, 1080), 30, 4
TURNS = 3
WAYS = ("circles", "points")


class Dots:
    """The pictures of the film: the same `Painter` as in every other, and marks like those on a cable."""

    count = FPS * SECONDS

    def __init__(self, spec: FilmSpec) -> None:
        self._painter = Painter(load_theme(spec.theme), spec.size_px)
        self._places = places()

    def key(self, number: int) -> Hashable:
        """No two pictures are the same."""
        return number

    def paint(self, number: int, surface: pygame.Surface) -> None:
        """All dots where they are now."""
        width, height = SIZE_PX
        points = tuple(where(place, number / FPS, SIZE_PX) for place in self._places)
        dots = Sprites("request", points, DIAMETER_PX, "request")
        self._painter.paint(Scene(width, height, (), (dots,)), surface)


def ours(folder: Path) -> float:
    """The seconds that our film takes."""
    spec = FilmSpec((), SIZE_PX, FPS, "night")
    began = time.perf_counter()
    write_film(spec, folder / "ours.mp4", pictures=Dots, format=format_of("ours.mp4"), force=True)
    return time.perf_counter() - began


def theirs(way: str, folder: Path) -> float:
    """The seconds that salabim's film takes, in a process of its own, without the time to start it."""
    script = Path(__file__).with_name("salabim_dots.py")
    numbers = map(str, (*SIZE_PX, FPS, SECONDS))
    command = [sys.executable, str(script), way, *numbers, str(folder / f"{way}.mp4")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return float(done.stdout)


def main() -> int:
    """How many times as long salabim takes."""
    print(f"| {SIZE_PX[0]}x{SIZE_PX[1]}, {FPS * SECONDS} pictures | ours s | salabim s | ratio |")
    print("|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for way in WAYS:
            pairs = [(ours(folder), theirs(way, folder)) for _ in range(TURNS)]
            mine, its = (statistics.median(column) for column in zip(*pairs, strict=True))
            ratio = statistics.median(b / a for a, b in pairs)
            print(f"| {way} | {mine:.2f} | {its:.2f} | {ratio:.1f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
