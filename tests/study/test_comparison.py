"""Designs side by side: the same clients and instants, paired differences, what is said of what differs."""

from __future__ import annotations

from math import hypot

import numpy as np
import pytest
from study.asked import PAIR, opened, planned

from visualizer.lab import estimate
from visualizer.lab.measures import MEASURES
from visualizer.study.comparison import compared_runs_table, compared_table, comparison_of
from visualizer.study.designs import designs_of, names_of
from visualizer.study.error import StudyError

LOST, OUTAGE, HURT = MEASURES["lost_sessions"], MEASURES["outage_s"], MEASURES["interrupted"]


def test_pairs_share_clients_and_instants_and_need_fewer_runs() -> None:
    """A tenth of a second more of outage is two requests more, seen through the noise of fifty."""
    found = comparison_of([planned("address.convergence=0s,100ms", seeds=150)])
    assert found.runs.strike_us[:150].tolist() == found.runs.strike_us[150:].tolist()
    apart = found.differences(HURT)
    assert abs(apart.mean[1] - 2) <= 3 * apart.standard_error[1]
    alone = [estimate(values).standard_error for values in found.values(HURT)]
    assert apart.narrowed_to[1] == pytest.approx(apart.standard_error[1] / hypot(*alone))
    assert apart.narrowed_to[1] < 0.2
    assert apart.low[1] < apart.mean[1] < apart.high[1]
    assert np.isnan(apart.mean[0])
    lost = found.differences(LOST)
    assert (lost.mean[1], lost.standard_error[1], lost.narrowed_to[1]) == (0, 0, 0)


def test_one_window_for_designs_of_different_rhythm() -> None:
    """Copies every 3 s and every 5 s: whole periods of both are 15 s."""
    designs = designs_of([planned("sync.interval=3s,5s")])
    windows = {family.blow.window_us for family in designs.families if family.blow}
    ((low_us, high_us),) = windows
    assert (high_us - low_us) % 15_000_000 == 0
    assert len({family.setup.duration_us for family in designs.families}) == 1
    assert designs.points[0].opened.setup == designs.families[0].setup


def test_rhythms_without_anything_in_common() -> None:
    designs = designs_of([planned("sync.interval=1ms,1h")])
    assert len({family.blow.window_us for family in designs.families if family.blow}) == 2
    assert (
        designs.said[-1] == "Their rhythms have too little in common: each is struck in a window of its own."
    )


def test_files_that_differ_in_their_clients() -> None:
    plans = [planned(scenario=name) for name in ("article", "srx", "parallel")]
    designs = designs_of(plans)
    assert designs.names == ("article", "srx", "parallel")
    assert designs.said[-1] == (
        "Other clients come, as the traffic differs from that of article: srx, parallel."
    )
    assert designs.said[0] == (
        "article: In each run firewall.primary is struck at an instant of its own (lightning)."
    )
    assert [family.blow.tier for family in designs.families if family.blow] == [0, 0, 1]


def test_what_is_not_struck_is_as_written() -> None:
    designs = designs_of([planned(scenario="article"), planned(scenario="dublin-2011")])
    assert "Not struck at random, so that it is as written: dublin-2011." in designs.said


def test_numbers_are_told_what_they_are_of() -> None:
    assert designs_of([planned("sync.interval=1s,2s", "heartbeat.misses=2,3")]).said[0] == (
        "The designs differ in sync interval and heartbeat misses."
    )
    assert not designs_of([planned("path=parallel,cross-connected")]).said[0].startswith("The designs")


def test_names() -> None:
    two = planned("path=parallel,cross-connected")
    assert names_of([two]) == ("parallel", "cross-connected")
    assert names_of([two, planned()]) == ("pair, parallel", "pair, cross-connected", "pair")
    assert names_of([planned(), planned()]) == ("pair (1)", "pair (2)")
    assert names_of([planned(), planned()], ["before", "after"]) == ("before", "after")
    both = planned("sync.interval=1s,2s", "path=parallel")
    assert names_of([both]) == ("1s, parallel", "2s, parallel")


@pytest.mark.parametrize(
    ("vary", "line"),
    [
        ([["path=cross"]], "compare: one design alone; name another scenario, or two values with --vary"),
        ([[], ["seed=1"]], "compare: the designs have different seeds; use the same for all of them"),
    ],
)
def test_what_cannot_be_compared(vary: list[list[str]], line: str) -> None:
    plans = [planned(*texts, seeds=4 + place) for place, texts in enumerate(vary)]
    with pytest.raises(StudyError) as error:
        designs_of(plans)
    assert str(error.value) == line


def test_the_tables() -> None:
    found = comparison_of([planned("sync.interval=3s,5s", seeds=6)])
    table = compared_table(found, [LOST, OUTAGE])
    assert table["measure"].tolist() == ["lost_sessions"] * 2 + ["outage_s"] * 2
    assert table["design"].tolist() == ["3s", "5s"] * 2
    assert table["expected"].tolist() == [30, 50, 2.5, 2.5]
    assert table["difference_mean"][3] == 0
    assert table.about["designs"] == "3s; 5s"
    runs = compared_runs_table(found, [LOST])
    assert runs["design"].tolist() == ["3s"] * 6 + ["5s"] * 6
    assert runs["seed"].tolist() == list(range(6)) * 2
    assert (runs["lost_sessions"] == found.runs.lost_sessions).all()


def test_a_takeover_that_never_comes_is_left_out_of_pairs() -> None:
    never = opened(PAIR.replace("sync:", "guard: {kind: fencing, fence: 1s}\n    sync:"))
    found = comparison_of([planned("guard.success=100%,50%,0%", seeds=30, scenario=never)])
    assert found.cells(OUTAGE).runs[0] == 30
    assert 5 < found.cells(OUTAGE).runs[1] < 25
    assert found.cells(OUTAGE).runs[2] == 0
    apart = found.differences(OUTAGE)
    assert apart.mean[1] == 0
    assert np.isnan(apart.mean[2])
