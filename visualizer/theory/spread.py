"""How long something lasts when it ends on a grid: the distributions that all closed forms here rest on.

A strike at a random instant finds a periodic process at a uniformly random phase: ages and waits are
uniform (`Spread`). Requests that come evenly spaced fall on finitely many phases of it (`Lattice`). Where
chance picks one of several such times, it is a `Mixture`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, expm1, floor, fsum, isfinite
from typing import Protocol

from visualizer.language import say
from visualizer.theory import limits


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and variance of a count."""

    mean: float
    variance: float


class Duration(Protocol):
    """What every distribution of a time here can say."""

    @property
    def mean_s(self) -> float:
        """E[T]."""

    @property
    def variance_s2(self) -> float:
        """Var[T]."""

    @property
    def low_s(self) -> float:
        """The shortest it can be."""

    @property
    def high_s(self) -> float:
        """The longest it can be."""

    def later(self, delay_s: float) -> Duration:
        """The same time with a fixed delay added."""

    def mean_min_s(self, cap_s: float) -> float:
        """E[min(T, cap)]: how long it lasts when it is cut off at `cap_s`."""

    def laplace(self, rate_per_s: float) -> float:
        """E[e^(-rate T)]: the chance that a Poisson process of this rate is silent for as long."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A time uniform between `low_s` and `high_s` (equal: always that long)."""

    low_s: float
    high_s: float

    def __post_init__(self) -> None:
        if not (isfinite(self.low_s) and isfinite(self.high_s) and self.low_s <= self.high_s):
            raise ValueError(say("no time lasts from {low} s to {high} s", low=self.low_s, high=self.high_s))

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

    @property
    def variance_s2(self) -> float:
        """step^2 (count^2 - 1) / 12."""
        return self.step_s**2 * (self.count**2 - 1) / 12

    @property
    def low_s(self) -> float:
        """The first."""
        return self.first_s

    @property
    def high_s(self) -> float:
        """The last."""
        return self.first_s + self.step_s * (self.count - 1)

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


@dataclass(frozen=True, slots=True)
class Mixture:
    """One of several times: `parts` are (chance, time), the chances sum to 1."""

    parts: tuple[tuple[float, Duration], ...]

    def __post_init__(self) -> None:
        chances = [chance for chance, _ in self.parts]
        if not chances or min(chances) < 0 or abs(fsum(chances) - 1) > 1e-9:
            raise ValueError(say("chances must sum to 1, not to {sum}", sum=fsum(chances)))

    @property
    def mean_s(self) -> float:
        """The mean of the means."""
        return fsum(chance * time.mean_s for chance, time in self.parts)

    @property
    def variance_s2(self) -> float:
        """E[Var] + Var[E], the law of total variance."""
        mean_s = self.mean_s
        return fsum(chance * (time.variance_s2 + (time.mean_s - mean_s) ** 2) for chance, time in self.parts)

    @property
    def low_s(self) -> float:
        """The shortest of all parts that can be."""
        return min(time.low_s for chance, time in self.parts if chance)

    @property
    def high_s(self) -> float:
        """The longest of all parts that can be."""
        return max(time.high_s for chance, time in self.parts if chance)

    def later(self, delay_s: float) -> Mixture:
        """The same time with a fixed delay added."""
        return Mixture(tuple((chance, time.later(delay_s)) for chance, time in self.parts))

    def mean_min_s(self, cap_s: float) -> float:
        """E[min(T, cap)]: how long it lasts when it is cut off at `cap_s`."""
        return fsum(chance * time.mean_min_s(cap_s) for chance, time in self.parts)

    def laplace(self, rate_per_s: float) -> float:
        """E[e^(-rate T)]: the chance that a Poisson process of this rate is silent for as long."""
        return fsum(chance * time.laplace(rate_per_s) for chance, time in self.parts)


def point(time_s: float) -> Spread:
    """A time that is always the same."""
    return Spread(time_s, time_s)


def poisson_count(rate_per_s: float, time: Duration) -> Moments:
    """Arrivals of a Poisson process in a random time T.

    mean rate E[T]; variance rate E[T] + rate^2 Var[T] (law of total variance).
    """
    limits.not_negative(rate_per_s=rate_per_s)
    mean = rate_per_s * time.mean_s
    return Moments(mean, mean + rate_per_s**2 * time.variance_s2)
