"""Designs beside each other, under the same clients and the same bolts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from visualizer.lab.executors import executor_for
from visualizer.lab.measures import MEASURES, Measure
from visualizer.language import say
from visualizer.notebook.asking import (
    Scenario,
    Strike,
    Vary,
    axes_of,
    loaded_of,
    measures_of,
    seeds_of,
    strike_of,
)
from visualizer.notebook.pictures import CHART_PX, THEME, Chart, Size, theme_of
from visualizer.notebook.swept import Progress
from visualizer.study.comparison import Compared, compared_runs_table, compared_table, comparison_of
from visualizer.study.plan import plan_of
from visualizer.study.table import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CHARTED = ("lost_sessions", "outage_s")
"""What is shown of a comparison where no measure was asked for."""


@dataclass(frozen=True)
class Comparison:
    """`compared`: designs and runs. Its chart is what the last line of a cell shows."""

    compared: Compared
    measures: tuple[Measure, ...]
    _charted: tuple[Measure, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The designs; the others are compared with the first."""
        return self.compared.designs.names

    @property
    def said(self) -> tuple[str, ...]:
        """What one should know of how they were played, a sentence each."""
        return self.compared.designs.said

    @cached_property
    def table(self) -> Table:
        """A row for each measure and design: mean and interval, and those of the difference to the first."""
        return compared_table(self.compared, self.measures)

    @cached_property
    def runs(self) -> Table:
        """A row a run."""
        return compared_runs_table(self.compared, self.measures)

    def chart(
        self, measure: str | Sequence[str] | None = None, size: Size = CHART_PX, theme: str = THEME
    ) -> Chart:
        """Each design, and by how much it differs from the first. Raises StudyError."""
        shown, colours = measures_of(measure) if measure else self._charted, theme_of(theme)

        def draw() -> Figure:
            from visualizer.charts import compared  # noqa: PLC0415  (matplotlib only for who draws)

            return compared(self.compared, shown, colours, size)

        return Chart(draw)

    def _repr_png_(self) -> bytes:
        return self.chart().png

    def __repr__(self) -> str:
        """What was asked."""
        first, *others = self.names
        count = len(self.compared.designs.seeds)
        for other in others:
            first = say("{design} against {other}", design=first, other=other)
        return say("<{designs}, {n} seeds>", designs=first, n=count)


def compare(
    *scenarios: Scenario,
    vary: Vary | None = None,
    names: Sequence[str] | None = None,
    seeds: int | Sequence[int] = 200,
    strike: Strike = "random",
    measure: str | Sequence[str] | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Several scenarios, or one over a few values, with common random numbers: the same seed brings the same
    clients and the same instant to all of them, so that their difference is known from few runs.

    `names`: what to call the scenarios. The rest as for `sweep`. Raises what `load` raises, StudyError,
    ExecutorError.

    >>> compare("parallel", vary={"path": ["parallel", "cross"]}, seeds=20).names
    ('parallel', 'cross')
    """
    measures, axes = measures_of(measure), axes_of(vary)
    each, at = seeds_of(seeds), strike_of(strike)
    plans = [plan_of(loaded_of(one).opened, axes, seeds=each, strike=at) for one in scenarios]
    charted = measures if measure else tuple(MEASURES[key] for key in CHARTED)
    with executor_for(jobs, scheduler) as executor:
        found = comparison_of(plans, names, executor, progress=progress)
    return Comparison(found, measures, charted)
