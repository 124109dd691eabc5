"""A measure over two parameters: a cell for each pair of values."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from visualizer.canvas.theme import Theme, contrast
from visualizer.charts.asked import labels_of, named, notes_of, title_of
from visualizer.charts.axes import thinned
from visualizer.charts.lettering import WIDEST_LABEL, shortened, width_of
from visualizer.charts.numbers import Numbers
from visualizer.charts.series import NEVER, mean_of
from visualizer.charts.sheet import SIZE_PX, Sheet, sheet_for
from visualizer.charts.style import SMALL, Shade, pixels
from visualizer.lab.measures import Measure, Reals
from visualizer.language import translated
from visualizer.scene.quantities import Unit, alike, unit_for
from visualizer.study.axis import Axis
from visualizer.study.sweep import Sweep, cells

_SMALLEST_TEXT = pixels(13)
_LONGEST = 12
"""So many of the longest numbers are measured."""

_FILLED = 0.86
"""How much of a cell's width a number may take."""


def heat_map(sweep: Sweep, measure: Measure, theme: Theme, size_px: tuple[int, int] = SIZE_PX) -> Figure:
    """A sweep of two parameters: the first upward, the second to the right, means as colours and numbers."""
    plan, found = sweep.plan, cells(sweep, measure)
    unit = unit_for(measure.unit, found.mean)
    values = found.mean.reshape(plan.shape) * unit.times
    with sheet_for(title_of(plan, measure), notes_of(plan), theme, size_px) as sheet:
        axes = sheet.figure.add_subplot()
        mesh = _mesh(sheet, axes, values)
        _labels(sheet, axes, *plan.axes)
        _bar(sheet, axes, mesh, unit, len(plan.seeds))
        if _hatch(sheet, axes, values):
            sheet.entry(
                Patch(facecolor="none", edgecolor=sheet.ink("link"), hatch="///", lw=1), translated(NEVER)
            )
        sheet.later.append(lambda: _numbers(sheet, axes, mesh, values))
    return sheet.figure


def _mesh(sheet: Sheet, axes: Axes, values: Reals) -> QuadMesh:
    known = values[np.isfinite(values)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    fine = max(values.shape) > 40
    edges = "none" if fine else sheet.ink("panel")
    shape = (np.arange(values.shape[1] + 1) - 0.5, np.arange(values.shape[0] + 1) - 0.5)
    norm = Normalize(low, high if high > low else low + 1.0)
    return axes.pcolormesh(
        *shape, np.ma.masked_invalid(values), cmap=_colours(sheet), norm=norm, edgecolors=edges, linewidth=1.5
    )


def _colours(sheet: Sheet) -> Colormap:
    """Little to much: away from the background, so that much stands out."""
    roles = [role for role in sheet.ink.theme.colours if role.startswith("heat_")]
    return LinearSegmentedColormap.from_list("heat", [sheet.ink(role) for role in sorted(roles)])


def _labels(sheet: Sheet, axes: Axes, upward: Axis, across: Axis) -> None:
    axes.set(xlabel=named(across), ylabel=named(upward))
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(length=0)
    figure = sheet.figure
    thinned(axes.yaxis, [shortened(figure, label, WIDEST_LABEL) for label in labels_of(upward)], 22)
    labels = [shortened(figure, label, WIDEST_LABEL) for label in labels_of(across)]
    thinned(axes.xaxis, labels, 20)
    room = _FILLED * (figure.get_size_inches()[0] - 2 * WIDEST_LABEL) / min(len(labels), 20)
    if max(width_of(figure, label) for label in labels) > room:
        axes.tick_params(axis="x", rotation=90)


def _bar(sheet: Sheet, axes: Axes, mesh: QuadMesh, unit: Unit, seeds: int) -> None:
    """What the colours mean, in numbers."""
    bar = sheet.figure.colorbar(mesh, ax=axes, aspect=28, pad=0.015, fraction=0.05)
    bar.outline.set_visible(False)
    bar.ax.yaxis.set_major_formatter(Numbers())
    bar.ax.grid(visible=False)
    axes.set_title(f"{unit.words}, {mean_of(seeds)}")


def _hatch(sheet: Sheet, axes: Axes, values: Reals) -> bool:
    """Cells without a value; returns whether there are any."""
    missing = np.argwhere(~np.isfinite(values))
    for row, column in missing:
        axes.add_patch(
            Rectangle(
                (column - 0.5, row - 0.5),
                1,
                1,
                facecolor="none",
                edgecolor=sheet.ink("link"),
                hatch="///",
                lw=0,
            )
        )
    return bool(len(missing))


def _numbers(sheet: Sheet, axes: Axes, mesh: QuadMesh, values: Reals) -> None:
    """Each mean in its cell, if all of them fit."""
    figure = sheet.figure
    box = axes.get_window_extent()
    wide, high = (side / count / figure.dpi for side, count in zip(box.size, values.shape[::-1], strict=True))
    known = np.argwhere(np.isfinite(values)).tolist()
    words = alike(values[np.isfinite(values)])
    longest = sorted(set(words), key=len)[-_LONGEST:]
    widest = max((width_of(figure, one) for one in longest), default=0.0)
    size = SMALL * min(1.0, wide * _FILLED / max(widest, 1e-6), high * 72 * 0.6 / SMALL)
    if size < _SMALLEST_TEXT:
        return
    colours = mesh.to_rgba(values)
    for (row, column), one in zip(known, words, strict=True):
        shade = _readable(sheet, colours[row, column])
        axes.text(column, row, one, size=size, color=shade, ha="center", va="center_baseline")


def _readable(sheet: Sheet, ground: Shade) -> Shade:
    """Black or white, or nearly so: what reads better on this."""
    theme = sheet.ink.theme
    red, green, blue = (round(float(part) * 255) for part in ground[:3])
    roles = ("text", "background")
    best = max(roles, key=lambda role: contrast(theme.colour(role), (red, green, blue, 255)))  # type: ignore[arg-type]
    return sheet.ink(best)  # type: ignore[arg-type]
