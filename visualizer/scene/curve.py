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

Line = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """`pieces`: each a run of points in logical units, ascending in x, with the area and the line for it."""

    plot: Box
    pieces: tuple[tuple[Line, Area, Path], ...]

    def future(self) -> list[Primitive]:
        """The whole line, dotted; what is past is drawn over it."""
        return [Path(line, "sync", 1.5, (3, 5), 0.55) for line, _, _ in self.pieces]

    def past(self, now_x: float) -> list[Primitive]:
        """Line and filling up to `now_x`."""
        areas: list[Primitive] = []
        lines: list[Primitive] = []
        for line, area, path in self.pieces:
            if line[-1][0] <= now_x:
                areas.append(area)
                lines.append(path)
            elif line[0][0] < now_x:
                _, partial, stroke = _piece(until(line, now_x), self.plot)
                areas.append(partial)
                lines.append(stroke)
        return [*areas, *lines]


@lru_cache(maxsize=8)
def curve(history: History, plot: Box, scale: int) -> Curve:
    """The worst exposure over the whole run, while every pair is redundant; else it is off the scale. The top
    of the plot stands for `scale` sessions.
    """
    return Curve(plot, tuple(_piece(line, plot) for line in lines(history, plot, scale)))


@lru_cache(maxsize=16)
def lines(history: History, plot: Box, scale: int, tier: int | None = None) -> tuple[Line, ...]:
    """The same as lines, left to right, of which each is short; the top of the plot stands for `scale`. With
    a `tier` the exposure of that tier alone.
    """
    times, teeth = history.sawtooth.times_us, history.sawtooth
    worst = np.where(history.copied, teeth.worst if tier is None else teeth.by_tier[tier], -1)
    xs = plot.x + times / max(history.end.now_us, 1) * plot.width
    ys = plot.y + plot.height * (1 - np.minimum(worst, scale) / scale)
    shown = np.flatnonzero(worst >= 0)
    found: list[Line] = []
    for run in np.split(shown, np.flatnonzero(np.diff(shown) > 1) + 1):
        corners = _corners(run, worst, (xs * 2).astype(np.int64))
        found += _cut([(float(xs[i]), round(float(ys[i]), 2)) for i in corners])
    return tuple(found)


@lru_cache(maxsize=16)
def peak(history: History, tier: int | None) -> int:
    """The most that `lines` of this tier reach; 0 when nothing was ever exposed."""
    teeth = history.sawtooth
    return int((teeth.worst if tier is None else teeth.by_tier[tier])[history.copied].max(initial=0))


def _piece(line: Line, plot: Box) -> tuple[Line, Area, Path]:
    """The fade runs over the height of an outline: a spike of no width gives all pieces the same."""
    base = plot.y + plot.height
    x = line[0][0]
    outline = ((x, plot.y), *line, (line[-1][0], base), (x, base))
    dense = len(line) > 0.7 * (line[-1][0] - x) + 20
    stroke = Path(line, "sync", 1, alpha=0.4) if dense else Path(line, "sync", 2.4)
    return line, Area(outline, "sync", 0.5, fade=True), stroke


def _corners(run: Integers, worst: Integers, columns: Integers) -> list[int]:
    """What can be seen: no point in the middle of a level stretch, and of those in one half unit of width the
    first, the lowest, the highest and the last.
    """
    level = np.zeros(len(run), dtype=np.bool_)
    here = worst[run]
    level[1:-1] = (here[:-2] == here[1:-1]) & (here[1:-1] == here[2:])
    kept = run[~level]
    if len(kept) < 2:
        return [int(i) for i in kept]
    groups = np.split(kept, np.flatnonzero(np.diff(columns[kept])) + 1)
    return [
        int(i)
        for group in groups
        for i in sorted({group[0], group[-1], group[np.argmin(worst[group])], group[np.argmax(worst[group])]})
    ]


def _cut(points: list[Point]) -> list[Line]:
    """Pieces of at least `_PIECE` width that end, where possible, at the foot of a fall."""
    lines: list[Line] = []
    start = 0
    for place in range(1, len(points)):
        wide = points[place][0] - points[start][0]
        falls = points[place][1] - points[place - 1][1] > 8 and points[place][0] - points[place - 1][0] < 1
        if (wide >= _PIECE and falls) or wide >= 3 * _PIECE:
            lines.append(tuple(points[start : place + 1]))
            start = place
    if len(points) - start > 1:
        lines.append(tuple(points[start:]))
    return lines


def until(line: Line, x: float) -> Line:
    """The part of a line up to `x`, which lies within it."""
    done = [point for point in line if point[0] <= x]
    (x0, y0), (x1, y1) = done[-1], line[len(done)]
    share = (x - x0) / max(x1 - x0, 1e-9)
    return (*done, (x, round(y0 + (y1 - y0) * share, 2)))
