"""How a figure is spread over strikes at all instants of a window, each as likely: mean, worst, shares."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10

import numpy as np
from numpy.typing import NDArray

from visualizer.lab.columns import NEVER_US, Integers
from visualizer.lab.control_result import Control
from visualizer.lab.strike import Window

_BINS = 40


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """`mean` is None where it is not finite: for the part `never` of the instants it never ends. `worst`, at
    `worst_us`, is the most in the whole run, NEVER_US: for ever. Of all instants the part `shares[i]` has a
    value in [`edges[i]`, `edges[i + 1]`); shape (bins,) and (bins + 1,), both empty where there are none.
    """

    mean: float | None
    never: float
    worst: int
    worst_us: int
    edges: Integers
    shares: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """A figure that is `value[i]` for strikes in (`from_us[i]`, `from_us[i + 1]`], the last to the end."""

    from_us: Integers
    value: Integers

    def at(self, strike_us: Integers) -> Integers:
        """For strikes at these instants, none before the first step."""
        found: Integers = self.value[np.searchsorted(self.from_us, strike_us) - 1]
        return found


def spread_of_steps(steps: Steps, window: Window, end_us: int) -> Spread:
    """Of what does not change between steps; the run ends at `end_us`."""
    until_us = np.append(steps.from_us[1:], end_us)
    worst = int(np.argmax(np.where(steps.from_us < until_us, steps.value, -1)))
    weight = _overlap(steps.from_us + 1, until_us, window)
    most = int(steps.value[weight > 0].max(initial=0))
    edges = np.arange(0, most + 1 + (width := _width(most + 1)), width, dtype=np.int64)
    counts, _ = np.histogram(steps.value, edges, weights=weight)
    total = int(weight.sum())
    return Spread(
        int((steps.value * weight).sum()) / total,
        0.0,
        int(steps.value[worst]),
        int(until_us[worst]),
        edges,
        counts / total,
    )


def spread_of_outage(control: Control, window: Window) -> Spread:
    """Of the time from the strike until everybody is served again, in microseconds."""
    from_us = np.append(0, control.to_us[:-1] + 1)
    worst, worst_us = _longest(control, from_us)
    weight = _overlap(from_us, control.to_us, window)
    ends = weight > 0
    never = (control.restored_us == NEVER_US) & ends
    ends &= ~never
    first_us = np.maximum(from_us, window[0])[ends]
    weight, moves = weight[ends], control.restored_moves[ends]
    most = control.restored_us[ends] - np.where(moves, 0, first_us)
    least = np.where(moves, most, most - weight + 1)
    total = window[1] - window[0]
    if not len(weight):
        return Spread(None, 1.0, worst, worst_us, np.zeros(0, dtype=np.int64), np.zeros(0))
    edges = _edges(int(least.min()), int(most.max()))
    below = np.where(moves, weight * (most < edges[:, None]), np.clip(edges[:, None] - least, 0, weight)).sum(
        axis=1
    )
    mean = float(((least + most) / 2 * weight).sum() / weight.sum())
    share = 1 - int(weight.sum()) / total
    return Spread(None if never.any() else mean, share, worst, worst_us, edges, np.diff(below) / total)


def _longest(control: Control, from_us: Integers) -> tuple[int, int]:
    """The longest outage of the whole run, and the first strike that causes it."""
    never = np.flatnonzero(control.restored_us == NEVER_US)
    if len(never):
        return NEVER_US, int(from_us[never[0]])
    outage_us = control.restored_us - np.where(control.restored_moves, 0, from_us)
    worst = int(np.argmax(outage_us))
    return int(outage_us[worst]), int(from_us[worst])


def _overlap(first_us: Integers, last_us: Integers, window: Window) -> Integers:
    """How many instants of [first, last] lie in the window."""
    low_us, high_us = np.maximum(first_us, window[0]), np.minimum(last_us, window[1] - 1)
    instants: Integers = np.maximum(high_us - low_us + 1, 0)
    return instants


def _edges(least: int, most: int) -> Integers:
    width = _width(most - least + 1)
    first = least // width * width
    return np.arange(first, most + 1 + width, width, dtype=np.int64)


def _width(span: int) -> int:
    """A round width (1, 2, 5, 10, 20...) that takes about so many bins to cover the span."""
    least = max(span / _BINS, 1)
    ten = int(10 ** int(log10(least)))
    return next(ten * step for step in (1, 2, 5, 10) if ten * step >= least)
