"""What goes wrong with a film, in one clear line."""

from __future__ import annotations

from pathlib import Path


class FilmError(Exception):
    """The film cannot be made; the text is one clear line."""


def refused(path: Path, error: OSError, more: str = "") -> FilmError:
    """What the system said of a file, in its own words."""
    return FilmError(f"{path}: {error.strerror or error}{more}")
