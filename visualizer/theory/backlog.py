"""The queue in front of the sync cable.

Symbols: rate (changes/s), x = `message_s`, the time one change takes on the cable (bytes x 8 / bandwidth),
rho = rate x, L = `latency_s`. A cable that carries fewer changes than there are never catches up; one that
carries more still makes them queue now and then.
"""

from __future__ import annotations

from math import exp, expm1

from visualizer.language import say
from visualizer.theory import limits


def backlog(rate_per_s: float, message_s: float, elapsed_s: float) -> float:
    """Changes that wait after t = `elapsed_s` of overload: (rate - 1 / x) t, fluid. 0 when rho <= 1."""
    _check(rate_per_s, message_s)
    limits.not_negative(elapsed_s=elapsed_s)
    return max(rate_per_s - 1 / message_s, 0.0) * elapsed_s


def backlog_age_s(rate_per_s: float, message_s: float, elapsed_s: float) -> float:
    """How old the newest copied change is by then (the achieved RPO): t (1 - 1 / rho). 0 when rho <= 1."""
    waiting = backlog(rate_per_s, message_s, elapsed_s)
    return waiting / rate_per_s if waiting else 0.0


def drain_s(down_s: float, load: float) -> float:
    """The cable is down for P = `down_s`, then healed: the backlog is gone P rho / (1 - rho) after the heal.

    rho = `load` < 1. Fluid.
    """
    limits.not_negative(down_s=down_s, load=load)
    if load >= 1:
        raise ValueError(say("a cable with a load of {load} never catches up", load=load))
    return down_s * load / (1 - load)


def draining_backlog(rate_per_s: float, message_s: float, down_s: float, healed_s: float) -> float:
    """Changes that still wait h = `healed_s` after the heal: rate P - (1 / x - rate) h, at least 0. Fluid."""
    _check(rate_per_s, message_s)
    limits.not_negative(down_s=down_s, healed_s=healed_s)
    return max(rate_per_s * down_s - (1 / message_s - rate_per_s) * healed_s, 0.0)


def queue_s(rate_per_s: float, message_s: float) -> float:
    """Mean time from ready until it has left, rho < 1, Poisson changes: x + rho x / (2 (1 - rho)).

    The M/D/1 queue (Pollaczek 1930, Khinchine 1932).
    """
    load = _load(rate_per_s, message_s)
    return message_s + load * message_s / (2 * (1 - load))


def queue_laplace(rate_per_s: float, message_s: float, decay_per_s: float) -> float:
    """E[e^(-d T)] of that time: (1 - rho) d / (d - rate + rate e^(-d x)) e^(-d x) (Pollaczek-Khinchine)."""
    load = _load(rate_per_s, message_s)
    limits.not_negative(decay_per_s=decay_per_s)
    if decay_per_s == 0:
        return 1.0
    service = exp(-decay_per_s * message_s)
    idle = decay_per_s + rate_per_s * expm1(-decay_per_s * message_s)
    return (1 - load) * decay_per_s / idle * service


def streaming_queue_loss(
    rate_per_s: float, message_s: float, latency_s: float = 0.0, *, cable_dies: bool = True
) -> float:
    """Changes exposed by a stream of finite bandwidth: rate times (time in the queue, + L if the cable dies).

    Little's law (Little 1961). rho < 1, Poisson, sessions outlive the queue; the host dies and its queue
    with it. A living cable must deliver before the takeover.
    """
    limits.not_negative(latency_s=latency_s)
    return rate_per_s * (queue_s(rate_per_s, message_s) + (latency_s if cable_dies else 0.0))


def p_stream_empty(rate_per_s: float, message_s: float, latency_s: float = 0.0) -> float:
    """The chance that nothing is queued or on a cable that dies: (1 - rho) e^(-rate L).

    Poisson arrivals see time averages (Wolff 1982); the queue was empty L ago and nobody has come since.
    """
    limits.not_negative(latency_s=latency_s)
    return (1 - _load(rate_per_s, message_s)) * exp(-rate_per_s * latency_s)


def _check(rate_per_s: float, message_s: float) -> None:
    limits.not_negative(rate_per_s=rate_per_s)
    limits.positive(message_s=message_s)


def _load(rate_per_s: float, message_s: float) -> float:
    limits.not_negative(rate_per_s=rate_per_s, message_s=message_s)
    load = rate_per_s * message_s
    if load >= 1:
        raise ValueError(say("a load of {load} has no equilibrium: the queue grows for ever", load=load))
    return load
