"""Exposure over time: the sawtooth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualizer.sim import State, exposure_series


@dataclass(frozen=True, slots=True, eq=False)
class Sawtooth:
    """`times_us`: shape (n,), ascending; `by_tier`: shape (tiers, n), sessions exposed just before each."""

    times_us: NDArray[np.int64]
    by_tier: NDArray[np.int64]

    @property
    def worst(self) -> NDArray[np.int64]:
        """The worst that one bolt could do, at each time."""
        result: NDArray[np.int64] = self.by_tier.max(axis=0)
        return result


def sawtooth(state: State, step_us: int, low_us: int = 0, high_us: int | None = None) -> Sawtooth:
    """The exposure every `step_us`, at both sides of every edge and at the state's instant, in [low, high):
    from 0 to the state's instant unless told otherwise. Stretches of one run can be put together.

    Each arrival of a copy and each change of hands adds the instant itself (the peak) and the next
    microsecond (the fall), so that the teeth stand straight whatever the step.
    """
    high_us = state.now_us + 1 if high_us is None else min(high_us, state.now_us + 1)
    grid = np.arange(-(-low_us // step_us) * step_us, high_us, step_us, dtype=np.int64)
    edges = [at_us for log in state.deliveries for at_us, _ in log]
    edges += [int(at_us) for log in state.bulks for bulk in log for at_us in bulk.arrive_us[-1:]]
    edges += [era.from_us for eras in state.eras for era in eras]
    corners = np.array([at_us + side for at_us in edges for side in (0, 1)], dtype=np.int64)
    times = np.concatenate([grid, corners, [state.now_us]])
    times = np.sort(times[(times >= low_us) & (times < high_us)])
    times = times[np.diff(times, prepend=-1) > 0]
    rows = [exposure_series(state, tier, times) for tier in range(len(state.tiers))]
    return Sawtooth(times, np.stack(rows))
