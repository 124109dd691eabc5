"""Split brain: the cable is cut, both units live, and the standby takes over from a healthy active.

Symbols: rate (writes/s), S = `interval_s` between syncs, P = `cut_s` from the cut to the heal, D = mean
detection, f = `stay`, the share of clients that keep to the old unit, M = `demotion_s` from the heal until
the loser steps down, T = the lease, F = the fence. Times run from the cut, which comes at a random phase of
syncs and heartbeats.

Nobody can know both sides at once (the CAP theorem: Gilbert and Lynch, SIGACT News 2002): either one side's
work is thrown away, or one side stops. Measured on Redis Sentinel: 10 s cut, 500 writes/s, 9,972 to 10,934
acknowledged writes lost, because the old primary goes on until it is demoted.
"""

from __future__ import annotations

from visualizer.language import say
from visualizer.theory import limits
from visualizer.theory.spread import Spread


def old_side_discarded(
    rate_per_s: float,
    interval_s: float,
    detection_s: float,
    cut_s: float,
    *,
    stay: float,
    demotion_s: float = 0.0,
) -> float:
    """The old active gives way: rate (S / 2 + D + f (P - D)) + rate f M.

    What was not copied at the cut, all until the takeover, then the share that stayed. P >= D. With an open
    loop (clients do not wait for each other).
    """
    _check(rate_per_s, detection_s, cut_s, stay)
    limits.positive(interval_s=interval_s)
    limits.not_negative(demotion_s=demotion_s)
    alone_s = interval_s / 2 + detection_s
    return rate_per_s * (alone_s + stay * (cut_s - detection_s + demotion_s))


def new_side_discarded(
    rate_per_s: float, detection_s: float, cut_s: float, *, stay: float, demotion_s: float = 0.0
) -> float:
    """The new active gives way: rate (1 - f) (P - D), and rate (1 - f) M more until it is demoted. P >= D."""
    _check(rate_per_s, detection_s, cut_s, stay)
    limits.not_negative(demotion_s=demotion_s)
    return rate_per_s * (1 - stay) * (cut_s - detection_s + demotion_s)


def lease_end(lease_s: float, renewal_s: float = 0.0) -> Spread:
    """When the old active stops after the cut: T when contact is confirmed all the time, U(T - r, T) when it
    is confirmed every r = `renewal_s`. Redis's min-replicas-max-lag works so, with a check each second.
    """
    limits.not_negative(lease_s=lease_s, renewal_s=renewal_s)
    if renewal_s > lease_s:
        raise ValueError(
            say(
                "a lease of {lease} s runs out before it is renewed every {renewal} s",
                lease=lease_s,
                renewal=renewal_s,
            )
        )
    return Spread(lease_s - renewal_s, lease_s)


def lease_discarded(rate_per_s: float, interval_s: float, lease_s: float, renewal_s: float = 0.0) -> float:
    """All clients stay with the old active until its lease ends: rate (S / 2 + E[T]).

    If T is at most the detection plus what else delays the takeover, never two units serve; then the outage
    is what lies between the two.
    """
    limits.not_negative(rate_per_s=rate_per_s)
    limits.positive(interval_s=interval_s)
    return rate_per_s * (interval_s / 2 + lease_end(lease_s, renewal_s).mean_s)


def fenced_discarded(rate_per_s: float, interval_s: float, detection_s: float, fence_s: float = 0.0) -> float:
    """The standby switches the old active off before it takes over (STONITH): rate (S / 2 + D + F).

    All that the old one took in since its last safe sync is gone. If the fence fails there is no takeover,
    and nothing is lost.
    """
    limits.not_negative(rate_per_s=rate_per_s, detection_s=detection_s, fence_s=fence_s)
    limits.positive(interval_s=interval_s)
    return rate_per_s * (interval_s / 2 + detection_s + fence_s)


def _check(rate_per_s: float, detection_s: float, cut_s: float, stay: float) -> None:
    limits.not_negative(rate_per_s=rate_per_s, detection_s=detection_s, cut_s=cut_s)
    limits.probability(stay=stay)
    if cut_s < detection_s:
        raise ValueError(
            say(
                "a cut of {cut} s is over before it is noticed after {detection} s",
                cut=cut_s,
                detection=detection_s,
            )
        )
