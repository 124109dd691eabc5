"""Several designs under the same clients and the same bolts: what each costs, and by how much they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from visualizer.lab.columns import NEVER_US, Columns, Integers
from visualizer.lab.executors import Executor
from visualizer.lab.measures import Measure, Reals
from visualizer.lab.playing import Keep, Progress, play
from visualizer.study.cells import Cells, summary
from visualizer.study.designs import Designs, designs_of
from visualizer.study.plan import Plan
from visualizer.study.sweep import expected_of
from visualizer.study.table import Column, Table


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """Of each design to the first, run by run with the same seed; each float64, shape (designs,), NaN for the
    first. `mean`, `standard_error`, `low`, `high`: as in `Cells`. `narrowed_to`: how wide the interval is, as
    a part of what it would be if the designs had met other clients and other instants.
    """

    mean: Reals
    standard_error: Reals
    low: Reals
    high: Reals
    narrowed_to: Reals


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Designs that were played. `runs`: row design x seeds + seed's place."""

    designs: Designs
    runs: Columns

    def values(self, measure: Measure) -> Reals:
        """Shape (designs, seeds)."""
        return measure.of(self.runs).reshape(len(self.designs.points), len(self.designs.seeds))

    def cells(self, measure: Measure) -> Cells:
        """Each design for itself."""
        return summary(
            self.values(measure), expected_of(self.designs.families, measure), shares=not measure.unit
        )

    def differences(self, measure: Measure) -> Differences:
        """Each design against the first."""
        values = self.values(measure)
        paired = values - values[0]
        paired[0] = np.nan
        found = summary(paired, np.full(len(paired), np.nan))
        alone = summary(np.where(np.isnan(paired), np.nan, values), found.expected)
        first = summary(np.where(np.isnan(paired), np.nan, values[0]), found.expected)
        apart = np.hypot(alone.standard_error, first.standard_error)
        narrowed = np.full(len(paired), np.nan, dtype=np.float64)
        np.divide(found.standard_error, apart, out=narrowed, where=apart > 0)
        return Differences(found.mean, found.standard_error, found.low, found.high, narrowed)


def comparison_of(
    plans: Sequence[Plan],
    names: Sequence[str] | None = None,
    executor: Executor | None = None,
    *,
    done: Mapping[int, Integers] | None = None,
    keep: Keep | None = None,
    progress: Progress | None = None,
) -> Compared:
    """`designs_of` these plans, played. Raises StudyError, ExecutorError, ConservationError."""
    return compared(designs_of(plans, names), executor, done=done, keep=keep, progress=progress)


def compared(
    designs: Designs,
    executor: Executor | None = None,
    *,
    done: Mapping[int, Integers] | None = None,
    keep: Keep | None = None,
    progress: Progress | None = None,
) -> Compared:
    """Every run of these designs; the rest as for `sweep_of`."""
    runs = play(designs.families, executor, done=done, keep=keep, progress=progress)
    return Compared(designs, runs)


_INTERVAL = ("mean", "standard_error", "low", "high")


def compared_table(found: Compared, measures: Sequence[Measure]) -> Table:
    """A row for each measure and design: mean and interval, and those of the difference to the first."""
    designs, rows = found.designs, len(found.designs.names)
    columns: dict[str, list[Column]] = {}
    for measure in measures:
        mine, apart = found.cells(measure), found.differences(measure)
        row: dict[str, Column] = {
            "measure": np.array([measure.key] * rows, dtype=np.str_),
            "design": np.array(designs.names, dtype=np.str_),
            **{name: getattr(mine, name) for name in ("runs", *_INTERVAL, "expected")},
            **{f"difference_{name}": getattr(apart, name) for name in _INTERVAL},
            "narrowed_to": apart.narrowed_to,
        }
        for name, column in row.items():
            columns.setdefault(name, []).append(column)
    whole = {name: cast(Column, np.concatenate(parts)) for name, parts in columns.items()}
    return Table(whole, designs.about)


def compared_runs_table(found: Compared, measures: Sequence[Measure]) -> Table:
    """A row a run: its design, its seed, when it was struck, each measure."""
    designs = found.designs
    names = np.array(designs.names, dtype=np.str_)
    columns: dict[str, Column] = {
        "design": names[np.repeat(np.arange(len(names)), len(designs.seeds))],
        "seed": found.runs.seed,
    }
    if (found.runs.strike_us != NEVER_US).any():
        columns["strike_us"] = found.runs.strike_us
    columns |= {measure.key: measure.of(found.runs) for measure in measures}
    return Table(columns, designs.about)
