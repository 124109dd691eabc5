"""The title of a chapter, large and quiet, over the stage while it begins."""

from __future__ import annotations

from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout
from visualizer.scene.lettering import LEADING, balanced, set_within
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Path, Text
from visualizer.scene.spotlight import darkened

_SIZES = (48.0, 42.0, 36.0, 30.0, 25.0, 21.0)
_INSET = 36.0
_DARK = 0.7
_RULE = 64.0
"""The short line under the title."""


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """As plain as `Told.title` says, and the stage behind it as much darker."""
    told = look.told
    if told is None or told.title <= 0:
        return Part()
    stage, alpha = layout.stage, told.title
    width = stage.width - 2 * _INSET
    lines, size = set_within(
        f"{told.number} · {told.chapter}" if told.of > 1 else told.chapter,
        _SIZES,
        width,
        0.6 * stage.height,
        "bold",
    )
    lines = balanced(lines, size, width, "bold")
    step = LEADING * size
    centre, middle = stage.x + stage.width / 2, stage.y + stage.height / 2
    first = middle + 0.3 * size - step * (len(lines) - 1) / 2
    y = first + step * (len(lines) - 1) + 0.62 * size
    return Part(
        moving=(
            darkened(stage, (), _DARK * alpha),
            *(
                Text(centre, first + step * number, line, size, "text", "bold", "centre", alpha=alpha)
                for number, line in enumerate(lines)
            ),
            Path(((centre - _RULE / 2, y), (centre + _RULE / 2, y)), "bolt_glow", 3, alpha=alpha),
        )
    )
