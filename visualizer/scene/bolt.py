"""The bolt: a short jagged bolt that ends on the unit it strikes. Never a flash of the whole picture."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from visualizer.scene import header
from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout
from visualizer.scene.lettering import drawn_width
from visualizer.scene.look import Look
from visualizer.scene.motion import Point, noise, wall_us
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Disc, Path, Primitive, Text
from visualizer.sim.event import UnitStruck
from visualizer.sim.faults import FAULTS

_SHOWN_S = 0.9
"""Wall seconds; then the bolt on the card is what stays."""
_ABOVE_HEADER = 21.0
"""Where it comes from: so far above the header's top."""
_FADING_FROM = 0.6
_FADES = 6

Written = tuple[float, float, float]
"""Left, right and bottom of words above the stage."""


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """A bolt for each unit struck just now; other faults flicker out on the card alone."""
    shown_us = wall_us(look, _SHOWN_S)
    items: list[Primitive] = []
    recent = frame.history.events.between(UnitStruck, frame.now_us - shown_us + 1, frame.now_us + 1)
    for struck in _one_of_each(recent):
        alpha = _alpha((frame.now_us - struck.at_us) / shown_us)
        if struck.fault in FAULTS and FAULTS[struck.fault].bolt:
            if not look.reduced_motion:
                written = _written(header.draw(frame, look, layout), layout.header)
                items += _bolt(layout, struck, alpha, written)
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


def _written(part: Part, room: Box) -> tuple[Written, ...]:
    """The words of the header that stand in `room`: a bolt passes beside them or begins below."""
    found = [item for item in (*part.still, *part.moving) if isinstance(item, Text)]
    texts = [text for text in found if room.y < text.y < room.y + room.height + 6]
    lefts = {"left": 0.0, "centre": 0.5, "right": 1.0}
    return tuple(
        (text.x - lefts[text.anchor] * width, text.x + (1 - lefts[text.anchor]) * width, text.y + 8)
        for text in texts
        for width in (round(drawn_width(text)),)
    )


def _bolt(layout: Layout, struck: UnitStruck, alpha: float, written: tuple[Written, ...]) -> list[Primitive]:
    trunk, branches = _shape(layout, struck.tier, struck.unit, struck.at_us, written)
    twigs = [Path(branch, "bolt_glow", 1.9, alpha=0.9 * alpha) for branch in branches]
    return [*twigs, Path(trunk, "bolt", 4.4, alpha=alpha, glow=38)]


@lru_cache(maxsize=16)
def _shape(
    layout: Layout, tier: int, unit: int, at_us: int, written: tuple[Written, ...]
) -> tuple[tuple[Point, ...], tuple[tuple[Point, ...], ...]]:
    """The same bolt for the same strike: trunk and two branches."""
    card, primary = layout.cards[tier][unit], layout.cards[tier][0]
    end = (card.x + card.width * 0.5, card.y + 1)
    beside = primary.x + primary.width + 13
    above = (end[0], primary.y) if unit == 0 else (beside, primary.y)
    knots = [_origin(layout, above, 46 + 34 * noise(at_us, tier), written), end]
    if unit == 1:  # past the primary, not through it
        knots[1:1] = [above, (beside, primary.y + primary.height)]
    points: list[Point] = [knots[0]]
    for number, (a, b) in enumerate(pairwise(knots)):
        swing = 11.0 if unit == 1 and number == 1 else min(26.0, 0.2 * (b[1] - a[1]))
        points += _jagged(a, b, swing, (at_us, tier, unit, number))[1:]
    size = min(1.0, (knots[1][1] - knots[0][1]) / 130)
    branches = tuple(
        _twig(points[int(len(points) * share)], side * size, (at_us, tier, 7 + side))
        for share, side in ((0.22, 1), (0.5, -1))
    )
    return tuple(points), branches


def _origin(layout: Layout, end: Point, lean: float, written: tuple[Written, ...]) -> Point:
    """Where a bolt to `end` begins: at the top, from the right or the left; where words are, below them."""
    top = layout.header.y - _ABOVE_HEADER
    for side in (1, -1):
        low, high = sorted((end[0], end[0] + side * (lean + 30)))
        if not any(left < high + 12 and low - 12 < right for left, right, _ in written):
            return end[0] + side * lean, top
    low, high = end[0] - 12, end[0] + lean + 12
    foot = max((bottom for left, right, bottom in written if left < high and low - 30 < right), default=top)
    start = min(foot, end[1] - 24)
    return end[0] + lean * (end[1] - start) / 150, start


def _jagged(a: Point, b: Point, swing: float, key: tuple[int, ...], depth: int = 4) -> list[Point]:
    """Midpoint displacement: each half is bent half as much."""
    if depth == 0:
        return [a, b]
    off = (noise(*key, depth) - 0.5) * 2 * swing
    middle = ((a[0] + b[0]) / 2 + off, (a[1] + b[1]) / 2 + 0.2 * off)
    left = _jagged(a, middle, swing * 0.55, (*key, 1), depth - 1)
    return left + _jagged(middle, b, swing * 0.55, (*key, 2), depth - 1)[1:]


def _twig(start: Point, side: float, key: tuple[int, ...]) -> tuple[Point, ...]:
    """A branch to the right (side > 0) or the left; the size of `side` is its own."""
    size = abs(side)
    end = (start[0] + side * (44 + 22 * noise(*key)), start[1] + size * (52 + 22 * noise(*key, 3)))
    return tuple(_jagged(start, end, 9.0 * size, key, 3))


def _cross(layout: Layout, struck: UnitStruck, alpha: float) -> list[Primitive]:
    """A cross at the corner of a unit that failed without a bolt: it covers no words."""
    card = layout.cards[struck.tier][struck.unit]
    x, y = card.x + card.width - 24, card.y - 5 if struck.unit == 0 else card.y + card.height + 5
    arm = 6.5
    return [
        Disc(x, y, 14, "card_struck", "struck", 2, alpha=alpha),
        Path(((x - arm, y - arm), (x + arm, y + arm)), "struck", 3.6, alpha=alpha),
        Path(((x - arm, y + arm), (x + arm, y - arm)), "struck", 3.6, alpha=alpha),
    ]
