"""Stills and films: from the tick clock, without a display, the same pixels every time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from visualizer.canvas.surface import offscreen, save_png
from visualizer.film.formats import format_of
from visualizer.film.reel import Pictures
from visualizer.film.video import write_film

Progress = Callable[[int, int], None]
"""Called with (frames made, frames in all)."""


def still(pictures: Pictures, film_us: int, path: Path, *, force: bool) -> None:
    """The picture of an instant of the film, as a PNG.

    Raises FileExistsError when `path` is there and `force` is not given, OSError, ThemeError.
    """
    surface = offscreen(pictures.spec.size_px)
    pictures.paint_at(film_us, surface)
    save_png(surface, path, force=force)


def film(
    pictures: Pictures, path: Path, *, force: bool, progress: Progress = lambda done, total: None
) -> int:
    """Returns the number of frames. Raises FilmError with one clear line."""
    return write_film(
        pictures.spec,
        path,
        pictures=Pictures,
        format=format_of(str(path)),
        force=force,
        progress=progress,
    )
