"""The sawtooth as lines and areas, in pieces, so that only the one under the playhead is ever redrawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from visualizer.scene.history import History
from visualizer.scene.motion import Point
from visualizer.scene.primitives import Area, Box, Path, Primitive
from visualizer.sim.chance import Integers

_PIECE = 90.0
"""About how wide a piece is."""
_NARROW = 5.0
"""Teeth that are narrower than this become a band."""

Floats = NDArray[np.float64]

Line = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """`line`: points in logical units, ascending in x; `low`: where teeth stand too close to be told apart,
    how far they fall, at the same x; then `line` is their tips.
    """

    line: Line
    low: Line | None
    drawn: tuple[Primitive, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """The whole curve in pieces."""

    plot: Box
    pieces: tuple[Piece, ...]

    def future(self) -> list[Primitive]:
        """The whole line, dotted; what is past is drawn over it."""
        return [Path(piece.line, "sync", 1.5, (3, 5), 0.55) for piece in self.pieces]

    def past(self, now_x: float) -> list[Primitive]:
        """Line and filling up to `now_x`."""
        items: list[Primitive] = []
        for piece in self.pieces:
            if piece.line[-1][0] <= now_x:
                items += piece.drawn
            elif piece.line[0][0] < now_x:
                low = None if piece.low is None else until(piece.low, now_x)
                items += _piece(until(piece.line, now_x), low, self.plot).drawn
        return sorted(items, key=lambda item: isinstance(item, Path))


@lru_cache(maxsize=8)
def curve(history: History, plot: Box, scale: int) -> Curve:
    """The worst exposure over the whole run, while every pair is redundant; else it is off the scale. The top
    of the plot stands for `scale` sessions.
    """
    return Curve(plot, tuple(_piece(line, low, plot) for line, low in _shapes(history, plot, scale, None)))


def lines(history: History, plot: Box, scale: int, tier: int | None = None) -> tuple[Line, ...]:
    """The same as lines, left to right, of which each is short; the top of the plot stands for `scale`. With
    a `tier` the exposure of that tier alone. Where teeth cannot be told apart, their tips.
    """
    return tuple(line for line, _ in _shapes(history, plot, scale, tier))


@lru_cache(maxsize=16)
def _shapes(
    history: History, plot: Box, scale: int, tier: int | None
) -> tuple[tuple[Line, Line | None], ...]:
    """Lines, and under dense teeth how far these fall."""
    times, teeth = history.sawtooth.times_us, history.sawtooth
    worst = np.where(history.copied, teeth.worst if tier is None else teeth.by_tier[tier], -1)
    xs = plot.x + times / max(history.end.setup.duration_us, 1) * plot.width
    ys = plot.y + plot.height * (1 - np.minimum(worst, scale) / scale)
    shown = np.flatnonzero(worst >= 0)
    found: list[tuple[Line, Line | None]] = []
    for run in np.split(shown, np.flatnonzero(np.diff(shown) > 1) + 1):
        if _dense(worst[run], xs[run]):
            found += _band(xs[run], ys[run])
            continue
        corners = _corners(run, worst, (xs * 2).astype(np.int64))
        points = [(float(xs[i]), round(float(ys[i]), 2)) for i in corners]
        found += [(line, None) for line in _cut(points)]
    return tuple(found)


@lru_cache(maxsize=16)
def peak(history: History, tier: int | None) -> int:
    """The most that `lines` of this tier reach; 0 when nothing was ever exposed."""
    teeth = history.sawtooth
    return int((teeth.worst if tier is None else teeth.by_tier[tier])[history.copied].max(initial=0))


def _dense(worst: Integers, xs: Floats) -> bool:
    """Whether the teeth stand closer than can be told apart."""
    falls = int((np.diff(worst) < 0).sum())
    return falls > 8 and falls * _NARROW > xs[-1] - xs[0]


def _band(xs: Floats, ys: Floats) -> list[tuple[Line, Line | None]]:
    """From the tips of the teeth around each place to the feet."""
    columns = ((xs - xs[0]) / _NARROW).astype(np.int64)
    starts = np.flatnonzero(np.diff(columns, prepend=-1))
    tips, feet = np.minimum.reduceat(ys, starts), np.maximum.reduceat(ys, starts)
    middles = xs[0] + (columns[starts] + 0.5) * _NARROW
    middles[0], middles[-1] = xs[0], xs[-1]
    high = [(float(x), round(float(y), 2)) for x, y in zip(middles, tips, strict=True)]
    low = [(float(x), round(float(y), 2)) for x, y in zip(middles, feet, strict=True)]
    step = max(2, round(4 * _PIECE / _NARROW))
    cuts = [*range(0, max(len(high) - step // 2, 1), step), len(high) - 1]
    return [(tuple(high[a : b + 1]), tuple(low[a : b + 1])) for a, b in pairwise(cuts) if b > a]


def _piece(line: Line, low: Line | None, plot: Box) -> Piece:
    """The fade runs over the height of an outline: a spike of no width gives all pieces the same."""
    base = plot.y + plot.height
    x = line[0][0]
    outline = ((x, plot.y), *line, (line[-1][0], base), (x, base))
    area = Area(outline, "sync", 0.5, fade=True)
    if low is None:
        return Piece(line, None, (area, Path(line, "sync", 2.4)))
    between = Area((*line, *reversed(low)), "sync", 0.3)
    return Piece(line, low, (area, between, Path(line, "sync", 1.6), Path(low, "sync", 1, alpha=0.6)))


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
