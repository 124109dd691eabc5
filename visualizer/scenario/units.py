"""Rates (`10/s`), shares (`60%`), bandwidths, sizes and counts; durations are in `script.durations`.

Exact in both directions, no float in between.
"""

from __future__ import annotations

import re
from fractions import Fraction

from visualizer.language import marked, say
from visualizer.scenario.problem import WrongValueError, quoted
from visualizer.script.durations import TIMES_ELSEWHERE, decimal
from visualizer.script.measures import LONGEST, Measure, unknown_unit
from visualizer.sim.setup import ALL, US_PER_S, Rate, Share

_S_BY_UNIT = {"s": 1, "min": 60, "h": 3_600}
BANDWIDTH = Measure(
    marked("a bandwidth"),
    marked("1Mbit/s, 117760bit/s or 14720B/s"),
    ("kbit/s", "Mbit/s"),
    {"bit/s": 1, "kbit/s": 10**3, "Mbit/s": 10**6, "Gbit/s": 10**9,
     "B/s": 8, "kB/s": 8 * 10**3, "MB/s": 8 * 10**6, "GB/s": 8 * 10**9},
    {"bps": "bit/s", "kbps": "kbit/s", "mbps": "Mbit/s", "gbps": "Gbit/s", "b/s": "bit/s", "kb/s": "kbit/s",
     "mb/s": "Mbit/s", "gb/s": "Gbit/s", "bit": "bit/s", "kbit": "kbit/s", "mbit": "Mbit/s",
     "gbit": "Gbit/s"},
)  # fmt: skip
SIZE = Measure(
    marked("a size"),
    marked("44B or 1kB"),
    ("B", "kB"),
    {"B": 1, "kB": 10**3, "MB": 10**6},
    {"byte": "B", "bytes": "B", "k": "kB", "m": "MB", "kbyte": "kB", "mbyte": "MB"},
)

RATE_PATTERN = r"^[0-9]+(\.[0-9]+)? ?/ ?(s|min|h)$"
SHARE_PATTERN = r"^([0-9]+(\.[0-9]+)? ?%|[0-9]+ ?/ ?[0-9]+)$"

MAX_RATE_PER_S = 1_000_000
"""One event for every microsecond, the grain of time."""

MAX_RATE_EVENTS = 100_000_000
MAX_RATE_PERIOD_S = 3_600_000_000
"""Together they keep (index of an event) x `per_us` below 2**63 at every instant of the longest run, 24 h."""

MAX_BITS_PER_S = 10**12
MAX_SHARE_OF = 10**9
"""The finest part of a whole; times the number of a session it stays below 2**63."""

_RATE = re.compile(r"([-+]?)([0-9]+(?:\.[0-9]+)?) ?/ ?([A-Za-z]+)")
_PERCENT = re.compile(r"([-+]?[0-9]+(?:\.[0-9]+)?) ?%")
_RATIO = re.compile(r"([-+]?[0-9]+) ?/ ?([0-9]+)")


def bandwidth_bps(value: object) -> int:
    """A bandwidth in whole bits a second, 1 to `MAX_BITS_PER_S`; WrongValueError otherwise."""
    bits = BANDWIDTH.exact(value)
    if bits == 0:
        what = say("{value} is not above zero", value=quoted(value))
        raise WrongValueError(what, say("say more, or leave it out: no limit"))
    if bits > MAX_BITS_PER_S:
        what = say("{value} is too fast", value=quoted(value))
        raise WrongValueError(what, say("say 1000Gbit/s or less, or leave it out"))
    if bits.denominator != 1:
        what = say("{value} is finer than a bit a second", value=quoted(value))
        raise WrongValueError(what, say("use fewer decimals"))
    return bits.numerator


def size_bytes(value: object, maximum: int) -> int:
    """A size in whole bytes, 0 to `maximum`; WrongValueError otherwise."""
    size = SIZE.exact(value)
    if size > maximum:
        what = say("{value} is too large", value=quoted(value))
        raise WrongValueError(what, say("say {most} or less", most=f"{maximum}B"))
    if size.denominator != 1:
        what = say("{value} is finer than a byte", value=quoted(value))
        raise WrongValueError(what, say("use fewer decimals"))
    return size.numerator


def share_of(value: object, most: Share = ALL) -> Share:
    """An exact part of a whole in lowest terms: `60%`, 0.6 and `3/5` are Share(3, 5).

    WrongValueError unless it is at least 0, at most `most`, and not finer than 1 in `MAX_SHARE_OF`.
    """
    part = _part(value)
    if part < 0:
        what = say("{value} is negative", value=quoted(value))
        raise WrongValueError(what, say("say {least} or more", least="0%"))
    if part > 1:
        percent = isinstance(value, int | float) and value <= 100
        todo = (
            say("did you mean {value}?", value=f"{value}%")
            if percent
            else say("say {most} or less", most="100%")
        )
        raise WrongValueError(say("{value} is more than the whole", value=quoted(value)), todo)
    if part > Fraction(most.parts, most.of):
        what = say("{value} is too much", value=quoted(value))
        raise WrongValueError(what, say("say {most} or less", most=f"{100 * most.parts // most.of}%"))
    if part.denominator > MAX_SHARE_OF:
        raise too_fine(value)
    return Share(part.numerator, part.denominator)


def _part(value: object) -> Fraction:
    """A share as it is written, whatever its size. A float is what its shortest decimal form says."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Fraction(repr(value))
    if isinstance(value, str) and len(value) <= LONGEST:
        if match := _PERCENT.fullmatch(value):
            return Fraction(match[1]) / 100
        if (match := _RATIO.fullmatch(value)) and int(match[2]):
            return Fraction(int(match[1]), int(match[2]))
    what = say("{value} is not a share", value=quoted(value))
    raise WrongValueError(what, say("say it like {example}", example=say("60%, 0.6 or 3/5")))


def rate_of(value: object) -> Rate:
    """An exact rate in lowest terms per whole seconds: `10/s` is Rate(10), `3/min` one in 20 s."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        what = say("{value} is not a rate", value=quoted(value))
        raise WrongValueError(what, say("say {first} or {second}", first=f"{value}/s", second=f"{value}/min"))
    match = _RATE.fullmatch(value) if isinstance(value, str) else None
    if match is None or len(match[0]) > LONGEST:
        what = say("{value} is not a rate", value=quoted(value))
        raise WrongValueError(what, say("say it like {example}", example=say("10/s, 0.5/s, 3/min or 600/h")))
    sign, number, unit = match.groups()
    if unit not in _S_BY_UNIT:
        raise unknown_unit(value, f"{number}/", unit, _S_BY_UNIT, TIMES_ELSEWHERE)
    per_s = Fraction(number) / _S_BY_UNIT[unit]
    if sign == "-" or per_s == 0:
        what = say("{value} is not above zero", value=quoted(value))
        raise WrongValueError(what, say("say a rate above 0, or leave it out"))
    if per_s > MAX_RATE_PER_S:
        what = say("{value} is too fast", value=quoted(value))
        raise WrongValueError(what, say("say {most} or less", most=f"{MAX_RATE_PER_S}/s"))
    if per_s.numerator > MAX_RATE_EVENTS or per_s.denominator > MAX_RATE_PERIOD_S:
        raise too_fine(value)
    return Rate(per_s.numerator, per_s.denominator * US_PER_S)


def count_of(value: object, minimum: int, maximum: int) -> int:
    """A whole number within the two limits; WrongValueError otherwise. `1e3` is a thousand."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        is_text = isinstance(value, str) and value.isdigit()
        todo = say("take the quotes away") if is_text else say("say it like {example}", example=3)
        raise WrongValueError(say("{value} is not a whole number", value=quoted(value)), todo)
    if not minimum <= value <= maximum:
        raise out_of_range(value, minimum, maximum)
    return int(value)


def out_of_range(value: object, least: object, most: object) -> WrongValueError:
    """What to say about a number outside its limits."""
    what = say("{value} is out of range", value=quoted(value))
    return WrongValueError(what, say("say {least} to {most}", least=least, most=most))


def too_fine(value: object) -> WrongValueError:
    """What to say about a number with too many decimals."""
    what = say("{value} is too finely divided", value=quoted(value))
    return WrongValueError(what, say("use fewer decimals"))


def rate_text(rate: Rate) -> str:
    """A rate as one writes it, `10/s`, `0.5/s`, `3/min`; the inverse of `rate_of`.

    ValueError for a rate without an exact decimal form; `rate_of` never makes one.
    """
    per_s = Fraction(rate.events * US_PER_S, rate.per_us)
    for unit, seconds in (("s", 1), ("min", 60), ("h", 3_600)):
        scaled = per_s * seconds * 1_000_000
        if scaled.denominator == 1:
            return f"{decimal(scaled.numerator, 1_000_000)}/{unit}"
    raise ValueError(f"{rate} has no exact decimal form per second, minute or hour")
