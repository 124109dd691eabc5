"""The keys that matter most, at the foot; or the notice for the person at the controls."""

from __future__ import annotations

from visualizer.scene.buttons import foot_width
from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout
from visualizer.scene.lettering import LEADING, fitting_size, set_within, text_width, wrapped
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Primitive, Text

_SIZE = 15.5
_BETWEEN = 24.0


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """As many of `look.keys` as fit."""
    if look.room and look.notice:
        return Part(still=(_notice_in_room(look.notice, layout),))
    if not look.chrome:
        return Part()
    room = layout.hints
    y, x = room.y + room.height / 2 + 5.5, room.x + 8
    end = room.x + room.width - foot_width()
    if look.notice:
        return Part(still=_notice(look.notice, Box(x, room.y, end - x, room.height)))
    if look.locked or look.covered:
        return Part()  # the panel says what can be done while it is open
    items: list[Primitive] = []
    for key, does in look.keys:
        key_width, width = text_width(key, _SIZE, "bold"), text_width(does, _SIZE)
        if x + key_width + 6 + width > end:
            break
        items.append(Text(x, y, key, _SIZE, weight="bold"))
        items.append(Text(x + key_width + 6, y, does, _SIZE, "text_dim"))
        x += key_width + 6 + width + _BETWEEN
    return Part(still=tuple(items))


def _notice(notice: str, room: Box) -> tuple[Text, ...]:
    """On one line; a long one in smaller letters, or on two."""
    lines, size = set_within(notice, (_SIZE, 14.0, 13.0, 12.0), room.width, _SIZE * LEADING, "semibold")
    if any(text_width(line, size, "semibold") > room.width for line in lines):
        lines, size = set_within(notice, (12.0, 11.0), room.width, room.height, "semibold")
        lines = wrapped(notice, size, room.width, 2, "semibold")
    step = LEADING * size
    first = room.y + room.height / 2 + 5.5 - step * (len(lines) - 1) / 2
    return tuple(
        Text(room.x, first + step * n, line, size, "text", "semibold", max_width=room.width)
        for n, line in enumerate(lines)
    )


def _notice_in_room(notice: str, layout: Layout) -> Text:
    """Below everything: for the one who teaches, and soon gone."""
    timeline = layout.timeline
    size = fitting_size(notice, _SIZE, 11.0, timeline.width)
    return Text(timeline.x, layout.height - 11, notice, size, "text_dim", max_width=timeline.width)
