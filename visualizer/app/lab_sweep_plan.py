"""What the panel asks, as a plan that can be played; and one of its runs, opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from visualizer.app.lab_sweep_choices import FIELD, LINE, Choice
from visualizer.app.lab_sweep_work import Answers, rounds_of
from visualizer.lab.measures import Measure
from visualizer.lab.strike import strike_instant_us
from visualizer.language import say, translated
from visualizer.opening import Opened, struck_at, with_overrides
from visualizer.scenario import ScenarioError
from visualizer.scene.targets import title_of
from visualizer.scene.wording import duration
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import NONE, Setup
from visualizer.study.axis import Axis, axis_of
from visualizer.study.plan import Plan, StudyError, plan_of

FIRST_SEED = 1


@dataclass(frozen=True, slots=True)
class Question:
    """The scenario that is asked about, and along what: one choice or two."""

    opened: Opened
    tier: int
    along: tuple[Choice, ...]

    def values(self) -> tuple[tuple[str, ...], ...]:
        """Those of each axis."""
        count = LINE if len(self.along) == 1 else FIELD
        return tuple(choice.values(count) for choice in self.along)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One run of many: where it is told of, with its seed and when it was struck (None: it was not)."""

    opened: Opened
    seed: int
    at_us: int | None
    value: float


def _happens(setup: Setup) -> bool:
    """Whether anything goes wrong in it: by what is written, or by what its cables do by chance."""
    cables = (link for tier in setup.tiers for link in tier.links)
    return bool(setup.commands) or any(link.jitter_us or link.loss != NONE for link in cables)


def struck_tier(setup: Setup) -> int | None:
    """Whose unit a scenario strikes first; None where it strikes none."""
    return next((tier for tier, _ in _strikes(setup)), None)


def planned(question: Question) -> Plan | str:
    """What is played to answer it; what does not fit the scenario is left out. If nothing fits, why."""
    try:
        return _planned(question)
    except StudyError as error:
        return _reason(error)
    except ScenarioError as error:
        return say("Not with this scenario: {why}.", why=error.problems[0].what)


def _planned(question: Question) -> Plan:
    opened = question.opened
    if not _happens(opened.setup):
        opened = struck_at(opened, opened.setup.duration_us // 2, question.tier)
    axes = tuple(
        _axis(choice, values) for choice, values in zip(question.along, question.values(), strict=True)
    )
    seeds = tuple(range(FIRST_SEED, FIRST_SEED + rounds_of(len(axes))[-1]))
    try:
        return plan_of(opened, axes, seeds=seeds)
    except StudyError:
        given = zip(question.along, axes, strict=True)
        return plan_of(opened, tuple(_fitting(opened, *one) for one in given), seeds=seeds)


def _axis(choice: Choice, values: tuple[str, ...]) -> Axis:
    return axis_of(f"{choice.path}={','.join(values)}")


def _fitting(opened: Opened, choice: Choice, axis: Axis) -> Axis:
    """Without the values that do not fit alone; StudyError with the reason for the last when none does."""
    kept, problem = [], StudyError(say("{knob}: no value fits this scenario", knob=choice.title))
    for value in axis.values:
        one = _axis(choice, (value,))
        try:
            plan_of(opened, (one,), seeds=(FIRST_SEED,))
        except StudyError as error:
            problem = error
        else:
            kept.append(value)
    if not kept:
        raise problem
    return _axis(choice, tuple(kept))


def _reason(error: StudyError) -> str:
    """In the words of the panel: without what a command line would be told."""
    said = str(error).partition("\n")[0].removeprefix("--vary ")
    return say("Not with this scenario: {why}.", why=said)


def about(plan: Plan) -> str:
    """What each run is, in a sentence or two."""
    setup = plan.opened.setup
    if not plan.struck:
        return say("In each run what is written happens, with other traffic and other chances.")
    tier, fault = next(_strikes(setup))
    said = say(
        "In each run the {unit} {past} at another instant, with other traffic.",
        unit=title_of(setup, UnitTarget(tier, 0)), past=translated(FAULTS[fault].past),
    )  # fmt: skip
    longest_us = max(point.opened.setup.duration_us for point in plan.points)
    if longest_us > setup.duration_us:
        tenths_us = -(-longest_us // 100_000) * 100_000
        longest = duration(tenths_us)
        said += " " + say(
            "The runs last up to {longest}, so that every instant is as likely.", longest=longest
        )
    return said


def values_of(plan: Plan, point: int) -> tuple[str, ...]:
    """Those of a point, one an axis."""
    found: list[str] = []
    for axis in reversed(plan.axes):
        point, place = divmod(point, len(axis.values))
        found.insert(0, axis.values[place])
    return tuple(found)


def drawn(answers: Answers, point: int, measure: Measure) -> Drawn | None:
    """The run of a point that is nearest to the mean of what is known; None while nothing is."""
    runs, place = answers.runs(point), answers.plan.points[point]
    values = measure.of(runs)
    if not len(values):
        return None
    known = values[~np.isnan(values)]
    away = np.abs(values - known.mean()) if len(known) else np.zeros(len(values))
    index = int(np.nanargmin(away))
    seed, blow = int(runs.seed[index]), place.family.blow
    at_us = None if blow is None else strike_instant_us(seed, blow.window_us)
    opened = with_overrides(place.opened, (*place.opened.overrides, f"seed={seed}"))
    if blow is not None and at_us is not None:
        opened = struck_at(opened, at_us, blow.tier, blow.fault)
    return Drawn(opened, seed, at_us, float(values[index]))


def _strikes(setup: Setup) -> Iterator[tuple[int, str]]:
    """(tier, fault) of each strike on a unit that breaks it."""
    for act in setup.commands:
        if isinstance(act, Strike) and isinstance(act.target, UnitTarget) and not FAULTS[act.fault].mends:
            yield act.target.tier, act.fault
