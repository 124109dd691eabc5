"""A plan that was played."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from math import prod

import numpy as np

from visualizer import __version__
from visualizer.lab.columns import NEVER_US, Columns, Integers
from visualizer.lab.executors import Executor
from visualizer.lab.measures import Measure, Reals
from visualizer.lab.playing import Keep, Progress, play
from visualizer.lab.strike import undisturbed
from visualizer.lab.trials import Family
from visualizer.language import Spoken, speaking
from visualizer.study.axis import Axis
from visualizer.study.cells import Cells, summary
from visualizer.study.plan import Plan
from visualizer.study.table import Column, Table
from visualizer.theory import expectation

__all__ = [
    "Cells",
    "Progress",
    "Sweep",
    "about",
    "cells",
    "expected_of",
    "points_table",
    "runs_table",
    "sweep_of",
]


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """`runs`: row point x seeds + seed's place."""

    plan: Plan
    runs: Columns

    def values(self, measure: Measure) -> Reals:
        """Shape (points, seeds)."""
        return measure.of(self.runs).reshape(len(self.plan.points), len(self.plan.seeds))

    def expected(self, measure: Measure) -> Reals:
        """What the closed forms expect at each point, NaN where there is none; shape (points,)."""
        return expected_of(self.plan.families, measure)


def expected_of(families: Sequence[Family], measure: Measure) -> Reals:
    """What the closed forms expect of each family, NaN where there is none; shape (families,)."""
    if measure.expected is None:
        return np.full(len(families), np.nan)
    return np.array([_expected(family, measure.expected) for family in families], dtype=np.float64)


def _expected(family: Family, figure: str) -> float:
    """Closed forms are for one strike at a random instant, and nothing else that happens."""
    blow = family.blow
    if blow is None or blow.window_us[1] - blow.window_us[0] == 1 or undisturbed(family.setup).commands:
        return np.nan
    found = expectation(family.setup, tier=blow.tier, fault=blow.fault)
    value = None if found is None else getattr(found, figure)
    return np.nan if value is None else float(value)


def sweep_of(
    plan: Plan,
    executor: Executor | None = None,
    *,
    done: Mapping[int, Integers] | None = None,
    keep: Keep | None = None,
    progress: Progress | None = None,
) -> Sweep:
    """Every run of the plan, played on this executor (None: here). `done` and `keep` as for `lab.play`.

    Raises ExecutorError, ConservationError.
    """
    runs = play(plan.families, executor, done=done, keep=keep, progress=progress)
    return Sweep(plan, runs)


def cells(sweep: Sweep, measure: Measure) -> Cells:
    """The runs of each point in a few numbers."""
    return summary(sweep.values(measure), sweep.expected(measure), shares=not measure.unit)


def points_table(sweep: Sweep, measures: Sequence[Measure]) -> Table:
    """A row a point: its parameters, then of each measure how many runs gave one, its mean and spread."""
    columns: dict[str, Column] = _parameters(sweep.plan, 1)
    for measure in measures:
        of_points = cells(sweep, measure)
        for name in (field.name for field in fields(Cells)):
            column = getattr(of_points, name)
            if name != "expected" or not np.isnan(column).all():
                columns[f"{measure.key}_{name}"] = column
    return Table(columns, about(sweep.plan))


def runs_table(sweep: Sweep, measures: Sequence[Measure]) -> Table:
    """A row a run: its parameters, its seed, when it was struck (left out where no unit is), each measure."""
    columns: dict[str, Column] = _parameters(sweep.plan, len(sweep.plan.seeds))
    columns["seed"] = sweep.runs.seed
    if (sweep.runs.strike_us != NEVER_US).any():
        columns["strike_us"] = sweep.runs.strike_us
    columns |= {measure.key: measure.of(sweep.runs) for measure in measures}
    return Table(columns, about(sweep.plan))


def about(plan: Plan) -> dict[str, str]:
    """What was asked, for whoever finds the file. No date, no place and no language: the same question, the
    same bytes.
    """
    seeds = plan.seeds
    with speaking(Spoken()):
        said = plan.said
    whole = seeds == tuple(range(seeds[0], seeds[-1] + 1))
    return {
        "program": f"failover-visualizer {__version__}",
        "scenario": plan.opened.name,
        "title": plan.opened.setup.title,
        **({"set": ", ".join(plan.opened.overrides)} if plan.opened.overrides else {}),
        **{f"vary {axis.path}": ", ".join(axis.values) for axis in plan.axes},
        "seeds": f"{seeds[0]} to {seeds[-1]}" if whole else ", ".join(map(str, seeds)),
        **({"said": " ".join(said)} if said else {}),
    }


def _parameters(plan: Plan, times: int) -> dict[str, Column]:
    """The value of each axis at each point, `times` times each; points in order, the last axis fastest."""
    columns: dict[str, Column] = {}
    for number, axis in enumerate(plan.axes):
        after = prod(plan.shape[number + 1 :]) * times
        places = np.tile(np.repeat(np.arange(len(axis.values)), after), prod(plan.shape[:number]))
        columns[axis.column] = _values(axis)[places]
    return columns


def _values(axis: Axis) -> Column:
    """Words as words; numbers as numbers, whole ones without unit as whole numbers."""
    if axis.numbers is None:
        return np.array(axis.values, dtype=np.str_)
    numbers = np.array(axis.numbers, dtype=np.float64)
    whole = not axis.unit and bool((numbers == numbers.round()).all())
    return numbers.astype(np.int64) if whole else numbers
