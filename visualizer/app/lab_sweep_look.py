"""What the panel of a sweep shows: the answers so far, as plain values; and how its cursor moves."""

from __future__ import annotations

from dataclasses import replace

from visualizer.app.lab_sweep_plan import Question, about
from visualizer.app.lab_sweep_work import Answers, rounds_of
from visualizer.lab.measures import Measure
from visualizer.language import say, translated
from visualizer.scene.lab_sweep_shown import SweepCell, SweepLook


def look_of(
    question: Question, values: tuple[str | None, ...], found: Answers | str | None, measure: Measure
) -> SweepLook:
    """What is asked and what is `found` (a text: why nothing can be); `values`: of the run on show."""
    plan = found.plan if isinstance(found, Answers) else None
    asked = tuple(axis.values for axis in plan.axes) if plan else question.values()
    given = zip(question.along, asked, values, strict=True)
    axes = tuple(choice.axis(those, now) for choice, those, now in given)
    count = 1
    for axis in axes:
        count *= len(axis.labels)
    shown = SweepLook(
        measure=translated(measure.title),
        unit=measure.unit,
        axes=axes,
        cells=(SweepCell(0),) * count,
        seeds=0,
        of=rounds_of(len(axes))[-1],
    )
    if isinstance(found, Answers):
        said = about(found.plan)
        if asked != question.values():
            said += " " + say("Values that do not fit this scenario are left out.")
        return replace(shown, cells=found.cells(measure), seeds=found.seeds, about=said)
    return replace(shown, problem=found)


def start_of(shown: SweepLook) -> int:
    """Where the cursor is at first: at what is on show, else in the middle."""
    number = 0
    for axis in shown.axes:
        here = len(axis.labels) // 2 if axis.now is None else axis.now
        number = number * len(axis.labels) + here
    return number


def moved(shown: SweepLook, right: int, up: int) -> int:
    """The cell so many to the right and upwards of the chosen one, to the ends and no farther; along one axis
    upwards is nothing.
    """
    places = shown.places(shown.chosen or 0)
    number = 0
    for axis, place, steps in zip(shown.axes, places, (right, up), strict=False):
        number = number * len(axis.labels) + min(max(place + steps, 0), len(axis.labels) - 1)
    return number
