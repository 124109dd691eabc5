"""The runs of a sweep, played a little in every picture: first a few of each point, then more and more."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from time import perf_counter_ns

import numpy as np

from visualizer.lab.beat_trial import Trial, play_on
from visualizer.lab.columns import Columns, Integers
from visualizer.lab.many import row_of, rows_of
from visualizer.lab.measures import Measure, Reals
from visualizer.lab.trials import Family
from visualizer.scene.lab_sweep_shown import SweepCell
from visualizer.sim import finish, start
from visualizer.study.cells import summary
from visualizer.study.plan import Plan
from visualizer.study.sweep import Sweep

ROUNDS_OF_A_LINE = (2, 5, 12, 25, 50, 100)
ROUNDS_OF_A_FIELD = (1, 3, 6, 12, 25, 50)
"""After each round so many seeds are known of every point."""

_FEW = 5
_AT_ONCE_NS = 4_000_000
"""Runs are played together as long as they take no longer than this; a longer one is played in steps."""


def rounds_of(axes: int) -> tuple[int, ...]:
    """For a line or a field."""
    return ROUNDS_OF_A_LINE if axes < 2 else ROUNDS_OF_A_FIELD


class Answers:
    """What is known of a plan, whose seeds are those of the last of `rounds`."""

    def __init__(self, plan: Plan, rounds: Sequence[int]) -> None:
        self.plan = plan
        self.rounds = rounds
        self.version = 0
        self._rows: list[list[Integers]] = [[] for _ in plan.points]
        self._known = [0] * len(plan.points)
        self._run_ns: float | None = None
        self._work = self._working()
        self._cells: dict[str, tuple[int, tuple[SweepCell, ...]]] = {}
        self._expected: dict[str, Reals] = {}

    @property
    def seeds(self) -> int:
        """How many are known of every point."""
        return min(self._known)

    @property
    def done(self) -> bool:
        """Whether all is known."""
        return self.seeds >= self.rounds[-1]

    def go_on(self, until_ns: int) -> None:
        """Play on until that instant of the clock `perf_counter_ns`."""
        while perf_counter_ns() < until_ns and next(self._work, False):
            pass

    def runs(self, point: int) -> Columns:
        """What is known of one point, in the order of its seeds."""
        return _columns(self._rows[point])

    def cells(self, measure: Measure) -> tuple[SweepCell, ...]:
        """One measure at every point, of as many runs as are known of it."""
        kept = self._cells.get(measure.key)
        if kept is None or kept[0] != self.version:
            kept = self._cells[measure.key] = (self.version, self._measured(measure))
        return kept[1]

    def _measured(self, measure: Measure) -> tuple[SweepCell, ...]:
        """Points of which the same number is known are measured together."""
        if measure.key not in self._expected:
            self._expected[measure.key] = Sweep(self.plan, _columns([])).expected(measure)
        expected = self._expected[measure.key]
        found: dict[int, SweepCell] = {}
        for known in set(self._known):
            places = [place for place, count in enumerate(self._known) if count == known]
            runs = _columns([block for place in places for block in self._rows[place]])
            cells = summary(measure.of(runs).reshape(len(places), known), expected[places])
            columns = (cells.mean, cells.low, cells.high, cells.lower, cells.upper, cells.expected)
            for place, *values in zip(places, *columns, strict=True):
                found[place] = _cell(known, [float(v) if np.isfinite(v) else None for v in values])
        return tuple(found[place] for place in range(len(self._known)))

    def _working(self) -> Generator[bool]:
        """True after each step, as long as there is something left to do."""
        before = 0
        for count in self.rounds:
            for place in _coarse_first(len(self.plan.points)):
                yield from self._play(place, before, count)
            before = count

    def _play(self, place: int, first: int, last: int) -> Generator[bool]:
        """The runs [first, last) of a point."""
        family = self.plan.points[place].family
        while first < last:
            together = self._together
            if together:
                beyond = min(first + together, last)
                started_ns = perf_counter_ns()
                rows = rows_of(family.part(first, beyond))
                self._learn((perf_counter_ns() - started_ns) / (beyond - first))
            else:
                beyond = first + 1
                rows = yield from self._in_steps(family, first)
            self._rows[place].append(rows)
            self._known[place] = first = beyond
            self.version += 1
            yield True

    @property
    def _together(self) -> int:
        """How many runs there is time for at once; 0 while one is too many, or nobody knows."""
        return 0 if self._run_ns is None else int(_AT_ONCE_NS / self._run_ns)

    def _learn(self, run_ns: float) -> None:
        self._run_ns = run_ns if self._run_ns is None else 0.7 * self._run_ns + 0.3 * run_ns

    def _in_steps(self, family: Family, index: int) -> Generator[bool, None, Integers]:
        """One run, with pauses."""
        setup, spent_ns, since_ns = family.run(index), 0, perf_counter_ns()
        trial = Trial(start(setup), [])
        for _ in play_on(trial, setup.duration_us):
            spent_ns += perf_counter_ns() - since_ns
            yield True
            since_ns = perf_counter_ns()
        finish(trial.state)
        row = np.array([row_of(trial.state)], dtype=np.int64)
        self._learn(spent_ns + perf_counter_ns() - since_ns)
        return row


def _cell(runs: int, values: list[float | None]) -> SweepCell:
    """Of a few runs the mean alone: what they say of its error is worth little, and would fill the chart."""
    mean, *spread, expected = values
    low, high, lower, upper = spread if runs >= _FEW else [None] * 4
    return SweepCell(runs, mean, low, high, lower, upper, expected)


def _columns(blocks: Sequence[Integers]) -> Columns:
    return Columns.of_rows(np.concatenate([np.zeros(0, dtype=np.int64), *map(np.ravel, blocks)]))


def _coarse_first(count: int) -> list[int]:
    """All places: first far apart, then those between, so that one soon sees the shape."""
    return sorted(range(count), key=lambda place: (-(place & -place) if place else -count, place))
