"""The kinds of number that a parameter can be: read exactly, written exactly, shown with their unit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from visualizer.language import say
from visualizer.scenario.units import BANDWIDTH, SIZE, rate_of, rate_text, share_of
from visualizer.script.durations import DURATION, duration_text
from visualizer.script.measures import Measure
from visualizer.script.wrong import WrongValueError
from visualizer.sim.setup import US_PER_S, Rate

_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Quantity:
    """`read` gives a text as a number of the `grain`th part of `unit`, or None when it is of another kind;
    WrongValueError when it is of this kind, but wrong. `write` is the inverse: as a scenario says it, rounded
    to what it can say. `suffix` stands behind names of columns.
    """

    unit: str
    suffix: str
    grain: int
    read: Callable[[str], Fraction | None]
    write: Callable[[Fraction], str]

    def number(self, value: Fraction) -> float:
        """In `unit`."""
        return float(value / self.grain)


def decimal_text(value: Fraction) -> str:
    """A number as a decimal if that is exact, else as a ratio: `0.25`, `1/3`."""
    for places in range(10):
        scaled = value * 10**places
        if scaled.denominator == 1:
            sign, digits = "-" if scaled < 0 else "", str(abs(scaled.numerator)).zfill(places + 1)
            return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
    return f"{value.numerator}/{value.denominator}"


_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?")
_WITH_UNIT = re.compile(r"[0-9]+(?:\.[0-9]+)? ?([A-Za-zµμ]+(?:/[a-z]+)?)")
_RATE = re.compile(r"[0-9]+(\.[0-9]+)? ?/ ?[A-Za-z]+")
_SHARE = re.compile(r"[0-9]+(\.[0-9]+)? ?%|[0-9]+ ?/ ?[0-9]+")


def _with_units(measure: Measure) -> Callable[[str], Fraction | None]:
    def read(text: str) -> Fraction | None:
        match = _WITH_UNIT.fullmatch(text)
        if match is None:
            return None
        known = match[1] in measure.units or match[1].lower() in measure.elsewhere
        return measure.exact(text) if known else None

    return read


def _rate(text: str) -> Fraction | None:
    if not _RATE.fullmatch(text):
        return None
    rate = rate_of(text)
    return Fraction(rate.events * US_PER_S, rate.per_us)


def _share(text: str) -> Fraction | None:
    if not _SHARE.fullmatch(text):
        return None
    share = share_of(text)
    return Fraction(share.parts * 100, share.of)


def _plain(text: str) -> Fraction | None:
    return Fraction(text) if _NUMBER.fullmatch(text) and len(text) <= 24 else None


def _rate_text(per_s: Fraction) -> str:
    for exact in (per_s, round(per_s, _DECIMALS)):
        try:
            return rate_text(Rate(exact.numerator, exact.denominator * US_PER_S))
        except ValueError:
            continue
    rate = f"{float(per_s):g}/s"
    raise WrongValueError(say("{rate} cannot be written", rate=rate), say("say a rate above 0"))


def _percent_text(percent: Fraction) -> str:
    text = decimal_text(percent)
    return f"{text}%" if "/" not in text else decimal_text(percent / 100)


def _in_units(measure: Measure, names: tuple[str, ...]) -> Callable[[Fraction], str]:
    """Whole numbers of the smallest unit, written with the largest of `names` that gives three decimals or
    fewer.
    """

    def write(value: Fraction) -> str:
        whole = round(value)
        for name in names:
            scaled = Fraction(whole, measure.units[name])
            if whole >= measure.units[name] and (scaled * 1000).denominator == 1:
                return decimal_text(scaled) + name
        return f"{whole}{names[-1]}"

    return write


TIME = Quantity("s", "s", US_PER_S, _with_units(DURATION), lambda us: duration_text(round(us)))
PLAIN = Quantity("", "", 1, _plain, decimal_text)
QUANTITIES = (
    TIME,
    Quantity("/s", "per_s", 1, _rate, _rate_text),
    Quantity("bit/s", "bit_per_s", 1, _with_units(BANDWIDTH),
             _in_units(BANDWIDTH, ("Gbit/s", "Mbit/s", "kbit/s", "bit/s"))),
    Quantity("B", "bytes", 1, _with_units(SIZE), _in_units(SIZE, ("MB", "kB", "B"))),
    Quantity("%", "percent", 1, _share, _percent_text),
    PLAIN,
)  # fmt: skip
"""Each text is of one kind at most; words are of none."""


def quantity_of(text: str) -> tuple[Quantity, Fraction] | None:
    """What kind of number a text is, and which; None for a word. WrongValueError for a bad number."""
    for quantity in QUANTITIES:
        value = quantity.read(text)
        if value is not None:
            return quantity, value
    return None


def suffix_of(unit: str) -> str:
    """What stands behind the name of a column in this unit; empty for none."""
    return next((f"_{one.suffix}" for one in QUANTITIES if one.unit == unit and one.suffix), "")
