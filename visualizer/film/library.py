"""PyAV and its encoders: asked for before the first picture is painted."""

from __future__ import annotations

import os
from collections.abc import Iterable

from visualizer.film.errors import FilmError
from visualizer.language import say


def require(encoders: Iterable[str]) -> None:
    """FilmError when PyAV is not there (everything else works without it) or lacks one of these encoders."""
    os.environ.setdefault("SVT_LOG", "1")  # that encoder tells the error stream of itself; errors are enough
    try:
        import av  # noqa: PLC0415
    except ImportError:
        raise FilmError(
            say("film needs PyAV, which is not installed; install it with: pip install av")
        ) from None
    for name in encoders:
        try:
            av.Codec(name, "w")
        except ValueError:
            raise FilmError(
                say(
                    "this PyAV has no encoder {name}; install it with: pip install --force-reinstall av",
                    name=name,
                )
            ) from None
