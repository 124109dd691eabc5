"""A plan that was played."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualizer.lab.columns import Columns
from visualizer.lab.measures import Measure, Reals
from visualizer.study.plan import Plan
from visualizer.theory import expectation


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """One measure at every point; each float64, shape (points,), in the order of `Plan.points`.

    `runs`: how many gave a value (what never happened gives none). `mean`, `standard_error` of it (NaN for
    fewer than two runs), `low`, `high`: the confidence interval of the mean at 95 % (Student's t). `least`,
    `lower`, `median`, `upper`, `most`: of the runs, the quartiles between. `expected`: by the closed form,
    NaN where there is none.
    """

    runs: NDArray[np.int64]
    mean: Reals
    standard_error: Reals
    low: Reals
    high: Reals
    least: Reals
    lower: Reals
    median: Reals
    upper: Reals
    most: Reals
    expected: Reals


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
        if not self.plan.struck or measure.expected is None:
            return np.full(len(self.plan.points), np.nan)
        found = []
        for family in self.plan.families:
            blow = family.blow
            one = expectation(family.setup, tier=blow.tier, fault=blow.fault) if blow else None
            value = None if one is None else getattr(one, measure.expected)
            found.append(np.nan if value is None else value)
        return np.array(found, dtype=np.float64)
