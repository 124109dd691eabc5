"""How wide words are on a chart, and what fits where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from visualizer.charts.style import LARGE, MEDIUM, OTHERS, REGULAR, SEMIBOLD, SMALL

TITLE = FontProperties(family=[SEMIBOLD, OTHERS], size=LARGE)
NOTE = FontProperties(family=[REGULAR, OTHERS], size=MEDIUM)
LABEL = FontProperties(family=[REGULAR, OTHERS], size=SMALL)

WIDEST_LABEL = 3.2
"""Inches for what stands beside a plot."""


def width_of(figure: Figure, words: str, font: FontProperties = LABEL) -> float:
    """In inches."""
    text = Text(0, 0, words, font=font, figure=figure)
    return float(text.get_window_extent().width / figure.dpi)


def shortened(figure: Figure, words: str, across: float, font: FontProperties = LABEL) -> str:
    """What fits in `across` inches; an ellipsis stands for the rest."""
    if width_of(figure, words, font) <= across:
        return words
    ends = [f"{words[:kept].rstrip()}…" for kept in range(len(words))]
    return ends[max(_fitting(figure, ends, across, font) - 1, 0)]


def in_lines(figure: Figure, words: str, across: float, most: int, font: FontProperties) -> list[str]:
    """In at most `most` lines of so many inches; an ellipsis stands for what does not fit."""
    lines: list[str] = []
    left = words.split()
    while left and len(lines) < most - 1:
        beginnings = [" ".join(left[: count + 1]) for count in range(len(left))]
        count = max(_fitting(figure, beginnings, across, font), 1)
        lines.append(shortened(figure, beginnings[count - 1], across, font))
        left = left[count:]
    return [*lines, shortened(figure, " ".join(left), across, font)] if left else lines


def _fitting(figure: Figure, longer: Sequence[str], across: float, font: FontProperties) -> int:
    """How many of these, each longer than the one before, fit."""
    return bisect_right(longer, across, key=lambda words: width_of(figure, words, font))
