"""The labels of an author: a few words on a plate beside a spot, and a line that ends at it.

A plate goes where it covers least: never a spot or another plate, and rather nothing that is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import hypot

from visualizer.scene import links, sites, timeline
from visualizer.scene.camera import common, shot
from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout, clamp
from visualizer.scene.lettering import LEADING, box_of, set_within, text_width, whole_numbers
from visualizer.scene.look import Look
from visualizer.scene.motion import Point
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Disc, Path, Primitive, Rectangle, Text
from visualizer.scene.spotlight import grown, lit_box
from visualizer.scene.spots import on_stage
from visualizer.script.script import Region, Spot

_SIZES = (20.0, 18.0, 16.5, 15.0, 13.5)
_WIDTHS = (300.0, 220.0, 160.0)
_INSET, _PAD = 14.0, 9.0
_GAP, _AIR, _APART = 24.0, 14.0, 8.0
_EDGE = 6.0
_MARKS = 22.0
"""How high the row of marks over the plot is."""
_STEPS = 9
"""Places tried along the room each way, when there is none beside the spot."""
_SPOT, _CARD, _WRITTEN, _TEETH = 40.0, 3.0, 6.0, 2.0
"""How bad it is to cover such a thing, by area."""
_PLATE = 400.0
_FAR = 25.0
"""How bad it is to be a unit further away."""
_SMALL = 300.0
"""How bad it is to be set a unit smaller."""
_CROSSED, _PIECES = 150.0, 12
"""How bad it is that a unit of the pointer lies on a spot or a plate; in so many pieces it is looked at."""
_LINES = 14
"""Letters are no larger than this part of the height of their room."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Some words, what they point at, and where they may stand."""

    words: str
    spot: Box
    room: Box

    @property
    def inside(self) -> bool:
        """Whether they stand in what they are said of, and there is no need to point."""
        return common(self.spot, self.room) == self.room


@dataclass(frozen=True, slots=True)
class Plate:
    """Words as they are set, and where."""

    box: Box
    lines: tuple[str, ...]
    size: float


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """All labels of this instant."""
    told = look.told
    if told is None or not told.labels or not told.lit:
        return Part()
    wanted = tuple(
        Wanted(whole_numbers(words), box, _room(spot, layout))
        for spot, words in told.labels
        if words and (box := lit_box(spot, frame, look, layout))
    )
    lit = tuple(
        box for spot in told.highlight if on_stage(spot) and (box := lit_box(spot, frame, look, layout))
    )
    bad = _covered(frame, look, layout)
    if any(want.room == _of_the_timeline(layout) for want in wanted):
        bad += _covered_there(frame, look, layout)
    placed = plates(wanted, lit, bad)
    pairs = zip(wanted, placed, strict=True)
    return Part(moving=tuple(item for want, plate in pairs for item in _drawn(want, plate, told.lit)))


def _room(spot: Spot, layout: Layout) -> Box:
    """Where the label of a spot may stand: on the stage, or for what is beside that, next to it."""
    low = layout.ledger.y >= layout.stage.y + layout.stage.height
    if spot == Region("timeline") or (spot == Region("ledger") and low):
        return _of_the_timeline(layout)
    return layout.stage


def _of_the_timeline(layout: Layout) -> Box:
    """From its title to the foot of the plot."""
    plot, top = layout.plot, layout.timeline.y
    return Box(plot.x, top, plot.width, plot.y + plot.height - top)


def _covered(frame: Frame, look: Look, layout: Layout) -> tuple[tuple[Box, float], ...]:
    """What is better not covered, as the picture shows it, and how bad it is. It does not change from tick to
    tick, so that no label hops.
    """
    cards = [box for pair in layout.cards for box in pair]
    still = (*links.draw(frame, look, layout).still, *sites.draw(frame, look, layout).still)
    written = [box_of(item) for item in still if isinstance(item, Text) and item.content]
    through = shot(frame, look, layout)
    found = [*((box, _CARD) for box in cards), *((box, _WRITTEN) for box in (*written, layout.clients))]
    return tuple((through.place(box) if through else box, weight) for box, weight in found)


def _covered_there(frame: Frame, look: Look, layout: Layout) -> tuple[tuple[Box, float], ...]:
    """What is written there, marks, buttons, and the teeth: all but the times without a second copy."""
    plot, part = layout.plot, timeline.draw(frame, look, layout)
    written = [
        box_of(item) for item in (*part.still, *part.moving) if isinstance(item, Text) and item.content
    ]
    times = (0, *(at_us for span in frame.history.alone for at_us in span), frame.duration_us)
    xs = [timeline.at_x(frame, plot, at_us) for at_us in times]
    teeth = [Box(xs[n], plot.y, xs[n + 1] - xs[n], plot.height) for n in range(0, len(xs) - 1, 2)]
    marks = Box(plot.x, plot.y - _MARKS, plot.width, _MARKS)
    right = layout.timeline.x + layout.timeline.width
    width = timeline.TRANSPORT_WIDTH if look.chrome else 0.0
    buttons = Box(right - width, layout.timeline.y, width, marks.y - layout.timeline.y)
    return (
        *((box, _WRITTEN) for box in (*written, marks)),
        *((box, _TEETH) for box in teeth),
        (buttons, _SPOT),
    )


@lru_cache(maxsize=16)
def plates(
    wanted: tuple[Wanted, ...], lit: tuple[Box, ...], covered: tuple[tuple[Box, float], ...]
) -> tuple[Plate, ...]:
    """The best place for each, one after the other."""
    spots = (*lit, *(want.spot for want in wanted if not want.inside))
    bad = [*covered, *((grown(spot, _AIR), _SPOT) for spot in spots)]
    placed: list[Plate] = []
    for want in wanted:
        best = min(_candidates(want), key=lambda plate: _cost(plate, want, bad))
        bad.append((grown(best.box, _APART), _PLATE))
        placed.append(best)
    return tuple(placed)


def _cost(plate: Plate, want: Wanted, bad: Sequence[tuple[Box, float]]) -> float:
    """Of what it covers, of how far it is from its spot, and of small letters."""
    found = ((common(plate.box, box), weight) for box, weight in bad)
    covers = sum(weight * inside.width * inside.height for inside, weight in found if inside)
    near = _nearest(want.spot, plate.box)
    away = hypot(near[1][0] - near[0][0], near[1][1] - near[0][1])
    crosses = 0.0 if want.inside else _crossed(*near, [box for box, weight in bad if weight >= _SPOT])
    return covers + crosses + _FAR * away + _SMALL * (_SIZES[0] - plate.size)


def _crossed(start: Point, end: Point, boxes: Sequence[Box]) -> float:
    """How bad it is that a pointer runs through these; not through what holds the spot at its end."""
    (x, y), (to_x, to_y) = start, end
    others = [box for box in boxes if not box.contains(to_x, to_y)]
    shares = [(step + 0.5) / _PIECES for step in range(_PIECES)]
    points = [(x + share * (to_x - x), y + share * (to_y - y)) for share in shares]
    crossed = sum(any(box.contains(*point) for box in others) for point in points) / _PIECES
    return _CROSSED * crossed * hypot(to_x - x, to_y - y)


def _candidates(want: Wanted) -> Iterator[Plate]:
    """Beside the spot on each side, then all over the room; in several shapes."""
    room, spot = want.room, want.spot
    for most in _WIDTHS:
        inner = min(most, room.width - 2 * (_EDGE + _INSET))
        sizes = [size for size in _SIZES if size <= room.height / _LINES] or [_SIZES[-1]]
        lines, size = set_within(want.words, sizes, inner, 0.6 * room.height)
        width = max(text_width(line, size) for line in lines) + 2 * _INSET
        height = LEADING * size * len(lines) + 2 * _PAD
        xs = [spot.x + spot.width + _GAP, spot.x - _GAP - width, spot.x + (spot.width - width) / 2]
        ys = [spot.y + spot.height + _GAP, spot.y - _GAP - height, spot.y + (spot.height - height) / 2]
        span = (room.width - width - 2 * _EDGE, room.height - height - 2 * _EDGE)
        xs += [room.x + _EDGE + span[0] * step / _STEPS for step in range(_STEPS + 1)]
        ys += [room.y + _EDGE + span[1] * step / _STEPS for step in range(_STEPS + 1)]
        for x in xs:
            for y in ys:
                within = (clamp(x, xs[3], max(xs[-1], xs[3])), clamp(y, ys[3], max(ys[-1], ys[3])))
                yield Plate(Box(*within, width, height), lines, size)


def _nearest(spot: Box, plate: Box) -> tuple[Point, Point]:
    """The ends of the shortest way from a plate to its spot."""
    ends = []
    for at, length, other, beyond in (
        (spot.x, spot.width, plate.x, plate.width),
        (spot.y, spot.height, plate.y, plate.height),
    ):
        low, high = max(at, other), min(at + length, other + beyond)
        if low <= high:
            ends.append(((low + high) / 2, (low + high) / 2))
        else:
            ends.append((at + length, other) if at < other else (at, other + beyond))
    return (ends[0][1], ends[1][1]), (ends[0][0], ends[1][0])


def _drawn(want: Wanted, plate: Plate, alpha: float) -> list[Primitive]:
    """The line to the spot and its end, the plate, the words."""
    box, step = plate.box, LEADING * plate.size
    start, end = _nearest(want.spot, box)
    pointer: list[Primitive] = []
    if not want.inside:
        pointer = [Path((start, end), "bolt_glow", 2.4, alpha=alpha), Disc(*end, 5, "bolt_glow", alpha=alpha)]
    first = box.y + _PAD + 0.95 * plate.size
    return [
        *pointer,
        Rectangle(box.x + 2, box.y + 4, box.width, box.height, "shadow", radius=10, alpha=alpha),
        Rectangle(box.x, box.y, box.width, box.height, "card", "bolt_glow", 1.6, 10, alpha),
        *(
            Text(box.x + _INSET, first + step * number, line, plate.size, alpha=alpha)
            for number, line in enumerate(plate.lines)
        ),
    ]
