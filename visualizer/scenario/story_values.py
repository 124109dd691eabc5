"""The kinds of value that a story holds, each with its limits, its check and its JSON Schema.

What stands in words (instants, places, figures) is only looked at here; `telling` reads it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Annotated, Any

from pydantic import GetJsonSchemaHandler, PlainValidator, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import CoreSchema

from visualizer.language import marked, say, translated
from visualizer.scenario.problem import WrongValueError, quoted, suggestion
from visualizer.scenario.units import out_of_range, too_fine
from visualizer.scenario.values import MIN, NAME, S, Shown, named, text_within
from visualizer.script.anchors import LONGEST as LONGEST_INSTANT
from visualizer.script.durations import DURATION, duration_us
from visualizer.script.script import BUILTIN, SPEED_ONE, ZOOM_ONE

LONGEST_SENTENCE = 200
LONGEST_PARAGRAPH = 600
LONGEST_TITLE = 60
LONGEST_LABEL = 40
MOST_PLACES = 8
MOST_CLAIMS = 4
RIGHT = "right"
"""The value of a choice that is whatever the run says."""

_TIMES = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?[x×]?")


def _factor(value: object, one: int, least: int, most: int, wrong: str) -> int:
    """A factor (`0.2`, `0.2x`) in whole parts of `one`; `least` and `most` are in the same. `wrong` is said
    of a `{value}` that is none.
    """
    match = _TIMES.fullmatch(str(value)) if isinstance(value, str | int | float) else None
    if match is None or isinstance(value, bool):
        what = translated(wrong).format(value=quoted(value))
        raise WrongValueError(what, say("say it like {example}", example=say("0.5, 1 or 2")))
    parts = Fraction(match[1]) * one
    if not least <= parts <= most:
        raise out_of_range(value, f"{least / one:g}", f"{most / one:g}")
    if parts.denominator != 1:
        raise too_fine(value)
    return int(parts)


def _factor_shown(one: int, least: int, most: int) -> Shown:
    number = {"type": "number", "minimum": least / one, "maximum": most / one}
    return Shown({"anyOf": [number, {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)? ?[x×]?$"}]})


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A kind of words that is read later: what is said of a `{value}` that is none, an example of one, and
    what is said of one that has more than the `{most}` characters it may have.
    """

    wrong: str
    example: str
    too_long: str


_INSTANT = _Phrase(
    marked("{value} is no instant"),
    marked("11s, start or first lightning"),
    marked("the instant has more than {most} characters"),
)
_ANSWER = _Phrase(
    marked("{value} is no answer"),
    marked("12, open or right"),
    marked("the answer has more than {most} characters"),
)
_PLACE = _Phrase(
    marked("{value} is no place"),
    "firewall.primary",
    marked("the place has more than {most} characters"),
)
_REGION = replace(_PLACE, example="stage")
_CLAIM = _Phrase(
    marked("{value} is no claim"),
    "lost = 0",
    marked("the claim has more than {most} characters"),
)
_FIGURE = _Phrase(
    marked("{value} is no figure"),
    marked("lost or exposed of firewall"),
    marked("the figure has more than {most} characters"),
)


def _words(value: object, phrase: _Phrase) -> str:
    if isinstance(value, bool) or not isinstance(value, str) or not value.strip():
        what = translated(phrase.wrong).format(value=quoted(value))
        raise WrongValueError(what, say("say it like {example}", example=translated(phrase.example)))
    if len(value) > LONGEST_INSTANT:
        what = translated(phrase.too_long).format(most=LONGEST_INSTANT)
        raise WrongValueError(what, say("say it in fewer words"))
    return " ".join(value.split())


def _instant(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        if value != 0:
            raise DURATION.without_unit(value)
        return "0s"
    return _words(value, _INSTANT)


def _value(value: object) -> int | str:
    if isinstance(value, float) and value == int(value):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 0:
            what = say("{value} is negative", value=quoted(value))
            raise WrongValueError(what, say("say {least} or more", least=0))
        return value
    return _words(value, _ANSWER)


def _places(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    if not 1 <= len(listed) <= MOST_PLACES:
        what = say("there are {count} places here", count=len(listed))
        raise WrongValueError(what, say("name 1 to {most}", most=MOST_PLACES))
    return tuple(_words(one, _PLACE) for one in listed)


def _claims(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    if not 1 <= len(listed) <= MOST_CLAIMS:
        what = say("there are {count} claims here", count=len(listed))
        raise WrongValueError(what, say("make 1 to {most}", most=MOST_CLAIMS))
    return tuple(_words(one, _CLAIM) for one in listed)


def _ask(value: object, judge: ValidatorFunctionWrapHandler) -> Any:
    """A plain word asks one of the questions that are built in."""
    if not isinstance(value, str):
        return judge(value)
    if value not in BUILTIN:
        what = say("{value} is no question", value=quoted(value))
        raise WrongValueError(what, suggestion(value, BUILTIN, "built-in question"))
    return value


class _AskShown:
    """A word, or the keys of a question."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        words = [{"const": word, "description": text} for word, text in BUILTIN.items()]
        return {"anyOf": [*words, handler(core)]}


def _pause(least_us: int) -> tuple[PlainValidator, Shown]:
    check = PlainValidator(partial(duration_us, minimum_us=least_us, maximum_us=MIN))
    shown = {"type": "string", "pattern": DURATION.pattern}
    return check, Shown(shown if least_us else {"anyOf": [shown, {"const": 0}]})


def _text(longest: int) -> tuple[PlainValidator, Shown]:
    check = PlainValidator(text_within(longest, lines=False))
    return check, Shown({"type": "string", "minLength": 1, "maxLength": longest})


def _phrase(phrase: _Phrase) -> tuple[PlainValidator, Shown]:
    check = PlainValidator(partial(_words, phrase=phrase))
    return check, Shown({"type": "string", "minLength": 1, "maxLength": LONGEST_INSTANT})


_PLACE_SCHEMA = {"type": "string", "pattern": rf"^{NAME.pattern}(\.{NAME.pattern})?$"}
_INSTANT_SCHEMA = {"type": "string", "minLength": 1, "maxLength": LONGEST_INSTANT}

_CLAIM_SCHEMA = {"type": "string", "minLength": 1, "maxLength": LONGEST_INSTANT, "pattern": "[<>=]"}

Title = Annotated[str, *_text(LONGEST_TITLE)]
Sentence = Annotated[str, *_text(LONGEST_SENTENCE)]
Paragraph = Annotated[str, *_text(LONGEST_PARAGRAPH)]
Label = Annotated[str, *_text(LONGEST_LABEL)]
Name = Annotated[str, *named(marked("{value} cannot be a comparison's name"))]
Instant = Annotated[str, PlainValidator(_instant), Shown({"anyOf": [_INSTANT_SCHEMA, {"const": 0}]})]
Quantity = Annotated[str, *_phrase(_FIGURE)]
Value = Annotated[
    int | str, PlainValidator(_value), Shown({"anyOf": [{"type": "integer", "minimum": 0}, _INSTANT_SCHEMA]})
]
Claims = Annotated[
    tuple[str, ...],
    PlainValidator(_claims),
    Shown(
        {
            "anyOf": [
                _CLAIM_SCHEMA,
                {"type": "array", "items": _CLAIM_SCHEMA, "minItems": 1, "maxItems": MOST_CLAIMS},
            ]
        }
    ),
]
Place = Annotated[
    str,
    PlainValidator(partial(_words, phrase=_REGION)),
    Shown(_PLACE_SCHEMA),
]
Places = Annotated[
    tuple[str, ...],
    PlainValidator(_places),
    Shown(
        {
            "anyOf": [
                _PLACE_SCHEMA,
                {"type": "array", "minItems": 1, "maxItems": MOST_PLACES, "items": _PLACE_SCHEMA},
            ]
        }
    ),
]
Speed = Annotated[
    int,
    PlainValidator(
        partial(_factor, one=SPEED_ONE, least=1, most=100 * SPEED_ONE, wrong=marked("{value} is not a speed"))
    ),
    _factor_shown(SPEED_ONE, 1, 100 * SPEED_ONE),
]
Zoom = Annotated[
    int,
    PlainValidator(
        partial(
            _factor, one=ZOOM_ONE, least=ZOOM_ONE, most=4 * ZOOM_ONE, wrong=marked("{value} is not a zoom")
        )
    ),
    _factor_shown(ZOOM_ONE, ZOOM_ONE, 4 * ZOOM_ONE),
]
Hold = Annotated[int, *_pause(0)]
Pause = Annotated[int, *_pause(S)]
ASK = (WrapValidator(_ask), _AskShown())
"""What a question goes through: a plain word stays a word."""
