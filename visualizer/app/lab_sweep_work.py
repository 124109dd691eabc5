"""The runs of a sweep in pieces: first a few of each point, then more and more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter_ns

import numpy as np

from visualizer.lab.batch_alike import alike
from visualizer.lab.columns import Columns, Integers
from visualizer.lab.many import rows_of
from visualizer.lab.measures import Measure, Reals
from visualizer.lab.trials import Family
from visualizer.scene.lab_sweep_shown import SweepCell
from visualizer.study.cells import summary
from visualizer.study.plan import Plan
from visualizer.study.sweep import Sweep

ROUNDS_OF_A_LINE = (2, 5, 12, 25, 50, 100)
ROUNDS_OF_A_FIELD = (1, 3, 6, 12, 25, 50)
"""After each round so many seeds are known of every point."""

_FEW = 5
_PIECE_NS = 60_000_000
"""About so long somebody who leaves has to wait for what is being played."""


def rounds_of(axes: int) -> tuple[int, ...]:
    """For a line or a field."""
    return ROUNDS_OF_A_LINE if axes < 2 else ROUNDS_OF_A_FIELD


Part = tuple[int, Family]
"""A point, and some of its runs in the order of its seeds."""


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """Parts with their rows, and how long all of them took."""

    parts: Sequence[Part]
    rows: Sequence[Integers]
    took_ns: int


def play(parts: Sequence[Part]) -> Played:
    """Play them, in any thread."""
    since_ns = perf_counter_ns()
    rows = [rows_of(family) for _, family in parts]
    return Played(parts, rows, perf_counter_ns() - since_ns)


class Answers:
    """What is known of a plan that has the seeds of the last of `rounds`. `version` counts what is new."""

    def __init__(self, plan: Plan, rounds: Sequence[int]) -> None:
        self.plan = plan
        self.version = 0
        self._alike = all(alike(family) is None for family in plan.families)
        self._rounds = (rounds[0], rounds[len(rounds) // 2 - 1], rounds[-1]) if self._alike else rounds
        self._rows: list[list[Integers]] = [[] for _ in plan.points]
        self._known = [0] * len(plan.points)
        self._run_ns: float | None = None
        self._parts = self._in_parts()
        self._cells: dict[str, tuple[int, tuple[SweepCell, ...]]] = {}
        self._expected: dict[str, Reals] = {}

    @property
    def seeds(self) -> int:
        """How many are known of a point, on average."""
        return sum(self._known) // len(self._known)

    @property
    def done(self) -> bool:
        """Whether all is known."""
        return self.seeds >= self._rounds[-1]

    def next_parts(self) -> Sequence[Part]:
        """What is to be played next, once the last has been taken: about as much as a person may wait for.
        Nothing when all is known.
        """
        parts: list[Part] = []
        runs = 0
        while runs < self._at_once and (part := next(self._parts, None)):
            parts.append(part)
            runs += len(part[1])
        return parts

    def take(self, played: Played) -> None:
        """What was played."""
        runs = 0
        for (place, family), rows in zip(played.parts, played.rows, strict=True):
            self._rows[place].append(rows)
            self._known[place] += len(family)
            runs += len(family)
        run_ns = played.took_ns / runs
        self._run_ns = run_ns if self._run_ns is None else (self._run_ns + run_ns) / 2
        self.version += 1

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
            cells = summary(
                measure.of(runs).reshape(len(places), known), expected[places], shares=not measure.unit
            )
            columns = (cells.mean, cells.low, cells.high, cells.lower, cells.upper, cells.expected)
            for place, *values in zip(places, *columns, strict=True):
                found[place] = _cell(known, [float(v) if np.isfinite(v) else None for v in values])
        return tuple(found[place] for place in range(len(self._known)))

    def _in_parts(self) -> Iterator[Part]:
        """Runs that are counted together cost little more than one: they are not parted, in fewer rounds."""
        before = 0
        for count in self._rounds:
            for place in _coarse_first(len(self.plan.points)):
                first = before
                while first < count:
                    beyond = count if self._alike else min(first + self._at_once, count)
                    yield place, self.plan.points[place].family.part(first, beyond)
                    first = beyond
            before = count

    @property
    def _at_once(self) -> int:
        """How many runs are played while a person may wait, as far as one knows how long they take."""
        return 1 if self._run_ns is None else max(int(_PIECE_NS / self._run_ns), 1)


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
