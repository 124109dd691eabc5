"""The title of a chapter, large and quiet, over the stage while it begins."""

from __future__ import annotations

from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout
from visualizer.scene.lettering import LEADING, set_within
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Path, Primitive, Rectangle, Text

_SIZES = (46.0, 40.0, 34.0, 28.0, 24.0)
_INSET = 36.0


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """A band across the stage, as plain as `Told.title` says."""
    told = look.told
    if told is None or told.title <= 0:
        return Part()
    stage, alpha = layout.stage, told.title
    width = stage.width - 2 * _INSET
    lines, size = set_within(f"{told.number} · {told.chapter}", _SIZES, width, 0.4 * stage.height, "bold")
    step = LEADING * size
    height = step * len(lines) + 56
    top = stage.y + (stage.height - height) / 2
    centre, first = stage.x + stage.width / 2, top + height / 2 + 0.35 * size - step * (len(lines) - 1) / 2
    edges = (top, top + height)
    items: list[Primitive] = [
        Rectangle(stage.x, top, stage.width, height, "background", alpha=0.9 * alpha),
        *(Path(((stage.x, y), (stage.x + stage.width, y)), "link", 1.5, alpha=alpha) for y in edges),
        *(
            Text(centre, first + step * number, line, size, "text", "bold", "centre", alpha=alpha)
            for number, line in enumerate(lines)
        ),
    ]
    return Part(moving=tuple(items))
