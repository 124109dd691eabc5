"""Plans that were played: the same bytes anywhere, cells of hand-made values, tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
import pytest
from study.asked import PAIR, opened, planned, swept

from visualizer.lab import measure
from visualizer.lab.columns import Integers
from visualizer.lab.executors import Here
from visualizer.lab.measures import MEASURES
from visualizer.lab.playing import tasks_of
from visualizer.study.cells import summary
from visualizer.study.sweep import cells, points_table, runs_table, sweep_of

Task = TypeVar("Task")
Done = TypeVar("Done")
LOST, OUTAGE = MEASURES["lost_sessions"], MEASURES["outage_s"]


class Backwards(Here):
    """The last task first."""

    def each(self, work: Callable[[Task], Done], tasks: Sequence[Task]) -> Iterator[tuple[int, Done]]:
        for index in reversed(range(len(tasks))):
            yield index, work(tasks[index])


def test_any_order_and_any_interruption_give_the_same_bytes() -> None:
    plan = planned("sync.interval=1s..4s:4", seeds=20)
    whole = points_table(sweep_of(plan), [LOST])
    kept: dict[int, Integers] = {}
    sweep_of(plan, keep=kept.__setitem__)
    assert len(kept) == len(tasks_of(plan.families)) > 2
    half = {index: kept[index] for index in list(kept)[:2]}
    for again in (sweep_of(plan, Backwards()), sweep_of(plan, done=half), sweep_of(plan, done=kept)):
        table = points_table(again, [LOST])
        assert all(table[name].tobytes() == whole[name].tobytes() for name in whole.columns)


def test_progress_counts_runs() -> None:
    plan, told = planned("sync.interval=1s,3s", seeds=60), []
    kept: dict[int, Integers] = {}
    sweep_of(plan, keep=kept.__setitem__, progress=lambda done, every: told.append((done, every)))
    assert told[0] == (0, 120)
    assert told[-1] == (120, 120)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    told.clear()
    sweep_of(plan, done={0: kept[0]}, progress=lambda done, every: told.append((done, every)))
    assert told[0] == (len(kept[0]), 120)


def test_every_run_can_be_opened() -> None:
    sweep = swept("sync.interval=1s,3s", "path=parallel,cross", seeds=3)
    family = sweep.plan.families[2]
    alone = measure([family.run(1)])
    row = 2 * 3 + 1
    assert int(alone.lost_sessions[0]) == sweep.runs.lost_sessions[row] == sweep.values(LOST)[2, 1]
    assert int(alone.strike_us[0]) == sweep.runs.strike_us[row]


def test_points_of_one_rhythm_share_clients_and_instants() -> None:
    sweep = swept("heartbeat.misses=2..4", seeds=12)
    lost, outage = sweep.values(LOST), sweep.values(OUTAGE)
    assert (lost == lost[0]).all()
    assert np.allclose(outage[2] - outage[0], 2)


def test_cells_of_hand_made_values() -> None:
    """t of 3 degrees of freedom is 3.182446, of 1 it is 12.706205."""
    values = np.array([[1, 2, 3, 6], [4, 4, np.nan, 8], [np.nan] * 4, [5, np.nan, np.nan, np.nan], [7] * 4])
    found = summary(values[:1], np.array([np.nan]))
    assert (found.runs[0], found.mean[0], found.median[0]) == (4, 3, 2.5)
    assert (found.least[0], found.lower[0], found.upper[0], found.most[0]) == (1, 1.75, 3.75, 6)
    error = (14 / 3 / 4) ** 0.5
    assert found.standard_error[0] == pytest.approx(error)
    assert found.low[0] == pytest.approx(3 - 3.182446305 * error)
    assert found.high[0] == pytest.approx(3 + 3.182446305 * error)
    every = summary(values, np.full(5, np.nan))
    assert every.runs.tolist() == [4, 3, 0, 1, 4]
    np.testing.assert_allclose(every.mean, [3, 16 / 3, np.nan, 5, 7])
    np.testing.assert_allclose(every.standard_error, [error, 4 / 3, np.nan, np.nan, 0])
    assert np.isnan(every.low[2:4]).all()
    assert (every.low[4], every.high[4]) == (7, 7)
    assert every.median[3] == 5


def test_the_interval_holds_the_mean_as_often_as_it_says() -> None:
    values = np.random.default_rng(5).exponential(1, (4000, 40))
    found = summary(values, np.full(4000, np.nan))
    inside = ((found.low <= 1) & (found.high >= 1)).mean()
    assert 0.92 < inside < 0.96  # a little less than 95 %: forty exponential values are not yet normal


def test_closed_forms_stand_beside_random_strikes_only() -> None:
    assert cells(swept("sync.interval=1s,3s"), LOST).expected.tolist() == [10, 30]
    assert np.isnan(swept("sync.interval=1s", strike="as-written").expected(LOST)).all()
    assert np.isnan(swept("sync.interval=1s", strike=9_000_000).expected(LOST)).all()
    cut = opened(PAIR + "  - {at: 5s, fault: cut, target: firewall.link}\n")
    assert np.isnan(swept(scenario=cut, seeds=1).expected(LOST)).all()
    assert np.isnan(swept("fault=isolate", seeds=1).expected(LOST)).all()
    assert np.isnan(swept(seeds=1).expected(MEASURES["failovers"])).all()


def test_the_table_of_points() -> None:
    table = points_table(swept("sync.interval=1s,3s", "path=parallel,cross", seeds=5), [LOST, OUTAGE])
    assert len(table) == 4
    assert table["sync_interval_s"].tolist() == [1, 1, 3, 3]
    assert table["path"].tolist() == ["parallel", "cross"] * 2
    statistics = [
        "runs",
        "mean",
        "standard_error",
        "low",
        "high",
        "least",
        "lower",
        "median",
        "upper",
        "most",
        "expected",
    ]
    assert list(table.keys()) == [
        "sync_interval_s", "path",
        *(f"lost_sessions_{one}" for one in statistics), *(f"outage_s_{one}" for one in statistics),
    ]  # fmt: skip
    assert table["lost_sessions_runs"].tolist() == [5] * 4
    assert all(column.flags.c_contiguous and len(column) == 4 for column in table.columns.values())


def test_whole_numbers_stay_whole_and_what_never_has_a_form_has_no_column() -> None:
    table = points_table(swept("heartbeat.misses=2..4", seeds=2), [MEASURES["failovers"]])
    assert table["heartbeat_misses"].dtype == np.int64
    assert "failovers_expected" not in table.columns


def test_the_table_of_runs() -> None:
    sweep = swept("sync.interval=1s,3s", seeds=3)
    table = runs_table(sweep, [LOST, OUTAGE])
    assert list(table.keys()) == ["sync_interval_s", "seed", "strike_us", "lost_sessions", "outage_s"]
    assert table["sync_interval_s"].tolist() == [1, 1, 1, 3, 3, 3]
    assert table["seed"].tolist() == [0, 1, 2] * 2
    assert table["strike_us"].tolist() == sweep.runs.strike_us.tolist()
    quiet = swept("sync.interval=1s", strike="as-written", scenario=opened(PAIR[: PAIR.index("events:")]))
    assert "strike_us" not in runs_table(quiet, [LOST]).columns


def test_what_was_asked_stands_beside() -> None:
    about = points_table(swept("sync.interval=1s,30s", seeds=3), [LOST]).about
    assert about["scenario"] == "pair"
    assert about["vary tier.sync.interval"] == "1s, 30s"
    assert about["seeds"] == "0 to 2"
    assert "63s" in about["said"]
    plan = planned("sync.interval=1s")
    scattered = replace(plan, seeds=(3, 1, 4, 9))
    assert points_table(sweep_of(scattered), [LOST]).about["seeds"] == "3, 1, 4, 9"


def test_none_of_a_few_runs_is_not_none_for_certain() -> None:
    """Wilson's interval of 0 in 12 and of 5 in 10, as in the tables (Newcombe 1998)."""
    values = np.array([[0.0] * 12, [1.0] * 12])
    found = summary(values, np.full(2, np.nan), shares=True)
    assert np.round(found.low, 4).tolist() == [0.0, 0.7575]
    assert np.round(found.high, 4).tolist() == [0.2425, 1.0]
    half = summary(np.array([[0.0, 1.0] * 5]), np.full(1, np.nan), shares=True)
    assert (round(half.low[0], 4), round(half.high[0], 4)) == (0.2366, 0.7634)
