"""What a sweep of the window can go along: each knob with a range of round values around the present one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from visualizer.app.knobs import shown
from visualizer.language import Spoken, marked, spoken, translated
from visualizer.scenario.knobs import NO_LIMIT, SWEPT, Knob, Value, value_of
from visualizer.scenario.units import rate_text
from visualizer.scene.lab_sweep_shown import SweepAxis
from visualizer.script.durations import duration_text
from visualizer.sim.setup import US_PER_S, Rate, Setup

LINE, FIELD = 18, 9
"""How many values a line and the side of a field have, about."""

_TIMES = 3
"""A range goes so many times as far as the present value."""
_ROUND = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))
_MINUTE_US = 60 * US_PER_S
_MINUTES = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1440)
_UNEVEN = 6.0
"""Values whose distances differ more than this stand at even distances."""
_MISSES = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """`path` is what `--vary` calls it, `now` the present value in the file's words (None: it has none)."""

    knob: Knob
    path: str
    now: str | None

    @property
    def title(self) -> str:
        """As the knob is called."""
        return translated(self.knob.title)

    def values(self, count: int) -> tuple[str, ...]:
        """About so many, the present one among them, in the file's words."""
        return _values(self, count)

    def label(self, text: str) -> str:
        """A value as people read it."""
        return shown(self.knob, value_of(self.knob, text))

    def axis(self, values: tuple[str, ...], now: str | None) -> SweepAxis:
        """These values as the axis of a chart; `now`: the one that the scenario on show has, if any."""
        return _axis(self, values, now, spoken())


@lru_cache(maxsize=256)
def _values(choice: Choice, count: int) -> tuple[str, ...]:
    found = _around(choice.knob, choice.now, count)
    if choice.now is None or choice.knob.unit == "choice":
        return tuple(found)
    values = {value_of(choice.knob, text): text for text in (*found, choice.now)}
    return tuple(values[value] for value in sorted(values, key=_number))


@lru_cache(maxsize=64)
def _axis(choice: Choice, values: tuple[str, ...], now: str | None, language: Spoken) -> SweepAxis:
    knob, found = choice.knob, [value_of(choice.knob, text) for text in values]
    here = None if now is None else value_of(knob, now)
    place = found.index(here) if here in found else None
    labels = tuple(shown(knob, value) for value in found)
    if knob.unit == "choice":
        middles = tuple((place + 0.5) / len(values) for place in range(len(values)))
        return SweepAxis(choice.title, labels, middles, place, joined=False)
    return SweepAxis(choice.title, labels, _places([_number(value) for value in found]), place)


def choices(setup: Setup, tier: int) -> tuple[Choice, ...]:
    """All that can be varied in a scenario, in the tier of that number."""
    return tuple(_choices(setup, tier))


def _choices(setup: Setup, tier: int) -> Iterator[Choice]:
    name = setup.tiers[tier].name
    for knob in SWEPT:
        value = setup.path if knob.key == "path" else knob.read(setup, tier)
        if value is not None:
            now = None if value == NO_LIMIT else _text(knob, value)
            yield Choice(knob, knob.path.format(tier=name), now)
    yield Choice(_TIERS, "tiers", "1" if len(setup.tiers) == 1 else None)


_TIERS = Knob(
    "tiers",
    marked("Tiers like this one"),
    "count",
    "tiers",
    tuple(str(n) for n in range(1, 9)),
    lambda setup, tier: None,
)


def _around(knob: Knob, now: str | None, count: int) -> list[str]:
    """Round values from near nothing to some times the present one; its own ladder where there is none."""
    value = None if now is None else value_of(knob, now)
    if knob.unit == "count":
        return [text for text in knob.values if int(text) <= max(_MISSES, int(now or 0))]
    if knob.unit not in ("duration", "rate") or isinstance(value, str) or not value:
        return list(knob.values)
    ladder = [_number(value_of(knob, text)) for text in knob.values]
    least, most = min(one for one in ladder if one > 0), max(*ladder, value)
    top = min(_TIMES * Fraction(value), Fraction(most))
    step = _round_up(top / count)
    if knob.unit == "duration" and step >= _MINUTE_US:
        step = next(Fraction(n * _MINUTE_US) for n in _MINUTES if n * _MINUTE_US * count >= top)
    values = [step * place for place in range(1, int(top / step) + 1)]
    return [
        _text(knob, one) for one in values if one >= least and (knob.unit == "rate" or one.denominator == 1)
    ]


def _round_up(least: Fraction) -> Fraction:
    """The least of 1, 2, 2.5, 5 x 10^n that is not below this."""
    size = Fraction(1)
    while size > least:
        size /= 10
    while 10 * size <= least:
        size *= 10
    return next(part * size for part in _ROUND if part * size >= least)


def _text(knob: Knob, value: Value) -> str:
    """As the file says it."""
    if isinstance(value, str):
        return value
    match knob.unit:
        case "duration":
            return duration_text(int(value))
        case "rate":
            exact = Fraction(value) / US_PER_S
            return rate_text(Rate(exact.numerator, exact.denominator))
        case "bandwidth":
            return f"{value}bit/s"
        case _:
            return str(value)


def _number(value: Value) -> Fraction:
    return Fraction(0) if isinstance(value, str) else Fraction(value)


def _places(numbers: list[Fraction]) -> tuple[float, ...]:
    """Where they stand between the first and the last: in proportion, if that can be seen."""
    gaps = [other - one for one, other in pairwise(numbers)]
    last = len(numbers) - 1
    if last < 1:
        return (0.5,) * len(numbers)
    if max(gaps) > _UNEVEN * min(gaps):
        return tuple(place / last for place in range(last + 1))
    return tuple(float((number - numbers[0]) / (numbers[-1] - numbers[0])) for number in numbers)
