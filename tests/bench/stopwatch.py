"""Timing that a busy machine bends little: processor time of all threads, the best of several runs."""

from __future__ import annotations

import gc
import itertools
import math
import statistics
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

_Input = TypeVar("_Input")

FRESH_SEEDS = itertools.count(1_000)
"""The engine remembers the columns of a seed that it has drawn, so each run needs another one."""


def best_s(work: Callable[[_Input], object], make: Callable[[int], _Input], repeats: int) -> float:
    """The least processor time of `repeats` runs, each on what `make` makes of a seed never used before."""
    best = math.inf
    for _ in range(repeats):
        given = make(next(FRESH_SEEDS))
        gc.collect()
        best = min(best, once_s(work, given))
    return best


def once_s(work: Callable[[_Input], object], given: _Input) -> float:
    """The processor time of one run."""
    began = time.process_time()
    work(given)
    return time.process_time() - began


def spread_ms(seconds: Sequence[float]) -> tuple[float, float, float]:
    """(median, 95th percentile, maximum) in milliseconds."""
    ordered = sorted(seconds)
    place = math.ceil(0.95 * len(ordered)) - 1
    return tuple(1_000 * value for value in (statistics.median(ordered), ordered[place], ordered[-1]))  # type: ignore[return-value]
