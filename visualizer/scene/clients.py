"""Those who ask: a column of circles, and what one dot stands for."""

from __future__ import annotations

from visualizer.scene.frame import Frame
from visualizer.scene.layout import SMALL, Layout
from visualizer.scene.look import Look
from visualizer.scene.motion import dot_size, places_of_clients
from visualizer.scene.part import Part
from visualizer.scene.primitives import Disc, Primitive, Text


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """The circles, the word above them, the scale of the dots below."""
    room = layout.clients
    centre = room.x + room.width / 2
    circles: list[Primitive] = [Disc(x, y, 7, None, "request", 2.2) for x, y in places_of_clients(layout)]
    texts: list[Primitive] = [
        Text(centre, room.y - 14, "clients", BODY_SIZE, "text_dim", anchor="centre", max_width=80)
    ]
    count = dot_size(frame, look, layout)
    if count > 1:
        below = room.y + room.height + 20
        texts += [
            Text(centre, below, "1 dot =", SMALL, "text_dim", anchor="centre", max_width=80),
            Text(centre, below + 16, f"{count} requests", SMALL, "text_dim", anchor="centre", max_width=94),
        ]
    return Part(still=(*texts, *circles))


BODY_SIZE = 15.5
