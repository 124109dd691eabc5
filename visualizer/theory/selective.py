"""State that is copied late, or never, on purpose.

Symbols: 1/mu = `life_s` (mean of an exponential life), P = `pickup_s`, S = `interval_s`, rate (new
sessions/s). FortiGate's session-pickup-delay copies only sessions older than 30 s (help.fortinet.com);
firewalls leave whole classes out (Cisco ASA: HTTP unless enabled, uauth, DHCP leases).

In equilibrium the ages of open sessions are exponential with the same mean as the lives (M/G/infinity:
Takacs, Introduction to the Theory of Queues, 1962), so the share younger than any age follows at once.
"""

from __future__ import annotations

from math import exp

from visualizer.theory import limits
from visualizer.theory.spread import Spread


def pickup_share_lost(life_s: float, pickup_s: float, interval_s: float = 0.0) -> float:
    """The share of live sessions that a strike takes: 1 - e^(-mu P) with a stream; with a sync every S
    1 - e^(-mu P) (1 - e^(-mu S)) / (mu S).
    """
    limits.positive(life_s=life_s)
    limits.not_negative(pickup_s=pickup_s, interval_s=interval_s)
    return 1 - Spread(pickup_s, pickup_s + interval_s).laplace(1 / life_s)


def pickup_loss(rate_per_s: float, life_s: float, pickup_s: float, interval_s: float = 0.0) -> float:
    """Live sessions lost: (rate / mu) times `pickup_share_lost`."""
    limits.not_negative(rate_per_s=rate_per_s)
    return rate_per_s * life_s * pickup_share_lost(life_s, pickup_s, interval_s)


def pickup_saving(life_s: float, pickup_s: float) -> float:
    """What the delay is for: the share of sessions that end before they are copied, 1 - e^(-mu P)."""
    limits.positive(life_s=life_s)
    limits.not_negative(pickup_s=pickup_s)
    return 1 - exp(-pickup_s / life_s)


def never_synced_loss(rate_per_s: float, life_s: float, never: float, share_lost: float = 0.0) -> float:
    """Open sessions lost when the part f = `never` is not copied at all and of the others the share s =
    `share_lost` is not safe: (rate / mu) (f + (1 - f) s). Little's law (Little 1961); any law of lives.
    """
    limits.not_negative(rate_per_s=rate_per_s, life_s=life_s)
    limits.probability(never=never, share_lost=share_lost)
    return rate_per_s * life_s * (never + (1 - never) * share_lost)
