"""False failovers: nothing is wrong but the network between the two.

Symbols: p = `loss` of one heartbeat, k = `misses`, H = `interval_s`, To = `hold_s`, theta = `jitter_s`
(mean of the exponential jitter of each heartbeat). A false takeover costs as much state as a real one.
"""

from __future__ import annotations

from math import exp

from visualizer.language import say
from visualizer.sim.setup import Setup, TierSetup
from visualizer.theory import limits
from visualizer.theory.detection import VRRP_MISSES
from visualizer.theory.given import seconds


def beats_to_false_failover(loss: float, misses: int) -> float:
    """Mean number of heartbeats until k in a row are lost: (p^-k - 1) / (1 - p).

    A run of successes: Feller, An Introduction to Probability Theory, vol. 1, XIII.7. Independent losses;
    0 < p < 1. A heartbeat that arrives at the very end of the hold time is in time, so the cable has some
    latency; without any it is sent at that very instant, which is too late: then k - 1 losses are enough.
    """
    _check(loss, misses)
    return float((loss**-misses - 1) / (1 - loss))


def time_to_false_failover_s(interval_s: float, loss: float, misses: int) -> float:
    """H times `beats_to_false_failover`: 1,110 s for H = 1 s, p = 0.1, k = 3; 111,110 s for k = 5."""
    limits.positive(interval_s=interval_s)
    return interval_s * beats_to_false_failover(loss, misses)


def false_takeovers_per_beat(loss: float, misses: int = VRRP_MISSES) -> float:
    """How often a silence of k heartbeats begins, each heartbeat: (1 - p) p^k; VRRP has k = 3.

    For a pair that is itself again when the next heartbeat is heard (VRRP: the backup steps down), so that
    every silence counts once however long it is.
    """
    _check(loss, misses)
    return float((1 - loss) * loss**misses)


def p_late_beat(interval_s: float, hold_s: float, jitter_s: float) -> float:
    """The chance that a heartbeat comes more than To after the one before: e^(-(To - H) / theta) / 2.

    The difference of two exponential jitters is a Laplace variable. It is the chance of a false failover per
    heartbeat if H <= To, and To + several theta <= 2 H: else the next heartbeat may come in between.
    """
    limits.positive(interval_s=interval_s, jitter_s=jitter_s)
    if hold_s < interval_s:
        raise ValueError(
            say(
                "a hold time of {hold} s is shorter than the interval of {interval} s",
                hold=hold_s,
                interval=interval_s,
            )
        )
    return exp(-(hold_s - interval_s) / jitter_s) / 2


def false_failover_s(setup: Setup) -> float | None:
    """How far apart the false failovers of all tiers of a setup are on average; None: there are none.

    Without latency k - 1 losses in a row are enough. Loss and jitter count apart; for a hold time of several
    heartbeats `p_late_beat` is an upper bound, so that jitter brings false failovers no more often than this.
    """
    per_s = sum(_false_failovers_per_s(tier) for tier in setup.tiers)
    return 1 / per_s if per_s else None


def _false_failovers_per_s(tier: TierSetup) -> float:
    beat, link = tier.heartbeat, tier.links[tier.heartbeat.link]
    interval_s, hold_us = seconds(beat.interval_us), beat.hold_of_us(1)
    misses = hold_us // beat.interval_us if link.latency_us else -(-hold_us // beat.interval_us) - 1
    if misses < 1 or link.loss.value == 1:
        return 1 / interval_s
    per_s = 1 / time_to_false_failover_s(interval_s, link.loss.value, misses) if link.loss else 0.0
    if link.jitter_us:
        per_s += p_late_beat(interval_s, seconds(hold_us), seconds(link.jitter_us)) / interval_s
    return per_s


def _check(loss: float, misses: int) -> None:
    limits.probability(loss=loss)
    limits.positive(loss=loss, share_delivered=1 - loss)
    limits.count(misses=misses)
