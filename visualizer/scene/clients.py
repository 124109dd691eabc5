"""Those who ask: a column of circles, and what one dot stands for."""

from __future__ import annotations

from visualizer.language import say, say_many, thousands
from visualizer.scene.frame import Frame
from visualizer.scene.layout import SMALL, Layout
from visualizer.scene.lettering import fitting
from visualizer.scene.look import Look
from visualizer.scene.motion import dot_size, places_of_clients
from visualizer.scene.part import Part
from visualizer.scene.primitives import Disc, Primitive, Text


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """The circles, the word above them, the scale of the dots below."""
    room = layout.clients
    centre = room.x + room.width / 2
    circles: list[Primitive] = [Disc(x, y, 7, None, "request", 2.2) for x, y in places_of_clients(layout)]
    texts: list[Primitive] = [_centred(centre, room.y - 14, (say("clients"), ""), BODY_SIZE, layout)]
    count = dot_size(frame, look, layout)
    if count > 1:
        below = room.y + room.height + 20
        texts += [
            _centred(centre, below, (say("1 dot ="), "1 ="), SMALL, layout),
            _centred(
                centre,
                below + 17,
                (say_many("{n} request", "{n} requests", count, n=thousands(count)), thousands(count)),
                SMALL,
                layout,
            ),
        ]
    return Part(still=(*texts, *circles))


def _centred(x: float, y: float, forms: tuple[str, str], size: float, layout: Layout) -> Text:
    """Over or under the circles, as wide as there is room to their left."""
    said, fitted = fitting(forms, size, 12.5, 2 * (x - layout.stage.x + 18))
    return Text(x, y, said, fitted, "text_dim", anchor="centre")


BODY_SIZE = 15.5
