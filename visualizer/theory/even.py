"""Requests that come evenly spaced, exactly: what the Poisson formulas miss by up to half a request.

Requests at 0, p, 2p, ... meet a process of period S at the phases of a lattice of step g = gcd(p, S). By
Little's law (L = lambda W, Little 1961) the mean number exposed at a random instant is the rate times the
mean time that one of them stays exposed. Exact to the microsecond to which the engine rounds
arrivals down.
"""

from __future__ import annotations

from math import gcd

from visualizer.sim.setup import US_PER_S, Rate
from visualizer.theory.spread import Lattice


def wait_for_tick(rate: Rate, interval_us: int, phase_us: int, *, strictly: bool = False) -> Lattice:
    """From a request to the next instant `phase_us` + n `interval_us`; one at that very instant waits 0.

    With `strictly` it waits for the one after, a whole interval.
    """
    return _lattice(rate.per_us, interval_us * rate.events, phase_us * rate.events, rate.events, strictly)


def wait_for_request(rate: Rate, interval_us: int, phase_us: int) -> Lattice:
    """From an instant `phase_us` + n `interval_us` strictly until the next request."""
    return _lattice(interval_us * rate.events, rate.per_us, -phase_us * rate.events, rate.events, True)


def wait_for_poll(interval_us: int, poll_us: int, deadline_us: int) -> Lattice:
    """From a deadline (one is at `deadline_us`, one every `interval_us`) to the next multiple of
    `poll_us`.
    """
    return _lattice(interval_us, poll_us, -deadline_us, 1, False)


def _lattice(spacing: int, period: int, offset: int, per_us: int, strictly: bool) -> Lattice:
    """(offset - i spacing) mod period over all i; every time in units of 1 / `per_us` microseconds."""
    step = gcd(spacing, period)
    first = offset % step
    if strictly and first == 0:
        first = step
    unit_s = per_us * US_PER_S
    return Lattice(first / unit_s, step / unit_s, period // step)
