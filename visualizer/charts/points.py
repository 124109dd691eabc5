"""A measure for each of several words: a point with its interval in a line of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from visualizer.charts.asked import labels_of, named
from visualizer.charts.lettering import WIDEST_LABEL, shortened
from visualizer.charts.series import MIDDLE, NEVER, SURE, THEORY, Pen, Row, mean_of
from visualizer.charts.sheet import Sheet
from visualizer.charts.style import SMALL
from visualizer.lab.measures import Reals
from visualizer.language import translated
from visualizer.scene.primitives import Role
from visualizer.study.axis import Axis
from visualizer.study.sweep import Cells

_TALL = 0.34
"""The bar of the middle half, in lines."""

_LINE = 1.3
"""Height of a line, in heights of its letters."""


def points(sheet: Sheet, axes: Axes, axis: Axis, rows: Mapping[Pen, Row], seeds: int) -> None:
    """From top to bottom as they were asked for; several rows side by side within each line."""
    count, apart = len(axis.values), 0.72 / len(rows)
    for pen, row in rows.items():
        offset = apart * (pen.number - (len(rows) - 1) / 2)
        _row(
            sheet,
            axes,
            np.arange(count, dtype=np.float64) + offset,
            row.cells,
            pen,
            tall=min(apart * 0.6, _TALL),
        )
    labels = [shortened(sheet.figure, label, WIDEST_LABEL) for label in labels_of(axis)]
    rows_of_words(sheet, axes, labels)
    axes.set_title(named(axis))
    _legend(sheet, rows, seeds)


def rows_of_words(sheet: Sheet, axes: Axes, words: Sequence[str], *, right: bool = False) -> None:
    """A line for each, from top to bottom; smaller where there are very many."""
    axes.set_yticks(range(len(words)), words)
    axes.tick_params(axis="y", pad=9, labelcolor=sheet.ink("text"), labelleft=not right, labelright=right)
    sheet.later.append(lambda: _fit(sheet, axes, len(words)))
    axes.set_ylim(len(words) - 0.4, -0.6)
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")


def _fit(sheet: Sheet, axes: Axes, count: int) -> None:
    """Letters no higher than a line."""
    high = axes.get_window_extent().height / sheet.figure.dpi * 72 / count
    axes.tick_params(axis="y", labelsize=min(SMALL, high / _LINE))


def _row(sheet: Sheet, axes: Axes, y: Reals, found: Cells, pen: Pen, *, tall: float) -> None:
    colour = sheet.ink(pen.role)
    if pen.spread:
        axes.barh(y, found.upper - found.lower, tall, found.lower, color=sheet.ink(pen.role, 0.22), lw=0)
    axes.hlines(y, found.low, found.high, color=colour, lw=3.2, zorder=3)
    axes.plot(found.mean, y, pen.mark, color=colour, ms=9, mec=sheet.ink("panel"), zorder=4, clip_on=False)
    ends = y - tall * 0.72, y + tall * 0.72
    axes.vlines(found.expected, *ends, color=sheet.ink(pen.theory), lw=2.4, zorder=5)
    missing(sheet, axes, y[found.runs == 0], sideways=True)


def _legend(sheet: Sheet, rows: Mapping[Pen, Row], seeds: int) -> None:
    first = next(iter(rows))
    role: Role = first.role if first.alone else "text_dim"
    theory: Role = first.theory if first.alone else "text_dim"
    for pen, row in rows.items():
        sheet.entry(mark(sheet, pen.mark, pen.role), row.label or mean_of(seeds))
    found = [row.cells for row in rows.values()]
    if any(np.isfinite(one.low).any() for one in found):
        sheet.entry(Line2D([], [], color=sheet.ink(role), lw=3.2), translated(SURE))
    if first.spread:
        sheet.entry(Patch(color=sheet.ink(role, 0.22), lw=0), translated(MIDDLE))
    if any(np.isfinite(one.expected).any() for one in found):
        sheet.entry(
            Line2D([], [], color=sheet.ink(theory), lw=0, marker="|", ms=14, mew=2.4), translated(THEORY)
        )
    if any((one.runs == 0).any() for one in found):
        sheet.entry(mark(sheet, "x"), translated(NEVER))


def missing(sheet: Sheet, axes: Axes, places: Reals, *, sideways: bool = False) -> None:
    """Marks where there is no value, as nothing of the kind happened."""
    if len(places):
        at = (np.zeros(len(places)), places) if sideways else (places, np.zeros(len(places)))
        axes.plot(*at, "x", color=sheet.ink("text_dim"), ms=8, mew=1.6, clip_on=False, zorder=6)


def mark(sheet: Sheet, shape: str, role: Role = "text_dim") -> Line2D:
    """A sample of a mark."""
    return Line2D([], [], color=sheet.ink(role), lw=0, marker=shape, ms=8, mew=1.6 if shape == "x" else 0)
