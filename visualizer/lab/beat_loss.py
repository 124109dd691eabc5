"""The most that one bolt can take: the worst instant of the worst tier."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visualizer.lab.beat_ideal import LOSS_IDEALS, Term, waterfall
from visualizer.lab.beat_trial import Steps, Trial, after_us, holder_at, played
from visualizer.lab.columns import Integers
from visualizer.sim import exposure_series
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.history import acknowledged_us
from visualizer.sim.setup import Setup
from visualizer.sim.state import State

_MOST_TICKS = 20_000
_TRIED = 3
"""Instants at which a loss of transactions alone is tried out."""


@dataclass(frozen=True, slots=True)
class Worst:
    """Lightning on the unit of `tier` that is active at `at_us` takes `lost`; `mean` is over all instants
    (None: not known).
    """

    tier: int
    at_us: int
    lost: int
    mean: float | None


def counts_transactions(setup: Setup) -> bool:
    """Whether there are only transactions to lose: all sessions are there from the start."""
    return setup.traffic.session_rate is None and setup.traffic.transaction_rate is not None


def undisturbed_trial(setup: Setup) -> Steps[Trial]:
    """The whole run of a design."""
    return played(setup, setup.duration_us)


def worst_of(trial: Trial) -> Steps[Worst]:
    """The worst instant of a design's run."""
    if counts_transactions(trial.state.setup):
        return (yield from _worst_tried(trial))
    yield
    return _worst_exposed(trial.state)


def _worst_exposed(state: State) -> Worst:
    """Exact: the exposure just before an instant is what a strike takes then. In parallel columns the strike
    takes what any tier of the column had not copied.
    """
    grid_us = max(state.setup.tick_us, state.now_us // _MOST_TICKS)
    grid_us -= grid_us // 300 + 1  # out of step with requests that are evenly spaced
    grid = np.arange(0, state.now_us + 1, max(grid_us, 1), dtype=np.int64)
    times = np.union1d(grid, _peaks_us(state))
    series = np.stack([exposure_series(state, tier, times) for tier in range(len(state.tiers))])
    if state.setup.path == "parallel":
        series[:] = series.max(axis=0)
    tier, first = np.unravel_index(int(series.argmax()), series.shape)
    less = np.flatnonzero(series[tier, first:] < series[tier, first])
    place = first + int(less[0]) - 1 if len(less) else len(times) - 1  # the last instant of the first such
    from_us, to_us = _whole_periods_us(state)
    even = np.isin(times, grid) & (times > from_us) & (times <= to_us)
    mean = float(series[tier][even].mean()) if even.any() else None
    return Worst(int(tier), int(times[place]), int(series[tier, place]), mean)


def _whole_periods_us(state: State) -> tuple[int, int]:
    """From the first copy to the last that all tiers have made; the whole run where there are none."""
    copies = [log for log in state.deliveries if len(log) > 1]
    if not copies:
        return -1, state.now_us
    return max(log[0][0] for log in copies), min(log[-1][0] for log in copies)


def _peaks_us(state: State) -> Integers:
    """Just before a copy arrives and just after an answer, what is exposed is at its most."""
    answers = acknowledged_us(state, state.traffic.opens_us) + 1
    copies = np.array([at_us for log in state.deliveries for at_us, _ in log], dtype=np.int64)
    peaks = np.concatenate([answers, copies])
    return peaks[(peaks >= 0) & (peaks <= state.now_us)]


def _worst_tried(trial: Trial) -> Steps[Worst]:
    """Transactions on old sessions: struck at the most promising instants."""
    state, tried = trial.state, []
    for tier in range(len(state.tiers)):
        for at_us in _promising_us(state, tier):
            lost = yield from _lost_transactions(state, tier, at_us)
            tried.append(Worst(tier, at_us, lost, None))
    return max(tried, key=lambda worst: worst.lost)


def _promising_us(state: State, tier: int) -> list[int]:
    """Before the latest copies, and after the latest answers."""
    copies = [at_us for at_us, _ in state.deliveries[tier]][-_TRIED:]
    answers = acknowledged_us(state, state.traffic.transaction_us) + 1
    answers = answers[(answers > 0) & (answers <= state.now_us)]
    return [*copies, *answers[-_TRIED:].tolist()] or [state.now_us]


def _lost_transactions(state: State, tier: int, at_us: int) -> Steps[int]:
    strike = Strike(at_us, "lightning", UnitTarget(tier, holder_at(state, tier, at_us)))
    struck = yield from played(state.setup, at_us + after_us(state.setup), strike)
    return len(struck.state.lost_transactions)


def loss_terms(setup: Setup, worst: Worst) -> Steps[tuple[Term, ...]]:
    """What makes up the worst loss of a design."""

    def measure(better: Setup) -> Steps[int | None]:
        trial = yield from undisturbed_trial(better)
        found = yield from worst_of(trial)
        return found.lost

    return (yield from waterfall(setup, worst.lost, LOSS_IDEALS, measure))
