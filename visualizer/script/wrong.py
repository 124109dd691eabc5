"""What is wrong with something that a person wrote, and what to do about it; and "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from visualizer.language import marked, say, translated
from visualizer.language.numbers import THIN_SPACE

ALL: dict[str, str] = {
    "arrival law": marked("the arrival laws are: {names}"),
    "built-in question": marked("the built-in questions are: {names}"),
    "cable": marked("the cables are: {names}"),
    "cable kind": marked("the cable kinds are: {names}"),
    "comparison": marked("the comparisons are: {names}"),
    "election": marked("the elections are: {names}"),
    "fault": marked("the faults are: {names}"),
    "feed": marked("the feeds are: {names}"),
    "figure": marked("the figures are: {names}"),
    "guard": marked("the guards are: {names}"),
    "icon": marked("the icons are: {names}"),
    "key": marked("the keys are: {names}"),
    "lesson": marked("the lessons are: {names}"),
    "lifetime law": marked("the lifetime laws are: {names}"),
    "measure": marked("the measures are: {names}"),
    "moment": marked("the moments are: {names}"),
    "parameter": marked("the parameters are: {names}"),
    "path": marked("the paths are: {names}"),
    "policy": marked("the policies are: {names}"),
    "preset": marked("the presets are: {names}"),
    "scenario": marked("the scenarios are: {names}"),
    "site": marked("the sites are: {names}"),
    "target": marked("the targets are: {names}"),
    "tier": marked("the tiers are: {names}"),
    "transport": marked("the transports are: {names}"),
    "value": marked("the values are: {names}"),
}
"""What one can choose from, by its kind."""

NONE: dict[str, str] = {
    "feed": marked("there is no feed to choose from"),
    "key": marked("there is no key to choose from"),
    "lesson": marked("there is no lesson to choose from"),
    "preset": marked("there is no preset to choose from"),
    "scenario": marked("there is no scenario to choose from"),
    "site": marked("there is no site to choose from"),
    "target": marked("there is no target to choose from"),
    "tier": marked("there is no tier to choose from"),
    "value": marked("there is no value to choose from"),
}
"""The same where there can be nothing at all."""


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
    """`text` with everything that a terminal could not print in place (line ends, controls) escaped. The thin
    space of our own numbers can be printed.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == THIN_SPACE else ascii(c)[1:-1] for c in text)


def suggestion(word: str, options: Iterable[str], kind: str) -> str:
    """What to do about the unknown `word`: "did you mean" the nearest option, else all of them. `kind` is one
    of `ALL`, and of `NONE` where there may be no option.
    """
    known = list(options)
    if near := nearest(word, known):
        return say("did you mean {value}?", value=quoted(near))
    if not known:
        return translated(NONE.get(kind, NONE["value"]))
    names = ", ".join(known[:20]) + (", ..." if len(known) > 20 else "")
    return translated(ALL.get(kind, ALL["value"])).format(names=names)


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option that looks most like `word`, or None when none does."""
    by_lower_case = {option.lower(): option for option in options}
    near = get_close_matches(word.lower()[:60], by_lower_case, n=1, cutoff=0.6)
    return by_lower_case[near[0]] if near else None
