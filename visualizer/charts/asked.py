"""What was asked, in plain words: the title of a chart and what stands under it."""

from __future__ import annotations

import numpy as np

from visualizer.lab.measures import Measure, Reals
from visualizer.language import thousands
from visualizer.scene.quantities import Unit, unit_of_axis
from visualizer.study.axis import Axis
from visualizer.study.plan import Plan


def title_of(plan: Plan, measure: Measure) -> str:
    """ "Sessions lost, by firewall sync interval"."""
    if not plan.axes:
        return f"{measure.title}: {plan.opened.setup.title}"
    return f"{measure.title}, by {' and '.join(axis.title for axis in plan.axes)}"


def notes_of(plan: Plan) -> tuple[str, ...]:
    """Of which scenario, how many runs, how they were struck."""
    runs = runs_of(len(plan.seeds))
    if not plan.axes:
        return (f"{runs}.", *plan.said)
    where = "of each design" if all(axis.numbers is None for axis in plan.axes) else "at each point"
    return (f"{plan.opened.setup.title}: {runs} {where}.", *plan.said)


def runs_of(count: int) -> str:
    """ "200 runs"."""
    return f"{thousands(count)} run{'' if count == 1 else 's'}"


def shown_in(axis: Axis) -> Unit:
    """The unit that suits the values of an axis of numbers."""
    return unit_of_axis(axis.unit, numbers_of(axis))


def numbers_of(axis: Axis) -> Reals:
    """The values of an axis of numbers, shape (values,)."""
    return np.array(axis.numbers if axis.numbers is not None else (), dtype=np.float64)


def named(axis: Axis) -> str:
    """What stands along it: "Firewall sync interval (ms)"."""
    title = axis.title[:1].upper() + axis.title[1:]
    unit = shown_in(axis).name if axis.numbers is not None else ""
    return f"{title} ({unit})" if unit else title


def labels_of(axis: Axis) -> tuple[str, ...]:
    """Each value in short: numbers in the unit of the axis, words as they are."""
    if axis.numbers is None:
        return tuple(value.replace("_", " ") for value in axis.values)
    unit = shown_in(axis)
    return tuple(f"{value * unit.times:.4g}".replace("-", "−") for value in axis.numbers)
