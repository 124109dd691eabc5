"""How the runs of one scenario spread: a bar for each range of values."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from visualizer.canvas.theme import Theme
from visualizer.charts.asked import notes_of, title_of
from visualizer.charts.axes import sideways
from visualizer.charts.numbers import Numbers
from visualizer.charts.sheet import SIZE_PX, Sheet, sheet_for
from visualizer.charts.style import CLOSED_FORM, DASH, LINES
from visualizer.lab.measures import Measure, Reals
from visualizer.language import say, thousands
from visualizer.scene.quantities import Unit, unit_for
from visualizer.study.sweep import Cells, Sweep, cells

_BARS = 40


def spread(
    sweep: Sweep,
    measure: Measure,
    theme: Theme,
    size_px: tuple[int, int] = SIZE_PX,
    this: float | None = None,
) -> Figure:
    """The runs of the first point of a sweep: which share of them gave which value, mean and closed form.
    `this`: what one run gave that is to stand beside them.
    """
    found, values = cells(sweep, measure), sweep.values(measure)[0]
    known = values[np.isfinite(values)]
    unit = unit_for(measure.unit, known)
    never = len(values) - len(known)
    notes = list(notes_of(sweep.plan))
    if never:
        notes.append(say("In {n} of them it never happened.", n=thousands(never)))
    with sheet_for(title_of(sweep.plan, measure), notes, theme, size_px) as sheet:
        axes = sheet.figure.add_subplot()
        edges = _edges(known, whole=measure.unit not in ("s", ""))
        shares = np.histogram(known, edges)[0] / len(values)
        axes.bar(edges[:-1], shares, np.diff(edges), align="edge", color=sheet.ink(LINES[0], 0.75),
                 edgecolor=sheet.ink("panel"), lw=0.8)  # fmt: skip
        seen = np.array([edges[0], found.expected[0], np.nan if this is None else this], dtype=np.float64)
        sideways(axes, unit, [seen, edges], least=float(np.nanmin(seen)))
        _shares(axes, float(shares.max(initial=0.0)))
        _marks(sheet, axes, unit, found, this)
    return sheet.figure


def _edges(known: Reals, *, whole: bool) -> Reals:
    """Where bars begin and end; those of whole numbers stand around them."""
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    if whole:
        step = max(1, round((high - low + 1) / _BARS))
        return np.arange(low, high + step + 0.5, step) - 0.5
    return np.linspace(low, high if high > low else low + 1.0, _BARS + 1)


def _shares(axes: Axes, most: float) -> None:
    axes.set_ylim(0, most * 1.15 or 1.0)
    axes.yaxis.set_major_locator(MaxNLocator(6))
    axes.yaxis.set_major_formatter(Numbers(100.0))
    axes.set_title(say("% of the runs"))


def _marks(sheet: Sheet, axes: Axes, unit: Unit, found: Cells, this: float | None) -> None:
    """Mean, closed form and the one run, as far as there are such, each with its value in the legend."""
    mean, expected = float(found.mean[0]), float(found.expected[0])
    if np.isfinite(mean):
        line = axes.axvline(mean, zorder=4, lw=2, color=sheet.ink("text"))
        sheet.entry(line, say("mean {value}", value=unit.say(mean)))
    if np.isfinite(expected):
        line = axes.axvline(expected, zorder=4, lw=2, color=sheet.ink(CLOSED_FORM), ls=DASH)
        sheet.entry(line, say("closed form {value}", value=unit.say(expected)))
    if this is not None and np.isfinite(this):
        line = axes.axvline(this, zorder=4, lw=4, color=sheet.ink("struck", 0.85))
        sheet.entry(line, say("this run {value}", value=unit.say(this)))
