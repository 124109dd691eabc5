"""What is asked: every point of the axes, with every seed."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.lab.trials import Family
from visualizer.opening import Opened
from visualizer.study.axis import Axis


class StudyError(Exception):
    """What was asked makes no sense: one line for each reason, with what to do."""


@dataclass(frozen=True, slots=True)
class Point:
    """One combination of values. `sets`: the `--set` texts that make it. `family`: its runs."""

    sets: tuple[str, ...]
    family: Family


@dataclass(frozen=True, slots=True)
class Plan:
    """`axes`: none to two. `points`: in order, the last axis fastest. `struck`: whether each seed strikes at
    another instant (else the scenario's own events happen). `said`: what the person should know of the
    plan (the scenario was made longer, ...), a sentence each.
    """

    opened: Opened
    axes: tuple[Axis, ...]
    seeds: tuple[int, ...]
    struck: bool
    points: tuple[Point, ...]
    said: tuple[str, ...] = ()

    @property
    def families(self) -> tuple[Family, ...]:
        """Of all points, in order."""
        return tuple(point.family for point in self.points)

    @property
    def shape(self) -> tuple[int, ...]:
        """How many values each axis has."""
        return tuple(len(axis.values) for axis in self.axes)
