"""One run beside many of the same setup: what else could have come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from visualizer.lab.columns import Columns, Integers
from visualizer.lab.many import rows_of
from visualizer.lab.playing import tasks_of
from visualizer.lab.strike import first_strike
from visualizer.lab.trials import Blow, Family
from visualizer.lab.window import fair_window, lasting_us
from visualizer.script.durations import DAY_US
from visualizer.script.script import Beside
from visualizer.sim.setup import Setup

_MEASURES: dict[str, Callable[[Columns], Integers]] = {
    "lost": lambda columns: columns.lost_sessions,
    "outage": lambda columns: columns.no_service_us,
    "met nobody": lambda columns: columns.interrupted,
}
"""By the words of `script.BESIDE`: the same as the figures of these names at the end of each run."""

_OUTSIDE = 20
"""One of so many at either end lies outside: nine of ten lie within."""


@dataclass(frozen=True, slots=True)
class Others:
    """What came of the other runs: `values`, ascending, one a run: counts, or microseconds of an outage.
    `struck`: each was struck at an instant of its own; else each is as written, with another seed.
    """

    values: tuple[int, ...]
    struck: bool

    @property
    def runs(self) -> int:
        """How many there are."""
        return len(self.values)

    @property
    def mean(self) -> float:
        """Of all of them."""
        return sum(self.values) / len(self.values)

    @property
    def within(self) -> tuple[int, int]:
        """The least and the greatest value without a twentieth of the runs at either end."""
        outside = self.runs // _OUTSIDE
        return self.values[outside], self.values[-1 - outside]

    @property
    def none(self) -> int:
        """In how many it is nothing at all."""
        return self.values.count(0)


def family_of(setup: Setup, beside: Beside) -> Family:
    """The other runs. Where the setup strikes a unit, each strikes that tier's primary with that fault at
    another instant of a fair window, as a sweep does, in a setup that is made longer where it is too short.
    Where it strikes none, no instant is fair, or the others are to be as written, each is so with another
    seed than the setup's.
    """
    seeds = [seed for seed in range(beside.runs + 1) if seed != setup.seed]
    found = None if beside.others == "as written" else _struck(setup, beside.runs)
    return found or Family(setup, tuple(seeds[: beside.runs]))


def _struck(setup: Setup, runs: int) -> Family | None:
    first = first_strike(setup)
    if first is None:
        return None
    tier, fault = first
    durations_us = lasting_us([(setup, tier)])
    if durations_us is None or durations_us[0] > DAY_US:
        return None
    longer = replace(setup, duration_us=durations_us[0])
    return Family(longer, tuple(range(runs)), Blow(fair_window([(longer, tier)]), tier, fault))


def counting(setup: Setup, beside: Beside) -> Iterator[int | Others]:
    """Steps of a fraction of a second: how many runs are known after each, and at last what came of them."""
    family = family_of(setup, beside)
    blocks: list[Integers] = []
    known = 0
    for task in tasks_of([family]):
        blocks.append(rows_of(task).ravel())
        known += len(task)
        yield known
    values = _MEASURES[beside.measure](Columns.of_rows(np.concatenate(blocks)))
    yield Others(tuple(np.sort(values).tolist()), family.blow is not None)


@lru_cache(maxsize=32)
def others(setup: Setup, beside: Beside) -> Others:
    """All at once. The same setup gives the same, whoever counts."""
    *_, last = counting(setup, beside)
    assert isinstance(last, Others)
    return last
