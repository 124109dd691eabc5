"""The axes of the timeline: seconds below, the scale of the exposure at the side."""

from __future__ import annotations

from visualizer.scene.layout import SMALL
from visualizer.scene.primitives import Box, Path, Primitive, Text
from visualizer.scene.wording import duration, thousands
from visualizer.sim.setup import US_PER_S

_LABEL_EVERY = 95.0
_TICK_EVERY = 16.0


def axis(duration_us: int, plot: Box) -> list[Primitive]:
    """The base line, ticks, and a label at every round time that has room."""
    base = plot.y + plot.height
    label_us = round_step(duration_us * _LABEL_EVERY / plot.width)
    ticks = (us for us in _ticks(label_us) if us * plot.width / duration_us >= _TICK_EVERY)
    tick_us = next(ticks, label_us)
    items: list[Primitive] = [Path(((plot.x, base), (plot.x + plot.width, base)), "panel_edge", 1)]
    for at_us in range(0, duration_us + 1, tick_us):
        x = plot.x + plot.width * at_us / duration_us
        labelled = at_us % label_us == 0
        items.append(Path(((x, base + 1), (x, base + (9 if labelled else 5))), "text_dim", 1, alpha=0.6))
        if labelled:
            label = duration(at_us)
            items.append(Text(x, base + 26, label, SMALL, "text_dim", anchor="centre", max_width=70))
    return items


def _ticks(label_us: int) -> list[int]:
    return [*(label_us // parts for parts in (10, 5, 2) if label_us % parts == 0), label_us]


def round_step(least_us: float) -> int:
    """The least of 1, 2, 5, 10, ... x 10^n microseconds (from seconds on also 30 and 60) not below this."""
    minutes = [us for us in (30 * US_PER_S, 60 * US_PER_S, 300 * US_PER_S) if us >= least_us]
    size = 1
    while True:
        for step in (1, 2, 5):
            if size * step >= least_us:
                return min([size * step, *minutes[:1]]) if size * step >= 20 * US_PER_S else size * step
        size *= 10


def scale_line(scale: int, plot: Box) -> list[Primitive]:
    """What the top of the plot stands for."""
    return [
        Path(((plot.x, plot.y), (plot.x + plot.width, plot.y)), "panel_edge", 1, (2, 4)),
        Text(plot.x - 5, plot.y + 4, thousands(scale), 11.5, "text_dim", anchor="right", max_width=26),
    ]
