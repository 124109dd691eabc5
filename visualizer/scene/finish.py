"""What is done to every picture at the end: nobody loses the focus, and a class can read it."""

from __future__ import annotations

from dataclasses import replace

from visualizer.scene.layout import LEAST_IN_ROOM
from visualizer.scene.lettering import enlarged
from visualizer.scene.look import Look
from visualizer.scene.primitives import Box, Disc, Primitive, Rectangle, Scene

_LEAST_WIDTH = 2.0
_OFF = 3.0


def finished(scene: Scene, look: Look) -> Scene:
    """The same; with a ring round what has the focus where nothing has drawn one, in a class room without
    small letters, and dark, with nothing to see, while it is blank: the class looks at the teacher.
    """
    if look.blank:
        return Scene(scene.width, scene.height, (Rectangle(0, 0, scene.width, scene.height, "text"),), ())
    box = scene.targets.get(look.focus or "")
    if box is not None and not any(_rings(item, box) for item in (*scene.still, *scene.moving)):
        scene = replace(scene, moving=(*scene.moving, _ring(box)))
    if not look.room:
        return scene
    still, moving = (enlarged(items, LEAST_IN_ROOM) for items in (scene.still, scene.moving))
    return replace(scene, still=still, moving=moving)


def _ring(box: Box) -> Primitive:
    return Rectangle(
        box.x - _OFF, box.y - _OFF, box.width + 2 * _OFF, box.height + 2 * _OFF, None, "focus", 2.5, 8
    )


def _rings(item: Primitive, box: Box) -> bool:
    """Whether it shows the focus round the middle of a target."""
    x, y = box.x + box.width / 2, box.y + box.height / 2
    match item:
        case Rectangle(stroke="focus") if item.stroke_width >= _LEAST_WIDTH:
            return Box(item.x, item.y, item.width, item.height).contains(x, y)
        case Disc(stroke="focus") if item.stroke_width >= _LEAST_WIDTH:
            return box.contains(item.x, item.y)
        case _:
            return False
