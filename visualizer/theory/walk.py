"""Several periodic processes at once, seen from a random instant.

Each jumps at its own instants and keeps its value in between. Over one common period the value of all of them
together is piecewise constant, so the time from or to it is uniform on each piece: an exact mixture.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import lcm

from visualizer.sim.setup import US_PER_S
from visualizer.theory.spread import Mixture, Spread

MOST_PIECES = 20_000
"""Beyond this many pieces in a common period there is no answer: it would take seconds."""


@dataclass(frozen=True, slots=True)
class Periodic:
    """Jumps at `offset_us` + n `period_us`; after a jump at t its value is `value_us(t)`, never falling."""

    period_us: int
    offset_us: int
    value_us: Callable[[int], int]

    def jumps_us(self, low_us: int, high_us: int) -> range:
        """Its jumps in [low, high)."""
        first_us = low_us + (self.offset_us - low_us) % self.period_us
        return range(first_us, high_us, self.period_us)


def time_from_least(processes: Sequence[Periodic]) -> Mixture | None:
    """Between a random instant and the least of the values, which are all past or all to come.

    None if there are too many pieces.
    """
    common_us = lcm(*(one.period_us for one in processes))
    if sum(common_us // one.period_us for one in processes) > MOST_PIECES:
        return None
    jumps = [one.jumps_us(-one.period_us, common_us) for one in processes]
    edges = sorted({0, common_us, *(jump for some in jumps for jump in some if jump > 0)})
    parts = []
    for start_us, end_us in pairwise(edges):
        least_us = min(
            one.value_us(some[bisect_right(some, start_us) - 1])
            for one, some in zip(processes, jumps, strict=True)
        )
        ends_us = sorted(abs(edge_us - least_us) for edge_us in (start_us, end_us))
        chance = (end_us - start_us) / common_us
        parts.append((chance, Spread(ends_us[0] / US_PER_S, ends_us[1] / US_PER_S)))
    return Mixture(tuple(parts))
