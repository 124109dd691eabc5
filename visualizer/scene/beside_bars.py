"""Many runs as bars: how many of them cost how much, this one marked, the mean, where nine of ten lie."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.lab.beside import Others
from visualizer.language import say
from visualizer.scene.axis import round_step
from visualizer.scene.beside_shown import BesideLook
from visualizer.scene.beside_words import figure, mean_of
from visualizer.scene.lab_curve_spread import round_number
from visualizer.scene.layout import SMALL, clamp
from visualizer.scene.lettering import fitting_size, text_width
from visualizer.scene.primitives import Area, Box, Path, Primitive, Rectangle, Role, Text

_BAR = 11.0
"""About so wide is a bar at least."""
_WIDEST = 46.0
_LABEL_EVERY = 64.0
_PIN, _LEAST_PIN = 23.0, 15.0
_PLAIN = 0.5
_HEAD = 56.0
_FOOT = 52.0
_TONES: dict[str, Role] = {"lost": "struck", "outage": "heartbeat", "met nobody": "request"}


@dataclass(frozen=True, slots=True)
class _Scale:
    """Bars of `width` values each, from `first` on, `count` of them, over `plot`. Counts stand in the middle
    of their bar, times anywhere.
    """

    first: int
    width: int
    count: int
    whole: bool
    plot: Box

    def x(self, value: float) -> float:
        """Where a value lies."""
        share = (value + (0.5 if self.whole else 0.0) - self.first) / (self.width * self.count)
        return self.plot.x + self.plot.width * clamp(share, 0.0, 1.0)

    def bin_of(self, value: int) -> int:
        """The number of its bar."""
        return min((value - self.first) // self.width, self.count - 1)


def draw(shown: BesideLook, others: Others, box: Box) -> list[Primitive]:
    """All of it within `box`."""
    plot = Box(box.x + 2, box.y + _HEAD, box.width - 4, box.height - _HEAD - _FOOT)
    scale = _scale(shown, others, plot)
    items = [*_bars(shown, others, scale), *_axis(shown, scale)]
    if others.values[0] < others.values[-1]:
        items += [*_mean(shown, others, scale, box), *_within(others, scale, box)]
    return [*items, *_pin(shown, others, scale, box)]


def _scale(shown: BesideLook, others: Others, plot: Box) -> _Scale:
    """From nothing on, unless all lies far from it."""
    least, most = min(others.values[0], shown.value), max(others.values[-1], shown.value)
    whole = shown.measure != "outage"
    low = 0 if least < 2 * (most - least) or least < 12 else least - (most - least) // 2 - 1
    finest = (most - low + 1) * _BAR / plot.width
    width = round_number(finest) if whole else round_step(max(finest, 1_000))
    first = low // width * width
    return _Scale(first, width, (most - first) // width + 1, whole, plot)


def _counts(others: Others, scale: _Scale) -> list[int]:
    """How many runs each bar stands for."""
    bins = [scale.bin_of(value) for value in others.values]
    return [bins.count(place) for place in range(scale.count)]


def _bars(shown: BesideLook, others: Others, scale: _Scale) -> list[Primitive]:
    """How many runs; that of this run stands out, those with nothing at all are marked as good."""
    plot, tone, counts = scale.plot, _TONES[shown.measure], _counts(others, scale)
    step = plot.width / scale.count
    wide = min(step - min(2.0, 0.2 * step), _WIDEST)
    foot = plot.y + plot.height
    items: list[Primitive] = []
    for place, count in enumerate(counts):
        if not count:
            continue
        x, height = plot.x + step * (place + 0.5) - wide / 2, _height(count, counts, plot)
        alpha = 1.0 if place == scale.bin_of(shown.value) else _PLAIN
        good = height * others.none / count if place == 0 and scale.first == 0 else 0.0
        if good < height:
            items.append(Rectangle(x, foot - height, wide, height - good, tone, radius=1.5, alpha=alpha))
        if good:
            items.append(Rectangle(x, foot - good, wide, good, "active", radius=1.5))
    return items


def _height(count: int, counts: list[int], plot: Box) -> float:
    """The most runs reach the top; one can still be seen."""
    return max(plot.height * count / max(counts), 2.0) if count else 0.0


def _axis(shown: BesideLook, scale: _Scale) -> list[Primitive]:
    """The base line, and round values below it."""
    plot = scale.plot
    base, span = plot.y + plot.height, scale.width * scale.count
    least = span * _LABEL_EVERY / plot.width
    step = round_number(least) if scale.whole else round_step(least)
    items: list[Primitive] = [Path(((plot.x, base), (plot.x + plot.width, base)), "panel_edge", 1)]
    end = plot.x - 2
    for value in range(-(-scale.first // step) * step, scale.first + span, step):
        label = figure(shown, value)
        half, x = text_width(label, SMALL) / 2, scale.x(value)
        middle = clamp(x, plot.x - 2 + half, plot.x + plot.width + 2 - half)
        if middle - half >= end:
            items.append(Path(((x, base + 1), (x, base + 5)), "text_dim", 1, alpha=0.6))
            items.append(Text(middle, base + 19, label, SMALL, "text_dim", anchor="centre"))
            end = middle + half + 8
    return items


def _mean(shown: BesideLook, others: Others, scale: _Scale, box: Box) -> list[Primitive]:
    """A line down to the axis; its words keep off the pin of this run."""
    plot, said = scale.plot, say("mean {value}", value=mean_of(shown, others))
    x, pin = scale.x(others.mean), scale.x(shown.value)
    y = plot.y - 8
    label = _centred(said, x, y, SMALL, box)
    aside = text_width(said, SMALL) / 2 + 9
    if abs(label.x - pin) < aside:
        sides = sorted((pin - aside, pin + aside), key=lambda middle: abs(middle - x))
        fitting = (_centred(said, side, y, SMALL, box) for side in sides)
        label = next((one for one in fitting if abs(one.x - pin) >= aside - 0.01), label)
    return [Path(((x, y + 4), (x, plot.y + plot.height)), "text_dim", 1.5, (4, 4)), label]


def _within(others: Others, scale: _Scale, box: Box) -> list[Primitive]:
    """A bracket below the axis."""
    y = scale.plot.y + scale.plot.height + 28
    low, high = map(scale.x, others.within)
    half = scale.plot.width / scale.count / 2 if scale.whole and scale.width == 1 else 2.0
    ends = (low - half, y - 4), (low - half, y), (high + half, y), (high + half, y - 4)
    said = say("9 of 10 runs")
    return [Path(ends, "text_dim", 1.5), _centred(said, (low + high) / 2, y + 17, SMALL, box)]


def _pin(shown: BesideLook, others: Others, scale: _Scale, box: Box) -> list[Primitive]:
    """This run, above all."""
    said = say("this run: {value}", value=figure(shown, shown.value))
    size = fitting_size(said, _PIN, _LEAST_PIN, box.width, "bold")
    x, y = scale.x(shown.value), box.y + 0.8 * size
    counts = _counts(others, scale)
    tip = scale.plot.y + scale.plot.height - _height(counts[scale.bin_of(shown.value)], counts, scale.plot)
    head = ((x - 6, y + 7), (x + 6, y + 7), (x, y + 15))
    return [
        Path(((x, y + 12), (x, tip)), "text", 2),
        Area(head, "text"),
        _centred(said, x, y, size, box, bold=True),
    ]


def _centred(said: str, x: float, y: float, size: float, box: Box, *, bold: bool = False) -> Text:
    """About `x`, but within the box."""
    half = text_width(said, size, "bold" if bold else "regular") / 2
    middle = clamp(x, box.x + half, box.x + box.width - half)
    role: Role = "text" if bold else "text_dim"
    return Text(middle, y, said, size, role, "bold" if bold else "regular", "centre")
