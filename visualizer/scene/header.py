"""What is shown and when: the scenario's title and description, and the clock."""

from __future__ import annotations

from visualizer.scene import wording
from visualizer.scene.frame import Frame
from visualizer.scene.layout import BODY, Layout
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Text

_CLOCK_WIDTH = 270.0


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Title and description on the left, the clock on the right."""
    x, width = layout.header.x, layout.header.width - _CLOCK_WIDTH - 20
    right = layout.header.x + layout.header.width
    tick_us = frame.setup.tick_us
    under = f"tick {frame.now_us // tick_us} · {wording.duration(tick_us)} · {wording.speed(look.speed)}"
    return Part(
        still=(
            Text(x, 53, frame.setup.title, 32, weight="bold", max_width=width),
            Text(x, 83, " ".join(frame.setup.description.split()), 16.5, "text_dim", max_width=width),
        ),
        moving=(
            Text(right, 58, wording.clock(frame.now_us), 42, weight="bold", anchor="right"),
            Text(right, 83, under, BODY, "text_dim", anchor="right", max_width=_CLOCK_WIDTH),
        ),
    )
