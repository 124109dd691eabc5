"""What is wrong with something that a person wrote, and what to do about it; and "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from visualizer.language import marked, say, translated
from visualizer.language.numbers import THIN_SPACE

KINDS: dict[str, str] = {
    marked("arrival law"): marked("arrival laws"),
    marked("built-in question"): marked("built-in questions"),
    marked("cable"): marked("cables"),
    marked("cable kind"): marked("cable kinds"),
    marked("comparison"): marked("comparisons"),
    marked("election"): marked("elections"),
    marked("fault"): marked("faults"),
    marked("feed"): marked("feeds"),
    marked("figure"): marked("figures"),
    marked("guard"): marked("guards"),
    marked("icon"): marked("icons"),
    marked("key"): marked("keys"),
    marked("lesson"): marked("lessons"),
    marked("lifetime law"): marked("lifetime laws"),
    marked("measure"): marked("measures"),
    marked("moment"): marked("moments"),
    marked("parameter"): marked("parameters"),
    marked("path"): marked("paths"),
    marked("policy"): marked("policies"),
    marked("preset"): marked("presets"),
    marked("scenario"): marked("scenarios"),
    marked("site"): marked("sites"),
    marked("target"): marked("targets"),
    marked("tier"): marked("tiers"),
    marked("transport"): marked("transports"),
    marked("value"): marked("values"),
}
"""What one can choose from, one and several."""


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
    of `KINDS`.
    """
    known = list(options)
    if near := nearest(word, known):
        return say("did you mean {value}?", value=quoted(near))
    if not known:
        return say("there is no {kind} to choose from", kind=translated(kind))
    names = ", ".join(known[:20]) + (", ..." if len(known) > 20 else "")
    return say("the {kinds} are: {names}", kinds=translated(KINDS.get(kind, f"{kind}s")), names=names)


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option that looks most like `word`, or None when none does."""
    by_lower_case = {option.lower(): option for option in options}
    near = get_close_matches(word.lower()[:60], by_lower_case, n=1, cutoff=0.6)
    return by_lower_case[near[0]] if near else None
