"""Stale state: the standby has the session, but not its latest change.

Symbols: nu = `updates_per_s` (changes of one session, Poisson), S = `interval_s`.
"""

from __future__ import annotations

from math import exp

from visualizer.theory import limits
from visualizer.theory.spread import Spread


def stale_share(updates_per_s: float, interval_s: float) -> float:
    """The share of entries changed since the last sync: 1 - (1 - e^(-nu S)) / (nu S).

    For sessions older than S; a strike at a random instant.
    """
    limits.not_negative(updates_per_s=updates_per_s)
    limits.positive(interval_s=interval_s)
    return 1 - Spread(0.0, interval_s).laplace(updates_per_s)


def stale_share_at(updates_per_s: float, age_s: float) -> float:
    """The same when the last safe sync is `age_s` old: 1 - e^(-nu a)."""
    limits.not_negative(updates_per_s=updates_per_s, age_s=age_s)
    return 1 - exp(-updates_per_s * age_s)
