"""How likely a failover is truly stateful: not one session in any window.

Symbols: y = `rate_per_s` x `interval_s`, the sessions made in one sync interval. Poisson arrivals that
outlive the window, a strike at a random instant. E[e^(-rate M)] with M the longest of the windows.
"""

from __future__ import annotations

from math import exp, factorial

from visualizer.theory import limits
from visualizer.theory.outage import p_no_interruption
from visualizer.theory.replication import unsafe_age
from visualizer.theory.spread import Duration


def p_truly_stateful(rate_per_s: float, interval_s: float, latency_s: float = 0.0) -> float:
    """One tier: (1 - e^(-y)) / y, times e^(-rate L) when the cable dies too."""
    limits.not_negative(rate_per_s=rate_per_s)
    return unsafe_age(interval_s, latency_s).laplace(rate_per_s)


def p_truly_stateful_tiers(rate_per_s: float, interval_s: float, tiers: int) -> float:
    """N tiers struck at once that carry the same flow, with independent sync phases: N y^-N gamma(N, y).

    gamma is the lower incomplete gamma function (NIST DLMF 8.2.1; its series 8.11.4 for small y, its finite
    sum 8.4.8 for large y). Tiers that sync at the same instants lose as one: then `p_truly_stateful`.
    """
    limits.not_negative(rate_per_s=rate_per_s)
    limits.positive(interval_s=interval_s)
    limits.count(tiers=tiers)
    y = rate_per_s * interval_s
    if y < tiers + 1:
        return _by_series(y, tiers)
    rest = exp(-y) * sum(y**k / factorial(k) for k in range(tiers))
    return factorial(tiers) / y**tiers * (1 - rest)


def p_truly_stateful_separate(rate_per_s: float, interval_s: float, tiers: int) -> float:
    """N tiers struck at once, each with state and arrivals of its own at the same rate: p^N."""
    limits.count(tiers=tiers)
    return float(p_truly_stateful(rate_per_s, interval_s) ** tiers)


def p_unnoticed(rate_per_s: float, interval_s: float, outage: Duration) -> float:
    """Nothing lost and nobody interrupted, one tier: p E[e^(-rate W)].

    Arrivals before and after the strike are independent (Poisson); so must be the phases of sync and
    heartbeat.
    """
    return p_truly_stateful(rate_per_s, interval_s) * p_no_interruption(rate_per_s, outage)


def _by_series(y: float, tiers: int) -> float:
    """e^-y (1 + y/(N+1) + y^2/((N+1)(N+2)) + ...): only positive terms, so nothing cancels."""
    total, term, place = 0.0, 1.0, tiers
    while total + term != total:
        total += term
        place += 1
        term *= y / place
    return exp(-y) * total
