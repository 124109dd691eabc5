"""The sawtooth as lines and areas, in pieces, so that only the one under the playhead is ever redrawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from visualizer.scene.history import History
from visualizer.scene.motion import Point
from visualizer.scene.primitives import Area, Box, Path, Primitive
from visualizer.sim.chance import Integers

_PIECE = 90.0
"""About how wide a piece is."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Pieces of the line, each a run of points in logical units, ascending in x."""

    plot: Box
    pieces: tuple[tuple[Point, ...], ...]

    def future(self) -> list[Primitive]:
        """The whole line, dotted; what is past is drawn over it."""
        return [Path(piece, "sync", 1.5, (3, 5), 0.55) for piece in self.pieces if len(piece) > 1]

    def past(self, now_x: float) -> list[Primitive]:
        """Line and filling up to `now_x`."""
        items: list[Primitive] = []
        lines: list[Primitive] = []
        for piece in self.pieces:
            done = piece if piece[-1][0] <= now_x else _until(piece, now_x)
            if len(done) > 1:
                items.append(self._area(done))
                lines.append(Path(done, "sync", 2.4))
        return [*items, *lines]

    def _area(self, line: tuple[Point, ...]) -> Area:
        """The fade runs over the height of the outline: a spike of no width gives all pieces the same."""
        base = self.plot.y + self.plot.height
        x = line[0][0]
        return Area(((x, self.plot.y), *line, (line[-1][0], base), (x, base)), "sync", 0.5, fade=True)


@lru_cache(maxsize=8)
def curve(history: History, plot: Box) -> Curve:
    """The worst exposure over the whole run, while every pair is redundant; else it is off the scale."""
    times = history.sawtooth.times_us
    worst = np.where(history.copied, history.sawtooth.worst, -1)
    xs = plot.x + times / max(history.end.now_us, 1) * plot.width
    ys = plot.y + plot.height * (1 - np.minimum(worst, history.scale) / history.scale)
    pieces: list[tuple[Point, ...]] = []
    shown = np.flatnonzero(worst >= 0)
    for run in np.split(shown, np.flatnonzero(np.diff(shown) > 1) + 1):
        pieces += _cut([(float(xs[i]), round(float(ys[i]), 2)) for i in _corners(run, worst)])
    return Curve(plot, tuple(pieces))


def _corners(run: Integers, worst: Integers) -> list[int]:
    """Without the points in the middle of a level stretch."""
    return [
        int(i)
        for place, i in enumerate(run)
        if place in (0, len(run) - 1) or not worst[i - 1] == worst[i] == worst[i + 1]
    ]


def _cut(line: list[Point]) -> list[tuple[Point, ...]]:
    """Pieces of at least `_PIECE` width that end, where possible, at the foot of a fall."""
    pieces: list[tuple[Point, ...]] = []
    start = 0
    for place in range(1, len(line)):
        wide = line[place][0] - line[start][0]
        falls = line[place][1] - line[place - 1][1] > 8 and line[place][0] - line[place - 1][0] < 1
        if (wide >= _PIECE and falls) or wide >= 3 * _PIECE:
            pieces.append(tuple(line[start : place + 1]))
            start = place
    if len(line) - start > 1:
        pieces.append(tuple(line[start:]))
    return pieces


def _until(piece: tuple[Point, ...], x: float) -> tuple[Point, ...]:
    done = [point for point in piece if point[0] <= x]
    if not done:
        return ()
    (x0, y0), (x1, y1) = done[-1], piece[len(done)]
    share = (x - x0) / max(x1 - x0, 1e-9)
    return (*done, (x, round(y0 + (y1 - y0) * share, 2)))
