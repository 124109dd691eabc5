"""The numbers along the axes of charts."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.ticker import Formatter

from visualizer.scene.chart import rounded
from visualizer.scene.quantities import short

_MOST_DECIMALS = 6


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
