"""Many runs of each point in a few numbers."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from visualizer.lab.measures import Reals
from visualizer.study.student import half_width

_SURE = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """One measure at every point; each float64, shape (points,), in the order of `Plan.points`.

    `runs`: how many gave a value (what never happened gives none). `mean`, `standard_error` of it (NaN for
    fewer than two runs), `low`, `high`: the confidence interval of the mean at 95 % (Student's t; of a share
    of the runs Wilson's, as none of twelve is not none for certain). `least`, `lower`, `median`, `upper`,
    `most`: of the runs, the quartiles between. `expected`: by the closed form, NaN where there is none.
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


def summary(values: Reals, expected: Reals, *, shares: bool = False) -> Cells:
    """Of values of shape (points, seeds), NaN where there is none; of `shares` all are 0 or 1."""
    there = ~np.isnan(values)
    runs = there.sum(axis=1)
    mean = np.full(len(values), np.nan)
    np.divide(np.where(there, values, 0).sum(axis=1), runs, out=mean, where=runs > 0)
    error = _standard_errors(values, mean, runs)
    low, high = _wilson(mean, runs) if shares else _student(mean, error, runs)
    least, lower, median, upper, most = _quartiles(values, runs > 0)
    return Cells(runs, mean, error, low, high, least, lower, median, upper, most, expected)


def _student(mean: Reals, error: Reals, runs: NDArray[np.int64]) -> tuple[Reals, Reals]:
    pairs = zip(error, runs, strict=True)
    reach = np.array([half_width(one, int(count)) if count > 1 else np.nan for one, count in pairs])
    return mean - reach, mean + reach


def _wilson(share: Reals, runs: NDArray[np.int64]) -> tuple[Reals, Reals]:
    """The score interval of a share (Wilson 1927), NaN for fewer than two runs."""
    count = np.where(runs > 1, runs, np.nan)
    middle = (share + _SURE**2 / (2 * count)) / (1 + _SURE**2 / count)
    reach = np.sqrt(share * (1 - share) / count + _SURE**2 / (4 * count**2)) * _SURE / (1 + _SURE**2 / count)
    return np.minimum(middle - reach, share).clip(0), np.maximum(middle + reach, share).clip(None, 1)


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
