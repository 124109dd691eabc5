"""What is asked: every point of the axes, with every seed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import TypeVar

from visualizer.lab.strike import first_strike
from visualizer.lab.trials import Blow, Family
from visualizer.language import commas, say
from visualizer.opening import Opened
from visualizer.scenario import ScenarioError
from visualizer.script.wrong import WrongValueError
from visualizer.sim.setup import Setup
from visualizer.study.axis import Axis
from visualizer.study.error import StudyError
from visualizer.study.fairness import Wrong
from visualizer.study.points import Point, Question, lines_of
from visualizer.study.remarks import Remark, StrikeAt, of_lengths, of_strikes
from visualizer.study.special import Draft

__all__ = ["MOST_AXES", "MOST_POINTS", "MOST_RUNS", "Plan", "Point", "StrikeAt", "StudyError", "plan_of"]

MOST_AXES = 2
MOST_POINTS = 10_000
MOST_RUNS = 2_000_000
_LINES_SHOWN = 3
_LINES_COUNTED = 100

Sound = TypeVar("Sound")


@dataclass(frozen=True, slots=True)
class Plan:
    """`axes`: none to two. `points`: in order, the last axis fastest. `struck`: whether each seed is struck
    (else the scenario's own events happen). `remarks`: what the person should know of the plan (the scenario
    was made longer, ...), each a sentence when it is called.
    """

    opened: Opened
    axes: tuple[Axis, ...]
    seeds: tuple[int, ...]
    struck: bool
    points: tuple[Point, ...]
    remarks: tuple[Remark, ...] = field(default=(), compare=False)

    @property
    def said(self) -> tuple[str, ...]:
        """The remarks, in the language that is spoken."""
        return tuple(remark() for remark in self.remarks)

    @property
    def families(self) -> tuple[Family, ...]:
        """Of all points, in order."""
        return tuple(point.family for point in self.points)

    @property
    def shape(self) -> tuple[int, ...]:
        """How many values each axis has."""
        return tuple(len(axis.values) for axis in self.axes)


def plan_of(
    opened: Opened, axes: Sequence[Axis], *, seeds: Sequence[int], strike: StrikeAt = "random"
) -> Plan:
    """Every combination of values, each judged as a scenario of its own.

    "random": where the scenario strikes a unit, each seed strikes that tier's primary with that fault at
    another instant of a fair window; the same share of it at every point. A scenario that is too short for
    that is made longer. Where it strikes none, and "as-written", its own events happen. An instant: the
    tier's primary (if no unit is struck, the first tier's, by lightning) is struck then in every run.

    Raises StudyError: a line for each reason.
    """
    _refuse_too_much(axes, seeds)
    question = Question(opened, tuple(axes), tuple(seeds), _blow(opened.setup, strike), strike == "random")
    asked = list(product(*(axis.values for axis in axes)))
    drafts = _sound(question, asked, (_draft(question, values) for values in asked))
    aimed = _sound(question, asked, question.aimed(drafts))
    each = zip(asked, drafts, aimed, strict=True)
    points = tuple(question.point(values, draft, *one) for values, draft, one in each)
    remarks = (*of_strikes(opened.setup, question, strike), *of_lengths(opened, axes, points))
    return Plan(opened, tuple(axes), tuple(seeds), question.blow is not None, points, remarks)


def _draft(question: Question, values: Sequence[str]) -> Draft | Wrong:
    try:
        return question.draft(values)
    except (ScenarioError, WrongValueError) as error:
        return error


def _sound(question: Question, asked: Sequence[Sequence[str]], found: Iterable[Sound | Wrong]) -> list[Sound]:
    """What was found at each point; StudyError with the reasons where there is nothing."""
    sound: list[Sound] = []
    lines: dict[str, str] = {}
    for values, one in zip(asked, found, strict=False):
        if isinstance(one, Wrong):
            for line in lines_of(one, question, values):
                lines.setdefault(line.partition(": ")[2], line)
        else:
            sound.append(one)
        if len(lines) > _LINES_COUNTED:
            break
    if lines:
        raise StudyError(_few(list(lines.values())))
    return sound


def _refuse_too_much(axes: Sequence[Axis], seeds: Sequence[int]) -> None:
    points = prod(len(axis.values) for axis in axes)
    runs = points * len(seeds)
    if len(axes) > MOST_AXES:
        what = say("{n} parameters at once; say {most} at most", n=len(axes), most=MOST_AXES)
        raise StudyError(f"--vary: {what}")
    if len({axis.path for axis in axes}) < len(axes):
        what = say("the same parameter twice; say it once, with all its values")
        raise StudyError(f"--vary {axes[0].path}: {what}")
    if not seeds or len(set(seeds)) < len(seeds):
        what = say("no seed, or one twice; say how many runs a point, like 200")
        raise StudyError(f"--seeds: {what}")
    if points > MOST_POINTS:
        what = say(
            "{n} points, the limit is {most}; say fewer values", n=commas(points), most=commas(MOST_POINTS)
        )
        raise StudyError(f"--vary: {what}")
    if runs > MOST_RUNS:
        raise StudyError(
            say(
                "{points} points with {seeds} seeds are {runs} runs, the limit is {most}; say fewer values, "
                "or fewer --seeds",
                points=commas(points),
                seeds=commas(len(seeds)),
                runs=commas(runs),
                most=commas(MOST_RUNS),
            )
        )


def _few(lines: Sequence[str]) -> str:
    shown = list(lines[:_LINES_SHOWN])
    more, most = len(lines) - len(shown), _LINES_COUNTED - _LINES_SHOWN
    if more > most:
        shown.append(say("more than {n} more of the same kind; repair these first", n=most))
    elif more:
        shown.append(say("{n} more of the same kind; repair these first", n=more))
    return "\n".join(shown)


def _blow(setup: Setup, strike: StrikeAt) -> Blow | None:
    """What strikes: the setup's own first strike on a unit. Its window is filled in later if it is random."""
    if strike == "as-written":
        return None
    first = first_strike(setup)
    if isinstance(strike, int):
        tier, fault = first or (0, "lightning")
        return Blow((strike, strike + 1), tier, fault)
    return Blow((0, 1), *first) if first else None
