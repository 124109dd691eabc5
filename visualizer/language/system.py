"""What the operating system says when it refuses something: English words, that the person is to read."""

from __future__ import annotations

from pathlib import Path

from visualizer.language.speaking import marked, say, translated

COMMON = (
    marked("No such file or directory"),
    marked("Permission denied"),
    marked("Operation not permitted"),
    marked("No space left on device"),
    marked("Disk quota exceeded"),
    marked("Read-only file system"),
    marked("Is a directory"),
    marked("Not a directory"),
    marked("File exists"),
    marked("File name too long"),
    marked("Too many open files"),
    marked("Input/output error"),
)
"""What is said most; the rest is said as the system says it."""


def refusal(error: OSError) -> str:
    """Why the system refuses, in a few words."""
    if isinstance(error, FileNotFoundError) and error.filename and not Path(error.filename).parent.is_dir():
        return say("there is no folder {folder}; make it first", folder=Path(error.filename).parent)
    return translated(error.strerror or str(error))
