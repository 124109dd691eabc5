"""Many runs of a scenario, over the values of a parameter or two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from visualizer.lab.executors import executor_for
from visualizer.lab.measures import Measure
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
from visualizer.notebook.loaded import Settings
from visualizer.notebook.pictures import CHART_PX, THEME, Chart, Size, theme_of
from visualizer.study.plan import plan_of
from visualizer.study.sweep import Sweep, points_table, runs_table, sweep_of
from visualizer.study.table import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Progress = Callable[[int, int], None]
"""Called with how many runs are done, and of how many."""


@dataclass(frozen=True)
class SweepResult:
    """`sweep`: plan and runs. `measures`: those that were asked for; the first is that of the chart that the
    last line of a cell shows.
    """

    sweep: Sweep
    measures: tuple[Measure, ...]

    @property
    def said(self) -> tuple[str, ...]:
        """What one should know of how it was played, a sentence each."""
        return self.sweep.plan.said

    @cached_property
    def points(self) -> Table:
        """A row a combination of values: of each measure the mean, its interval at 95 %, how the runs spread,
        and the closed form where there is one. Columns that pandas and polars take without copying:
        `pandas.DataFrame(dict(result.points), copy=False)`.
        """
        return points_table(self.sweep, self.measures)

    @cached_property
    def runs(self) -> Table:
        """A row a run."""
        return runs_table(self.sweep, self.measures)

    def chart(self, measure: str | None = None, size: Size = CHART_PX, theme: str = THEME) -> Chart:
        """Lines with their spread, or a heat map. Raises StudyError."""
        (shown, *_), colours = measures_of(measure) if measure else self.measures, theme_of(theme)

        def draw() -> Figure:
            from visualizer.charts import chart_of  # noqa: PLC0415  (matplotlib only for who draws)

            return chart_of(self.sweep, shown, colours, size)

        return Chart(draw)

    def _repr_png_(self) -> bytes:
        return self.chart().png

    def __len__(self) -> int:
        """How many points there are."""
        return len(self.sweep.plan.points)

    def __repr__(self) -> str:
        """What was asked."""
        plan = self.sweep.plan
        name, seeds = plan.opened.name, len(plan.seeds)
        axes = "".join(say(", {path}: {n} values", path=axis.path, n=len(axis.values)) for axis in plan.axes)
        return say("<sweep of {scenario}{axes}, {n} seeds>", scenario=name, axes=axes, n=seeds)


def sweep(
    scenario: Scenario,
    vary: Vary | None = None,
    *,
    seeds: int | Sequence[int] = 200,
    strike: Strike = "random",
    measure: str | Sequence[str] | None = None,
    set: Settings = (),
    jobs: int | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> SweepResult:
    """Every combination of values with every seed.

    `vary`: `{"sync.interval": "0.5s..10s:20"}`, as `--vary` takes it; None: one point. `seeds`: so many, or
    these. `strike`: "random" strikes each seed at another instant, "as-written" lets the scenario's own
    events happen, "11s" strikes all then. `measure`: keys like "lost_sessions" and "outage_s" (None: all).
    `jobs`: processes (None: as many as pay); `scheduler`: the address of a Dask scheduler instead. Where it
    is played changes no byte.

    Raises what `load` raises, StudyError for what makes no sense, ExecutorError when nobody can play it.

    >>> result = sweep("article", {"sync.interval": ["1s", "3s"]}, seeds=20, measure="lost_sessions")
    >>> list(result.points.keys())[:3]
    ['sync_interval_s', 'lost_sessions_runs', 'lost_sessions_mean']
    """
    measures, axes = measures_of(measure), axes_of(vary)
    loaded = loaded_of(scenario)
    opened = (loaded.changed(set) if set else loaded).opened
    plan = plan_of(opened, axes, seeds=seeds_of(seeds), strike=strike_of(strike))
    with executor_for(jobs, scheduler) as executor:
        return SweepResult(sweep_of(plan, executor, progress=progress), measures)
