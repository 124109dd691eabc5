"""What was asked, in plain words: the title of a chart and what stands under it."""

from __future__ import annotations

import numpy as np

from visualizer.lab.measures import Measure, Reals
from visualizer.language import decimal, say, say_many, thousands, translated
from visualizer.scene.quantities import Unit, unit_of_axis
from visualizer.study.axis import Axis
from visualizer.study.parameters import value_title
from visualizer.study.plan import Plan


def title_of(plan: Plan, measure: Measure) -> str:
    """ "Sessions lost, by firewall sync interval"."""
    title = translated(measure.title)
    match plan.axes:
        case []:
            return f"{title}: {translated(plan.opened.setup.title)}"
        case [axis]:
            return say("{measure}, by {parameter}", measure=title, parameter=axis.title)
        case [axis, other, *_]:
            return say(
                "{measure}, by {first} and {second}", measure=title, first=axis.title, second=other.title
            )
    raise AssertionError(plan.axes)


def notes_of(plan: Plan) -> tuple[str, ...]:
    """Of which scenario, how many runs, how they were struck."""
    count, title = len(plan.seeds), translated(plan.opened.setup.title)
    n = thousands(count)
    if not plan.axes:
        runs = say_many("{n} run.", "{n} runs.", count, n=n)
    elif all(axis.numbers is None for axis in plan.axes):
        runs = say_many(
            "{scenario}: {n} run of each design.",
            "{scenario}: {n} runs of each design.",
            count,
            n=n,
            scenario=title,
        )
    else:
        runs = say_many(
            "{scenario}: {n} run at each point.",
            "{scenario}: {n} runs at each point.",
            count,
            n=n,
            scenario=title,
        )
    return (runs, *plan.said)


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
        return tuple(value_title(value) for value in axis.values)
    unit = shown_in(axis)
    return tuple(decimal(f"{value * unit.times:.4g}").replace("-", "−") for value in axis.numbers)
