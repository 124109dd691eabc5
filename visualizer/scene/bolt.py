"""The bolt: a short jagged bolt that ends on the unit it strikes. Never a flash of the whole picture."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout
from visualizer.scene.look import Look
from visualizer.scene.motion import Point, noise, wall_us
from visualizer.scene.part import Part
from visualizer.scene.primitives import Path, Primitive
from visualizer.sim.event import UnitStruck
from visualizer.sim.faults import FAULTS

_SHOWN_S = 0.6
"""Wall seconds; then the bolt on the card is what stays."""
_ABOVE_HEADER = 21.0
"""Where it comes from: so far above the header's top."""
_FADING_FROM = 0.55
_FADES = 6


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """A bolt for each unit struck just now; other faults flicker out on the card alone."""
    shown_us = wall_us(look, _SHOWN_S)
    items: list[Primitive] = []
    recent = frame.history.events.between(UnitStruck, frame.now_us - shown_us + 1, frame.now_us + 1)
    for struck in _one_of_each(recent):
        alpha = _alpha((frame.now_us - struck.at_us) / shown_us)
        if struck.fault in FAULTS and FAULTS[struck.fault].bolt:
            if not look.reduced_motion:
                items += _bolt(layout, struck, alpha)
        else:
            items += _cross(layout, struck, alpha)
    return Part(moving=tuple(items))


def _one_of_each(struck: list[UnitStruck]) -> list[UnitStruck]:
    """What strikes a whole site is one bolt, on the unit in the middle; what is no bolt marks every unit."""
    strokes: dict[tuple[int, str], list[UnitStruck]] = {}
    for event in struck:
        fault = FAULTS.get(event.fault)
        at_once = fault is not None and fault.bolt and fault.target == "site"
        key = (event.at_us, event.fault) if at_once else (event.at_us, f"{event.tier}:{event.unit}")
        strokes.setdefault(key, []).append(event)
    return [events[len(events) // 2] for events in strokes.values()]


def _alpha(share: float) -> float:
    """Full at first, then fading in few steps, so that each picture of the bolt is drawn once."""
    left = (1 - share) / (1 - _FADING_FROM)
    return min(1.0, max(1, round(left * _FADES)) / _FADES)


def _bolt(layout: Layout, struck: UnitStruck, alpha: float) -> list[Primitive]:
    trunk, branches = _shape(layout, struck.tier, struck.unit, struck.at_us)
    twigs = [Path(branch, "bolt_glow", 1.9, alpha=0.9 * alpha) for branch in branches]
    return [*twigs, Path(trunk, "bolt", 4.4, alpha=alpha, glow=38)]


@lru_cache(maxsize=16)
def _shape(
    layout: Layout, tier: int, unit: int, at_us: int
) -> tuple[tuple[Point, ...], tuple[tuple[Point, ...], ...]]:
    """The same bolt for the same strike: trunk and two branches."""
    card = layout.cards[tier][unit]
    end = (card.x + card.width * 0.5, card.y + 1)
    sky = layout.header.y - _ABOVE_HEADER
    start = (end[0] + 46 + 34 * noise(at_us, tier), sky)
    knots = [start, end]
    if unit == 1:  # past the primary, not through it
        primary = layout.cards[tier][0]
        beside = primary.x + primary.width + 13
        start = (beside + 40, sky)
        knots = [start, (beside, primary.y), (beside, primary.y + primary.height), end]
    points: list[Point] = [knots[0]]
    for number, (a, b) in enumerate(pairwise(knots)):
        swing = 11.0 if unit == 1 and number == 1 else 26.0
        points += _jagged(a, b, swing, (at_us, tier, unit, number))[1:]
    branches = tuple(
        _twig(points[int(len(points) * share)], side, (at_us, tier, 7 + side))
        for share, side in ((0.22, 1), (0.5, -1))
    )
    return tuple(points), branches


def _jagged(a: Point, b: Point, swing: float, key: tuple[int, ...], depth: int = 4) -> list[Point]:
    """Midpoint displacement: each half is bent half as much."""
    if depth == 0:
        return [a, b]
    off = (noise(*key, depth) - 0.5) * 2 * swing
    middle = ((a[0] + b[0]) / 2 + off, (a[1] + b[1]) / 2 + 0.2 * off)
    left = _jagged(a, middle, swing * 0.55, (*key, 1), depth - 1)
    return left + _jagged(middle, b, swing * 0.55, (*key, 2), depth - 1)[1:]


def _twig(start: Point, side: int, key: tuple[int, ...]) -> tuple[Point, ...]:
    end = (start[0] + side * (44 + 22 * noise(*key)), start[1] + 52 + 22 * noise(*key, 3))
    return tuple(_jagged(start, end, 9.0, key, 3))


def _cross(layout: Layout, struck: UnitStruck, alpha: float) -> list[Primitive]:
    """A dim cross over the card of a unit that failed without a bolt."""
    card = layout.cards[struck.tier][struck.unit]
    left, right = card.x + 12, card.x + card.width - 12
    top, bottom = card.y + 12, card.y + card.height - 12
    return [
        Path(((left, top), (right, bottom)), "struck", 2.5, alpha=0.5 * alpha),
        Path(((left, bottom), (right, top)), "struck", 2.5, alpha=0.5 * alpha),
    ]
