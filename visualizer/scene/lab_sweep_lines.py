"""A sweep along one axis: the mean with its band, half of the runs, and the closed form dashed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from visualizer.language import say
from visualizer.scene.chart import (
    Scale,
    height_of,
    labels_below,
    room_for_values,
    scale_to,
    values_across,
)
from visualizer.scene.lab_sweep_shown import CELL, SweepCell, SweepLook
from visualizer.scene.lab_sweep_words import called
from visualizer.scene.layout import SMALL
from visualizer.scene.lettering import text_width
from visualizer.scene.part import Part
from visualizer.scene.primitives import Area, Box, Disc, Path, Primitive, Rectangle, Role, Text

LINE: Role = "sync"
_HALF, _BAND = 0.16, 0.38
"""How strong the fillings are."""
_LEGEND = 30.0
_BELOW = 50.0
_MOST_MARKS = 8
_EDGE = 22.0
"""From the sides of the plot to the first and the last value."""
_BAR = 26.0

Point = tuple[float, float]
Value = Callable[[SweepCell], float | None]


def lines(shown: SweepLook, room: Box) -> Part:
    """The chart within `room`: legend above, numbers at the left, values below. A target for each value."""
    axis = shown.axes[0]
    scale = _scale(shown, room)
    left = room_for_values(scale)
    plot = Box(room.x + left, room.y + _LEGEND, room.width - left, room.height - _LEGEND - _BELOW)
    inner = plot.width - 2 * _EDGE
    xs = tuple(round(plot.x + _EDGE + inner * place, 2) for place in axis.places)
    base = plot.y + plot.height
    items = [*_legend(shown, room), *values_across(plot, scale), *_now(shown, xs, plot)]
    items += _joined(shown, xs, scale, plot) if axis.joined else _apart(shown, xs, scale, plot)
    ends = (room.x, room.x + room.width)
    items += labels_below(axis.labels, xs, base + 20, ends, shown.axes[0].now)
    items.append(
        Text(plot.x + plot.width / 2, base + 42, axis.title, SMALL, "text_dim", "semibold", "centre")
    )
    moving = tuple(_cursor(shown, xs, scale, plot))
    return Part(still=tuple(items), moving=moving, targets=_targets(xs, plot))


def _scale(shown: SweepLook, room: Box) -> Scale:
    """Round, from nothing to the highest thing that is drawn."""
    seen = [
        value
        for cell in shown.cells
        for value in (cell.mean, cell.high, cell.upper, cell.expected)
        if value is not None
    ]
    times = 1.0 if shown.unit else 100.0
    most = max(seen, default=0.0) * times
    return scale_to(
        min(most, 100.0) if not shown.unit else most, min(max(int(room.height / 62), 2), _MOST_MARKS)
    )


def _legend(shown: SweepLook, room: Box) -> list[Primitive]:
    """The unit at the left; what each line and filling is, at the right, as far as there is room."""
    y = room.y + 12
    unit = {"": say("per cent of the runs"), "s": say("seconds")}.get(shown.unit, called(shown.unit))
    items: list[Primitive] = [Text(room.x, y, unit, SMALL, "text_dim", "semibold")]
    least, right = room.x + text_width(unit, SMALL, "semibold") + 24, room.x + room.width
    middle = y - 4.5
    entries: list[tuple[str, Callable[[float], Primitive]]] = [
        (say("mean"), lambda x: Path(((x, middle), (x + 22, middle)), LINE, 2.6)),
        (say("95 % sure of it"), lambda x: Rectangle(x, middle - 6, 22, 12, LINE, radius=2, alpha=_BAND)),
    ]
    if shown.unit:
        half = lambda x: Rectangle(x, middle - 6, 22, 12, LINE, radius=2, alpha=_HALF)  # noqa: E731
        entries.append((say("half of the runs"), half))
    if any(cell.expected is not None for cell in shown.cells):
        entries.insert(1, (say("closed form"), lambda x: _dashed(((x, middle), (x + 22, middle)))))
    while entries and sum(text_width(words, SMALL) + 46 for words, _ in entries) > right - least:
        entries.pop()
    x = right - sum(text_width(words, SMALL) + 46 for words, _ in entries) + 16
    for words, sample in entries:
        items += [sample(x), Text(x + 29, y, words, SMALL, "text_dim")]
        x += text_width(words, SMALL) + 46
    return items


def _dashed(points: Sequence[Point]) -> Path:
    return Path(tuple(points), "text", 1.8, (6, 5), 0.85)


def _now(shown: SweepLook, xs: tuple[float, ...], plot: Box) -> list[Primitive]:
    """Where the scenario on show stands."""
    place = shown.axes[0].now
    if place is None:
        return []
    x, right = xs[place], xs[place] > plot.x + 0.85 * plot.width
    return [
        Path(((x, plot.y), (x, plot.y + plot.height)), "text_dim", 1.3, (2, 4)),
        Text(x + (-6 if right else 6), plot.y + 13, say("now"), SMALL, "text_dim", "semibold",
             "right" if right else "left"),
    ]  # fmt: skip


def _joined(shown: SweepLook, xs: tuple[float, ...], scale: Scale, plot: Box) -> list[Primitive]:
    """Bands and lines through the values."""

    def along(*values: Value) -> Iterator[list[tuple[Point, ...]]]:
        return _stretches(shown, xs, scale, plot, values)

    items: list[Primitive] = []
    fillings: tuple[tuple[Value, Value, float], ...] = (
        (lambda cell: cell.lower, lambda cell: cell.upper, _HALF),
        (lambda cell: cell.low, lambda cell: cell.high, _BAND),
    )
    for low, high, alpha in fillings if shown.unit else fillings[1:]:
        for stretch in along(low, high):
            lows, highs = zip(*stretch, strict=True)
            items.append(Area((*highs, *reversed(lows)), LINE, alpha))
    means = [[points[0] for points in stretch] for stretch in along(lambda cell: cell.mean)]
    items += [Path(tuple(line), LINE, 2.6) for line in means if len(line) > 1]
    items += [Disc(x, y, 3.6, LINE) for line in means for x, y in line]
    expected = [[points[0] for points in stretch] for stretch in along(lambda cell: cell.expected)]
    return items + [_dashed(line) for line in expected if len(line) > 1]


def _stretches(
    shown: SweepLook, xs: tuple[float, ...], scale: Scale, plot: Box, values: tuple[Value, ...]
) -> Iterator[list[tuple[Point, ...]]]:
    """Cells in a row that have all of the values: for each cell a point for each value."""
    times = 1.0 if shown.unit else 100.0
    stretch: list[tuple[Point, ...]] = []
    for x, cell in zip(xs, shown.cells, strict=True):
        found = [found for value in values if (found := value(cell)) is not None]
        if len(found) == len(values):
            stretch.append(tuple((x, height_of(times * one, scale, plot)) for one in found))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _apart(shown: SweepLook, xs: tuple[float, ...], scale: Scale, plot: Box) -> list[Primitive]:
    """Between words there is nothing: a bar each."""
    times = 1.0 if shown.unit else 100.0
    items: list[Primitive] = []
    for x, cell in zip(xs, shown.cells, strict=True):
        for low, high, alpha, width in (
            (cell.lower if shown.unit else None, cell.upper, _HALF, _BAR),
            (cell.low, cell.high, _BAND, 0.6 * _BAR),
        ):
            if low is not None and high is not None:
                top, foot = height_of(times * high, scale, plot), height_of(times * low, scale, plot)
                bar = Rectangle(
                    x - width, top - 1, 2 * width, max(foot - top, 0) + 2, LINE, radius=3, alpha=alpha
                )
                items.append(bar)
        for value, wide, dashed in ((cell.mean, 0.6 * _BAR, False), (cell.expected, 1.3 * _BAR, True)):
            if value is not None:
                y = height_of(times * value, scale, plot)
                ends = ((x - wide, y), (x + wide, y))
                items.append(_dashed(ends) if dashed else Path(ends, LINE, 3))
    return items


def _cursor(shown: SweepLook, xs: tuple[float, ...], scale: Scale, plot: Box) -> list[Primitive]:
    """What is read out."""
    if shown.chosen is None:
        return []
    x, mean = xs[shown.chosen], shown.cells[shown.chosen].mean
    items: list[Primitive] = [Path(((x, plot.y), (x, plot.y + plot.height)), "focus", 1.6, alpha=0.8)]
    if mean is not None:
        y = height_of((1.0 if shown.unit else 100.0) * mean, scale, plot)
        items.append(Disc(x, y, 7, "panel", "focus", 2.8))
    return items


def _targets(xs: tuple[float, ...], plot: Box) -> dict[str, Box]:
    """Each value has the column around it, down to its words."""
    edges = [
        plot.x,
        *((one + other) / 2 for one, other in pairwise(xs)),
        plot.x + plot.width,
    ]
    return {
        f"{CELL}{number}": Box(edges[number], plot.y, edges[number + 1] - edges[number], plot.height + 28)
        for number in range(len(xs))
    }
