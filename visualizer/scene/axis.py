"""The axes of the timeline: seconds or minutes below, the scale of the exposure at the side."""

from __future__ import annotations

from visualizer.scene.layout import SMALL
from visualizer.scene.lettering import text_width
from visualizer.scene.primitives import Box, Path, Primitive, Text
from visualizer.scene.wording import on_axis
from visualizer.sim.setup import US_PER_S

_LABEL_EVERY = 95.0
_TICK_EVERY = 16.0
_LEFT = 26.0
"""How far left of the plot a label may reach."""
_LONG_STEPS = tuple(minutes * 60 * US_PER_S for minutes in (0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600))


def axis(duration_us: int, plot: Box, right: float) -> list[Primitive]:
    """The base line, ticks, and a label at every round time that has room; none goes beyond x = `right`."""
    base = plot.y + plot.height
    label_us = _label_step(duration_us, plot)
    ticks = (us for us in _ticks(label_us) if us * plot.width / duration_us >= _TICK_EVERY)
    tick_us = next(ticks, label_us)
    items: list[Primitive] = [Path(((plot.x, base), (plot.x + plot.width, base)), "panel_edge", 1)]
    end = 0.0
    for at_us in range(0, duration_us + 1, tick_us):
        x = plot.x + plot.width * at_us / duration_us
        labelled = at_us % label_us == 0
        items.append(Path(((x, base + 1), (x, base + (9 if labelled else 5))), "text_dim", 1, alpha=0.6))
        if labelled:
            label = on_axis(at_us, label_us)
            half = text_width(label, SMALL) / 2
            middle = max(min(x, right - half), plot.x - _LEFT + half)
            if middle - half < end:
                continue  # the last one was moved to where the one before it is
            end = middle + half
            items.append(Text(middle, base + 26, label, SMALL, "text_dim", anchor="centre"))
    return items


def _label_step(duration_us: int, plot: Box) -> int:
    """A round time that is wide enough for the longest label."""
    step_us = round_step(duration_us * _LABEL_EVERY / plot.width)
    longest = text_width(on_axis(duration_us, step_us), SMALL) + 16
    return round_step(max(duration_us * max(_LABEL_EVERY, longest) / plot.width, 1))


def _ticks(label_us: int) -> list[int]:
    parts = (6, 5, 3, 2) if label_us in _LONG_STEPS else (10, 5, 2)
    return [*(label_us // each for each in parts if label_us % each == 0), label_us]


def round_step(least_us: float) -> int:
    """The least of 1, 2, 5, 10, ... x 10^n microseconds not below this; beyond 20 s of minutes."""
    size = 1
    while True:
        for step in (1, 2, 5):
            if size * step >= 50 * US_PER_S:
                return next((int(us) for us in _LONG_STEPS if us >= least_us), int(least_us) + 1)
            if size * step >= least_us:
                return size * step
        size *= 10


def scale_line(plot: Box) -> list[Primitive]:
    """The top of the plot."""
    return [Path(((plot.x, plot.y), (plot.x + plot.width, plot.y)), "panel_edge", 1, (2, 4))]
