"""A figure at every instant of a run as a line that a chart can hold: exact where that is few points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visualizer.lab.measures import Reals

MOST_POINTS = 4000
_COLUMNS = 1500


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """Shape (points,): between `low` and `high` lie all values near `at`; NaN where there is none. The two
    are the same where every value is a point of its own.
    """

    at: Reals
    low: Reals
    high: Reals

    @property
    def exact(self) -> bool:
        """Whether it is a line and no band."""
        return self.low is self.high


def outline_of(at: Reals, values: Reals) -> Outline:
    """Of values at ascending instants: all of them, or the least and the most of each of some columns."""
    if len(at) <= MOST_POINTS:
        return Outline(at, values, values)
    firsts = np.unique(np.linspace(0, len(at), _COLUMNS + 1).astype(np.int64)[:-1])
    low = np.fmin.reduceat(values, firsts)
    high = np.fmax.reduceat(values, firsts)
    return Outline(at[firsts], low, high)


def corners(value_until: Reals, value: Reals, end: float) -> tuple[Reals, Reals]:
    """A figure that is `value[i]` from `value_until[i]` on until the next, the last until `end`: as a line
    with its corners.
    """
    edges = np.append(value_until, end)
    return np.repeat(edges, 2)[1:-1], np.repeat(value, 2)
