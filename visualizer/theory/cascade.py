"""Columns: one unit fails and every tier moves with it.

Symbols: rate (flows/s through all tiers), S = `interval_s`, T = `tiers`, all with the same S and
independent phases. In `parallel` columns a flow is lost if any tier has not copied it, in a `cross`
connected path only if the failed tier has not.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from visualizer.theory import limits
from visualizer.theory.spread import Mixture, Spread


def column_flows_lost(rate_per_s: float, interval_s: float, tiers: int) -> float:
    """rate S T / (T + 1): the mean of the largest of T uniform ages (order statistics: David, 1970).

    With ticks at the same instants it is rate S / 2, as with one tier.
    """
    _check(rate_per_s, interval_s, tiers)
    return rate_per_s * interval_s * tiers / (tiers + 1)


def column_entries_lost(rate_per_s: float, interval_s: float, tiers: int) -> float:
    """State table entries in all tiers: T rate S / 2, whatever the phases."""
    _check(rate_per_s, interval_s, tiers)
    return tiers * rate_per_s * interval_s / 2


def cross_flows_lost(rate_per_s: float, interval_s: float) -> float:
    """rate S / 2: only the failed tier loses; as many entries as flows."""
    _check(rate_per_s, interval_s, 1)
    return rate_per_s * interval_s / 2


def oldest_window(interval_s: float, phases_s: Sequence[float]) -> Mixture:
    """The longest of the windows when the phases are known: S - g + U(0, g) with chance g / S for each gap g
    between one tick and the next of any tier.

    Mean S - (sum of g^2) / (2 S): S / 2 when all tick together, S - S / (2 T) when evenly staggered.
    """
    limits.positive(interval_s=interval_s)
    limits.count(phases=len(phases_s))
    ticks = sorted({phase_s % interval_s for phase_s in phases_s})
    gaps = [late_s - early_s for early_s, late_s in pairwise([*ticks, ticks[0] + interval_s])]
    return Mixture(tuple((gap / interval_s, Spread(interval_s - gap, interval_s)) for gap in gaps))


def _check(rate_per_s: float, interval_s: float, tiers: int) -> None:
    limits.not_negative(rate_per_s=rate_per_s)
    limits.positive(interval_s=interval_s)
    limits.count(tiers=tiers)
