"""One point of a plan: a combination of values as a scenario of its own, with its runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from visualizer.lab.designs import spelled
from visualizer.lab.trials import Blow, Family
from visualizer.lab.window import Window
from visualizer.language import say
from visualizer.opening import Opened, with_overrides
from visualizer.scenario import Problem
from visualizer.script.durations import duration_text
from visualizer.script.wrong import WrongValueError
from visualizer.study.axis import Axis
from visualizer.study.fairness import Wrong, fair_windows
from visualizer.study.special import SPECIALS, Draft


@dataclass(frozen=True, slots=True)
class Point:
    """One combination of `values`, one an axis. `sets`: the `--set` texts that make it, behind those that
    were in force; special parameters have none. `opened`: the scenario so. `family`: its runs.
    """

    values: tuple[str, ...]
    sets: tuple[str, ...]
    opened: Opened
    family: Family


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every point. `blow`: what strikes its runs, if anything; `random`: at an instant of
    their own.
    """

    opened: Opened
    axes: tuple[Axis, ...]
    seeds: Sequence[int]
    blow: Blow | None
    random: bool

    def draft(self, values: Sequence[str]) -> Draft:
        """The scenario with these values, one an axis: its own keys first, as the special ones build on them.

        Raises ScenarioError, WrongValueError.
        """
        sets = self.sets(values)
        opened = with_overrides(self.opened, (*self.opened.overrides, *sets)) if sets else self.opened
        tier, fault = (self.blow.tier, self.blow.fault) if self.blow else (0, None)
        draft = Draft(opened, tier, fault, self.seeds)
        for axis, value in zip(self.axes, values, strict=True):
            if axis.path in SPECIALS:
                draft = SPECIALS[axis.path].apply(draft, value)
        return draft

    def sets(self, values: Sequence[str]) -> tuple[str, ...]:
        """The `--set` texts that these values mean; special parameters have none."""
        said = zip(self.axes, values, strict=True)
        texts = (f"{axis.path}={value}" for axis, value in said if axis.path not in SPECIALS)
        return tuple(one for text in texts for one in spelled(text, self.opened.setup))

    def aimed(self, drafts: Sequence[Draft]) -> list[tuple[Draft, Blow | None] | Wrong]:
        """What befalls each draft, made longer where a fair instant needs it; or why nothing can."""
        if self.blow is None:
            return [(one, None) for one in drafts]
        if not self.random:
            return [self._at_once(one) for one in drafts]
        found = zip(drafts, fair_windows(drafts), strict=True)
        return [one if isinstance(one, Wrong) else self._within(draft, *one) for draft, one in found]

    def point(self, values: Sequence[str], asked: Draft, draft: Draft, blow: Blow | None) -> Point:
        """Of the draft that was asked for, as it was made longer."""
        longer = draft.opened.overrides[len(asked.opened.overrides) :]
        family = Family(draft.opened.setup, draft.seeds, blow)
        return Point(tuple(values), (*self.sets(values), *longer), draft.opened, family)

    def _at_once(self, draft: Draft) -> tuple[Draft, Blow | None] | Wrong:
        assert self.blow is not None
        low_us = self.blow.window_us[0]
        if low_us > draft.opened.setup.duration_us:
            what = say("the strike at {instant} comes after the end", instant=duration_text(low_us))
            return WrongValueError(what, say("strike sooner, or let the scenario last longer"))
        return draft, self._blow(draft, self.blow.window_us)

    def _blow(self, draft: Draft, window: Window) -> Blow:
        assert draft.fault is not None
        return Blow(window, draft.tier, draft.fault)

    def _within(self, asked: Draft, draft: Draft, window: Window) -> tuple[Draft, Blow | None] | Wrong:
        lasts_us = draft.opened.setup.duration_us
        if lasts_us > asked.opened.setup.duration_us and any(axis.path == "duration" for axis in self.axes):
            what = say("the run is too short for a fair strike at a random instant")
            return WrongValueError(
                what, say("say {length} or more, or --strike as-written", length=duration_text(lasts_us))
            )
        return draft, self._blow(draft, window)


def named(axes: Sequence[Axis], values: Sequence[str]) -> str:
    """Which point: as one says it to `--vary`."""
    return " ".join(f"--vary {axis.path}={value}" for axis, value in zip(axes, values, strict=True))


def lines_of(error: Wrong, question: Question, values: Sequence[str]) -> list[str]:
    """Why a point is no scenario: a line for each reason, with the value that is at fault if it is one."""
    if isinstance(error, WrongValueError):
        label = named(question.axes, values) or question.opened.name
        return [f"{label}: {error.what}; {error.todo}"]
    return [_line(problem, question, values) for problem in error.problems]


def _line(problem: Problem, question: Question, values: Sequence[str]) -> str:
    if problem.file.startswith("--set "):
        for axis, value in zip(question.axes, values, strict=True):
            texts = spelled(f"{axis.path}={value}", question.opened.setup)
            if problem.file.removeprefix("--set ") in texts:
                return str(replace(problem, file=f"--vary {axis.path}={value}"))
    label = named(question.axes, values)
    return f"{label}: {problem}" if label else str(problem)
