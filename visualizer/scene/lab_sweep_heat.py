"""A sweep along two axes: a field of cells, from little to much, with their numbers where these fit."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from visualizer.scene.chart import labels_below
from visualizer.scene.lab_sweep_shown import CELL, SweepLook
from visualizer.scene.lab_sweep_words import in_short
from visualizer.scene.layout import SMALL
from visualizer.scene.lettering import fitting_size, text_width
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Path, Primitive, Rectangle, Role, Text

_LOW: tuple[Role, ...] = ("heat_1", "heat_2", "heat_3")
_HIGH: tuple[Role, ...] = ("heat_4", "heat_5", "heat_6")
"""The lower and the upper half: `text` reads on the first, `background` on the second, in every theme."""

_WIDE = 30.0
"""What differs by more than this ratio is shown in ratios."""
_GAP = 2.0
_BELOW = 50.0
_ABOVE = 28.0
_LEGEND = 16.0
_SLICES = 36
_NUMBER, _LEAST_NUMBER = 15.0, 11.0


@dataclass(frozen=True, slots=True)
class Ramp:
    """From the least to the most that was found; `ratios`: equal ratios are equally far apart."""

    least: float
    most: float
    ratios: bool

    def share(self, value: float) -> float:
        """0 (the least) to 1."""
        if self.most <= self.least:
            return 0.0
        if self.ratios:
            return log(value / self.least) / log(self.most / self.least)
        return (value - self.least) / (self.most - self.least)

    def value(self, share: float) -> float:
        """The other way."""
        if self.ratios:
            return float(self.least * (self.most / self.least) ** share)
        return self.least + share * (self.most - self.least)


def ramp_of(shown: SweepLook) -> Ramp:
    """For all cells that are known."""
    found = [cell.mean for cell in shown.cells if cell.mean is not None] or [0.0]
    least, most = min(found), max(found)
    return Ramp(least, most, least > 0 and most > _WIDE * least)


def coloured(box: Box, share: float, radius: float = 0.0) -> list[Primitive]:
    """A box in the colour of a share: between two roles the second lies over the first, half seen through."""
    colours = _LOW if share < 0.5 else _HIGH
    way = min(max(share if share < 0.5 else share - 0.5, 0.0), 0.5) * 2 * (len(colours) - 1)
    first = min(int(way), len(colours) - 2)
    shape = Rectangle(box.x, box.y, box.width, box.height, colours[first], radius=radius)
    over = Rectangle(
        box.x, box.y, box.width, box.height, colours[first + 1], radius=radius, alpha=round(way - first, 3)
    )
    return [shape, over] if over.alpha > 0 else [shape]


def heat(shown: SweepLook, room: Box) -> Part:
    """The field within `room`: the first axis to the right, the second upwards, a legend beside it."""
    ramp = ramp_of(shown)
    along, up = shown.axes
    marks = [_mark(ramp.value(share), shown) for share in (1.0, 0.5, 0.0)]
    beside = _LEGEND + 26 + max(text_width(mark, SMALL) for mark in marks)
    left = max(text_width(label, SMALL) for label in up.labels) + 12
    field = Box(room.x + left, room.y + _ABOVE, room.width - left - beside, room.height - _ABOVE - _BELOW)
    boxes = _boxes(field, len(along.labels), len(up.labels))
    items = [*_cells(shown, ramp, boxes), *_now(shown, boxes)]
    items += _words(shown, room, field)
    items += _legend(ramp, marks, Box(room.x + room.width - beside + 14, field.y, _LEGEND, field.height))
    targets = {f"{CELL}{number}": box for number, box in enumerate(boxes)}
    return Part(still=tuple(items), moving=tuple(_cursor(shown, boxes)), targets=targets)


def _mark(value: float, shown: SweepLook) -> str:
    return in_short(value, shown.unit if shown.unit == "s" else "", shares=not shown.unit)


def _boxes(field: Box, columns: int, rows: int) -> list[Box]:
    """In the order of the cells: column by column, each from its foot."""
    width, height = field.width / columns, field.height / rows
    return [
        Box(field.x + column * width, field.y + field.height - (row + 1) * height, width, height)
        for column in range(columns)
        for row in range(rows)
    ]


def _cells(shown: SweepLook, ramp: Ramp, boxes: list[Box]) -> list[Primitive]:
    said = [
        "" if cell.mean is None else in_short(cell.mean, "", shares=not shown.unit) for cell in shown.cells
    ]
    size = _size_of_numbers(said, boxes[0])
    items: list[Primitive] = []
    for cell, box, words in zip(shown.cells, boxes, said, strict=True):
        inner = Box(box.x + _GAP / 2, box.y + _GAP / 2, box.width - _GAP, box.height - _GAP)
        middle, base = box.x + box.width / 2, box.y + box.height / 2 + 0.34 * (size or SMALL)
        if cell.mean is None:
            items.append(Rectangle(inner.x, inner.y, inner.width, inner.height, "track", radius=3, alpha=0.6))
            if cell.runs:
                items.append(Text(middle, base, "–", SMALL, "text_dim", anchor="centre"))
            continue
        share = ramp.share(cell.mean)
        items += coloured(inner, share, 3)
        if size:
            tone: Role = "text" if share < 0.5 else "background"
            items.append(Text(middle, base, words, size, tone, "semibold", "centre"))
    return items


def _size_of_numbers(said: list[str], box: Box) -> float:
    """One for all, 0 where there is no room for them."""
    longest = max(said, key=lambda words: text_width(words, _NUMBER, "semibold"))
    size = fitting_size(longest, _NUMBER, 1, box.width - 8, "semibold")
    return size if size >= _LEAST_NUMBER and box.height >= 1.35 * size else 0.0


def _now(shown: SweepLook, boxes: list[Box]) -> list[Primitive]:
    """Where the scenario on show stands, dashed."""
    along, up = shown.axes
    if along.now is None or up.now is None:
        return []
    box = boxes[along.now * len(up.labels) + up.now]
    return [_outline(box, "background", 4.5, None), _outline(box, "text", 2, (5, 4))]


def _cursor(shown: SweepLook, boxes: list[Box]) -> list[Primitive]:
    """What is read out."""
    if shown.chosen is None:
        return []
    box = boxes[shown.chosen]
    return [
        Rectangle(box.x - 1, box.y - 1, box.width + 2, box.height + 2, None, "background", 5.5, 5),
        Rectangle(box.x, box.y, box.width, box.height, None, "focus", 3, 4),
    ]


def _outline(box: Box, role: Role, width: float, dash: tuple[float, float] | None) -> Path:
    left, top, right, foot = box.x + 2, box.y + 2, box.x + box.width - 2, box.y + box.height - 2
    corners = ((left, top), (right, top), (right, foot), (left, foot), (left, top))
    return Path(corners, role, width, dash)


def _words(shown: SweepLook, room: Box, field: Box) -> list[Primitive]:
    """The axes: values at the left and below, and what they are; the value now is bold."""
    along, up = shown.axes
    width, height = field.width / len(along.labels), field.height / len(up.labels)
    base = field.y + field.height
    xs = tuple(field.x + width * (n + 0.5) for n in range(len(along.labels)))
    items: list[Primitive] = [Text(room.x, room.y + 12, up.title, SMALL, "text_dim", "semibold")]
    every = max(1, -int(-(SMALL + 5) // height))
    for row, label in enumerate(up.labels):
        if row % every == 0:
            y = base - (row + 0.5) * height + 0.34 * SMALL
            items.append(Text(field.x - 9, y, label, SMALL, _tone(row == up.now), anchor="right"))
    ends = (room.x, field.x + field.width + 20)
    items += labels_below(along.labels, xs, base + 20, ends, along.now)
    middle = field.x + field.width / 2
    items.append(Text(middle, base + 42, along.title, SMALL, "text_dim", "semibold", "centre"))
    return items


def _tone(now: bool) -> Role:
    return "text" if now else "text_dim"


def _legend(ramp: Ramp, marks: list[str], box: Box) -> list[Primitive]:
    """The colours from the least (below) to the most, with their numbers."""
    step = box.height / _SLICES
    items: list[Primitive] = []
    for number in range(_SLICES):
        y = box.y + box.height - (number + 1) * step
        items += coloured(Box(box.x, y, box.width, step + 0.5), (number + 0.5) / _SLICES)
    x = box.x + box.width + 8
    if ramp.most <= ramp.least:
        marks = ["", marks[0], ""]
    for mark, share in zip(marks, (0.0, 0.5, 1.0), strict=True):
        y = box.y + 11 + share * (box.height - 11)
        items.append(Text(x, y, mark, SMALL, "text_dim"))
    return items
