"""The ledger: what was lost and why, what was interrupted, the clocks, the settings. Never added together."""

from __future__ import annotations

from visualizer.scene import ledger_rows as rows
from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout, clamp
from visualizer.scene.ledger_rows import Row
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Primitive, Rectangle

_INSET = 26.0
_COLUMN_GAP = 44.0


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """One column at the side, or three below the stage."""
    if look.losses or look.locked:
        return Part()  # that stands in its place
    room = layout.ledger
    count = layout.ledger_columns
    columns = _columns(frame, count)
    width = (room.width - 2 * _INSET - (count - 1) * _COLUMN_GAP) / count
    available = room.height - 2 * _INSET + 6
    natural = max(sum(row.height for row in column) for column in columns)
    stretch = clamp(available / natural, 0.7, 1.22)
    items: list[Primitive] = [
        Rectangle(room.x, room.y, room.width, room.height, "panel", "panel_edge", 1, 16)
    ]
    targets: dict[str, Box] = {}
    for number, column in enumerate(columns):
        x, y = room.x + _INSET + number * (width + _COLUMN_GAP), room.y + _INSET - 6
        for row in column:
            height = row.height * stretch
            if y + height > room.y + room.height - _INSET / 2:
                break  # a window this low shows the first rows, which matter most
            if row.target:
                targets[row.target] = Box(x - 10, y + 2, width + 20, height)
                items += _pointed(row.target, targets[row.target], look)
            items += row.draw(x, y, width, height)
            y += height
    return Part(moving=tuple(items[1:]), still=(items[0],), targets=targets)


def _pointed(name: str, box: Box, look: Look) -> list[Primitive]:
    """A row that can be clicked, under the pointer or with the focus."""
    if name == look.focus:
        return [Rectangle(box.x, box.y, box.width, box.height, None, "focus", 2.5, 9)]
    return [Rectangle(box.x, box.y, box.width, box.height, "track", radius=9)] if name == look.hover else []


def _columns(frame: Frame, count: int) -> list[list[Row]]:
    first = [*rows.lost_rows(frame), *rows.verdict_rows(frame)]
    second = [*rows.cause_rows(frame), *rows.interruption_rows(frame), *rows.doubt_rows(frame)]
    third = [*rows.clock_rows(frame), *rows.setting_rows(frame)]
    return [first, second, third] if count == 3 else [[*first, *second, *third]]
