"""The words in the plot of the timeline: none lies on another, and the playhead goes behind them."""

from __future__ import annotations

from visualizer.scene.layout import SMALL
from visualizer.scene.lettering import text_width
from visualizer.scene.primitives import Box, Primitive, Rectangle, Role, Text

_AIR = 4.0
_ROW = 14.5
"""Baselines that lie nearer than this are in each other's way."""


class Labels:
    """Collects the words; each place in a row is given away once, first come first served."""

    def __init__(self, plot: Box) -> None:
        self._plot = plot
        self._taken: list[tuple[float, float, float]] = []
        self.drawn: list[Primitive] = []

    def within(self, low: float, high: float, row: float, words: str, role: Role) -> bool:
        """In the middle of [low, high] if they fit; `row` is the baseline below the top of the plot."""
        width = text_width(words, SMALL)
        left = (low + high - width) / 2
        return left >= low + _AIR and self._put(left, width, row, words, role)

    def beside(self, low: float, high: float, row: float, words: str, role: Role) -> bool:
        """Right of [low, high], or else left of it."""
        width = text_width(words, SMALL)
        return any(self._put(left, width, row, words, role) for left in (high + 7, low - 7 - width))

    def at(self, left: float, row: float, words: str, role: Role) -> bool:
        """From `left` on."""
        return self._put(left, text_width(words, SMALL), row, words, role)

    def take(self, left: float, right: float, row: float) -> bool:
        """Whether nothing stood there; now something does."""
        for taken, start, end in self._taken:
            if abs(row - taken) < _ROW and left - _AIR < end and start < right + _AIR:
                return False
        self._taken.append((row, left, right))
        return True

    def _put(self, left: float, width: float, row: float, words: str, role: Role) -> bool:
        right, plot = left + width, self._plot
        if left < plot.x or right > plot.x + plot.width + 12 or row > plot.height:
            return False
        if not self.take(left, right, row):
            return False
        y = plot.y + row
        plate = Rectangle(left - _AIR, y - 12, width + 2 * _AIR, 16, "panel", radius=5, alpha=0.8)
        self.drawn += [plate, Text(left, y, words, SMALL, role)]
        return True
