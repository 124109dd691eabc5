"""Interval arithmetic against plain sets of integers."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from visualizer.sim.intervals import Interval, clip, missing, union

BOUND = st.integers(-3, 20)
PIECES = st.lists(st.tuples(BOUND, BOUND), max_size=6)


def members(intervals: list[Interval] | tuple[Interval, ...]) -> set[int]:
    return {number for low, high in intervals for number in range(low, high)}


def assert_tidy(intervals: tuple[Interval, ...]) -> None:
    """In order, none empty, none that touch."""
    assert all(low < high for low, high in intervals)
    assert all(one[1] < two[0] for one, two in pairwise(intervals))


@given(PIECES, PIECES)
def test_union(one: list[Interval], two: list[Interval]) -> None:
    assert members(union(one, two)) == members(one) | members(two)
    assert_tidy(union(one, two))


@given(PIECES, BOUND, BOUND)
def test_clip(pieces: list[Interval], low: int, high: int) -> None:
    tidy = union(pieces)
    assert members(clip(tidy, low, high)) == members(tidy) & members([(low, high)])
    assert_tidy(clip(tidy, low, high))


@given(PIECES, BOUND, BOUND)
def test_missing(pieces: list[Interval], low: int, high: int) -> None:
    assert members(missing(pieces, low, high)) == members([(low, high)]) - members(pieces)
    assert_tidy(missing(pieces, low, high))


def test_nothing_is_missing_between_bounds_that_are_swapped() -> None:
    assert missing([(2, 4)], 9, 3) == ()
