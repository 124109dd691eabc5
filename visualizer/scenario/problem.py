"""What is wrong in a file, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from visualizer.language import say
from visualizer.scenario.tree import Path
from visualizer.script.wrong import WrongValueError, nearest, one_line, quoted, suggestion

__all__ = [
    "MAX_PROBLEMS",
    "Finding",
    "Problem",
    "ScenarioError",
    "WrongValueError",
    "nearest",
    "one_line",
    "quoted",
    "suggestion",
]

Finding = tuple[Path, str, str]
"""A problem not yet tied to a place: which key, what is wrong with it, what to do."""

MAX_PROBLEMS = 100
"""More than this helps nobody: the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `line` and `column` count from 1; 0 when there is no place in a file."""

    file: str
    line: int
    column: int
    what: str
    todo: str

    def __str__(self) -> str:
        place = f":{self.line}:{self.column}" if self.line else ""
        return f"{one_line(self.file)}{place}: {one_line(self.what)}; {one_line(self.todo)}"


class ScenarioError(Exception):
    """A scenario cannot be used. `problems` holds every reason, file by file in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = _capped(_in_order(dict.fromkeys(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """File by file as they were first named, each from top to bottom; what has no place comes last."""
    found = list(problems)
    files = list(dict.fromkeys(one.file for one in found if one.line))
    rank = {file: number for number, file in enumerate(files)}
    return sorted(found, key=lambda one: (not one.line, rank.get(one.file, 0), one.line, one.column))


def _capped(problems: list[Problem]) -> tuple[Problem, ...]:
    if len(problems) <= MAX_PROBLEMS:
        return tuple(problems)
    more = Problem(problems[0].file, 0, 0, say("more problems are not shown"), say("repair these first"))
    return (*problems[:MAX_PROBLEMS], more)
