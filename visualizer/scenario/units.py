"""Durations (`3s`), rates (`10/s`) and counts: exact in both directions, no float in between."""

from __future__ import annotations

import re
from fractions import Fraction

from visualizer.scenario.problem import WrongValueError, nearest, quoted
from visualizer.sim.setup import US_PER_S, Rate

US_BY_UNIT = {"us": 1, "ms": 1_000, "s": US_PER_S, "min": 60 * US_PER_S, "h": 3_600 * US_PER_S}
"""The units of a duration, in microseconds."""

DURATION_PATTERN = r"^[0-9]+(\.[0-9]+)? ?(us|ms|s|min|h)$"
RATE_PATTERN = r"^[0-9]+(\.[0-9]+)? ?/ ?(s|min|h)$"

MAX_RATE_PER_S = 1_000_000
"""One event for every microsecond, the grain of time."""

MAX_RATE_EVENTS = 100_000_000
MAX_RATE_PERIOD_S = 3_600_000_000
"""Together they keep (index of an event) x `per_us` below 2**63 at every instant of the longest run, 24 h."""

_MEASURE = re.compile(r"([-+]?)([0-9]+)(?:\.([0-9]+))? ?([A-Za-zµμ]*)")
_RATE = re.compile(r"([-+]?)([0-9]+(?:\.[0-9]+)?) ?/ ?([A-Za-z]+)")
_LONGEST_MEASURE = 24
_SAID_ELSEWHERE = {
    "µs": "us", "μs": "us", "usec": "us", "msec": "ms", "sec": "s", "secs": "s", "second": "s",
    "seconds": "s", "m": "min", "mins": "min", "minute": "min", "minutes": "min", "hr": "h", "hrs": "h",
    "hour": "h", "hours": "h", "millisecond": "ms", "milliseconds": "ms",
}  # fmt: skip


def duration_us(value: object, minimum_us: int, maximum_us: int) -> int:
    """A duration in microseconds; WrongValueError unless it is exact and within the two limits."""
    us = _exact_us(value)
    if us < minimum_us:
        raise WrongValueError(f"{quoted(value)} is too short", f"say {duration_text(minimum_us)} or more")
    if us > maximum_us:
        raise WrongValueError(f"{quoted(value)} is too long", f"say {duration_text(maximum_us)} or less")
    return us


def _exact_us(value: object) -> int:
    if isinstance(value, int | float) and not isinstance(value, bool):
        if value == 0:
            return 0
        raise WrongValueError(f"{quoted(value)} has no unit", f"say {value}s or {value}ms")
    match = _MEASURE.fullmatch(value) if isinstance(value, str) else None
    if match is None or len(match[0]) > _LONGEST_MEASURE:
        raise WrongValueError(f"{quoted(value)} is not a duration", "say it like 3s, 200ms or 1.5min")
    sign, whole, decimals, unit = match[1], match[2], match[3] or "", match[4]
    if sign == "-":
        raise WrongValueError(f"{quoted(value)} is negative", "say a duration of 0 or more")
    number = f"{whole}.{decimals}" if decimals else whole
    if unit not in US_BY_UNIT:
        raise _unknown_unit(str(value), number, unit, list(US_BY_UNIT), "")
    us = Fraction(number) * US_BY_UNIT[unit]
    if us.denominator != 1:
        raise WrongValueError(f"{quoted(value)} is finer than a microsecond", "use fewer decimals")
    return us.numerator


def _unknown_unit(said: str, number: str, unit: str, units: list[str], between: str) -> WrongValueError:
    if not unit:
        return WrongValueError(f"{quoted(said)} has no unit", f"say {number}s or {number}ms")
    lower = unit.lower()
    meant = _SAID_ELSEWHERE.get(lower, lower if lower in units else nearest(unit, units))
    todo = f"did you mean {number}{between}{meant}?" if meant else f"the units are: {', '.join(units)}"
    return WrongValueError(f"{quoted(said)} has an unknown unit {quoted(unit)}", todo)


def rate_of(value: object) -> Rate:
    """An exact rate in lowest terms per whole seconds: `10/s` is Rate(10), `3/min` one in 20 s."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise WrongValueError(f"{quoted(value)} is not a rate", f"say {value}/s or {value}/min")
    match = _RATE.fullmatch(value) if isinstance(value, str) else None
    if match is None or len(match[0]) > _LONGEST_MEASURE:
        raise WrongValueError(f"{quoted(value)} is not a rate", "say it like 10/s, 0.5/s, 3/min or 600/h")
    sign, number, unit = match.groups()
    units = {"s": 1, "min": 60, "h": 3_600}
    if unit not in units:
        raise _unknown_unit(str(value), number, unit, list(units), "/")
    per_s = Fraction(number) / units[unit]
    if sign == "-" or per_s == 0:
        raise WrongValueError(f"{quoted(value)} is not above zero", "say a rate above 0, or leave it out")
    if per_s > MAX_RATE_PER_S:
        raise WrongValueError(f"{quoted(value)} is too fast", f"say {MAX_RATE_PER_S}/s or less")
    if per_s.numerator > MAX_RATE_EVENTS or per_s.denominator > MAX_RATE_PERIOD_S:
        raise WrongValueError(f"{quoted(value)} is too finely divided", "use fewer decimals")
    return Rate(per_s.numerator, per_s.denominator * US_PER_S)


def count_of(value: object, minimum: int, maximum: int) -> int:
    """A whole number within the two limits; WrongValueError otherwise. `1e3` is a thousand."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        todo = "take the quotes away" if isinstance(value, str) and value.isdigit() else "say it like 3"
        raise WrongValueError(f"{quoted(value)} is not a whole number", todo)
    if not minimum <= value <= maximum:
        raise WrongValueError(f"{quoted(value)} is out of range", f"say {minimum} to {maximum}")
    return int(value)


def duration_text(us: int) -> str:
    """The shortest exact way to write a duration: `3s`, `1.5s`, `200ms`; the inverse of `duration_us`."""
    for unit, grain in (("h", 3_600 * US_PER_S), ("min", 60 * US_PER_S)):
        if us and us % grain == 0:
            return f"{us // grain}{unit}"
    if us >= US_PER_S or us == 0:
        return _decimal(us, US_PER_S) + "s"
    return _decimal(us, 1_000) + "ms" if us >= 1_000 else f"{us}us"


def seconds_text(us: int) -> str:
    """A duration in seconds whatever its size, so that times below each other compare at a glance."""
    return _decimal(us, US_PER_S) + "s"


def rate_text(rate: Rate) -> str:
    """A rate as one writes it, `10/s`, `0.5/s`, `3/min`; the inverse of `rate_of`.

    ValueError for a rate without an exact decimal form; `rate_of` never makes one.
    """
    per_s = Fraction(rate.events * US_PER_S, rate.per_us)
    for unit, seconds in (("s", 1), ("min", 60), ("h", 3_600)):
        scaled = per_s * seconds * 1_000_000
        if scaled.denominator == 1:
            return f"{_decimal(scaled.numerator, 1_000_000)}/{unit}"
    raise ValueError(f"{rate} has no exact decimal form per second, minute or hour")


def _decimal(number: int, grain: int) -> str:
    """`number` / `grain` (a power of ten) without trailing zeros."""
    whole, rest = divmod(number, grain)
    decimals = str(rest).zfill(len(str(grain)) - 1).rstrip("0")
    return f"{whole}.{decimals}" if decimals else str(whole)
