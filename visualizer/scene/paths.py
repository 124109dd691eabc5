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
    dim: list[Primitive] = []
    bright: list[Primitive] = []
    ways = _in_use(frame)
    for tier in range(len(layout.cards)):
        for before, unit in _lines(frame, tier):
            step = (before, unit) if tier else (None, unit)
            used = any((way[tier - 1] if tier else None, way[tier]) == step for way in ways)
            if frame.setup.path == "parallel" and before not in (None, unit) and not used:
                continue
            line = Path(_ends(layout, tier, before, unit), "link" if used else "link_dim", 2.5 if used else 2)
            (bright if used else dim).append(line)
    return Part(still=(*dim, *bright))


def _in_use(frame: Frame) -> list[tuple[int, ...]]:
    """The units that those who follow go through; and those who stay with the old address, where any do."""
    tiers = frame.state.tiers
    ways = [tuple(here.directed for here in tiers)]
    return [*ways, tuple(here.stays_at for here in tiers)] if frame.setup.clients.stay else ways


def _lines(frame: Frame, tier: int) -> list[tuple[int | None, int]]:
    """(from unit, to unit) of every line that leads to a tier; from None: from the clients."""
    return [(before, unit) for unit in (0, 1) for before in ((0, 1) if tier else (None,))]


def _ends(layout: Layout, tier: int, before: int | None, unit: int) -> tuple[Point, Point]:
    card = layout.cards[tier][unit]
    entry = (card.x, card.y + card.height / 2)
    if before is None:
        return layout.apex, entry
    left = layout.cards[tier - 1][before]
    return (left.x + left.width, left.y + left.height / 2), entry
