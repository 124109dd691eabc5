"""Runs by the hundred: each `Setup` from start to end, one row of figures each, on any executor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor

import numpy as np

from visualizer.lab.batch import batched
from visualizer.lab.batch_alike import alike
from visualizer.lab.batch_reading import UnlikeError
from visualizer.lab.columns import NEVER_US, Columns, Integers
from visualizer.lab.trials import Family
from visualizer.lab.untraced import begun
from visualizer.ledger.account import no_service_us
from visualizer.sim import State, advance, finish
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.outcome import interruption
from visualizer.sim.replication import POLICIES
from visualizer.sim.service import fold
from visualizer.sim.setup import Setup

_WORTH_A_BATCH = 4
"""Fewer runs are played faster than a batch of them is prepared."""

_PLAYED_AT_ONCE = 50
_BATCHED_AT_ONCE = 1000
_PERIODS_AT_ONCE = 3000
"""A heartbeat costs about 0.1 ms."""

RUNS_PER_TASK = 32
"""A task of about 0.1 s: the cost of handing it to another process disappears in it."""


def measure(setups: Sequence[Setup], executor: Executor | None = None) -> Columns:
    """Play every setup with its own seed and commands to its end; row i is run i.

    Without an executor in this thread; any `concurrent.futures.Executor` gives the same bytes, because a run
    depends on its setup alone and its place in the result on its index alone. Raises what a run raises
    (`ConservationError`: a defect of the engine).
    """
    tasks = list(_tasks(setups))
    blocks = map(_rows, tasks) if executor is None else executor.map(_rows, tasks)
    return Columns.of_rows(
        np.concatenate([np.zeros(0, dtype=np.int64), *(block.ravel() for block in blocks)])
    )


def _tasks(setups: Sequence[Setup]) -> Iterator[tuple[Setup, ...]]:
    for first in range(0, len(setups), RUNS_PER_TASK):
        yield tuple(setups[first : first + RUNS_PER_TASK])


def rows_of(family: Family) -> Integers:
    """The runs of a family, shape (runs, columns): counted together where they are alike, else one by one;
    the same bytes either way.
    """
    if len(family) >= _WORTH_A_BATCH and alike(family) is None:
        try:
            return batched(family)
        except UnlikeError:
            pass
    return one_by_one(family)


def one_by_one(family: Family) -> Integers:
    """The runs of a family, shape (runs, columns), each played with its clients."""
    return _rows(tuple(family.runs()))


def runs_at_once(family: Family) -> int:
    """How many runs of a family are handed over together: less than about 0.2 s of work costs more to hand
    over than to do.
    """
    if alike(family) is None:
        return _BATCHED_AT_ONCE
    return max(1, min(_PLAYED_AT_ONCE, _PERIODS_AT_ONCE // max(_periods(family.setup), 1)))


def _periods(setup: Setup) -> int:
    """Heartbeats and copies of a run: what playing it costs, as near as can be said beforehand."""
    return sum(
        setup.duration_us // tier.heartbeat.interval_us
        + (setup.duration_us // tier.sync.interval_us if POLICIES[tier.sync.policy].ticks else 0)
        for tier in setup.tiers
    )


def _rows(setups: tuple[Setup, ...]) -> Integers:
    """Shape (runs, columns); a function of the module, so that other processes find it."""
    return np.array([_row(setup) for setup in setups], dtype=np.int64)


def _row(setup: Setup) -> tuple[int, ...]:
    state = begun(setup)
    advance(state, setup.duration_us)
    finish(state)
    return (
        setup.seed,
        _strike_us(setup),
        *_failover(state),
        *_lost(state),
        _interrupted(state),
        _doubtful(state),
        len(state.failovers),
        no_service_us(state),
    )


def _strike_us(setup: Setup) -> int:
    strikes = (act for act in setup.commands if isinstance(act, Strike))
    return min((act.at_us for act in strikes if isinstance(act.target, UnitTarget)), default=NEVER_US)


def _failover(state: State) -> tuple[int, int]:
    if not state.failovers:
        return NEVER_US, NEVER_US
    first = state.failovers[0]
    takeover_us, restored_us = first.takeover_us, first.restored_us
    return (
        NEVER_US if takeover_us is None else takeover_us,
        NEVER_US if restored_us is None else restored_us,
    )


def _lost(state: State) -> tuple[int, int, int]:
    entries = sum(loss.entries for loss in state.losses)
    return len(state.lost_sessions), len(state.lost_transactions), entries


def _interrupted(state: State) -> int:
    return interruption(state, fold(state, state.tally, state.now_us)).requests


def _doubtful(state: State) -> int:
    return sum(count for _, _, count in state.in_doubt)
