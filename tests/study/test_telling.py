"""Which measures are shown to whoever does not say which."""

import numpy as np

from visualizer.lab.measures import MEASURES, Measure
from visualizer.study.telling import telling


def told(**values: object) -> list[str]:
    """The keys, when each measure has these values (points, seeds), the others 0."""

    def of(measure: Measure) -> np.ndarray:
        return np.array(values.get(measure.key, np.zeros((2, 3))), dtype=np.float64)

    return [measure.key for measure in telling(of)]


def test_what_is_zero_everywhere_tells_nothing():
    assert told(outage_s=[[2, 2, 2], [2, 2, 2]]) == ["outage_s"]


def test_what_differs_between_the_points_comes_first():
    same, other = [[5, 7, 6], [6, 5, 7]], [[1, 1.1, 0.9], [3, 3.1, 2.9]]
    assert told(lost_sessions=same, outage_s=other) == ["outage_s", "lost_sessions"]
    assert told(lost_sessions=other, outage_s=same) == ["lost_sessions", "outage_s"]


def test_a_difference_that_chance_makes_changes_no_order():
    assert told(lost_sessions=[[0, 9, 4], [1, 8, 6]], outage_s=[[1, 2, 3], [2, 3, 1]])[0] == "lost_sessions"


def test_there_is_always_something_to_show():
    assert told() == ["lost_sessions"]
    assert told(outage_s=np.full((2, 3), np.nan)) == ["lost_sessions"]
    assert next(iter(MEASURES)) == "lost_sessions"


def test_single_runs_that_differ_are_told_first():
    assert told(lost_sessions=[[4], [4]], outage_s=[[1], [2]])[0] == "outage_s"
