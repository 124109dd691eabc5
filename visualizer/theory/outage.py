"""The outage: detection, fencing, start of the standby, then the clients' way to it; and who asks meanwhile.

Symbols: W, the outage; D, detection; F, fence; B, boot and restore (or other work) before the standby is
active; G = `convergence_s` until clients follow the address; rate (requests/s, Poisson).
"""

from __future__ import annotations

from visualizer.theory import limits
from visualizer.theory.detection import detection_time
from visualizer.theory.spread import Duration, Moments, Spread, poisson_count


def outage_time(
    interval_s: float,
    misses: int,
    latency_s: float = 0.0,
    convergence_s: float = 0.0,
    *,
    cable_dies: bool = True,
    fence_s: float = 0.0,
    takeover_s: float = 0.0,
) -> Spread:
    """W = D + F + B + G: in this time a new request meets nobody.

    One after the other. A fence that fails means no takeover and no end of the outage.
    """
    limits.not_negative(convergence_s=convergence_s, fence_s=fence_s, takeover_s=takeover_s)
    detection = detection_time(interval_s, misses, latency_s, cable_dies=cable_dies)
    return detection.later(fence_s + takeover_s + convergence_s)


def outage_requests(rate_per_s: float, outage: Duration) -> Moments:
    """Requests that met nobody: mean rate E[W], variance rate E[W] + rate^2 Var[W] (H^2 / 12 for one strike).

    For requests that keep coming (new sessions). Retries make some of them late instead of lost: `retries`.
    """
    return poisson_count(rate_per_s, outage)


def p_no_interruption(rate_per_s: float, outage: Duration) -> float:
    """The chance that nobody asks during the outage: E[e^(-rate W)]."""
    limits.not_negative(rate_per_s=rate_per_s)
    return outage.laplace(rate_per_s)
