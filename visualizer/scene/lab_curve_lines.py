"""Thousands of instants as a few hundred points: no peak is lost, and teeth too dense to be told apart are a
band from their tips to their feet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from visualizer.lab.columns import NEVER_US, Integers
from visualizer.scene.lab_curve import Costs
from visualizer.scene.motion import Point
from visualizer.scene.primitives import Box

_COLUMN = 2.5
"""What lies within so many units is looked at together."""
_NARROW = 5.0
"""Teeth that are narrower than this on average become a band."""

Floats = NDArray[np.float64]
Line = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Instants in a row that all have a value: the line through it, or the tips of its teeth over `low`."""

    line: Line
    low: Line | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """The stretches with values, left to right, and from where to where there are none."""

    stretches: tuple[Stretch, ...]
    without: tuple[tuple[float, float], ...]


@lru_cache(maxsize=8)
def outline(costs: Costs, plot: Box, duration_us: int, top: float) -> Outline:
    """What is drawn in `plot`, whose width is `duration_us` and whose top stands for `top`."""
    if not len(costs):
        return Outline((), ())
    xs = (plot.x + costs.at_us * (plot.width / max(duration_us, 1))).astype(np.float64)
    ys = (plot.y + plot.height * (1 - costs.values / top)).round(2).astype(np.float64)
    stretches: list[Stretch] = []
    without: list[tuple[float, float]] = []
    edges = np.flatnonzero(np.diff(costs.values == NEVER_US)) + 1
    for part in np.split(np.arange(len(costs)), edges):
        if costs.values[part[0]] == NEVER_US:
            without.append((float(xs[part[0]]), float(xs[part[-1]])))
        else:
            stretches.append(_stretch(xs[part], ys[part], costs.values[part]))
    return Outline(tuple(stretches), tuple(without))


def _stretch(xs: Floats, ys: Floats, values: Integers) -> Stretch:
    teeth = _turns(values) // 2
    if teeth > 8 and teeth * _NARROW > xs[-1] - xs[0]:
        return _band(xs, ys)
    return Stretch(_line(xs, ys))


def _turns(values: Integers) -> int:
    """How often it turns from rising to falling or back."""
    ways = np.sign(np.diff(values))
    ways = ways[ways != 0]
    return int((ways[1:] != ways[:-1]).sum())


def _line(xs: Floats, ys: Floats) -> Line:
    """Of each column the first, the lowest, the highest and the last; nothing within a level stretch."""
    bent = np.ones(len(ys), dtype=np.bool_)
    bent[1:-1] = (ys[:-2] != ys[1:-1]) | (ys[1:-1] != ys[2:])
    xs, ys = xs[bent], ys[bent]
    starts = _starts(xs, _COLUMN)
    kept: set[int] = set()
    for first, end in zip(starts, [*starts[1:], len(xs)], strict=True):
        here = ys[first:end]
        kept |= {int(first), int(first + np.argmin(here)), int(first + np.argmax(here)), int(end) - 1}
    return tuple((round(float(xs[place]), 2), float(ys[place])) for place in sorted(kept))


def _band(xs: Floats, ys: Floats) -> Stretch:
    starts = _starts(xs, _NARROW)
    middles = xs[starts] + _NARROW / 2
    middles[0], middles[-1] = xs[0], xs[-1]
    tips, feet = np.minimum.reduceat(ys, starts), np.maximum.reduceat(ys, starts)
    return Stretch(_points(middles, tips), _points(middles, feet))


def _points(xs: Floats, ys: Floats) -> Line:
    return tuple((round(float(x), 2), float(y)) for x, y in zip(xs, ys, strict=True))


def _starts(xs: Floats, width: float) -> list[int]:
    """Where each column begins."""
    columns = ((xs - xs[0]) / width).astype(np.int64)
    return [int(place) for place in np.flatnonzero(np.diff(columns, prepend=-1))]
