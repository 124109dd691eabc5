"""State loss of a pair that copies its state asynchronously: what is not safe yet dies with the unit.

Symbols: rate (new sessions/s, Poisson), S = `interval_s` between syncs, X = `transfer_s`, the time to put a
batch on the cable, L = `latency_s` of the sync cable, one way. The strike comes at a random instant, so the
last sync that left is U(0, S) old.

The principle is that of Remus (Cully et al., NSDI 2008: output may be released only when the state that
produced it has been replicated); whoever acknowledges earlier, exposes what came since. FortiGate's session
pickup (help.fortinet.com) and conntrackd (conntrackd.conf(5)) are periodic and streaming in this sense.
The formulas are elementary: a Poisson count over a uniform age.
"""

from __future__ import annotations

from math import exp, expm1

from visualizer.theory import limits
from visualizer.theory.spread import Moments, Spread, poisson_count


def unsafe_age(
    interval_s: float, latency_s: float = 0.0, *, transfer_s: float = 0.0, cable_dies: bool = True
) -> Spread:
    """How old the newest state is that survives: X + U(0, S), L more when the cable dies too.

    When only the node dies, a batch that has left still arrives and its latency costs nothing. Holds for
    any X and L, also X + L > S (several batches under way), if a living cable delivers before the standby
    takes over.
    """
    limits.not_negative(interval_s=interval_s, latency_s=latency_s, transfer_s=transfer_s)
    age = Spread(0.0, interval_s).later(transfer_s)
    return age.later(latency_s) if cable_dies else age


def replication_window_loss(rate_per_s: float, interval_s: float) -> Moments:
    """Sessions made after the last safe sync, without latency.

    mean rate S / 2; variance rate S / 2 + (rate S)^2 / 12. Sessions must outlive the window (else
    `session_life.live_window_loss`).
    """
    return poisson_count(rate_per_s, unsafe_age(interval_s))


def p_session_lost(made_before_s: float, interval_s: float, latency_s: float = 0.0) -> float:
    """The chance that a session made d = `made_before_s` before the strike is lost: 1 - d / S for d < S.

    With `latency_s` for a cable that dies too: (S + L - d) / S, within [0, 1].
    """
    limits.positive(interval_s=interval_s)
    limits.not_negative(made_before_s=made_before_s, latency_s=latency_s)
    return min(max((interval_s + latency_s - made_before_s) / interval_s, 0.0), 1.0)


def inflight_batch_loss(
    rate_per_s: float, interval_s: float, latency_s: float, *, transfer_s: float = 0.0, cable_dies: bool
) -> Moments:
    """Sessions lost with a batch that takes X to leave and L to arrive: mean rate (S / 2 + X) when the node
    dies (the batch on the cable still arrives), rate (S / 2 + X + L) when the site dies (it does not).

    Node: only if L is at most the shortest detection time, else the standby takes over before the batch.
    Measured on Redis 7.0 with added delay: rate L more was lost when the cable died with the node.
    """
    return poisson_count(
        rate_per_s, unsafe_age(interval_s, latency_s, transfer_s=transfer_s, cable_dies=cable_dies)
    )


def streaming_loss(rate_per_s: float, latency_s: float, *, cable_dies: bool = True) -> Moments:
    """Exposure of a streaming link, always on the cable: Poisson with mean rate L; 0 when the cable lives.

    Without a bandwidth limit (else `backlog.streaming_queue_loss`), and for the same L as in
    `inflight_batch_loss`.
    """
    limits.not_negative(rate_per_s=rate_per_s, latency_s=latency_s)
    mean = rate_per_s * latency_s if cable_dies else 0.0
    return Moments(mean, mean)


def refreshed_stream_loss(rate_per_s: float, loss: float, refresh_s: float) -> Moments:
    """A stream of datagrams, each lost with chance p = `loss`, and all state again every R = `refresh_s`, of
    which each entry is lost with p too: mean rate (p R / 2 + p^2 R / (1 - p)).

    Given the age a of the last refresh the holes are Poisson with mean rate (p a + p^2 R / (1 - p)): those
    made since, and those that one, two, ... refreshes have missed. L = 0; sessions outlive several R; p < 1.
    This is conntrackd's NOTRACK mode, and ALARM with its periodic resend (conntrackd.conf(5)).
    """
    _check_refreshed(rate_per_s, loss, refresh_s)
    mean = rate_per_s * (loss * refresh_s / 2 + loss**2 * refresh_s / (1 - loss))
    return Moments(mean, mean + (rate_per_s * loss * refresh_s) ** 2 / 12)


def p_no_hole(rate_per_s: float, loss: float, refresh_s: float) -> float:
    """The chance that the stream of `refreshed_stream_loss` has no hole at a random instant:
    e^(-rate p^2 R / (1 - p)) (1 - e^(-z)) / z with z = rate p R.
    """
    _check_refreshed(rate_per_s, loss, refresh_s)
    z = rate_per_s * loss * refresh_s
    return exp(-z * loss / (1 - loss)) * (-expm1(-z) / z if z else 1.0)


def _check_refreshed(rate_per_s: float, loss: float, refresh_s: float) -> None:
    limits.not_negative(rate_per_s=rate_per_s)
    limits.positive(refresh_s=refresh_s, share_delivered=1 - loss)
    limits.probability(loss=loss)
