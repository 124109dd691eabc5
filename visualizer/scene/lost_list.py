"""The list of all that was lost, in the place of the ledger: what is chosen stays in sight."""

from __future__ import annotations

from dataclasses import replace

from visualizer.language import marked, say, thousands
from visualizer.scene.frame import Frame
from visualizer.scene.keycaps import keycaps
from visualizer.scene.layout import HEADING_SPACING, LEAST_IN_ROOM, SMALL, Layout
from visualizer.scene.lettering import fitting, fitting_size, text_width, wrapped
from visualizer.scene.look import Look
from visualizer.scene.losses import LostList, LostRow
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Primitive, Rectangle, Role, Sprites, Text

INSET = 24.0
_HEAD = 92.0
_FOOT = 46.0
_ROW = 44.0
_KEYS = ((marked("Enter"), marked("why?")), ("↑ ↓", marked("choose")), (marked("Esc"), marked("close")))


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Heading, as many lines as there is room for, and where among all of them they stand."""
    shown = look.losses
    if not isinstance(shown, LostList):
        return Part()
    room = place_of_panel(layout)
    place = Box(room.x + INSET - 10, room.y + _HEAD, room.width - 2 * INSET + 14, room.height - _HEAD - _FOOT)
    count = max(int(place.height // _ROW), 1)
    first = min(max(shown.chosen - count // 2, 0), max(shown.total - count, 0))
    items: list[Primitive] = [*panel(room), *_head(shown, room)]
    targets = {"losses:panel": room}
    for line in range(min(count, shown.total - first)):
        number = first + line
        box = Box(place.x, place.y + line * _ROW, place.width - 14, _ROW)
        targets[f"losses:row:{number}"] = box
        items += _line(
            shown.rows[number - shown.first],
            box,
            chosen=number == shown.chosen,
            look=look,
            name=f"losses:row:{number}",
        )
    items += _bar(place, first / max(shown.total, 1), count / max(shown.total, 1))
    items += keycaps(room.x + INSET, room.y + room.height - 19, room.width - 2 * INSET, _KEYS)
    return Part(moving=tuple(items), targets=targets)


def place_of_panel(layout: Layout) -> Box:
    """That of the ledger; where this ends above the caption, down to the foot of that."""
    room, caption = layout.ledger, layout.caption
    if room.y + room.height > caption.y:
        return room
    return replace(room, height=caption.y + caption.height - room.y)


def panel(room: Box) -> list[Primitive]:
    """The ground that covers the ledger."""
    return [Rectangle(room.x, room.y, room.width, room.height, "panel", "focus", 1.5, 16)]


def heading(content: str, room: Box, beside: float = 0.0) -> list[Text]:
    """In small capitals, at the top; a long one is set closer, then on two lines. `beside`: the width of what
    stands right of it.
    """
    x, width = room.x + INSET, room.width - 2 * INSET - beside
    size = fitting_size(content, SMALL, LEAST_IN_ROOM, width)
    if text_width(content, size) > width:
        lines = wrapped(content, size, width, 2)
        return [
            Text(x, room.y + 22 + 14 * n, line, size, "text_dim", max_width=width)
            for n, line in enumerate(lines)
        ]
    spare = (width - text_width(content, size)) / max(len(content) - 1, 1)
    spacing = min(HEADING_SPACING, spare)
    return [Text(x, room.y + 31, content, size, "text_dim", letter_spacing=spacing, max_width=width)]


def _head(shown: LostList, room: Box) -> list[Primitive]:
    x, width = room.x + INSET, room.width - 2 * INSET
    title = say("{count} lost", count=thousands(shown.total))
    return [
        *heading(say("WHY WAS IT LOST?"), room),
        Text(x, room.y + 60, title, 24, "struck" if shown.total else "text", "bold", max_width=width),
        Text(
            x,
            room.y + 80,
            shown.heading,
            fitting_size(shown.heading, SMALL, 11.0, width),
            "text_dim",
            max_width=width,
        ),
    ]


def _line(row: LostRow, box: Box, *, chosen: bool, look: Look, name: str) -> list[Primitive]:
    """Cross, instant and name; the cause below."""
    items: list[Primitive] = []
    if chosen or name in (look.hover, look.focus):
        edge: Role | None = "focus" if chosen or name == look.focus else None
        items.append(Rectangle(box.x, box.y + 1, box.width, box.height - 2, "track", edge, 2, 9))
    x, right = box.x + 36, box.x + box.width - 10
    middle = max(x + 0.42 * (right - x), right - text_width(row.name, SMALL) - 8)
    accepted = fitting(
        (say("accepted {at}", at=row.accepted), row.accepted), 15.5, 12.5, middle - x, "semibold"
    )
    cause = fitting((row.cause, row.short or row.cause), SMALL, 11.0, right - x)
    size = fitting_size(row.name, SMALL, 11.0, right - middle)
    return [
        *items,
        Sprites("lost", ((box.x + 19, box.y + 16),), 11, row.role),
        Text(x, box.y + 20, *accepted, weight="semibold", max_width=middle - x),
        Text(right, box.y + 20, row.name, size, "text_dim", anchor="right", max_width=right - middle),
        Text(x, box.y + 37, *cause, row.role, max_width=right - x),
    ]


def _bar(place: Box, top: float, share: float) -> list[Primitive]:
    """Which part of the list is in sight."""
    if share >= 1:
        return []
    x, height = place.x + place.width - 5, max(place.height * share, 16.0)
    y = place.y + (place.height - height) * top / max(1 - share, 1e-9)
    return [
        Rectangle(x, place.y, 5, place.height, "track", radius=2.5),
        Rectangle(x, y, 5, height, "text_dim", radius=2.5),
    ]
