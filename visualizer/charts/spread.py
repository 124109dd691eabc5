"""How the runs of one scenario spread: a bar for each range of values."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from visualizer.canvas.theme import Theme
from visualizer.charts.asked import notes_of, title_of
from visualizer.charts.axes import sideways
from visualizer.charts.numbers import Numbers
from visualizer.charts.series import THEORY
from visualizer.charts.sheet import SIZE_PX, Sheet, sheet_for
from visualizer.charts.style import CLOSED_FORM, DASH, LINES
from visualizer.lab.measures import Measure, Reals
from visualizer.scene.quantities import Unit, unit_for
from visualizer.study.sweep import Sweep, cells

_BARS = 40
THIS = "this run"


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
    notes = [*notes_of(sweep.plan), *([f"In {never} of them it never happened."] if never else [])]
    with sheet_for(title_of(sweep.plan, measure), notes, theme, size_px) as sheet:
        axes = sheet.figure.add_subplot()
        edges = _edges(known, whole=measure.unit not in ("s", ""))
        shares = np.histogram(known, edges)[0] / len(values)
        axes.bar(edges[:-1], shares, np.diff(edges), align="edge", color=sheet.ink(LINES[0], 0.75),
                 edgecolor=sheet.ink("panel"), lw=0.8)  # fmt: skip
        seen = np.array([edges[0], found.expected[0], np.nan if this is None else this], dtype=np.float64)
        sideways(axes, unit, [seen, edges], least=float(np.nanmin(seen)))
        _shares(axes, float(shares.max(initial=0.0)))
        _line(sheet, axes, float(found.mean[0]), "mean", unit)
        _line(sheet, axes, float(found.expected[0]), THEORY, unit)
        _line(sheet, axes, np.nan if this is None else this, THIS, unit)
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
    axes.set_title("% of the runs")


def _line(sheet: Sheet, axes: Axes, value: float, words: str, unit: Unit) -> None:
    if not np.isfinite(value):
        return
    style: dict[str, Any] = {"lw": 2, "color": sheet.ink("text")}
    if words == THEORY:
        style |= {"ls": DASH, "color": sheet.ink(CLOSED_FORM)}
    if words == THIS:
        style |= {"lw": 4, "color": sheet.ink("struck", 0.85)}
    line = axes.axvline(value, zorder=4, **style)
    sheet.entry(line, f"{words} {unit.say(value)}")
