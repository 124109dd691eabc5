"""What is shown and when: the scenario's title and description, the clock and the chapter."""

from __future__ import annotations

from visualizer.scene import chapters, wording
from visualizer.scene.frame import Frame
from visualizer.scene.layout import BODY, Layout
from visualizer.scene.lettering import wrapped
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Text

_CLOCK_WIDTH = 270.0


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Title and description on the left, the clock and the chapter on the right."""
    x, width = layout.header.x, layout.header.width - _CLOCK_WIDTH - 20
    right = layout.header.x + layout.header.width
    title = Text(x, 51, frame.setup.title, 32, weight="bold", max_width=width)
    clock = Text(right, 58, wording.clock(frame.now_us), 42, weight="bold", anchor="right")
    told = "" if look.locked else chapters.heading(frame)
    if look.room:
        large = Text(right, 88, told, 19, "text_dim", "semibold", "right", max_width=_CLOCK_WIDTH)
        return Part(still=(title, *_description(frame, x, width)), moving=(clock, large))
    tick_us = frame.setup.tick_us
    under = f"tick {frame.now_us // tick_us} · {wording.duration(tick_us)} · {wording.speed(look.speed)}"
    return Part(
        still=(title, *_description(frame, x, width)),
        moving=(
            clock,
            Text(right, 80, under, BODY, "text_dim", anchor="right", max_width=_CLOCK_WIDTH),
            Text(right, 100, told, 14.5, "text_dim", "semibold", "right", max_width=_CLOCK_WIDTH),
        ),
    )


def _description(frame: Frame, x: float, width: float) -> list[Text]:
    """Two lines at most."""
    words = " ".join(frame.setup.description.split())
    return [
        Text(x, y, line, 15.5, "text_dim", max_width=width)
        for line, y in zip(wrapped(words, 15.5, width, 2), (76.0, 96.0), strict=False)
    ]
