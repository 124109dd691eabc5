"""State loss when sessions end: only live ones can be lost.

Symbols: rate (new sessions/s, Poisson), 1/mu = `life_s` (mean of an exponential life), S = `interval_s`, L =
`latency_s` (the cable dies too), x = mu S. The engine counts a session as lost only if it is open when its
state dies; one that has closed before is past losing, though the standby may still hold it (a ghost).

In equilibrium the open sessions are Poisson with mean c = rate / mu and their ages are independent
exponentials (the M/G/infinity queue; Takacs, Introduction to the Theory of Queues, 1962), which gives all of
the following.
"""

from __future__ import annotations

from math import exp, lgamma, log, sqrt

from visualizer.theory import limits
from visualizer.theory.replication import unsafe_age
from visualizer.theory.spread import Moments


def live_window_loss(rate_per_s: float, interval_s: float, life_s: float, latency_s: float = 0.0) -> Moments:
    """Live sessions younger than the last safe sync.

    mean (rate/mu) [1 - e^(-mu L) (1 - e^(-x)) / x]. Given the age A of the sync the count is Poisson with
    mean m = c (1 - e^(-mu A)), so its variance is E[m] + Var[m]. Holds from the first sync on, warm or not.
    """
    _check(rate_per_s, life_s)
    age = unsafe_age(interval_s, latency_s)
    open_sessions = rate_per_s * life_s
    older = age.laplace(1 / life_s)
    mean = open_sessions * (1 - older)
    return Moments(mean, mean + open_sessions**2 * (age.laplace(2 / life_s) - older**2))


def ghost_sessions(rate_per_s: float, interval_s: float, life_s: float) -> Moments:
    """Ghosts: sessions that the standby still holds though they have ended since the last safe sync.

    In equilibrium as many end as begin, and a reversed M/G/infinity queue is one again (Kelly, Reversibility
    and Stochastic Networks, 1979), so it is exactly `live_window_loss` without latency.
    """
    return live_window_loss(rate_per_s, interval_s, life_s)


def p_no_live_loss(rate_per_s: float, interval_s: float, life_s: float, latency_s: float = 0.0) -> float:
    """The chance that all open sessions are older than the last safe sync, E[exp(-m(A))].

    Exactly: n sessions are open with Poisson probability of mean c, and all are older than A with
    probability E[e^(-n mu A)]. The sum leaves out less than 1e-12 of the probability.
    """
    _check(rate_per_s, life_s)
    mean = rate_per_s * life_s
    age = unsafe_age(interval_s, latency_s)
    reach = 8 * sqrt(mean) + 40
    counts = range(max(0, int(mean - reach)), int(mean + reach) + 1)
    return sum(_poisson(mean, count) * age.laplace(count / life_s) for count in counts)


def _check(rate_per_s: float, life_s: float) -> None:
    limits.not_negative(rate_per_s=rate_per_s)
    limits.positive(life_s=life_s)


def _poisson(mean: float, count: int) -> float:
    """e^(-mean) mean^count / count!, without overflow."""
    if mean == 0:
        return 1.0 if count == 0 else 0.0
    return exp(count * log(mean) - mean - lgamma(count + 1))
