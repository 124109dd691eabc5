"""Half-open integer intervals [from, to), disjoint and in order: what a unit knows, by time of change."""

from __future__ import annotations

from collections.abc import Iterable

Interval = tuple[int, int]
Intervals = tuple[Interval, ...]


def union(*many: Iterable[Interval]) -> Intervals:
    """All that is in any of them."""
    merged: list[Interval] = []
    for start, end in sorted(interval for intervals in many for interval in intervals):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def clip(intervals: Iterable[Interval], low: int, high: int) -> Intervals:
    """The part inside [low, high)."""
    return tuple((max(a, low), min(b, high)) for a, b in intervals if max(a, low) < min(b, high))


def missing(intervals: Iterable[Interval], low: int, high: int) -> Intervals:
    """The part of [low, high) that none of them covers."""
    gaps: list[Interval] = []
    reached = low
    for start, end in union(clip(intervals, low, high)):
        if start > reached:
            gaps.append((reached, start))
        reached = end
    if reached < high:
        gaps.append((reached, high))
    return tuple(gaps)
