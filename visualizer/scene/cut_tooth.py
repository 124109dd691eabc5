"""What a strike cost, at the tooth of the sawtooth that it cut off: "19 lost"."""

from __future__ import annotations

from visualizer.language import say, thousands
from visualizer.scene.frame import Frame
from visualizer.scene.labels import Labels
from visualizer.scene.lettering import text_width
from visualizer.scene.primitives import Box, Disc, Primitive, Text
from visualizer.sim.event import StateLost

_SIZE = 15.0


def cut_teeth(frame: Frame, plot: Box, labels: Labels) -> list[Primitive]:
    """A point where the tooth ends and the number left of it, for each loss up to now that has room."""
    items: list[Primitive] = []
    free_from = plot.x
    for at_us, worst, total in _losses(frame):
        x = plot.x + plot.width * at_us / max(frame.duration_us, 1)
        y = plot.y + plot.height * (1 - min(worst / frame.scale, 1.0))
        base = max(y - 7, plot.y + 2 * _SIZE)
        words = say("{count} lost", count=thousands(total))
        left = x - 8 - text_width(words, _SIZE, "bold")
        if left < free_from or not labels.take(left, x - 8, base - plot.y):
            continue
        free_from = x
        items += [
            Disc(x, y, 4.2, "struck"),
            Text(x - 8, base, words, _SIZE, "struck", "bold", "right"),
        ]
    return items


def _losses(frame: Frame) -> list[tuple[int, int, int]]:
    """(instant, sessions of the tier that lost most, of all tiers) of what has been lost so far."""
    by_instant: dict[int, dict[int, int]] = {}
    for event in frame.history.events.between(StateLost, 0, frame.now_us + 1):
        tiers = by_instant.setdefault(event.at_us, {})
        tiers[event.tier] = tiers.get(event.tier, 0) + event.sessions
    found = ((at_us, max(tiers.values()), sum(tiers.values())) for at_us, tiers in by_instant.items())
    return [loss for loss in found if loss[2]]
