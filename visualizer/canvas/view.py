"""From logical units to pixels: one scale, centred, and edges put on whole pixels so that they are crisp."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from visualizer.scene.primitives import Scene, Zoomed


@dataclass(frozen=True, slots=True)
class View:
    """Pixels = logical units x `scale` + offset."""

    scale: float
    offset_x: float
    offset_y: float

    @classmethod
    def of(cls, scene: Scene, size: tuple[int, int]) -> View:
        """The view that shows the whole of `scene`, centred, on a surface of `size` pixels."""
        scale = min(size[0] / scene.width, size[1] / scene.height)
        return cls(scale, (size[0] - scene.width * scale) / 2, (size[1] - scene.height * scale) / 2)

    def to_pixel(self, x: float, y: float) -> tuple[float, float]:
        """Where a logical point lies on the surface."""
        return x * self.scale + self.offset_x, y * self.scale + self.offset_y

    def to_logical(self, x: float, y: float) -> tuple[float, float]:
        """Which logical point a pixel (the pointer, say) shows."""
        return (x - self.offset_x) / self.scale, (y - self.offset_y) / self.scale

    def through(self, item: Zoomed) -> View:
        """The view in which what is zoomed is painted."""
        x, y = self.to_pixel(item.x, item.y)
        return View(self.scale * item.scale, x, y)

    def points(self, points: tuple[tuple[float, float], ...]) -> npt.NDArray[np.float64]:
        """Many points at once: shape (n, 2), pixels."""
        logical = np.fromiter(chain.from_iterable(points), dtype=np.float64, count=2 * len(points))
        return logical.reshape(-1, 2) * self.scale + (self.offset_x, self.offset_y)

    def box(self, x: float, y: float, width: float, height: float) -> tuple[int, int, int, int]:
        """Left, top, right, bottom on whole pixels; what has any extent is at least a pixel wide and high."""
        left, top = (round(value) for value in self.to_pixel(x, y))
        right, bottom = (round(value) for value in self.to_pixel(x + width, y + height))
        return left, top, max(right, left + (width > 0)), max(bottom, top + (height > 0))

    def line_width(self, width: float) -> float:
        """A stroke's width in pixels: whole ones for a crisp line, never less than one."""
        return float(max(1, round(width * self.scale)))

    def spacing(self, spacing: float) -> int:
        """The gap between letters on whole pixels, so that all gaps of a word look alike."""
        return round(spacing * self.scale)


def snapped(line: npt.NDArray[np.float64], width: float) -> npt.NDArray[np.float64]:
    """A straight line along an axis moved so that its sides lie on pixel edges; any other line unchanged."""
    for axis in (0, 1):
        if len(line) == 2 and line[0, axis] == line[1, axis]:
            line = line.copy()
            line[:, axis] = np.round(line[0, axis] - width / 2) + width / 2
    return line
