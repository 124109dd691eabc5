"""The axes of charts: scales, numbers along them, and room for what is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis as Ruler
from matplotlib.ticker import FixedLocator, LogLocator, MaxNLocator, NullFormatter, NullLocator

from visualizer.charts.asked import named, numbers_of, shown_in
from visualizer.charts.numbers import EachNumber, Numbers
from visualizer.lab.measures import Reals
from visualizer.scene.quantities import Unit, unit_for
from visualizer.study.axis import Axis

_FEW = 12
_AIR = 1.06
_RATIO = 50
"""Listed values that reach so far apart stand on a logarithmic axis."""


def along(axes: Axes, axis: Axis) -> None:
    """The numbers of a parameter: all values where they are few, else round ones."""
    numbers, unit, ruler = numbers_of(axis), shown_in(axis), axes.xaxis
    logarithmic = axis.logarithmic or _by_ratios(numbers)
    if logarithmic:
        axes.set_xscale("log")
    if len(numbers) <= _FEW and not _crowded(numbers, logarithmic):
        ruler.set_major_locator(FixedLocator(list(numbers)))
        ruler.set_major_formatter(EachNumber(unit.times))
    elif logarithmic:
        few = numbers.max() > 200 * numbers.min()
        ruler.set_major_locator(LogLocator(subs=(1.0,) if few else (1.0, 2.0, 5.0), numticks=20))
        ruler.set_major_formatter(EachNumber(unit.times))
    else:
        ruler.set_major_locator(_round(unit, 10))
        ruler.set_major_formatter(Numbers(unit.times))
    ruler.set_minor_locator(NullLocator())
    ruler.set_minor_formatter(NullFormatter())
    ruler.set_label_text(named(axis))


def upward(axes: Axes, unit: Unit, shown: Iterable[Reals], *, whole: bool = False) -> None:
    """From nothing to the most that is shown; what is measured stands above the axis. `whole`: numbers along
    it are.
    """
    axes.set_ylim(*_limits(unit, shown))
    axes.yaxis.set_major_locator(_round(unit, 7, whole=whole))
    axes.yaxis.set_major_formatter(Numbers(unit.times))
    axes.set_title(unit.words)


def sideways(axes: Axes, unit: Unit, shown: Iterable[Reals], least: float = 0.0) -> None:
    """The same from left to right, from `least`, around which there is air if it is not 0."""
    low, high = _limits(unit, shown, least)
    axes.set_xlim(low if least == 0 else low - (high - low) * (_AIR - 1), high)
    axes.xaxis.set_major_locator(_round(unit, 9))
    axes.xaxis.set_major_formatter(Numbers(unit.times))
    axes.set_xlabel(unit.words)


def _limits(unit: Unit, shown: Iterable[Reals], least: float = 0.0) -> tuple[float, float]:
    most = max((float(np.nanmax(one)) for one in shown if np.isfinite(one).any()), default=0.0)
    top = least + (most - least) * _AIR if most > least else least + 1.0 / unit.times
    if unit.name == "%":
        top = min(top, 1.0 * _AIR) if most > 0 else 0.1
    return least, top


def both_ways(axes: Axes, unit: Unit, shown: Reals) -> None:
    """From left to right around 0, without words."""
    ends = [0.0, *shown[np.isfinite(shown)].tolist()]
    low, high = (min(ends), max(ends)) if max(ends) > min(ends) else (-1 / unit.times, 1 / unit.times)
    air = (high - low) * (_AIR - 1)
    axes.set_xlim(low - air, high + air)
    axes.xaxis.set_major_locator(_round(unit, 6))
    axes.xaxis.set_major_formatter(Numbers(unit.times))


def rightward(axes: Axes, end_s: float, words: str) -> None:
    """The time of a run."""
    unit = unit_for("s", np.array([end_s]))
    axes.xaxis.set_major_locator(_round(unit, 12))
    axes.xaxis.set_major_formatter(Numbers(unit.times))
    axes.set_xlabel(f"{words} ({unit.name})")


def _round(unit: Unit, most: int, *, whole: bool = False) -> MaxNLocator:
    """Round numbers in the unit that is shown, which need not be round in the other."""
    return _Scaled(unit.times, most, whole=whole)


class _Scaled(MaxNLocator):
    def __init__(self, times: float, most: int, *, whole: bool) -> None:
        super().__init__(nbins=most, steps=[1, 2, 2.5, 5, 10], integer=whole, min_n_ticks=1)
        self._times = times

    def tick_values(self, vmin: float, vmax: float) -> list[float]:
        """In what the axis is in."""
        shown = super().tick_values(vmin * self._times, vmax * self._times)
        return [value / self._times for value in shown]


def _by_ratios(numbers: Reals) -> bool:
    """Whether values that somebody listed are further apart the larger they are: 1, 10, 100."""
    steps = np.diff(numbers)
    uneven = len(steps) > 1 and steps.min() > 0 and steps.max() > 2 * steps.min()
    return bool(uneven and numbers[0] > 0 and numbers[-1] >= _RATIO * numbers[0])


def _crowded(numbers: Reals, logarithmic: bool) -> bool:
    """Whether two are so close together that their labels would touch."""
    places = np.log(numbers) if logarithmic else numbers
    span = float(np.ptp(places))
    return bool(len(numbers) > 1 and np.min(np.abs(np.diff(np.sort(places)))) < span / 18)


def thinned(ruler: Ruler, labels: Sequence[str], most: int) -> None:
    """Words at 0, 1, 2 ..., but only every second, third ... where there are more than `most`."""
    every = -(-len(labels) // most)
    places = range(0, len(labels), every)
    ruler.set_ticks(list(places), [labels[place] for place in places])
