"""Snapshots and the cold standby: whole copies, usable only when complete.

Symbols: I = `interval_s` between starts, X = `copy_s` from the instant that a snapshot shows until it is
complete at the other side, p = `prepare_s` before that instant. A snapshot does not start before the last
is complete, so the effective period is S' = max(I, p + X). VMware's worked example for vSphere Replication
has this shape: copies that take 5 minutes keep an RPO of 15 minutes only if one starts every 10.
"""

from __future__ import annotations

from visualizer.theory import limits
from visualizer.theory.spread import Moments, Spread, poisson_count


def snapshot_age(interval_s: float, copy_s: float, prepare_s: float = 0.0) -> Spread:
    """How old the newest complete snapshot is at a random instant: U(X, S' + X).

    The achieved RPO of a cold standby: mean X + S' / 2, at most S' + X.
    """
    limits.positive(interval_s=interval_s)
    limits.not_negative(copy_s=copy_s, prepare_s=prepare_s)
    period_s = max(interval_s, prepare_s + copy_s)
    return Spread(copy_s, copy_s + period_s)


def snapshot_loss(rate_per_s: float, interval_s: float, copy_s: float, prepare_s: float = 0.0) -> Moments:
    """Changes lost: rate times `snapshot_age`, from rate X to rate (S' + X). Poisson; sessions outlive it."""
    return poisson_count(rate_per_s, snapshot_age(interval_s, copy_s, prepare_s))


def cold_standby_outage(detection: Spread, boot_s: float, restore_s: float) -> Spread:
    """The achieved RTO: detection + boot + restore, one after the other."""
    limits.not_negative(boot_s=boot_s, restore_s=restore_s)
    return detection.later(boot_s + restore_s)
