"""Which chart suits a sweep."""

from __future__ import annotations

from matplotlib.figure import Figure

from visualizer.canvas.theme import Theme
from visualizer.charts.heat import heat_map
from visualizer.charts.lines import MOST_LINES, lines
from visualizer.charts.sheet import SIZE_PX
from visualizer.charts.spread import spread
from visualizer.lab.measures import Measure
from visualizer.study.axis import Axis
from visualizer.study.sweep import Sweep


def chart_of(sweep: Sweep, measure: Measure, theme: Theme, size_px: tuple[int, int] = SIZE_PX) -> Figure:
    """How the runs spread where nothing is varied, a line along one parameter; for two of them several lines
    where one has few values, else a heat map.
    """
    axes = sweep.plan.axes
    if not axes:
        return spread(sweep, measure, theme, size_px)
    if len(axes) == 1 or _as_lines(*axes):
        return lines(sweep, measure, theme, size_px)
    return heat_map(sweep, measure, theme, size_px)


def _as_lines(one: Axis, other: Axis) -> bool:
    """Few lines can be told apart; words make lines, two parameters of few numbers a better map."""
    if one.numbers is None and other.numbers is None:
        return (
            min(len(one.values), len(other.values)) <= MOST_LINES
            and max(len(one.values), len(other.values)) <= 12
        )
    words = [axis for axis in (one, other) if axis.numbers is None]
    if words:
        return len(words[0].values) <= MOST_LINES
    few, many = sorted((len(one.values), len(other.values)))
    return few <= 3 or (few <= MOST_LINES < many)
