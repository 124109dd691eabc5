"""What a strike cost, at the tooth of the sawtooth that it cut off: "19 lost"."""

from __future__ import annotations

from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout
from visualizer.scene.lettering import text_width
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Disc, Primitive, Text
from visualizer.scene.wording import thousands
from visualizer.sim.event import StateLost

_SIZE = 15.0


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """A point where the tooth ends and the number beside it, for each loss up to now that has room."""
    plot = layout.plot
    items: list[Primitive] = []
    free_from = plot.x
    for at_us, worst, total in _losses(frame):
        x = plot.x + plot.width * at_us / max(frame.duration_us, 1)
        y = plot.y + plot.height * (1 - min(worst / frame.history.scale, 1.0))
        words = f"{thousands(total)} lost"
        width = text_width(words, _SIZE, "bold")
        if x - 8 - width < free_from:
            continue
        free_from = x
        base = max(y - 7, plot.y + 0.9 * _SIZE)
        items += [
            Disc(x, y, 4.2, "struck"),
            Text(x - 8, base, words, _SIZE, "struck", "bold", "right"),
        ]
    return Part(moving=tuple(items))


def _losses(frame: Frame) -> list[tuple[int, int, int]]:
    """(instant, sessions of the tier that lost most, of all tiers) of what has been lost so far."""
    by_instant: dict[int, dict[int, int]] = {}
    for event in frame.history.events.between(StateLost, 0, frame.now_us + 1):
        tiers = by_instant.setdefault(event.at_us, {})
        tiers[event.tier] = tiers.get(event.tier, 0) + event.sessions
    found = ((at_us, max(tiers.values()), sum(tiers.values())) for at_us, tiers in by_instant.items())
    return [loss for loss in found if loss[2]]
