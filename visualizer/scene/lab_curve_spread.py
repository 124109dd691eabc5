"""How likely each cost is when lightning comes at a random instant: bars beside the curve, on its scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visualizer.lab.columns import NEVER_US
from visualizer.lab.curve_spread import Spread
from visualizer.language import decimal
from visualizer.scene.axis import round_step
from visualizer.scene.layout import SMALL
from visualizer.scene.lettering import text_width
from visualizer.scene.primitives import Box, Path, Primitive, Rectangle, Role, Text
from visualizer.sim.setup import US_PER_S

_LABEL = 46.0
"""Room for the share at the end of the longest bar."""
_GAP = 1.5
_TALLEST = 20.0
_FAINT, _PLAIN = 0.34, 0.55


@dataclass(frozen=True, slots=True)
class Scale:
    """What the height of a plot stands for: 0 to `top`, a label every `step`. `whole`: values are counts, and
    a bar stands around its values, not above them.
    """

    top: float
    step: int
    whole: bool

    def y(self, value: float, plot: Box) -> float:
        """Where a value lies."""
        return plot.y + plot.height * (1 - min(max(value, 0.0), self.top) / self.top)


def scale_of(most: float, height: float, *, whole: bool) -> Scale:
    """For a plot of that height in which `most` is the highest value."""
    most = max(most, 4) if whole else most or US_PER_S
    least = most * 34.0 / height
    return Scale(most * 1.04, round_number(least) if whole else round_step(least), whole)


def round_number(least: float) -> int:
    """The least of 1, 2, 5, 10, ... not below this."""
    size = 1
    while True:
        for step in (1, 2, 5):
            if size * step >= least:
                return size * step
        size *= 10


def bars(spread: Spread, scale: Scale, place: Box, role: Role, at: int | None) -> list[Primitive]:
    """From the left edge of `place`; that of the value `at` stands out, and says its share. Else the longest
    says it.
    """
    items: list[Primitive] = [Path(((place.x, place.y), (place.x, place.y + place.height)), "panel_edge", 1)]
    most = float(spread.shares.max(initial=0.0))
    if not most:
        return items
    lit = _bin_of(spread, at)
    for number in np.flatnonzero(spread.shares).tolist():
        bar = _bar(spread, number, scale, place)
        alpha = 1.0 if number == lit else _PLAIN if lit is None else _FAINT
        items.append(Rectangle(bar.x, bar.y, bar.width, bar.height, role, radius=1, alpha=alpha))
    told = int(np.argmax(spread.shares)) if lit is None else lit
    if not spread.shares[told]:
        return items
    bar = _bar(spread, told, scale, place)
    y = min(max(bar.y + bar.height / 2 + 4.6, place.y + 10), place.y + place.height - 1)
    said, right = percent(float(spread.shares[told])), place.x + place.width
    width = text_width(said, SMALL, "semibold")
    plate = Rectangle(right - width - 2, y - 12, width + 4, 16, "panel", radius=4)
    return [*items, plate, Text(right, y, said, SMALL, "text", "semibold", "right")]


def _bin_of(spread: Spread, value: int | None) -> int | None:
    """The bin of a value, None where it lies in none of them."""
    if value is None or value == NEVER_US:
        return None
    number = int(np.searchsorted(spread.edges, value, side="right")) - 1
    return number if 0 <= number < len(spread.shares) else None


def _bar(spread: Spread, number: int, scale: Scale, place: Box) -> Box:
    off = 0.5 if scale.whole else 0.0
    low, high = (scale.y(float(spread.edges[number + more]) - off, place) for more in (0, 1))
    length = (place.width - _LABEL) * float(spread.shares[number]) / float(spread.shares.max())
    gap = min(_GAP, 0.25 * (low - high))
    spare = max(low - high - gap - _TALLEST, 0.0)  # few values have few bars, not large ones
    base = place.y + place.height
    top, bottom = high + (spare / 2 if low < base else spare), low - gap - (spare / 2 if low < base else 0)
    return Box(place.x, top, max(length, 1.5), max(bottom - top, 1.0))


def percent(share: float) -> str:
    """ "8.2 %", "100 %", "<0.1 %"."""
    if 0 < share < 0.001:
        return decimal("<0.1") + "\u00a0%"
    return decimal(f"{100 * share:.1f}".removesuffix(".0")) + "\u00a0%"
