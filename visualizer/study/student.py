"""Student's t distribution: how wide an interval of a mean has to be when few runs speak for it."""

from __future__ import annotations

from functools import lru_cache
from math import exp, inf, lgamma, log, pi
from statistics import NormalDist

_SMALLEST = 1e-300
_CLOSE = 1e-15


@lru_cache(maxsize=4096)
def t_quantile(probability: float, degrees: int) -> float:
    """The value below which a Student's t variable with so many degrees of freedom lies with this
    probability, to about 12 digits.

    0 < probability < 1, degrees >= 1; ValueError otherwise. Newton's method on the distribution function.
    """
    if not 0 < probability < 1 or degrees < 1:
        raise ValueError(f"no quantile of t for probability {probability} and {degrees} degrees of freedom")
    if probability < 0.5:
        return -t_quantile(1 - probability, degrees)
    low, high = 0.0, inf
    value = NormalDist().inv_cdf(probability)
    for _ in range(200):
        over = t_below(value, degrees) - probability
        low, high = (low, value) if over > 0 else (value, high)
        step = over / _density(value, degrees)
        following = value - step
        if not low <= following <= high:
            following = (low + high) / 2 if high < inf else 2 * value + 1
        if abs(following - value) <= _CLOSE * max(value, 1):
            return following
        value = following
    return value


def t_below(value: float, degrees: int) -> float:
    """The probability that a Student's t variable lies below `value` (DLMF 8.17, by the incomplete beta)."""
    outside = _beta_share(degrees / (degrees + value * value), degrees / 2, 0.5) / 2
    return outside if value < 0 else 1 - outside


def _density(value: float, degrees: int) -> float:
    half = (degrees + 1) / 2
    scale = lgamma(half) - lgamma(degrees / 2) - log(degrees * pi) / 2
    return exp(scale - half * log(1 + value * value / degrees))


def _beta_share(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b); by DLMF 8.17.22 on the side where it is quick."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_share(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x)) / a
    return front / _fraction(x, a, b)


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of DLMF 8.17.22, by Lentz's method (Thompson and Barnett 1986)."""
    value = upper = 1.0
    lower = 0.0
    for step in range(1, 10_000):
        term = _term(step, x, a, b)
        lower = 1 / _away_from_zero(1 + term * lower)
        upper = _away_from_zero(1 + term / upper)
        value *= upper * lower
        if abs(upper * lower - 1) < _CLOSE:
            break
    return value


def _term(step: int, x: float, a: float, b: float) -> float:
    m, odd = divmod(step, 2)
    if odd:
        return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _SMALLEST else _SMALLEST


def half_width(standard_error: float, runs: int, confidence: float = 0.95) -> float:
    """How far the confidence interval of a mean of so many runs (at least 2) reaches to each side."""
    return t_quantile((1 + confidence) / 2, runs - 1) * standard_error
