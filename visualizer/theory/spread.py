"""How long something lasts when it ends on a grid: the two distributions that all closed forms here rest on.

A strike at a random instant finds a periodic process at a uniformly random phase: ages and waits are uniform
(`Spread`). Requests that come evenly spaced fall on finitely many phases of it (`Lattice`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, expm1, floor


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and variance of a count."""

    mean: float
    variance: float


@dataclass(frozen=True, slots=True)
class Spread:
    """A time uniform between `low_s` and `high_s` (equal: always that long)."""

    low_s: float
    high_s: float

    @property
    def mean_s(self) -> float:
        """(low + high) / 2."""
        return (self.low_s + self.high_s) / 2

    @property
    def variance_s2(self) -> float:
        """(high - low)^2 / 12."""
        return (self.high_s - self.low_s) ** 2 / 12

    def later(self, delay_s: float) -> Spread:
        """The same time with a fixed delay added."""
        return Spread(self.low_s + delay_s, self.high_s + delay_s)

    def mean_min_s(self, cap_s: float) -> float:
        """E[min(T, cap)]: how long it lasts when it is cut off at `cap_s`."""
        if cap_s <= self.low_s:
            return cap_s
        if cap_s >= self.high_s:
            return self.mean_s
        below = (cap_s - self.low_s) / (self.high_s - self.low_s)
        return below * (self.low_s + cap_s) / 2 + (1 - below) * cap_s

    def laplace(self, rate_per_s: float) -> float:
        """E[e^(-rate T)]: the chance that a Poisson process of this rate is silent for as long."""
        width = rate_per_s * (self.high_s - self.low_s)
        silent = exp(-rate_per_s * self.low_s)
        return silent if width == 0 else silent * -expm1(-width) / width


@dataclass(frozen=True, slots=True)
class Lattice:
    """A time equally likely to be first, first + step, ..., first + (count - 1) step."""

    first_s: float
    step_s: float
    count: int

    @property
    def mean_s(self) -> float:
        """first + step (count - 1) / 2."""
        return self.first_s + self.step_s * (self.count - 1) / 2

    def later(self, delay_s: float) -> Lattice:
        """The same time with a fixed delay added."""
        return Lattice(self.first_s + delay_s, self.step_s, self.count)

    def mean_min_s(self, cap_s: float) -> float:
        """E[min(T, cap)]: how long it lasts when it is cut off at `cap_s`."""
        below = min(max(floor((cap_s - self.first_s) / self.step_s) + 1, 0), self.count)
        shorter_s = below * self.first_s + self.step_s * below * (below - 1) / 2
        return (shorter_s + (self.count - below) * cap_s) / self.count

    def laplace(self, rate_per_s: float) -> float:
        """E[e^(-rate T)], a geometric sum."""
        if rate_per_s == 0:
            return 1.0
        whole, part = expm1(-rate_per_s * self.step_s * self.count), expm1(-rate_per_s * self.step_s)
        return exp(-rate_per_s * self.first_s) * whole / (part * self.count)


Duration = Spread | Lattice
"""Either of them: both know `mean_s`, `later`, `mean_min_s` and `laplace`."""


def poisson_count(rate_per_s: float, time: Spread) -> Moments:
    """Arrivals of a Poisson process in a uniform time T.

    mean rate E[T]; variance rate E[T] + rate^2 Var[T] (law of total variance).
    """
    mean = rate_per_s * time.mean_s
    return Moments(mean, mean + rate_per_s**2 * time.variance_s2)
