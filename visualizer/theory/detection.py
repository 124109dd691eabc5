"""From the strike to service again: detection by missed heartbeats, then the address.

Symbols: H = `interval_s` of heartbeats, k = `misses`, L = `latency_s` of the heartbeat cable, one way, G =
`convergence_s` until clients follow the address. The standby declares death k H after the last heartbeat that
it received, as FortiGate's FGCP (interval x threshold, help.fortinet.com) and Juniper's SRX (interval x
threshold, juniper.net) do; VRRP adds a skew (keepalived.conf(5)), which is not modelled here.
"""

from __future__ import annotations

from visualizer.theory.spread import Moments, Spread, poisson_count


def detection_time(
    interval_s: float, misses: int, latency_s: float = 0.0, *, cable_dies: bool = True
) -> Spread:
    """From the strike to the takeover: U((k - 1) H, k H), later by L when the cable lives on.

    Then the last heartbeat is still on its way and puts the verdict off by its latency; when the cable dies
    too, so does that heartbeat, and the phase of the last one *received* is uniform whatever L is.
    Mean (k - 1/2) H (+ L). No heartbeat may be lost by chance.
    """
    hold = Spread((misses - 1) * interval_s, misses * interval_s)
    return hold if cable_dies else hold.later(latency_s)


def outage_time(
    interval_s: float,
    misses: int,
    latency_s: float = 0.0,
    convergence_s: float = 0.0,
    *,
    cable_dies: bool = True,
) -> Spread:
    """W = detection + G: in this time a new request meets nobody."""
    return detection_time(interval_s, misses, latency_s, cable_dies=cable_dies).later(convergence_s)


def outage_requests(rate_per_s: float, outage: Spread) -> Moments:
    """Requests that met nobody: mean rate E[W], variance rate E[W] + rate^2 H^2 / 12.

    For requests that keep coming (new sessions); clients do not try again.
    """
    return poisson_count(rate_per_s, outage)


def p_no_interruption(rate_per_s: float, outage: Spread) -> float:
    """The chance that nobody asks during the outage: E[e^(-rate W)]."""
    return outage.laplace(rate_per_s)
