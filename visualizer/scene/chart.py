"""What charts are made of: round scales, lines across at round values, numbers as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, isfinite, log10

from visualizer.language import decimal, thousands
from visualizer.language.numbers import THIN_SPACE
from visualizer.scene.layout import SMALL
from visualizer.scene.lettering import text_width
from visualizer.scene.primitives import Box, Path, Primitive, Text

_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Scale:
    """From 0 to `top`, with a mark every `step`; both are round."""

    top: float
    step: float

    @property
    def marks(self) -> tuple[float, ...]:
        """0, step, ... up to the top."""
        return tuple(number * self.step for number in range(round(self.top / self.step) + 1))

    def label(self, value: float) -> str:
        """A mark in words, all with as many decimals."""
        return rounded(value, decimals_of(self.step))


def scale_to(most: float, marks: int) -> Scale:
    """The least round scale that holds `most` (0 or more) with at most so many steps."""
    if not isfinite(most) or most <= 0:
        return Scale(1.0, 1.0)
    step = round_up(most / max(marks, 1))
    return Scale(step * max(1, -floor(-most / step + 1e-9)), step)


def round_up(least: float) -> float:
    """The least of 1, 2, 2.5, 5, 10 x 10^n that is not below this (more than 0)."""
    size = 10.0 ** floor(log10(least))
    return next(part * size for part in (*_ROUND, 20.0) if part * size >= least * (1 - 1e-9))


def decimals_of(step: float) -> int:
    """How many decimals a multiple of `step` needs."""
    exact = (number for number in range(_MOST_DECIMALS) if abs(step - round(step, number)) < 1e-6 * step)
    return next(exact, _MOST_DECIMALS)


def rounded(value: float, decimals: int) -> str:
    """1204.5 -> "1 204.5", with thin spaces and a true minus."""
    whole, point, rest = f"{abs(value):,.{decimals}f}".partition(".")
    text = whole.replace(",", THIN_SPACE) + decimal(point) + rest
    return f"−{text}" if value < 0 and (whole + rest).strip("0") else text


def three_digits(value: float) -> str:
    """As many decimals as make three digits: "0.034", "1.25", "204", "12 400"."""
    if abs(value) >= 100 or value == 0:
        return thousands(round(value))
    decimals = min(max(2 - floor(log10(abs(value))), 0), _MOST_DECIMALS)
    text = rounded(value, decimals)
    return text.rstrip("0").rstrip(decimal(".")) if decimals else text


def values_across(plot: Box, scale: Scale) -> list[Primitive]:
    """A fine line across at every mark, and its number at the left."""
    items: list[Primitive] = []
    for value in scale.marks:
        y = height_of(value, scale, plot)
        items.append(Path(((plot.x, y), (plot.x + plot.width, y)), "panel_edge", 1))
        label = scale.label(value)
        items.append(Text(plot.x - 9, y + 0.34 * SMALL, label, SMALL, "text_dim", anchor="right"))
    return items


def room_for_values(scale: Scale) -> float:
    """How far left of the plot the numbers reach."""
    return 12 + max(text_width(scale.label(value), SMALL) for value in scale.marks)


def height_of(value: float, scale: Scale, plot: Box) -> float:
    """The y of a value; what is off the scale stands at its edge."""
    share = min(max(value / scale.top, 0.0), 1.0)
    return round(plot.y + plot.height * (1 - share), 2)


def labels_below(labels: tuple[str, ...], xs: tuple[float, ...], y: float, ends: tuple[float, float],
                 first: int | None = None) -> list[Primitive]:  # fmt: skip
    """Words centred on `xs` (ascending) on the baseline `y`, as many as do not come too close to each other;
    the one numbered `first` goes before the others. None reaches beyond `ends`.
    """
    order = sorted(range(len(xs)), key=lambda place: (place != first, place not in (0, len(xs) - 1), place))
    taken: list[tuple[float, float]] = []
    items: list[Primitive] = []
    for place in order:
        half = text_width(labels[place], SMALL) / 2
        middle = min(max(xs[place], ends[0] + half), ends[1] - half)
        if all(middle + half + 8 <= low or high + 8 <= middle - half for low, high in taken):
            taken.append((middle - half, middle + half))
            items.append(Text(middle, y, labels[place], SMALL, "text_dim", anchor="centre"))
    return items
