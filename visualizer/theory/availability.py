"""Availability of paths, second failures, common causes, and the loss of a year.

Symbols: a = availability of one unit, u = 1 - a; T = `tiers`, each a pair; f = `failures_per_s` of one
unit, R = `repair_s`; beta = the share of a unit's failures that has a cause common to both. Series and
parallel structures: Barlow and Proschan, Mathematical Theory of Reliability, 1965.
"""

from __future__ import annotations

from math import expm1

from visualizer.theory import limits


def column_unavailability(availability: float, tiers: int) -> float:
    """Two columns of T units each: (1 - a^T)^2. Independent failures; switching takes no time."""
    limits.probability(availability=availability)
    limits.count(tiers=tiers)
    return float((1 - availability**tiers) ** 2)


def cross_unavailability(availability: float, tiers: int) -> float:
    """T pairs, each unit reaching both of the next tier: 1 - (1 - (1 - a)^2)^T."""
    limits.probability(availability=availability)
    limits.count(tiers=tiers)
    return float(1 - (1 - (1 - availability) ** 2) ** tiers)


def steady_availability(time_between_failures_s: float, repair_s: float) -> float:
    """MTBF / (MTBF + MTTR)."""
    limits.positive(time_between_failures_s=time_between_failures_s)
    limits.not_negative(repair_s=repair_s)
    return time_between_failures_s / (time_between_failures_s + repair_s)


def p_double_failure(failures_per_s: float, repair_s: float, units: int = 1) -> float:
    """A second fault that hurts comes within the repair: 1 - e^(-n f R).

    n = `units` on whose survival all depends: T in a column, 1 in a cross connected path (the failed one's
    peer). Poisson failures.
    """
    limits.not_negative(failures_per_s=failures_per_s, repair_s=repair_s)
    limits.count(units=units)
    return -expm1(-units * failures_per_s * repair_s)


def p_common_cause(beta: float, unavailability: float) -> float:
    """Both units of a pair are down: 1 - (1 - beta u) (1 - ((1 - beta) u)^2).

    The beta factor model (Fleming 1975; NUREG/CR-4780). beta = 0: u^2, two independent failures; beta = 1: u,
    the second unit buys nothing.
    """
    limits.probability(beta=beta, unavailability=unavailability)
    return 1 - (1 - beta * unavailability) * (1 - ((1 - beta) * unavailability) ** 2)


def p_feed_dark(generator_success: float, generator_s: float, battery_s: float) -> float:
    """A failed utility feed darkens its sites: 1 if the generator cannot be there before the UPS is empty,
    else 1 - `generator_success`.
    """
    limits.probability(generator_success=generator_success)
    limits.not_negative(generator_s=generator_s, battery_s=battery_s)
    return 1 - generator_success if generator_s <= battery_s else 1.0


def annual_loss(pairs: int, failovers_per_year: float, rate_per_s: float, interval_s: float) -> float:
    """Sessions lost in a year by n pairs with f failovers each: n f rate S / 2."""
    limits.count(pairs=pairs)
    limits.not_negative(failovers_per_year=failovers_per_year, rate_per_s=rate_per_s)
    limits.positive(interval_s=interval_s)
    return pairs * failovers_per_year * rate_per_s * interval_s / 2


def active_active_loss(rate_per_s: float, interval_s: float) -> float:
    """Both units serve half of the clients each: one unit's death loses (rate / 2) S / 2, and half of the
    capacity. There are twice as many units to fail, so over the years it is the same.
    """
    limits.not_negative(rate_per_s=rate_per_s)
    limits.positive(interval_s=interval_s)
    return rate_per_s / 2 * interval_s / 2
