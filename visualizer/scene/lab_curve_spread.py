"""How likely each cost is when lightning comes at a random instant: bars beside the curve, on its scale."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from visualizer.lab.columns import NEVER_US
from visualizer.scene.lab_curve import Costs
from visualizer.scene.layout import SMALL
from visualizer.scene.lettering import text_width
from visualizer.scene.primitives import Box, Path, Primitive, Rectangle, Role, Text

_LABEL = 46.0
"""Room for the share at the end of the longest bar."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What the height of a plot stands for: 0 to `top`, a label every `step`. Values are counted together in
    bins of `width`; `whole`: they are counts, and a bar stands around its values, not above them.
    """

    top: float
    step: int
    width: int
    whole: bool

    def y(self, value: float, plot: Box) -> float:
        """Where a value lies."""
        return plot.y + plot.height * (1 - value / self.top)

    def bin_of(self, value: int) -> int:
        """The number of the bin of a value."""
        return value // self.width

    def edges(self, number: int) -> tuple[float, float]:
        """From where to where the bar of a bin reaches, in values."""
        low = number * self.width - (0.5 if self.whole else 0.0)
        return max(low, 0.0), min(low + self.width, self.top)


def scale_of(costs: Costs, height: float, *, whole: bool) -> Scale:
    """For a plot of that height."""
    worst = max(costs.worst, 4 if whole else 1000)
    width = _round(worst / (height / 6.0))
    return Scale(worst * 1.04, _round(worst * 36.0 / height), width, whole)


def _round(least: float) -> int:
    """The least of 1, 2, 5, 10, ... not below this."""
    size = 1
    while True:
        for step in (1, 2, 5):
            if size * step >= least:
                return size * step
        size *= 10


@lru_cache(maxsize=8)
def shares(costs: Costs, width: int) -> tuple[float, ...]:
    """The share of the fair instants in each bin, from 0 on; what has no end is in none."""
    values = costs.values[costs.fair]
    if not len(values):
        return ()
    counts = np.bincount(values[values != NEVER_US] // width)
    return tuple(float(share) for share in counts / len(values))


def draw(costs: Costs, scale: Scale, place: Box, role: Role, at: int | None) -> list[Primitive]:
    """The bars, from the left edge of `place`; that of the value `at` stands out, and says its share."""
    found = shares(costs, scale.width)
    base = place.y + place.height
    items: list[Primitive] = [Path(((place.x, place.y), (place.x, base)), "panel_edge", 1)]
    most = max(found, default=0.0)
    lit = None if at is None or at == NEVER_US else scale.bin_of(at)
    for number, share in enumerate(found):
        if share:
            low, high = (scale.y(value, place) for value in scale.edges(number))
            length = max((place.width - _LABEL) * share / most, 1.5)
            gap = min(1.5, 0.25 * (low - high))
            alpha = 1.0 if number == lit else 0.5 if lit is None else 0.34
            items.append(Rectangle(place.x, high, length, low - high - gap, role, radius=1, alpha=alpha))
    told = found.index(most) if lit is None and found else lit
    if told is not None and told < len(found):
        items += _share(found[told], most, told, scale, place)
    return items


def _share(share: float, most: float, number: int, scale: Scale, place: Box) -> list[Primitive]:
    """The share of a bin, behind its bar."""
    low, high = (scale.y(value, place) for value in scale.edges(number))
    said = percent(share)
    x = place.x + (place.width - _LABEL) * share / most + 5
    y = min(max((low + high) / 2 + 4.6, place.y + 10), place.y + place.height - 1)
    plate = Rectangle(
        x - 2, y - 12, text_width(said, SMALL, "semibold") + 4, 16, "panel", radius=4, alpha=0.8
    )
    return [plate, Text(x, y, said, SMALL, "text", "semibold")]


def percent(share: float) -> str:
    """ "8.2 %", "100 %", "under 0.1 %"."""
    if 0 < share < 0.001:
        return "<0.1\u00a0%"
    return f"{100 * share:.1f}".rstrip("0").rstrip(".") + "\u00a0%"
