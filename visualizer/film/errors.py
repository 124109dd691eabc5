"""What goes wrong with a film, in one clear line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av.error import FFmpegError


class FilmError(Exception):
    """The film cannot be made; the text is one clear line."""


def refused(path: Path, error: OSError | FFmpegError, more: str = "") -> FilmError:
    """What the system, or an encoder, said of a file, in its own words."""
    return FilmError(f"{path}: {error.strerror or error}{more}")
