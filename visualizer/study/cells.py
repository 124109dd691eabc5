"""Many runs of each point in a few numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualizer.lab.measures import Reals
from visualizer.study.student import half_width


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


def summary(values: Reals, expected: Reals) -> Cells:
    """Of values of shape (points, seeds), NaN where there is none."""
    there = ~np.isnan(values)
    runs = there.sum(axis=1)
    mean = np.full(len(values), np.nan)
    np.divide(np.where(there, values, 0).sum(axis=1), runs, out=mean, where=runs > 0)
    error = _standard_errors(values, mean, runs)
    pairs = zip(error, runs, strict=True)
    reach = np.array([half_width(one, int(count)) if count > 1 else np.nan for one, count in pairs])
    least, lower, median, upper, most = _quartiles(values, runs > 0)
    return Cells(runs, mean, error, mean - reach, mean + reach, least, lower, median, upper, most, expected)


def _quartiles(values: Reals, some: NDArray[np.bool_]) -> Reals:
    """Least, quartiles and most of each row that has `some`, NaN for the others; shape (5, points)."""
    found = np.full((5, len(values)), np.nan, dtype=np.float64)
    if some.any():
        found[:, some] = np.nanquantile(values[some], (0, 0.25, 0.5, 0.75, 1), axis=1)
    return found


def _standard_errors(values: Reals, mean: Reals, runs: NDArray[np.int64]) -> Reals:
    squares = np.nansum((values - mean[:, np.newaxis]) ** 2, axis=1)
    error = np.full(len(values), np.nan, dtype=np.float64)
    np.divide(squares, (runs - 1.0) * runs, out=error, where=runs > 1)
    np.sqrt(error, out=error)
    return error
