"""All keys, over everything else; a click anywhere closes it."""

from __future__ import annotations

from math import ceil

from visualizer.language import say
from visualizer.scene.frame import Frame
from visualizer.scene.layout import SMALL, Layout
from visualizer.scene.lettering import fitting_size, text_width
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Primitive, Rectangle, Text

_ROW = 30.0
_HEAD = 92.0
_SIZE, _LEAST = 16.0, 11.0
_KEYS = 104.0
"""Room for the names of the keys, at least."""


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Two columns, three when they would be too long."""
    if not look.help_open:
        return Part()
    columns = 2 if len(look.keys) * _ROW / 2 < layout.height - 2 * _HEAD - 40 else 3
    rows = max(ceil(len(look.keys) / columns), 1)
    row = min(_ROW, (layout.height - _HEAD - 90) / rows)
    wide = max([_KEYS, *(text_width(key, _SIZE, "bold") for key, _ in look.keys)])
    longest = max((text_width(does, _SIZE) for _, does in look.keys), default=0.0)
    width = min(layout.width - 80, max(420.0, wide + longest + 34) * columns + 40)
    height = _HEAD + rows * row + 20
    x, y = (layout.width - width) / 2, max((layout.height - height) / 2, 20)
    items: list[Primitive] = [
        Rectangle(0, 0, layout.width, layout.height, "background", alpha=0.82),
        Rectangle(x, y, width, height, "panel", "panel_edge", 1.5, 18),
        Text(x + 36, y + 46, say("Keys"), 24, weight="bold"),
        Text(x + 36, y + 70, say("a click or Esc closes this"), SMALL, "text_dim", max_width=width - 72),
    ]
    column_width = (width - 72) / columns
    lead = min(wide, 0.45 * column_width) + 10
    room = column_width - lead - 12
    for number, (key, does) in enumerate(look.keys):
        left = x + 36 + number // rows * column_width
        base = y + _HEAD + (number % rows + 0.66) * row
        items += [
            Text(
                left,
                base,
                key,
                fitting_size(key, _SIZE, _LEAST, lead - 10, "bold"),
                weight="bold",
                max_width=lead - 10,
            ),
            Text(
                left + lead, base, does, fitting_size(does, _SIZE, _LEAST, room), "text_dim", max_width=room
            ),
        ]
    return Part(moving=tuple(items), targets={"button:help": Box(0, 0, layout.width, layout.height)})
