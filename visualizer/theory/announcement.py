"""The ARP black hole: the new active unit serves, but clients still send to the dead address.

Symbols: n = `count` gratuitous ARPs, r = `spacing_s` apart, each lost with chance q = `loss`; R, the time
until a client's cache forgets by itself, counted from the takeover. keepalived sends 5 at once and 5 more 5
s later (keepalived.conf(5)); Linux forgets after 15 to 45 s (arp(7)), Cisco IOS after up to 4 h. A virtual
MAC address (F5's MAC masquerade, VRRP) needs no relearning: n = 1, q = 0.
"""

from __future__ import annotations

from visualizer.theory import limits
from visualizer.theory.spread import Mixture, Spread, point


def black_hole(count: int, spacing_s: float, loss: float, cache: Spread) -> Mixture:
    """From the takeover until a client follows: i r with chance q^i (1 - q) for i < n, else max(R, (n - 1)
    r).

    R = `cache`, uniform. Independent losses; who has heard one announcement follows at once.
    """
    limits.count(count=count)
    limits.not_negative(spacing_s=spacing_s, cache_low_s=cache.low_s)
    limits.probability(loss=loss)
    heard = [(loss**lost * (1 - loss), point(lost * spacing_s)) for lost in range(count)]
    return Mixture((*heard, (loss**count, _at_least(cache, (count - 1) * spacing_s))))


def black_hole_s(count: int, spacing_s: float, loss: float, cache: Spread) -> float:
    """Its mean: sum over i < n of i r q^i (1 - q), plus q^n E[max(R, (n - 1) r)]."""
    return black_hole(count, spacing_s, loss, cache).mean_s


def _at_least(time: Spread, floor_s: float) -> Mixture | Spread:
    """max(T, floor)."""
    if floor_s <= time.low_s:
        return time
    if floor_s >= time.high_s:
        return point(floor_s)
    below = (floor_s - time.low_s) / (time.high_s - time.low_s)
    return Mixture(((below, point(floor_s)), (1 - below, Spread(floor_s, time.high_s))))
