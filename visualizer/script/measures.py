"""Numbers with a unit behind them: what a person writes -> an exact number of the smallest unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from visualizer.language import say, translated
from visualizer.script.wrong import WrongValueError, nearest, quoted

_WRITTEN = re.compile(r"([-+]?)([0-9]+(?:\.[0-9]+)?) ?((?:[A-Za-zµμ]+(?:/[a-z]+)?)?)")
LONGEST = 24
"""The characters of the longest number with a unit; nobody means a longer one."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of quantity.

    `units` says how many of the smallest unit each one is, `usual` are the two to propose when there is none,
    `elsewhere` what others call them (in lower case).
    """

    noun: str
    example: str
    usual: tuple[str, str]
    units: Mapping[str, int]
    elsewhere: Mapping[str, str]

    @property
    def pattern(self) -> str:
        """How it is written, as a regular expression of JSON Schema."""
        return rf"^[0-9]+(\.[0-9]+)? ?({'|'.join(self.units)})$"

    def exact(self, value: object) -> Fraction:
        """`value` in the smallest unit; WrongValueError unless it is one, not negative. 0 needs no unit."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            if value == 0:
                return Fraction(0)
            raise self.without_unit(value)
        match = _WRITTEN.fullmatch(value) if isinstance(value, str) else None
        if match is None or len(match[0]) > LONGEST:
            raise WrongValueError(
                say("{value} is not {noun}", value=quoted(value), noun=translated(self.noun)),
                say("say it like {example}", example=translated(self.example)),
            )
        sign, number, unit = match.groups()
        if sign == "-":
            raise WrongValueError(
                say("{value} is negative", value=quoted(value)),
                say("say {noun} of 0 or more", noun=translated(self.noun)),
            )
        if not unit:
            raise self.without_unit(value, number)
        if unit not in self.units:
            raise unknown_unit(value, f"{number}", unit, self.units, self.elsewhere)
        return Fraction(number) * self.units[unit]

    def without_unit(self, value: object, number: object = None) -> WrongValueError:
        """What to say about a bare number."""
        bare = value if number is None else number
        first, second = self.usual
        return WrongValueError(
            say("{value} has no unit", value=quoted(value)),
            say("say {first} or {second}", first=f"{bare}{first}", second=f"{bare}{second}"),
        )


def unknown_unit(
    said: object, number: str, unit: str, units: Mapping[str, int], elsewhere: Mapping[str, str]
) -> WrongValueError:
    """What to say about a unit that is not among `units`. `number` is what stands before the right one."""
    lower = unit.lower()
    meant = elsewhere.get(lower, lower if lower in units else nearest(unit, units))
    todo = (
        say("did you mean {value}?", value=f"{number}{meant}")
        if meant
        else say("the units are: {units}", units=", ".join(units))
    )
    what = say("{value} has an unknown unit {unit}", value=quoted(said), unit=quoted(unit))
    return WrongValueError(what, todo)
