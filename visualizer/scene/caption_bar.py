"""The caption: one plain sentence, large."""

from __future__ import annotations

from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout
from visualizer.scene.lettering import text_width, wrapped
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Primitive, Rectangle, Text
from visualizer.story.caption import invitation, opening_us

_LARGE = 21.5
_SMALL = 17.5
_INSET = 20.0


def inviting(frame: Frame, look: Look) -> bool:
    """Whether somebody sits before the paused start of a run and has done nothing yet."""
    at_opening = frame.now_us == opening_us(frame.setup)
    return look.hands_on and not look.playing and at_opening and not frame.acted


def sentence(frame: Frame, look: Look) -> str:
    """What the caption says: at the start what to do, then what happens."""
    if look.locked:
        return "Answer first, then the lightning strikes. Until then nothing is shown that would tell."
    return invitation(frame.state) if inviting(frame, look) else frame.caption


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """One large line, or two smaller ones."""
    room = layout.caption
    content, width = sentence(frame, look), room.width - 2 * _INSET
    lines: tuple[str, ...] = (content,)
    baselines: tuple[float, ...]
    size, baselines = _LARGE, (room.y + room.height / 2 + 7.5,)
    if text_width(content, _LARGE) > width:
        lines, size = wrapped(content, _SMALL, width, 2), _SMALL
        baselines = (room.y + 22.5, room.y + 43.5) if len(lines) == 2 else baselines
    box = Rectangle(room.x, room.y, room.width, room.height, "card", "panel_edge", 1, 12)
    texts: list[Primitive] = [
        Text(room.x + _INSET, y, line, size, max_width=width)
        for y, line in zip(baselines, lines, strict=True)
    ]
    return Part(still=(box, *texts))
