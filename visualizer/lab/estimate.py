"""A mean with its standard error: what many runs say about a figure."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Estimate:
    """`standard_error` is infinite for fewer than two runs."""

    mean: float
    standard_error: float
    runs: int

    def errors_from(self, expected: float) -> float:
        """How many standard errors the mean lies from `expected` (signed); 0 when it is exactly that."""
        if self.mean == expected:
            return 0.0
        distance = self.mean - expected
        return distance / self.standard_error if self.standard_error else inf * distance


def estimate(values: NDArray[np.int64] | NDArray[np.float64] | NDArray[np.bool_]) -> Estimate:
    """Of independent runs, shape (runs,), at least one; of booleans it is the share of true ones."""
    numbers = values.astype(np.float64)
    runs = len(numbers)
    error = float(numbers.std(ddof=1)) / sqrt(runs) if runs > 1 else inf
    return Estimate(float(numbers.mean()), error, runs)
