"""A sweep as rows of points: one for each value of its second parameter, along the first."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from visualizer.charts.asked import labels_of
from visualizer.charts.style import CLOSED_FORM, LINES, MARKS
from visualizer.lab.columns import Integers
from visualizer.lab.measures import Measure
from visualizer.language import marked, say, thousands
from visualizer.scene.primitives import Role
from visualizer.study.axis import Axis
from visualizer.study.plan import Plan
from visualizer.study.sweep import Cells

SURE = marked("95\u202f% interval of the mean")
MIDDLE = marked("the middle half of the runs")
THEORY = marked("closed form")
NEVER = marked("in none of the runs")
"""What the legends say, `translated` there."""


@dataclass(frozen=True, slots=True)
class Row:
    """`label`: which value of the second parameter it is of ("" where there is none)."""

    label: str
    cells: Cells


def rows_of(plan: Plan, found: Cells) -> tuple[Axis, Axis | None, tuple[Row, ...]]:
    """The parameter along which the rows go, the one that tells them apart, and the rows."""
    if len(plan.axes) == 1:
        return plan.axes[0], None, (Row("", found),)
    along, apart = (1, 0) if _better_along(plan.axes[1], plan.axes[0]) else (0, 1)
    places = np.arange(len(plan.points)).reshape(plan.shape)
    labels = labels_of(plan.axes[apart])
    rows = (
        Row(label, _part(found, np.take(places, [place], apart).ravel()))
        for place, label in enumerate(labels)
    )
    return plan.axes[along], plan.axes[apart], tuple(rows)


def _better_along(one: Axis, other: Axis) -> bool:
    """Numbers make lines, words do not; and many values make better ones than few."""
    if (one.numbers is None) != (other.numbers is None):
        return one.numbers is not None
    return len(one.values) > len(other.values)


def _part(found: Cells, places: Integers) -> Cells:
    return Cells(*(getattr(found, field.name)[places] for field in fields(Cells)))


@dataclass(frozen=True, slots=True)
class Pen:
    """How the row `number` is drawn. `alone`: the closed form has a colour of its own, and the interval is
    strong. `spread`: the middle half is drawn too.
    """

    number: int
    alone: bool
    spread: bool

    @property
    def role(self) -> Role:
        """Its colour."""
        return LINES[self.number]

    @property
    def theory(self) -> Role:
        """The colour of its closed form."""
        return CLOSED_FORM if self.alone else self.role

    @property
    def mark(self) -> str:
        """The shape of its marks."""
        return MARKS[self.number]

    @property
    def strength(self) -> float:
        """Of the interval; where several lie over each other, less."""
        return 0.4 if self.alone else 0.2


def mean_of(seeds: int) -> str:
    """What the line of the means is."""
    return say("the one run") if seeds == 1 else say("mean of {n} runs", n=thousands(seeds))


def spreads(measure: Measure, seeds: int) -> bool:
    """Whether the runs lie around their mean; a share has no middle half."""
    return measure.unit != "" and seeds > 1
