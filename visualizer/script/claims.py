"""What must be true of a run for a sentence to be said: "lost = 0", "rto < 3s", "lost > lost at first sync".

    CLAIM = QUANTITY RELATION (QUANTITY | NUMBER | DURATION)

Both sides are as at the beat that claims it, unless they say `at`.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass

from visualizer.language import say
from visualizer.script.anchors import Parts
from visualizer.script.durations import DAY_US, duration_us
from visualizer.script.quantities import Quantity, Telling, quantity_of, text_of
from visualizer.script.wrong import WrongValueError, quoted

RELATIONS: dict[str, Callable[[int, int], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "!=": operator.ne,
    "=": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}
"""By their sign; those of two signs are looked for first."""

_CLAIM = re.compile(rf"(.+?)\s*({'|'.join(RELATIONS)})\s*(.+)")


@dataclass(frozen=True, slots=True)
class Claim:
    """`right`: another figure, or a number (microseconds where `left` is a time). `said`: its words."""

    left: Quantity
    relation: str
    right: Quantity | int
    said: str


def claim_of(said: str, parts: Parts) -> Claim:
    """What an author claims; `parts`: what there is in the setup, by name. WrongValueError when it is not
    clear.
    """
    text = " ".join(said.split())
    match = _CLAIM.fullmatch(text)
    if match is None:
        raise WrongValueError(say("{text} is no claim", text=quoted(text)), _example())
    left = quantity_of(match[1], parts)
    right = _right(match[3], left, parts)
    if isinstance(right, Quantity) and (right.unit == "count") != (left.unit == "count"):
        raise WrongValueError(say("{text} compares a number with a time", text=quoted(text)), _example())
    return Claim(left, match[2], right, text)


def _example() -> str:
    return say(
        "say it like {number}, {time} or {figure}",
        number="lost = 0",
        time="rto < 3s",
        figure="lost > lost at first takeover",
    )


def _right(said: str, left: Quantity, parts: Parts) -> Quantity | int:
    """A number where `left` is a count, a duration where it is a time, or another figure."""
    if not said[0].isdigit():
        return quantity_of(said, parts)
    if left.unit != "count":
        return duration_us(said, 0, DAY_US)
    if not said.isdigit():
        raise WrongValueError(say("{value} is no whole number", value=quoted(said)), _example())
    return int(said)


def doubt_of(claim: Claim, telling: Telling, at_us: int) -> str | None:
    """Why a claim does not hold in this run, as "19 = 0"; None when it does."""
    left = telling.amount(claim.left, at_us)
    right = telling.amount(claim.right, at_us) if isinstance(claim.right, Quantity) else claim.right
    if left is not None and right is not None and RELATIONS[claim.relation](left, right):
        return None
    unit = claim.left.unit
    return f"{text_of(left, unit)} {claim.relation} {text_of(right, unit)}"
