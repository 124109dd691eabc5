"""What every chart stands on: a sheet with a title, what is shown in plain words, a legend, and the plots."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import sqrt
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.legend import Legend

from visualizer.canvas.theme import Theme
from visualizer.charts.lettering import NOTE, TITLE, in_lines
from visualizer.charts.style import DOTS_PER_INCH, LARGE, MEDIUM, Ink, styled
from visualizer.scene.primitives import Role

SIZE_PX = (1600, 900)
_MARGIN = 0.46
"""Inches around everything."""

_MOST_TITLES, _MOST_NOTES = 2, 3
_LINE = 1.34
"""From line to line, in heights of the text."""


@dataclass(slots=True)
class Sheet:
    """`entries`: (sample, words) of the legend, in order. `later`: what can only be done when everything else
    has its place.
    """

    figure: Figure
    ink: Ink
    title: str
    notes: str
    entries: list[tuple[Artist | tuple[Artist, ...], str]] = field(default_factory=list)
    later: list[Callable[[], None]] = field(default_factory=list)

    def entry(self, sample: Artist | tuple[Artist, ...], words: str) -> None:
        """One more line of the legend."""
        self.entries.append((sample, words))

    def settle(self) -> None:
        """Find everything its place, once and for all."""
        self.figure.draw_without_rendering()
        self.figure.set_layout_engine("none")
        for axes in self.figure.axes:
            _rounded(axes, "original")
            _rounded(axes, "active")
        for act in self.later:
            act()


def _rounded(axes: Axes, which: Literal["original", "active"]) -> None:
    """The layout adds up the same widths in any order: the last digit of a place is chance."""
    place = axes.get_position(original=which == "original").bounds
    axes.set_position(tuple(round(float(part), 12) for part in place), which=which)  # type: ignore[arg-type]


@contextmanager
def sheet_for(title: str, notes: Sequence[str], theme: Theme, size_px: tuple[int, int]) -> Iterator[Sheet]:
    """Draw on it; at the end everything has its place. In a chart of half the size letters are 0.7 times as
    large.

    `notes`: sentences under the title, as many as fit in three lines.
    """
    ink = Ink(theme)
    scale = sqrt(min(size_px[0] / SIZE_PX[0], size_px[1] / SIZE_PX[1]))
    dots = DOTS_PER_INCH * scale
    with styled(ink):
        figure = Figure((size_px[0] / dots, size_px[1] / dots), dpi=dots, layout="constrained")
        FigureCanvasAgg(figure)
        figure.set_label(title)
        sheet = Sheet(figure, ink, title, " ".join(notes))
        yield sheet
        _head(sheet)
        sheet.settle()


def _head(sheet: Sheet) -> None:
    """Title, notes and legend, from the top; the plots get what is left."""
    figure = sheet.figure
    width, height = figure.get_size_inches()
    across = width - 2 * _MARGIN
    y = height - 0.8 * _MARGIN
    for line in in_lines(figure, sheet.title, across, _MOST_TITLES, TITLE):
        _text(sheet, line, y, TITLE, "text")
        y -= LARGE * _LINE / 72
    y -= 0.04
    for line in in_lines(figure, sheet.notes, across, _MOST_NOTES, NOTE):
        _text(sheet, line, y, NOTE, "text_dim")
        y -= MEDIUM * _LINE / 72
    y -= (_legend(sheet, y - 0.08, across) if sheet.entries else 0) + 0.2
    rect = (
        0.7 * _MARGIN / width,
        0.6 * _MARGIN / height,
        1 - 1.4 * _MARGIN / width,
        (y - 0.6 * _MARGIN) / height,
    )
    engine = figure.get_layout_engine()
    assert engine is not None
    engine.set(rect=rect, w_pad=0.08, h_pad=0.08)  # type: ignore[call-arg]


def _text(sheet: Sheet, words: str, y: float, font: FontProperties, role: Role) -> None:
    width, height = sheet.figure.get_size_inches()
    text = sheet.figure.text(_MARGIN / width, y / height, words, font=font, va="top", color=sheet.ink(role))
    text.set_in_layout(False)


def _legend(sheet: Sheet, y: float, across: float) -> float:
    """In as few rows as fit; returns its height in inches."""
    figure = sheet.figure
    width, height = figure.get_size_inches()
    samples, words = zip(*sheet.entries, strict=True)
    for columns in range(len(words), 0, -1):
        legend = Legend(
            figure, samples, words, ncols=columns, loc="upper left", borderaxespad=0, borderpad=0,
            bbox_to_anchor=(_MARGIN / width, y / height), bbox_transform=figure.transFigure,
            handlelength=2, handletextpad=0.6, columnspacing=1.8, labelspacing=0.35,
        )  # fmt: skip
        legend.set_in_layout(False)
        figure.add_artist(legend)
        box = legend.get_window_extent()
        if box.width / figure.dpi <= across or columns == 1:
            return float(box.height / figure.dpi)
        legend.remove()
    return 0.0
