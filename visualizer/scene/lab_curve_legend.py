"""The row above a chart: its title, and a sample of each line with what it means and how much it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

from visualizer.scene.layout import SMALL
from visualizer.scene.lettering import fitting_size, text_width
from visualizer.scene.look import Look
from visualizer.scene.primitives import Area, Box, Path, Primitive, Rectangle, Role, Text

CLOSED_FORM_DASH = (7.0, 5.0)

_TITLE = 15.5
_SIZE = 14.0
_SAMPLE = 20.0
_BETWEEN = 18.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the chart, what it is and how much it is; `target`: what a click goes to, or ""."""

    sample: Literal["worst", "mean", "closed form", "before"]
    label: str
    value: str
    target: str = ""

    @property
    def width(self) -> float:
        """How much room it takes."""
        return _SAMPLE + text_width(self.label, _SIZE) + 6 + text_width(self.value, _SIZE, "bold")


def row(
    title: str, entries: Sequence[Entry], room: Box, role: Role, look: Look
) -> tuple[list[Primitive], dict[str, Box]]:
    """The title at the left, as many entries as fit from the right, on the base line `room.y`."""
    x, y = room.x + room.width, room.y
    size = fitting_size(title, _TITLE, SMALL, 0.4 * room.width, "semibold")
    items: list[Primitive] = [Text(room.x, y, title, size, role, "semibold")]
    left = room.x + text_width(title, size, "semibold") + _BETWEEN
    targets: dict[str, Box] = {}
    for entry in entries:
        x -= entry.width
        if x < left:
            break
        if entry.target:
            targets[entry.target] = Box(x - 7, y - 16, entry.width + 14, 23)
            items += _pointed(entry.target, targets[entry.target], look)
        items += [
            *_sample(entry, x, y - 4.5, role),
            Text(x + _SAMPLE, y, entry.label, _SIZE, "text_dim"),
            Text(x + entry.width, y, entry.value, _SIZE, "text", "bold", "right"),
        ]
        x -= _BETWEEN
    return items, targets


def peak(x: float, y: float, role: Role) -> list[Primitive]:
    """The mark of the worst instant, around (x, y)."""
    return [Area(((x - 6, y + 5), (x, y - 5), (x + 6, y + 5)), role)]


def _sample(entry: Entry, x: float, y: float, role: Role) -> list[Primitive]:
    match entry.sample:
        case "worst":
            return peak(x + 8, y, role)
        case "mean":
            return [Path(((x, y), (x + 14, y)), "text", 1.8)]
        case "closed form":
            return [Path(((x - 5, y), (x + 14, y)), "announce", 2.6, CLOSED_FORM_DASH)]
        case "before":
            line = ((x - 3, y + 4), (x + 5, y - 4), (x + 5, y + 4), (x + 13, y - 4))
            return [Path(line, "text_dim", 1.4)]
        case _:
            assert_never(entry.sample)


def _pointed(name: str, box: Box, look: Look) -> list[Primitive]:
    """An entry that can be clicked, under the pointer or with the focus."""
    if name not in (look.hover, look.focus):
        return []
    edge: Role | None = "focus" if name == look.focus else None
    return [Rectangle(box.x, box.y, box.width, box.height, "track", edge, 2.5 if edge else 0, 8)]
