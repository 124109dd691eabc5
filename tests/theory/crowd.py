"""Many small worlds at once, in plain numpy: what the closed forms are about, simulated without them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Chance = np.random.Generator
Sampler = Callable[[Chance], Floats]


class Crowd:
    """Poisson arrivals of many runs: arrival i belongs to `run[i]` and came at `at_s[i]`, in [0, end)."""

    def __init__(self, chance: Chance, runs: int, rate_per_s: float, end_s: float) -> None:
        each = chance.poisson(rate_per_s * end_s, runs)
        self.runs = runs
        self.run = np.repeat(np.arange(runs), each)
        self.at_s: Floats = chance.uniform(0, end_s, len(self.run))

    def of_run(self, values: Floats) -> Floats:
        """One value of each run, for each of its arrivals."""
        return values[self.run]

    def count(self, which: Booleans) -> Floats:
        """How many of them in each run."""
        return np.bincount(self.run[which], minlength=self.runs).astype(np.float64)


def phases(chance: Chance, runs: int, period_s: float) -> Floats:
    """Uniform in [0, period)."""
    return chance.uniform(0, period_s, runs)


def last_tick(now_s: Floats | float, phase_s: Floats, period_s: float) -> Floats:
    """The last instant phase + n period that is not after now."""
    return np.asarray(now_s - np.mod(now_s - phase_s, period_s), dtype=np.float64)


def next_tick(now_s: Floats, phase_s: Floats, period_s: float) -> Floats:
    """The first instant phase + n period that is not before now."""
    return np.asarray(now_s + np.mod(phase_s - now_s, period_s), dtype=np.float64)


def queue(ready_s: Floats, message_s: float) -> Floats:
    """When each message has left a cable that takes one after the other; `ready_s` ascending."""
    places = np.arange(len(ready_s))
    return message_s * (places + 1) + np.maximum.accumulate(ready_s - message_s * places)
