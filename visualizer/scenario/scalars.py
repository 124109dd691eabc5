"""What a plain (unquoted) word of a scenario means: exactly one thing, or a question back.

YAML programs disagree about many plain words: `on` is true to some, `014` is twelve, `12:30` is 750,
`1e3` is text. Here a value is true, false, a decimal number or text; whatever another reader could take for
something else is refused, with the way to say it plainly.
"""

from __future__ import annotations

import math
import re

from visualizer.language import marked, say, translated
from visualizer.scenario.problem import WrongValueError, quoted

Scalar = str | int | float | bool | None
"""A value of the file; None is a key with nothing behind it."""

_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_BOOLEAN = {"true", "false", "yes", "no", "on", "off", "y", "n"}
_NOTHING = {"null", "~"}
_NOT_FINITE = {"nan", "inf", "infinity"}
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*")
_CLOCK = re.compile(r"[-+]?[0-9][0-9_]*(:[0-9_]+)+(\.[0-9_]*)?")
_NUMBER_LIKE = re.compile(r"[-+.]*0[xXoO][0-9a-fA-F_.,+-]*|[-+.]*0[bB][0-9_.,+-]+|[-+.]*[0-9][0-9_.,eE+-]*")
_LONGEST_NUMBER = 40


def plain_value(text: str) -> Scalar:
    """The value of a plain scalar; WrongValueError when it could be read in more than one way."""
    lower = text.lower()
    if text in ("true", "false"):
        return text == "true"
    if not text:
        return None
    if _NUMBER.fullmatch(text):
        return _number(text)
    if lower in _BOOLEAN:
        raise _ask(
            text,
            marked("{text} is a yes or no to some programs and text to others"),
            marked("say true or false, or put it in quotes if it is text"),
        )
    if lower in _NOTHING:
        raise _ask(
            text,
            marked("{text} is an empty value to some programs"),
            marked("take the line away, or put it in quotes if it is text"),
        )
    if lower.lstrip("+-.") in _NOT_FINITE:
        raise _ask(
            text,
            marked("{text} is not a finite number"),
            marked("say a plain number, or put it in quotes if it is text"),
        )
    if text == "=":
        raise _ask(
            text,
            marked("{text} is a special word of YAML"),
            marked("say something else, or put it in quotes if it is text"),
        )
    if _DATE.fullmatch(text):
        raise _ask(
            text,
            marked("{text} is a date to some programs"),
            marked("say it in words, or put it in quotes if it is text"),
        )
    if _CLOCK.fullmatch(text):
        raise _ask(
            text,
            marked("{text} is a time of day to people and another number to programs"),
            marked("say it like 750s, or put it in quotes if it is text"),
        )
    if _NUMBER_LIKE.fullmatch(text):
        raise _ask(
            text,
            marked("{text} is not a plain decimal number"),
            marked("say it like 1000 or 0.5, or put it in quotes if it is text"),
        )
    return text


def _number(text: str) -> int | float:
    if len(text) > _LONGEST_NUMBER:
        what = say("{number} has too many digits", number=quoted(text))
        raise WrongValueError(what, say("use at most {most}", most=_LONGEST_NUMBER))
    if text.lstrip("+-").isdigit():
        return int(text)
    value = float(text)
    if not math.isfinite(value):
        what = say("{number} is too large a number", number=quoted(text))
        raise WrongValueError(what, say("say a smaller one"))
    return value


def _ask(text: str, what: str, todo: str) -> WrongValueError:
    return WrongValueError(translated(what).format(text=quoted(text)), translated(todo))
