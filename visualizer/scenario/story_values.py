"""The kinds of value that a story holds, each with its limits, its check and its JSON Schema.

What stands in words (instants, places, figures) is only looked at here; `telling` reads it.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import partial
from typing import Annotated, Any

from pydantic import GetJsonSchemaHandler, PlainValidator, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import CoreSchema

from visualizer.scenario.problem import WrongValueError, quoted, suggestion
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


def _factor(value: object, one: int, least: int, most: int, noun: str) -> int:
    """A factor (`0.2`, `0.2x`) in whole parts of `one`; `least` and `most` are in the same."""
    match = _TIMES.fullmatch(str(value)) if isinstance(value, str | int | float) else None
    if match is None or isinstance(value, bool):
        raise WrongValueError(f"{quoted(value)} is not {noun}", "say it like 0.5, 1 or 2")
    parts = Fraction(match[1]) * one
    if not least <= parts <= most:
        raise WrongValueError(f"{quoted(value)} is out of range", f"say {least / one:g} to {most / one:g}")
    if parts.denominator != 1:
        raise WrongValueError(f"{quoted(value)} is too finely divided", "use fewer decimals")
    return int(parts)


def _factor_shown(one: int, least: int, most: int) -> Shown:
    number = {"type": "number", "minimum": least / one, "maximum": most / one}
    return Shown({"anyOf": [number, {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)? ?[x×]?$"}]})


def _words(value: object, longest: int, what: str, example: str) -> str:
    if isinstance(value, bool) or not isinstance(value, str) or not value.strip():
        raise WrongValueError(f"{quoted(value)} is no {what}", f"say it like {example}")
    if len(value) > longest:
        raise WrongValueError(f"the {what} has more than {longest} characters", "say it in fewer words")
    return " ".join(value.split())


def _instant(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        if value != 0:
            raise DURATION.without_unit(value)
        return "0s"
    return _words(value, LONGEST_INSTANT, "instant", "11s, start or first lightning")


def _value(value: object) -> int | str:
    if isinstance(value, float) and value == int(value):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 0:
            raise WrongValueError(f"{quoted(value)} is negative", "say 0 or more")
        return value
    return _words(value, LONGEST_INSTANT, "answer", "12, open or right")


def _places(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    if not 1 <= len(listed) <= MOST_PLACES:
        raise WrongValueError(f"there are {len(listed)} places here", f"name 1 to {MOST_PLACES}")
    return tuple(_words(one, LONGEST_INSTANT, "place", "firewall.primary") for one in listed)


def _claims(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    if not 1 <= len(listed) <= MOST_CLAIMS:
        raise WrongValueError(f"there are {len(listed)} claims here", f"make 1 to {MOST_CLAIMS}")
    return tuple(_words(one, LONGEST_INSTANT, "claim", "lost = 0") for one in listed)


def _ask(value: object, judge: ValidatorFunctionWrapHandler) -> Any:
    """A plain word asks one of the questions that are built in."""
    if not isinstance(value, str):
        return judge(value)
    if value not in BUILTIN:
        raise WrongValueError(
            f"{quoted(value)} is no question", suggestion(value, BUILTIN, "built-in question")
        )
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


def _phrase(what: str, example: str) -> tuple[PlainValidator, Shown]:
    check = PlainValidator(partial(_words, longest=LONGEST_INSTANT, what=what, example=example))
    return check, Shown({"type": "string", "minLength": 1, "maxLength": LONGEST_INSTANT})


_PLACE_SCHEMA = {"type": "string", "pattern": rf"^{NAME.pattern}(\.{NAME.pattern})?$"}
_INSTANT_SCHEMA = {"type": "string", "minLength": 1, "maxLength": LONGEST_INSTANT}

_CLAIM_SCHEMA = {"type": "string", "minLength": 1, "maxLength": LONGEST_INSTANT, "pattern": "[<>=]"}

Title = Annotated[str, *_text(LONGEST_TITLE)]
Sentence = Annotated[str, *_text(LONGEST_SENTENCE)]
Paragraph = Annotated[str, *_text(LONGEST_PARAGRAPH)]
Label = Annotated[str, *_text(LONGEST_LABEL)]
Name = Annotated[str, *named("comparison")]
Instant = Annotated[str, PlainValidator(_instant), Shown({"anyOf": [_INSTANT_SCHEMA, {"const": 0}]})]
Quantity = Annotated[str, *_phrase("figure", "lost or exposed of firewall")]
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
    PlainValidator(partial(_words, longest=LONGEST_INSTANT, what="place", example="stage")),
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
    PlainValidator(partial(_factor, one=SPEED_ONE, least=1, most=100 * SPEED_ONE, noun="a speed")),
    _factor_shown(SPEED_ONE, 1, 100 * SPEED_ONE),
]
Zoom = Annotated[
    int,
    PlainValidator(partial(_factor, one=ZOOM_ONE, least=ZOOM_ONE, most=4 * ZOOM_ONE, noun="a zoom")),
    _factor_shown(ZOOM_ONE, ZOOM_ONE, 4 * ZOOM_ONE),
]
Hold = Annotated[int, *_pause(0)]
Pause = Annotated[int, *_pause(S)]
ASK = (WrapValidator(_ask), _AskShown())
"""What a question goes through: a plain word stays a word."""
