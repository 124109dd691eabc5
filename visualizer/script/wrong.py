"""What is wrong with something that a person wrote, and what to do about it; and "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


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
