"""Numbers of charts as people read them: in a unit that suits them, with as many digits as tell something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, isfinite, log10

import numpy as np
from matplotlib.ticker import Formatter

from visualizer.lab.measures import Reals
from visualizer.scene.wording import THIN_SPACE

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
        (0.0, Unit("µs", "microseconds", 1e6)),
        (2e-3, Unit("ms", "milliseconds", 1e3)),
        (1.0, Unit("s", "seconds", 1.0)),
        (600.0, Unit("min", "minutes", 1 / 60)),
        (36_000.0, Unit("h", "hours", 1 / 3600)),
    ),
    "bit/s": (
        (0.0, Unit("bit/s", "bit/s", 1.0)),
        (2e3, Unit("kbit/s", "kbit/s", 1e-3)),
        (2e6, Unit("Mbit/s", "Mbit/s", 1e-6)),
        (2e9, Unit("Gbit/s", "Gbit/s", 1e-9)),
    ),
    "B": (
        (0.0, Unit("B", "bytes", 1.0)),
        (2e3, Unit("kB", "kB", 1e-3)),
        (2e6, Unit("MB", "MB", 1e-6)),
    ),
}


def unit_for(unit: str, values: Reals) -> Unit:
    """What to show values in that are given in `unit` ("": shares of runs)."""
    most = float(np.max(np.abs(values[np.isfinite(values)]), initial=0.0))
    if unit in _LADDERS:
        return next(one for least, one in reversed(_LADDERS[unit]) if most >= least)
    return _counted("%", "% of the runs", 100.0, most) if unit == "" else _counted("", unit, 1.0, most)


def unit_of_axis(unit: str, values: Reals) -> Unit:
    """The same for a parameter; "" has no unit."""
    return Unit(unit, unit, 1.0) if unit not in _LADDERS else unit_for(unit, values)


def _counted(name: str, words: str, times: float, most: float) -> Unit:
    for limit, many in ((1e10, 1e9), (1e7, 1e6)):
        if most >= limit:
            return Unit(
                "bn" if many == 1e9 else "M", f"{'billion' if many == 1e9 else 'million'} {words}", 1 / many
            )
    return Unit(name, words, times)


def rounded(value: float, decimals: int) -> str:
    """With thin spaces between thousands and a true minus."""
    text = f"{abs(value):,.{decimals}f}".replace(",", THIN_SPACE)
    return f"−{text}" if value < 0 and text.strip("0.") else text


def short(value: float) -> str:
    """Three digits: "0.034", "1.25", "204", "12 400"."""
    if not isfinite(value):
        return "–"
    if value == 0 or abs(value) >= 100:
        return rounded(value, 0)
    if abs(value) < 10**-_MOST_DECIMALS:
        return f"{value:.1e}".replace("-", "−")
    text = rounded(value, min(max(2 - floor(log10(abs(value))), 0), _MOST_DECIMALS))
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_error(value: float, half: float) -> str:
    """ "10.1 ± 0.6": as many decimals as the error deserves, one more where it begins with 1 or 2."""
    if not isfinite(half):
        return short(value)
    if half <= 0:
        return f"{short(value)} ± 0"
    size = floor(log10(half) + 1e-9)
    decimals = min(max(-size + (half < 3 * 10**size), 0), _MOST_DECIMALS)
    return f"{rounded(value, decimals)} ± {rounded(half, decimals)}"


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


class Numbers(Formatter):
    """The numbers along an axis, all with as many decimals as the finest needs, in a unit."""

    def __init__(self, times: float = 1.0) -> None:
        self._times = times

    def __call__(self, x: float, pos: int | None = None) -> str:
        """One of them."""
        return short(x * self._times)

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """All of them."""
        shown = [value * self._times for value in values]
        if any(0 < abs(value) < 10**-_MOST_DECIMALS for value in shown):
            return [short(value) for value in shown]
        return [rounded(value, decimals_of(shown)) for value in shown]


class EachNumber(Numbers):
    """The same, each with the decimals that it needs: for logarithmic axes."""

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """All of them."""
        return [short(value * self._times) for value in values]


def decimals_of(values: Sequence[float]) -> int:
    """How many decimals tell all of these exactly, at most 6."""
    size = max((abs(value) for value in values), default=0.0)
    exact = (
        number
        for number in range(_MOST_DECIMALS)
        if all(abs(value - round(value, number)) <= 1e-9 * size for value in values)
    )
    return next(exact, _MOST_DECIMALS)
