"""Many runs: the same bytes on every executor, every row a run of its own."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import numpy as np
import pytest
from theory.designs import MS, pair, poisson, world

from visualizer.lab import (
    Columns,
    estimate,
    measure,
    monte_carlo,
    strike_instant_us,
    strike_window,
    struck,
    undisturbed,
)
from visualizer.sim.command import LinkTarget, Strike, UnitTarget
from visualizer.sim.setup import US_PER_S

ARTICLE = world(poisson(20), pair())


def bytes_of(columns: Columns) -> bytes:
    return b"".join(column.tobytes() for column in columns.as_dict().values())


def test_every_executor_gives_the_same_bytes() -> None:
    seeds = range(75)  # not a whole number of tasks
    here = bytes_of(monte_carlo(ARTICLE, seeds))
    with ThreadPoolExecutor(3) as threads:
        assert bytes_of(monte_carlo(ARTICLE, seeds, executor=threads)) == here
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        assert bytes_of(monte_carlo(ARTICLE, seeds, executor=processes)) == here


def test_a_row_depends_on_its_seed_alone_and_can_be_played_again() -> None:
    whole = monte_carlo(ARTICLE, range(40))
    alone = monte_carlo(ARTICLE, [33])
    again = measure([struck(replace(ARTICLE, seed=33), int(whole.strike_us[33]))])
    assert bytes_of(alone) == bytes_of(again) == bytes_of(whole.part(33, 34))
    assert whole.seed.tolist() == list(range(40))


def test_columns_by_name() -> None:
    columns = monte_carlo(ARTICLE, range(3), strike_at=5 * US_PER_S)
    assert columns.strike_us.tolist() == [5 * US_PER_S] * 3
    assert columns.takeover_us.tolist() == [7 * US_PER_S] * 3  # heard at 4 s, for the strike goes first
    assert len(columns) == 3
    assert all(column.dtype == np.int64 and column.shape == (3,) for column in columns.as_dict().values())
    assert columns.as_dict()["lost_sessions"] is columns.lost_sessions


def test_a_run_without_a_strike_has_neither_takeover_nor_loss() -> None:
    quiet = measure([ARTICLE])
    assert quiet.stateful.all()
    times = (quiet.strike_us, quiet.takeover_us, quiet.restored_us, quiet.detection_us, quiet.outage_us)
    assert [int(column[0]) for column in times] == [-1] * 5


def test_no_runs_are_no_rows() -> None:
    assert len(measure([])) == 0


def test_strike_instants_are_uniform_and_belong_to_the_seed() -> None:
    window = (3 * US_PER_S, 6 * US_PER_S)
    instants = np.array([strike_instant_us(seed, window) for seed in range(4000)])
    assert instants.min() >= window[0]
    assert instants.max() < window[1]
    found, _ = np.histogram(instants, bins=10, range=window)
    assert ((found - 400) ** 2 / 400).sum() < 27.9  # chi square, 9 degrees of freedom, 1 in 1000
    assert monte_carlo(ARTICLE, range(5)).strike_us.tolist() == instants[:5].tolist()


def test_the_window_is_whole_periods_between_the_first_copy_and_the_last_failover() -> None:
    assert strike_window(ARTICLE) == (3 * US_PER_S, 6 * US_PER_S)
    late = world(poisson(20), pair(latency_ms=500, convergence_ms=250), duration_s=14)
    assert strike_window(late) == (3_500 * MS, 9_500 * MS)
    streaming = world(poisson(20), pair(policy="streaming"), duration_s=10)
    assert strike_window(streaming) == (0, 7 * US_PER_S)


def test_too_short_a_setup_says_so() -> None:
    with pytest.raises(ValueError, match="world: too short"):
        monte_carlo(world(poisson(20), pair(), duration_s=5), range(2))


def test_own_strikes_on_units_are_left_out_and_all_else_stays() -> None:
    cut = Strike(2 * US_PER_S, "cut", LinkTarget(0, 1))
    bolt = Strike(4 * US_PER_S, "lightning", UnitTarget(0, 0))
    setup = replace(ARTICLE, commands=(cut, bolt))
    assert undisturbed(setup).commands == (cut,)
    assert struck(setup, US_PER_S).commands == (Strike(US_PER_S, "lightning", UnitTarget(0, 0)), cut)


def test_an_estimate_of_constants_and_of_a_single_run() -> None:
    assert estimate(np.array([4, 4, 4])).errors_from(4) == 0
    assert estimate(np.array([4, 4, 4])).errors_from(5) == -np.inf
    assert estimate(np.array([4])).standard_error == np.inf
    assert estimate(np.array([True, False])).mean == 0.5
