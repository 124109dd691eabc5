"""Families of runs played: cut into tasks, handed to an executor, put together again by index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing

import numpy as np

from visualizer.lab.columns import Columns, Integers
from visualizer.lab.executors import Executor, Here
from visualizer.lab.many import rows_of, runs_at_once
from visualizer.lab.trials import Family

Keep = Callable[[int, Integers], None]
"""Told of each task that is done: its index, and its rows, shape (runs, columns)."""

Progress = Callable[[int, int], None]
"""Told (runs done, runs in all), first before anything is played."""


def tasks_of(families: Sequence[Family]) -> tuple[Family, ...]:
    """The parts in which they are played, in order: a function of the families alone, so that what was done
    elsewhere, or before an interruption, has the same index.
    """
    return tuple(
        family.part(first, first + runs_at_once(family))
        for family in families
        for first in range(0, len(family), runs_at_once(family))
    )


def play(
    families: Sequence[Family],
    executor: Executor | None = None,
    *,
    done: Mapping[int, Integers] | None = None,
    keep: Keep | None = None,
    progress: Progress | None = None,
) -> Columns:
    """The rows of all families, one after the other, each in the order of its seeds.

    `done`: rows of tasks that need not be played, by index of `tasks_of`. `keep` is called for every other
    one as it comes. Any executor gives the same bytes. Raises ExecutorError, ConservationError.
    """
    tasks = tasks_of(families)
    blocks = dict(done or {})
    missing = [index for index in range(len(tasks)) if index not in blocks]
    total, finished = sum(map(len, tasks)), sum(len(tasks[index]) for index in blocks)
    if progress:
        progress(finished, total)
    with closing((executor or Here()).each(rows_of, [tasks[index] for index in missing])) as found:
        for place, rows in found:
            blocks[missing[place]] = rows
            finished += len(rows)
            if keep:
                keep(missing[place], rows)
            if progress:
                progress(finished, total)
    empty = np.zeros(0, dtype=np.int64)
    return Columns.of_rows(np.concatenate([empty, *(blocks[index].ravel() for index in range(len(tasks)))]))
