"""The labels on the frame of a site: its name, and how its power stands. None is ever cut off."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.scene.lettering import fitting, text_width
from visualizer.scene.primitives import Box, Icon, Primitive, Rectangle, Role, Text

_SIZE, _LEAST = 15.0, 12.5
_ICON = 18.0
_AIR = 22.0
"""Around icon and words on a plate."""
_BATTERY = 50.0
"""How long the bar of a battery is, with the room before it."""
_HEIGHT = 24.0

Placed = tuple[str, Box, list[Primitive]]
"""(target, its plate, what stands on it)."""


@dataclass(frozen=True, slots=True)
class Label:
    """`forms`: ways to say it, the longest first; `left`: how full a battery is, where one is at work."""

    target: str
    icon: str
    forms: tuple[str, ...]
    role: Role
    left: float | None = None

    @property
    def extra(self) -> float:
        """All that is no words."""
        return _ICON + _AIR + (0.0 if self.left is None else _BATTERY)

    def width(self, form: str) -> float:
        """With these words at full size."""
        return text_width(form, _SIZE, "semibold") + self.extra


def placed(box: Box, line: float, labels: list[Label], *, both: bool) -> list[Placed]:
    """Side by side on a line of the frame; in a frame around both rows site above and power below."""
    left, right = box.x + 12, box.x + box.width - 12
    if right - left < 60:
        left, right = box.x + 3, box.x + box.width - 3
    if both:
        lines = (box.y, box.y + box.height)
        return [_one(label, left, y, right - left) for label, y in zip(labels, lines, strict=False)]
    found: list[Placed] = []
    for number, label in enumerate(labels):
        later = labels[number + 1 :]
        least = sum(min(other.width(form) for form in other.forms) for other in later)
        icons = sum(other.extra for other in later)
        room = right - left
        room -= least if label.width(label.forms[-1]) + least <= room else icons
        one = _one(label, left, line, room)
        found.append(one)
        left += one[1].width + 4
    return found


def _one(label: Label, x: float, line: float, room: float) -> Placed:
    """Icon and words; where not even the shortest words fit, the icon."""
    parts: list[Primitive] = [Icon(x + 5 + _ICON / 2, line, label.icon, _ICON, label.role)]
    said, size = fitting(label.forms, _SIZE, _LEAST, room - label.extra, "semibold")
    width = text_width(said, size, "semibold")
    end = x + _ICON + 10
    if width <= room - label.extra + 0.5:
        parts.append(Text(end, line + 5, said, size, label.role, "semibold"))
        end += width + 5
        if label.left is not None:
            parts += _battery(end + 2, line, label.left)
            end += _BATTERY - 2
    return label.target, Box(x, line - _HEIGHT / 2, end + 2 - x, _HEIGHT), parts


def _battery(x: float, y: float, left: float) -> list[Primitive]:
    """How full it is."""
    width = _BATTERY - 12
    return [
        Rectangle(x, y - 5, width, 10, "track", radius=3),
        Rectangle(x, y - 5, max(round(width * left), 1), 10, "suspect", radius=3),
        Rectangle(x + width, y - 2.5, 3, 5, "suspect"),
    ]


def plate(place: Box, *, hover: bool, focus: bool) -> list[Primitive]:
    """What interrupts the frame's line, so that the label can be read."""
    edge: Role | None = "focus" if focus else ("text_dim" if hover else None)
    width = 2.5 if focus else (1.0 if hover else 0.0)
    under = Rectangle(place.x, place.y, place.width, place.height, "background", radius=8)
    return [under, Rectangle(place.x, place.y, place.width, place.height, "card", edge, width, 8)]
