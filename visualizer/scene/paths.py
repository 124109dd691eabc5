"""The data paths: from the clients through the tiers, the one in use on top."""

from __future__ import annotations

from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout
from visualizer.scene.look import Look
from visualizer.scene.motion import Point
from visualizer.scene.part import Part
from visualizer.scene.primitives import Path, Primitive


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """To both units of the first pair, then to both of the next, or within a column only."""
    parallel = frame.setup.path == "parallel"
    dim: list[Primitive] = []
    bright: list[Primitive] = []
    before: list[tuple[Point, bool, int | None]] = [(layout.apex, True, None)]
    for tier, here in enumerate(frame.state.tiers):
        after: list[tuple[Point, bool, int | None]] = []
        for unit, card in enumerate(layout.cards[tier]):
            used_here = unit == here.directed
            entry = (card.x, card.y + card.height / 2)
            for start, used_before, column in before:
                used = used_here and used_before
                if parallel and column not in (None, unit) and not used:
                    continue
                line = Path((start, entry), "link" if used else "link_dim", 2.5 if used else 2)
                (bright if used else dim).append(line)
            after.append(((card.x + card.width, entry[1]), used_here, unit))
        before = after
    return Part(still=(*dim, *bright))
