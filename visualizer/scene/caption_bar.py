"""The caption: one plain sentence, large."""

from __future__ import annotations

from dataclasses import replace

from visualizer.language import say
from visualizer.scene.asked import Asked
from visualizer.scene.frame import Frame
from visualizer.scene.invitation import inviting
from visualizer.scene.lab_curve import reading
from visualizer.scene.layout import Layout
from visualizer.scene.lettering import LEADING, balanced, set_within, whole_numbers
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Primitive, Rectangle, Text
from visualizer.story.caption import invitation

SIZES = (21.5, 17.5, 15.5, 14.0, 13.2, 12.5)
_SIZES_IN_ROOM = (31.0, 25.0, 21.5, 18.0, 15.5, 13.4)
SIZES_IN_FILM = (30.0, 26.0, 23.0, 20.0, 17.5, 15.5, 14.0, 13.2, 12.5)
_INSET = 20.0


def sentence(frame: Frame, look: Look) -> str:
    """What the caption says: at the start what to do, what an author tells, else what happens."""
    if isinstance(look.asked, Asked) and look.film:
        return look.asked.question.text
    if look.locked:
        if isinstance(look.asked, Asked) and look.asked.told:
            return say("Answer first, then see. Until then nothing is shown that would tell.")
        return say("Answer first, then the lightning strikes. Until then nothing is shown that would tell.")
    if look.lab_curve and look.lab_curve.cursor_us is not None:
        return reading(look.lab_curve.known, look.lab_curve.cursor_us)
    if look.told and look.told.sentence:
        return look.told.sentence
    return invitation(frame.state) if inviting(frame, look) else frame.caption


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """One large line, or several smaller ones."""
    if not look.captions:
        return Part()
    room = layout.caption
    if look.room and (
        look.losses or look.locked or look.beside
    ):  # what lies over the ledger reaches down beside it
        room = replace(room, width=layout.ledger.x - 14 - room.x)
    content, width = whole_numbers(sentence(frame, look)), room.width - 2 * _INSET
    sizes = _SIZES_IN_ROOM if look.room else SIZES_IN_FILM if look.film else SIZES
    lines, size = set_within(content, sizes, width, room.height - (12 if look.film else 4))
    lines = balanced(lines, size, width)
    step = LEADING * size
    first = room.y + room.height / 2 + 0.35 * size - step * (len(lines) - 1) / 2
    box = Rectangle(room.x, room.y, room.width, room.height, "card", "panel_edge", 1, 12)
    texts: list[Primitive] = [
        Text(room.x + _INSET, first + step * number, line, size) for number, line in enumerate(lines)
    ]
    return Part((box,), tuple(texts))  # it may count something, and then it is another one in many frames
