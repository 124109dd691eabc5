"""A measure along a parameter: the mean with how sure it is, how the runs spread, and the closed form."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Annotation

from visualizer.canvas.theme import Theme
from visualizer.charts.asked import named, notes_of, numbers_of, shown_in, title_of
from visualizer.charts.axes import along, sideways, upward
from visualizer.charts.lettering import WIDEST_LABEL, shortened
from visualizer.charts.points import mark, missing, points
from visualizer.charts.series import MIDDLE, NEVER, SURE, THEORY, Pen, Row, mean_of, rows_of, spreads
from visualizer.charts.sheet import SIZE_PX, Sheet, sheet_for
from visualizer.charts.style import CLOSED_FORM, DASH, LINES, SMALL
from visualizer.lab.measures import Measure, Reals
from visualizer.language import translated
from visualizer.scene.primitives import Role
from visualizer.scene.quantities import unit_for
from visualizer.study.axis import Axis
from visualizer.study.sweep import Cells, Sweep, cells

MOST_LINES = len(LINES)
_MANY = 32
"""With more points than this, marks would hide the line."""

_MARGIN = 0.03


def lines(sweep: Sweep, measure: Measure, theme: Theme, size_px: tuple[int, int] = SIZE_PX) -> Figure:
    """A sweep along one parameter, with a line for each value of the other if there is one (six at most).

    Numbers make lines; along words there are points.
    """
    plan, found = sweep.plan, cells(sweep, measure)
    axis, apart, rows = rows_of(plan, found)
    words, alone = axis.numbers is None, apart is None
    spread = spreads(measure, len(plan.seeds)) and (alone or words)
    pens = [Pen(number, alone, spread) for number in range(len(rows))]
    seen = [found.mean, found.high, found.expected, *([found.upper] if spread else [])]
    unit = unit_for(measure.unit, np.concatenate(seen))
    with sheet_for(title_of(plan, measure), notes_of(plan), theme, size_px) as sheet:
        axes = sheet.figure.add_subplot()
        if words:
            points(sheet, axes, axis, dict(zip(pens, rows, strict=True)), len(plan.seeds))
            sideways(axes, unit, seen)
            return sheet.figure
        upward(axes, unit, seen)
        for pen, row in zip(pens, rows, strict=True):
            _line(sheet, axes, numbers_of(axis), row.cells, pen)
        along(axes, axis)
        axes.margins(x=_MARGIN)
        _legend(sheet, found, len(plan.seeds), pens[0])
        if apart is not None:
            _names(sheet, axes, rows, apart)
    return sheet.figure


def _line(sheet: Sheet, axes: Axes, x: Reals, found: Cells, pen: Pen) -> None:
    """One line and what belongs to it."""
    if pen.spread:
        axes.fill_between(x, found.lower, found.upper, color=sheet.ink(pen.role, 0.16), lw=0)
    axes.fill_between(x, found.low, found.high, color=sheet.ink(pen.role, pen.strength), lw=0)
    (line,) = axes.plot(x, found.mean, color=sheet.ink(pen.role), lw=2.6 if pen.alone else 2.2, zorder=3)
    line.set_clip_on(False)
    if len(x) <= _MANY:
        line.set(marker=pen.mark, markersize=6.5, markeredgecolor=sheet.ink("panel"), markeredgewidth=1)
    axes.plot(x, found.expected, color=sheet.ink(pen.theory), lw=2 if pen.alone else 1.5, ls=DASH, zorder=4)
    missing(sheet, axes, x[found.runs == 0])


def _legend(sheet: Sheet, found: Cells, seeds: int, pen: Pen) -> None:
    """In the colours of the line where there is one, in that of words where there are several."""
    role: Role = LINES[0] if pen.alone else "text_dim"
    theory: Role = CLOSED_FORM if pen.alone else "text_dim"
    sheet.entry(Line2D([], [], color=sheet.ink(role), lw=2.6), mean_of(seeds))
    if np.isfinite(found.low).any():
        sheet.entry(Patch(color=sheet.ink(role, pen.strength), lw=0), translated(SURE))
    if pen.spread:
        sheet.entry(Patch(color=sheet.ink(role, 0.16), lw=0), translated(MIDDLE))
    if np.isfinite(found.expected).any():
        sheet.entry(Line2D([], [], color=sheet.ink(theory), lw=2, ls=DASH), translated(THEORY))
    if (found.runs == 0).any():
        sheet.entry(mark(sheet, "x"), translated(NEVER))


def _names(sheet: Sheet, axes: Axes, rows: tuple[Row, ...], apart: Axis) -> None:
    """Each line's value at its right end, moved apart where two would touch; the parameter above them."""
    unit = shown_in(apart).name if apart.numbers is not None else ""
    labels: list[Annotation] = []
    for number, row in enumerate(rows):
        known = row.cells.mean[np.isfinite(row.cells.mean)]
        end = (1, float(known[-1]) if len(known) else 0.0)
        words = shortened(sheet.figure, f"{row.label} {unit}".rstrip(), WIDEST_LABEL)
        at = ("axes fraction", "data")
        label = axes.annotate(words, end, (8, 0), xycoords=at, textcoords="offset points", va="center")
        label.set(color=sheet.ink(LINES[number]), fontsize=SMALL)
        labels.append(label)
    axes.set_title(named(apart).partition(" (")[0], loc="right")
    sheet.later.append(lambda: _move_apart(labels, sheet.figure.dpi))


def _move_apart(labels: list[Annotation], dpi: float) -> None:
    """Upward from the lowest, as far as each needs; then all back down so that none has moved far."""
    boxes = [label.get_window_extent() for label in labels]
    order = sorted(range(len(labels)), key=lambda place: boxes[place].y0)
    height = max(box.height for box in boxes) * 1.08
    wanted = [boxes[place].y0 for place in order]
    found = list(wanted)
    for place in range(1, len(found)):
        found[place] = max(found[place], found[place - 1] + height)
    excess = sum(one - other for one, other in zip(found, wanted, strict=True)) / len(found)
    for place, one, other in zip(order, found, wanted, strict=True):
        x, _ = labels[place].get_position()
        labels[place].set_position((x, (one - other - excess) * 72 / dpi))
