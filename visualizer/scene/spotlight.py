"""What an author points at: a calm ring of light round each spot, and the rest of the stage darker."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, pi, sin

from visualizer.scene import links
from visualizer.scene.cables import lanes
from visualizer.scene.camera import common, shot
from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout
from visualizer.scene.look import Look
from visualizer.scene.motion import Point
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Path, Primitive, Rectangle, Zoomed
from visualizer.scene.spots import around, box_of, on_stage
from visualizer.script.script import Region, Spot, TierSpot
from visualizer.sim.command import LinkTarget

DIM = 0.35
"""How much of the background lies over what is not pointed at."""
_AIR = 9.0
_RADIUS = 16.0
_WIDTH, _GLOW = 1.0, 15.0
_BEYOND = 20.0
_WORDS_ABOVE, _WORD = 26.0, 62.0
"""The word over the clients, and how wide it is."""
_CORNER = 6
"""Pieces of a round corner."""


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """The dark and the rings over the stage; nothing where only something beside it is lit."""
    told = look.told
    if told is None or not told.highlight or not told.lit:
        return Part()
    if Region("stage") in told.highlight:
        return Part(moving=_ring(layout.stage, told.lit))
    spots = [spot for spot in told.highlight if on_stage(spot)]
    if not spots:
        return Part()
    lit = [box for spot in spots if (box := lit_box(spot, frame, look, layout))]
    dark = darkened(layout.stage, lit, DIM * told.lit)
    return Part(moving=(dark, *(item for box in lit for item in _ring(box, told.lit))))


def draw_beside(frame: Frame, look: Look, layout: Layout) -> Part:
    """The rings round the timeline and the ledger."""
    told = look.told
    spots = [spot for spot in told.highlight if not on_stage(spot)] if told and told.lit else []
    boxes = [lit_box(spot, frame, look, layout) for spot in spots]
    return Part(moving=tuple(item for box in boxes if box and told for item in _ring(box, told.lit)))


def darkened(stage: Box, lit: Iterable[Box], alpha: float) -> Primitive:
    """The stage seen less plainly, but for what is lit; the dark runs out beyond the edges."""
    box = Box(
        stage.x - _BEYOND, stage.y - 0.6 * _BEYOND, stage.width + 2 * _BEYOND, stage.height + 1.2 * _BEYOND
    )
    dark = (
        Rectangle(piece.x, piece.y, piece.width, piece.height, "background", alpha=alpha)
        for piece in without(box, lit)
    )
    return Zoomed(box, tuple(dark), 1.0, 0.0, 0.0, _BEYOND)


def lit_box(spot: Spot, frame: Frame, look: Look, layout: Layout) -> Box | None:
    """What the ring of a spot holds, as the picture shows it; None where nothing of it is to be seen."""
    if look.comparison and spot == Region("ledger"):
        return None
    box = box_of(spot, frame.setup, layout)
    if box is None or not on_stage(spot):
        return box and grown(box, 3.0)
    if isinstance(spot, TierSpot):
        box = around([box, *links.written(frame, layout, spot.tier)])
    if isinstance(spot, LinkTarget):
        box = around([box, *_words_beside(spot, frame, layout)])
    if spot == Region("clients"):
        spare = max(_WORD - box.width, 0.0) / 2
        box = Box(box.x - spare, box.y - _WORDS_ABOVE, box.width + 2 * spare, box.height + _WORDS_ABOVE)
    through = shot(frame, look, layout)
    box = grown(through.place(box) if through else box, _AIR)
    if isinstance(spot, LinkTarget):  # between the rings of its units
        box = Box(box.x, box.y + 2.2 * _AIR, box.width, box.height - 4.4 * _AIR)
    return common(box, grown(layout.stage, 8.0))


def _words_beside(cable: LinkTarget, frame: Frame, layout: Layout) -> list[Box]:
    """What stands beside a cable about what it carries: heartbeats to the left, copies to the right."""
    setup = frame.setup.tiers[cable.tier]
    lane = lanes(setup, layout, cable.tier)
    left = cable.link == setup.heartbeat.link
    words = links.written(frame, layout, cable.tier)
    return [box for box in words if lane.shared or (box.x < lane.heartbeat_x) == left]


def grown(box: Box, by: float) -> Box:
    """A box with so much more on each side."""
    return Box(box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by)


def _ring(box: Box, alpha: float) -> tuple[Primitive, ...]:
    return (Path(_rounded(box, _RADIUS), "bolt_glow", _WIDTH, alpha=alpha, glow=_GLOW),)


def _rounded(box: Box, radius: float) -> tuple[Point, ...]:
    """A closed line round a box, clockwise from the top left."""
    radius = min(radius, box.width / 2, box.height / 2)
    centres = (
        (box.x + radius, box.y + radius),
        (box.x + box.width - radius, box.y + radius),
        (box.x + box.width - radius, box.y + box.height - radius),
        (box.x + radius, box.y + box.height - radius),
    )
    points = [
        (x + radius * cos(turn), y + radius * sin(turn))
        for corner, (x, y) in enumerate(centres)
        for turn in (pi * (1 + corner / 2 + step / (2 * _CORNER)) for step in range(_CORNER + 1))
    ]
    return (*points, points[0])


def without(box: Box, holes: Iterable[Box]) -> list[Box]:
    """A box without others, in pieces that do not overlap."""
    pieces = [box]
    for hole in holes:
        pieces = [part for piece in pieces for part in _cut(piece, hole)]
    return pieces


def _cut(piece: Box, hole: Box) -> list[Box]:
    """Above, below, left and right of the hole."""
    inside = common(piece, hole)
    if inside is None:
        return [piece]
    right, bottom = piece.x + piece.width, piece.y + piece.height
    end, foot = inside.x + inside.width, inside.y + inside.height
    parts = (
        Box(piece.x, piece.y, piece.width, inside.y - piece.y),
        Box(piece.x, foot, piece.width, bottom - foot),
        Box(piece.x, inside.y, inside.x - piece.x, inside.height),
        Box(end, inside.y, right - end, inside.height),
    )
    return [part for part in parts if part.width > 0 and part.height > 0]
