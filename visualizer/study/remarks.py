"""What the person should know of a plan: who is struck, and when; how long the runs last.

Each is a sentence when it is called, so that it is in the language that is spoken then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from visualizer.lab.strike import undisturbed
from visualizer.lab.trials import Blow
from visualizer.language import say, spoken, translated
from visualizer.language.speaking import ENGLISH
from visualizer.opening import Opened
from visualizer.scene.wording import duration, within
from visualizer.script.durations import duration_text
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import Setup
from visualizer.study.axis import Axis
from visualizer.study.points import Point, Question

Remark = Callable[[], str]

StrikeAt = Literal["random", "as-written"] | int
"""When runs are struck: each at an instant of its own, as the scenario says, or all at this one (in us)."""


def of_strikes(setup: Setup, question: Question, strike: StrikeAt) -> list[Remark]:
    """Who is struck, when and by what."""
    blow = question.blow
    if blow is None:
        nothing = lambda: say("Nothing strikes a unit here: each run is as written.")  # noqa: E731
        return [] if strike == "as-written" else [nothing]
    alone = any(axis.path == "fault" for axis in question.axes)
    remarks: list[Remark] = [lambda: _strike(setup, blow, random=question.random, named=not alone)]
    if len(setup.commands) - len(undisturbed(setup).commands) > 1:
        remarks.append(lambda: say("What else the scenario does to units is left out."))
    return remarks


def _strike(setup: Setup, blow: Blow, *, random: bool, named: bool) -> str:
    """`named`: it is the same fault in all runs, so it is said which."""
    unit = f"{setup.tiers[blow.tier].name}.primary"
    fault = within(translated(FAULTS[blow.fault].title))
    instant = length(blow.window_us[0])
    if random and named:
        return say("In each run {unit} is struck at an instant of its own ({fault}).", unit=unit, fault=fault)
    if random:
        return say("In each run {unit} is struck at an instant of its own.", unit=unit)
    if named:
        return say(
            "In each run {unit} is struck at {instant} ({fault}).", unit=unit, instant=instant, fault=fault
        )
    return say("In each run {unit} is struck at {instant}.", unit=unit, instant=instant)


def of_lengths(opened: Opened, axes: Sequence[Axis], points: Sequence[Point]) -> list[Remark]:
    """Whether the runs were made longer than the scenario."""
    given_us = opened.setup.duration_us
    if any(axis.path == "duration" for axis in axes):
        return []
    longer = [us for point in points if (us := point.opened.setup.duration_us) > given_us]
    return [lambda: _longer(given_us, max(longer), len(longer), len(points))] if longer else []


def _longer(given_us: int, longest_us: int, count: int, points: int) -> str:
    given, longest = (length(us) for us in (given_us, longest_us))
    if count == points:
        return say(
            "The run of {given} is too short for every instant to be as likely: it lasts up to {longest}.",
            given=given,
            longest=longest,
        )
    return say(
        "The run of {given} is too short for every instant to be as likely: it lasts up to {longest} at {n} "
        "of {all} points.",
        given=given,
        longest=longest,
        n=count,
        all=points,
    )


def length(time_us: int) -> str:
    """A time as somebody types it, "31.5s"; other languages have a blank and a comma of their own in it."""
    return duration_text(time_us) if spoken().code == ENGLISH else duration(time_us)
