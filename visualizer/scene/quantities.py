"""What many runs gave, as people read it: in a unit that suits it, with as many digits as tell something."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, isfinite, log10

import numpy as np

from visualizer.lab.measures import Reals
from visualizer.language import decimal, marked, say, translated
from visualizer.language.numbers import THIN_SPACE
from visualizer.scene.chart import rounded, three_digits

_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Unit:
    """`name` in short behind a number, `words` on an axis; a number times `times` is one of this unit."""

    name: str
    words: str
    times: float

    def say(self, value: float) -> str:
        """Three digits and the unit: "1.25 s", "204"."""
        return f"{short(value * self.times)}{THIN_SPACE}{self.name}".rstrip()


_LADDERS: dict[str, tuple[tuple[float, Unit], ...]] = {
    "s": (
        (0.0, Unit("µs", marked("microseconds"), 1e6)),
        (2e-3, Unit("ms", marked("milliseconds"), 1e3)),
        (1.0, Unit("s", marked("seconds"), 1.0)),
        (600.0, Unit("min", marked("minutes"), 1 / 60)),
        (36_000.0, Unit("h", marked("hours"), 1 / 3600)),
    ),
    "bit/s": (
        (0.0, Unit("bit/s", "bit/s", 1.0)),
        (2e3, Unit("kbit/s", "kbit/s", 1e-3)),
        (2e6, Unit("Mbit/s", "Mbit/s", 1e-6)),
        (2e9, Unit("Gbit/s", "Gbit/s", 1e-9)),
    ),
    "B": (
        (0.0, Unit("B", marked("bytes"), 1.0)),
        (2e3, Unit("kB", "kB", 1e-3)),
        (2e6, Unit("MB", "MB", 1e-6)),
    ),
}


def unit_for(unit: str, values: Reals) -> Unit:
    """What to show values in that are given in `unit` ("": shares of runs)."""
    most = float(np.max(np.abs(values[np.isfinite(values)]), initial=0.0))
    if unit in _LADDERS:
        ladder = _LADDERS[unit]
        fitting = next(one for least, one in reversed(ladder) if most >= least)
        found = fitting if most else next(one for _, one in ladder if one.times == 1)
        return Unit(found.name, translated(found.words), found.times)
    if unit == "":
        return _counted("%", say("% of the runs"), 100.0, most)
    return _counted("", translated(unit), 1.0, most)


def unit_of_axis(unit: str, values: Reals) -> Unit:
    """The same for a parameter; "" has no unit."""
    return Unit(unit, translated(unit), 1.0) if unit not in _LADDERS else unit_for(unit, values)


_MANY = (
    (1e10, marked("bn"), marked("billion {things}"), 1e-9),
    (1e7, marked("M"), marked("million {things}"), 1e-6),
)


def _counted(name: str, words: str, times: float, most: float) -> Unit:
    """Millions and more where the numbers would be long."""
    for limit, letter, many, less in _MANY:
        if most >= limit:
            return Unit(translated(letter), translated(many).format(things=words), less)
    return Unit(name, words, times)


def short(value: float) -> str:
    """Three digits: "0.034", "1.25", "204", "12 400"; "–" for none."""
    if not isfinite(value):
        return "–"
    if 0 < abs(value) < 10**-_MOST_DECIMALS:
        return decimal(f"{value:.1e}".replace("-", "−"))
    return three_digits(value)


def alike(values: Reals) -> list[str]:
    """Numbers that stand together, all with as many decimals as the largest has in three digits; each by
    itself where small ones would vanish.
    """
    known = np.abs(values[np.isfinite(values)])
    most = float(known.max(initial=0.0))
    decimals = min(max(2 - floor(log10(most)), 0), _MOST_DECIMALS) if most else 0
    if (known == known.round()).all():
        decimals = 0
    if ((known > 0) & (known < 2 * 10.0**-decimals)).any():
        return [short(float(value)) for value in values]
    return [rounded(float(value), decimals) if isfinite(value) else "–" for value in values]
