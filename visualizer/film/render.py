"""Stills and films of a run: from the tick clock, without a display, the same pixels every time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from visualizer.canvas.painter import Painter
from visualizer.canvas.surface import offscreen, save_png, to_array
from visualizer.canvas.theme import load_theme
from visualizer.film.video import FilmError, VideoFile
from visualizer.lab.designs import Comparison
from visualizer.scene.frame import FrameSource
from visualizer.scene.look import Look
from visualizer.scene.twin import view_of
from visualizer.sim.setup import US_PER_S
from visualizer.timeline import Run

Progress = Callable[[int, int], None]
"""Called with (frames made, frames in all)."""


def still(
    run: Run,
    at_us: int,
    path: Path,
    *,
    size_px: tuple[int, int],
    theme: str,
    force: bool,
    others: Sequence[Run] = (),
    comparison: Comparison | None = None,
) -> None:
    """One frame of the stage at an instant, as a PNG; with `others` beside it that are of one `comparison`.

    Raises FileExistsError when `path` is there and `force` is not given, OSError, ThemeError.
    """
    runs = (run, *others)
    for each in runs:
        each.seek(at_us)
    look = _look(size_px, comparison)
    surface = offscreen(size_px)
    Painter(load_theme(theme), size_px).paint(
        view_of([FrameSource(each).frame() for each in runs], look), surface
    )
    save_png(surface, path, force=force)


def film(
    run: Run,
    path: Path,
    *,
    size_px: tuple[int, int],
    fps: int,
    theme: str,
    force: bool,
    others: Sequence[Run] = (),
    comparison: Comparison | None = None,
    progress: Progress = lambda done, total: None,
) -> int:
    """The whole run (and `others` beside it, as in `still`) at its own speed; returns the number of frames,
    duration x fps rounded up.

    Frame n shows the instant n / fps, so the same run gives the same frames whatever machine makes them.
    Raises FilmError with one clear line; FileNotFoundError, ThemeError.
    """
    total = -(-run.setup.duration_us * fps // US_PER_S)
    look = _look(size_px, comparison)
    surface = offscreen(size_px)
    painter = Painter(load_theme(theme), size_px)
    runs = (run, *others)
    sources = [FrameSource(each) for each in runs]
    with VideoFile(path, size_px, fps, force=force) as video:
        for number in range(total):
            for each in runs:
                each.seek(number * US_PER_S // fps)
            painter.paint(view_of([source.frame() for source in sources], look), surface)
            video.write(to_array(surface))
            progress(number + 1, total)
    return total


def _look(size_px: tuple[int, int], comparison: Comparison | None) -> Look:
    width, height = size_px
    return Look(width_px=width, height_px=height, playing=True, hands_on=False, comparison=comparison)


__all__ = ["FilmError", "film", "still"]
