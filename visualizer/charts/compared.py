"""Designs side by side: what each costs, and by how much it differs from the first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from visualizer.canvas.theme import Theme
from visualizer.charts.axes import both_ways, sideways
from visualizer.charts.lettering import WIDEST_LABEL, shortened
from visualizer.charts.points import mark, missing, rows_of_words
from visualizer.charts.series import MIDDLE, NEVER, SURE, THEORY, mean_of, spreads
from visualizer.charts.sheet import SIZE_PX, Sheet, sheet_for
from visualizer.charts.style import CLOSED_FORM, LINES
from visualizer.lab.measures import Measure
from visualizer.language import say, say_many, thousands, translated
from visualizer.scene.lab_sweep_words import with_error
from visualizer.scene.primitives import Role
from visualizer.scene.quantities import Unit, unit_for
from visualizer.study.comparison import Compared, Differences

MOST_MEASURES, _MOST_ROWS = 3, 24
_APART: Role = "request"


def compared(
    found: Compared, measures: Sequence[Measure], theme: Theme, size_px: tuple[int, int] = SIZE_PX
) -> Figure:
    """A line a design; for each measure (as many as there is room for) its mean, and the difference to the
    first design.
    """
    designs, seeds = found.designs, len(found.designs.seeds)
    shown = measures[: max(1, min(MOST_MEASURES, _MOST_ROWS // len(designs.names)))]
    runs = say_many(
        "{n} run of each, in pairs with the same seed.",
        "{n} runs of each, in pairs with the same seed.",
        seeds,
        n=thousands(seeds),
    )
    notes = (runs, *designs.said)
    names = [translated(name) for name in designs.names]
    with sheet_for(_title(names, shown), notes, theme, size_px) as sheet:
        grid = sheet.figure.add_gridspec(len(shown), 2, wspace=0.02, width_ratios=(5, 4))
        labels = [shortened(sheet.figure, name, WIDEST_LABEL) for name in names]
        for row, measure in enumerate(shown):
            means, apart = (sheet.figure.add_subplot(grid[row, column]) for column in range(2))
            unit = _means(sheet, means, found, measure)
            rows_of_words(sheet, means, labels)
            words = _differences(sheet, apart, found.differences(measure), unit)
            rows_of_words(sheet, apart, words, right=True)
            apart.set_title(say("against {design}", design=labels[0]))
        _legend(sheet, found, shown)
    return sheet.figure


def _title(names: Sequence[str], measures: Sequence[Measure]) -> str:
    what = translated(measures[0].title) if len(measures) == 1 else say("What they cost")
    listed = ", ".join(names[:-1])
    return say("{what}: {designs} and {last}", what=what, designs=listed, last=names[-1])


def _means(sheet: Sheet, axes: Axes, found: Compared, measure: Measure) -> Unit:
    """What each design costs; returns the unit in which it is shown."""
    cells, role = found.cells(measure), LINES[0]
    y, wide = np.arange(len(cells.mean), dtype=np.float64), spreads(measure, len(found.designs.seeds))
    if wide:
        axes.barh(y, cells.upper - cells.lower, 0.34, cells.lower, color=sheet.ink(role, 0.22), lw=0)
    axes.hlines(y, cells.low, cells.high, color=sheet.ink(role), lw=3.2, zorder=3)
    (means,) = axes.plot(cells.mean, y, "o", color=sheet.ink(role), ms=9, zorder=4, clip_on=False)
    means.set_markeredgecolor(sheet.ink("panel"))
    axes.vlines(cells.expected, y - 0.26, y + 0.26, color=sheet.ink(CLOSED_FORM), lw=2.4, zorder=5)
    missing(sheet, axes, y[cells.runs == 0], sideways=True)
    seen = [cells.mean, cells.high, cells.expected, *([cells.upper] if wide else [])]
    unit = unit_for(measure.unit, np.concatenate(seen))
    sideways(axes, unit, seen)
    axes.set_xlabel("")
    title = translated(measure.title)
    axes.set_title(f"{title} ({unit.name})" if unit.name else title, color=sheet.ink("text"))
    return unit


def _differences(sheet: Sheet, axes: Axes, apart: Differences, unit: Unit) -> list[str]:
    """To the first, run by run; returns them in words."""
    y = np.arange(len(apart.mean), dtype=np.float64)
    axes.axvline(0, color=sheet.ink("link"), lw=1.5, zorder=2)
    axes.hlines(y, apart.low, apart.high, color=sheet.ink(_APART), lw=3.2, zorder=3)
    axes.plot(apart.mean, y, "D", color=sheet.ink(_APART), ms=8, mec=sheet.ink("panel"), zorder=4)
    both_ways(axes, unit, np.concatenate([apart.mean, apart.low, apart.high]))
    halves = (apart.high - apart.low) / 2 * unit.times
    return ["", *(_said(*pair) for pair in zip(apart.mean[1:] * unit.times, halves[1:], strict=True))]


def _said(mean: float, half: float) -> str:
    if not np.isfinite(mean):
        return say("never both")
    if mean == half == 0:
        return say("the same")
    return with_error(mean, half if np.isfinite(half) else None)


def _legend(sheet: Sheet, found: Compared, measures: Sequence[Measure]) -> None:
    seeds, cells = len(found.designs.seeds), [found.cells(measure) for measure in measures]
    sheet.entry(mark(sheet, "o", LINES[0]), mean_of(seeds))
    sheet.entry(mark(sheet, "D", _APART), say("mean difference"))
    if seeds > 1:
        sheet.entry(Line2D([], [], color=sheet.ink("text_dim"), lw=3.2), translated(SURE))
    if any(spreads(measure, seeds) for measure in measures):
        sheet.entry(Patch(color=sheet.ink(LINES[0], 0.22), lw=0), translated(MIDDLE))
    if any(np.isfinite(one.expected).any() for one in cells):
        bar = Line2D([], [], color=sheet.ink(CLOSED_FORM), lw=0, marker="|", ms=14, mew=2.4)
        sheet.entry(bar, translated(THEORY))
    if any((one.runs == 0).any() for one in cells):
        sheet.entry(mark(sheet, "x"), NEVER)
