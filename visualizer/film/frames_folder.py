"""A film as a folder of PNG pictures, one file each."""

from __future__ import annotations

from pathlib import Path

from visualizer.film.chunks import Coded
from visualizer.film.claim import FRAME


class FramesPart:
    """A folder that fills with pictures; each is whole or not there. Raises OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.written = 0

    def write(self, coded: Coded) -> None:
        """The picture with the number `coded.number`."""
        path = self._folder / FRAME.format(coded.number)
        half = path.with_suffix(".part")
        half.write_bytes(coded.data)
        half.replace(path)
        self.written += 1

    def end(self) -> None:
        """There is nothing after the last picture."""

    def close(self) -> None:
        """Every picture is there already."""
