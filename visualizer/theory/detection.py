"""From the strike to the takeover: detection by missed heartbeats.

Symbols: H = `interval_s` of heartbeats, k = `misses`, L = `latency_s` of the heartbeat cable, one way, P =
`poll_s`, p = `loss` of one heartbeat. The standby declares death k H (and its own skew) after the last
heartbeat that it received, as FortiGate's FGCP (interval x threshold, help.fortinet.com) and Juniper's SRX
(interval x threshold, juniper.net) do; VRRP adds a skew by priority (RFC 5798, 6.1; keepalived.conf(5)).
"""

from __future__ import annotations

from visualizer.language import say
from visualizer.theory import limits
from visualizer.theory.spread import Mixture, Moments, Spread

VRRP_MISSES = 3
"""VRRP waits three advertisements (RFC 5798, 6.1)."""


def detection_time(
    interval_s: float, misses: int, latency_s: float = 0.0, *, skew_s: float = 0.0, cable_dies: bool = True
) -> Spread:
    """From the strike to the verdict: U((k - 1) H, k H) + skew, later by L when the cable lives on.

    Then the last heartbeat is still on its way and puts the verdict off by its latency; when the cable dies
    too, so does that heartbeat, and the phase of the last one *received* is uniform whatever L is.
    Mean (k - 1/2) H (+ L). No heartbeat may be lost by chance (else `detection_time_with_loss`).
    """
    limits.positive(interval_s=interval_s)
    limits.count(misses=misses)
    limits.not_negative(latency_s=latency_s, skew_s=skew_s)
    hold = Spread((misses - 1) * interval_s, misses * interval_s).later(skew_s)
    return hold if cable_dies else hold.later(latency_s)


def polled_detection(interval_s: float, misses: int, latency_s: float, poll_s: float) -> Moments:
    """Mean and variance in s and s^2 when the watcher looks only every P: (k - 1/2) H + L + P / 2, and
    (H^2 + P^2) / 12.

    For a poll whose phase is independent of the heartbeats'. Where both are fixed the wait is on a lattice:
    `even.wait_for_poll`.
    """
    limits.not_negative(poll_s=poll_s)
    hold = detection_time(interval_s, misses, latency_s, cable_dies=False)
    return Moments(hold.mean_s + poll_s / 2, hold.variance_s2 + poll_s**2 / 12)


def detection_time_with_loss(
    interval_s: float, misses: int, loss: float, latency_s: float = 0.0, *, cable_dies: bool = True
) -> Mixture:
    """Each heartbeat is lost with chance p: with j of the last ones lost the verdict comes j H sooner.

    j is geometric, cut off at k - 1, for with k lost the standby has taken over already: chance
    p^j (1 - p) / (1 - p^k). Exact up to terms of the order p^k, which is the chance of that.
    """
    limits.probability(loss=loss)
    limits.positive(share_delivered=1 - loss)
    weights = [loss**missed * (1 - loss) / (1 - loss**misses) for missed in range(misses)]
    return Mixture(
        tuple(
            (weight, detection_time(interval_s, misses - missed, latency_s, cable_dies=cable_dies))
            for missed, weight in enumerate(weights)
        )
    )


def vrrp_skew_s(advert_s: float, priority: int) -> float:
    """(256 - priority) advert / 256: the higher the priority, the sooner (RFC 5798, 6.1)."""
    limits.positive(advert_s=advert_s)
    if not 1 <= priority <= 255:
        raise ValueError(say("priority is {priority}; VRRP's are 1 to 255", priority=priority))
    return (256 - priority) * advert_s / 256


def vrrp_master_down_s(advert_s: float, priority: int) -> float:
    """3 advert + skew: 3.609 s with one advertisement a second and priority 100."""
    return VRRP_MISSES * advert_s + vrrp_skew_s(advert_s, priority)


def vrrp_detection(advert_s: float, priority: int) -> Spread:
    """From the crash of the master to the takeover: U(2 advert, 3 advert) + skew.

    After an orderly stop the master says so (priority 0) and only the skew is left: `vrrp_skew_s`.
    """
    return detection_time(advert_s, VRRP_MISSES, skew_s=vrrp_skew_s(advert_s, priority))
