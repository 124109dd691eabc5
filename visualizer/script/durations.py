"""Durations as people write them (`3s`, `200ms`), exact in both directions."""

from __future__ import annotations

from visualizer.language import marked, say
from visualizer.script.measures import Measure
from visualizer.script.wrong import WrongValueError, quoted
from visualizer.sim.setup import US_PER_S

US_BY_UNIT = {"us": 1, "ms": 1_000, "s": US_PER_S, "min": 60 * US_PER_S, "h": 3_600 * US_PER_S}
"""The units of a duration, in microseconds."""

DAY_US = 24 * US_BY_UNIT["h"]

TIMES_ELSEWHERE = {
    "µs": "us", "μs": "us", "usec": "us", "msec": "ms", "sec": "s", "secs": "s", "second": "s",
    "seconds": "s", "m": "min", "mins": "min", "minute": "min", "minutes": "min", "hr": "h", "hrs": "h",
    "hour": "h", "hours": "h", "millisecond": "ms", "milliseconds": "ms",
}  # fmt: skip
DURATION = Measure(
    marked("a duration"), marked("3s, 200ms or 1.5min"), ("s", "ms"), US_BY_UNIT, TIMES_ELSEWHERE
)


def duration_us(value: object, minimum_us: int, maximum_us: int) -> int:
    """A duration in microseconds; WrongValueError unless it is exact and within the two limits."""
    us = DURATION.exact(value)
    if us.denominator != 1:
        raise WrongValueError(
            say("{value} is finer than a microsecond", value=quoted(value)), say("use fewer decimals")
        )
    if us < minimum_us:
        raise WrongValueError(
            say("{value} is too short", value=quoted(value)),
            say("say {least} or more", least=duration_text(minimum_us)),
        )
    if us > maximum_us:
        raise WrongValueError(
            say("{value} is too long", value=quoted(value)),
            say("say {most} or less", most=duration_text(maximum_us)),
        )
    return us.numerator


def duration_text(us: int) -> str:
    """The shortest exact way to write a duration: `3s`, `1.5s`, `200ms`; the inverse of `duration_us`."""
    for unit, grain in (("h", 3_600 * US_PER_S), ("min", 60 * US_PER_S)):
        if us and us % grain == 0:
            return f"{us // grain}{unit}"
    if us >= US_PER_S or us == 0:
        return decimal(us, US_PER_S) + "s"
    return decimal(us, 1_000) + "ms" if us >= 1_000 else f"{us}us"


def seconds_text(us: int) -> str:
    """A duration in seconds whatever its size, so that times below each other compare at a glance."""
    return decimal(us, US_PER_S) + "s"


def decimal(number: int, grain: int) -> str:
    """`number` / `grain` (a power of ten) without trailing zeros."""
    whole, rest = divmod(number, grain)
    decimals = str(rest).zfill(len(str(grain)) - 1).rstrip("0")
    return f"{whole}.{decimals}" if decimals else str(whole)
