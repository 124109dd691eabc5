"""What is wrong, where, and what to do about it; and "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from visualizer.scenario.tree import Path

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


class WrongValueError(ValueError):
    """A value that cannot be used, not yet tied to a place: what is wrong with it, and what to do."""

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(f"{what}; {todo}")
        self.what = what
        self.todo = todo


def quoted(value: object) -> str:
    """`value` between back-ticks, on one line and short enough for a message."""
    text = one_line(str(value))
    return f"`{text[:57]}...`" if len(text) > 60 else f"`{text}`"


def one_line(text: str) -> str:
    """`text` with everything that a terminal could not print in place (line ends, controls) escaped."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def suggestion(word: str, options: Iterable[str], kind: str) -> str:
    """What to do about the unknown `word`: "did you mean" the nearest option, else all of them."""
    known = list(options)
    if near := nearest(word, known):
        return f"did you mean {quoted(near)}?"
    if not known:
        return f"there is no {kind} to choose from"
    listed = ", ".join(known[:20])
    plural = "policies" if kind == "policy" else f"{kind}s"
    return f"the {plural} are: {listed}" + (", ..." if len(known) > 20 else "")


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option that looks most like `word`, or None when none does."""
    by_lower_case = {option.lower(): option for option in options}
    near = get_close_matches(word.lower()[:60], by_lower_case, n=1, cutoff=0.6)
    return by_lower_case[near[0]] if near else None


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """File by file as they were first named, each from top to bottom; what has no place comes last."""
    found = list(problems)
    files = list(dict.fromkeys(one.file for one in found if one.line))
    rank = {file: number for number, file in enumerate(files)}
    return sorted(found, key=lambda one: (not one.line, rank.get(one.file, 0), one.line, one.column))


def _capped(problems: list[Problem]) -> tuple[Problem, ...]:
    if len(problems) <= MAX_PROBLEMS:
        return tuple(problems)
    more = Problem(problems[0].file, 0, 0, "more problems are not shown", "repair these first")
    return (*problems[:MAX_PROBLEMS], more)
