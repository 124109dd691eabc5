"""The timeline: the sawtooth of the exposure, what happened when, and the playhead."""

from __future__ import annotations

from typing import assert_never

from visualizer.scene import ghost
from visualizer.scene.axis import axis, scale_line
from visualizer.scene.curve import curve
from visualizer.scene.cut_tooth import cut_teeth
from visualizer.scene.frame import Frame
from visualizer.scene.layout import SMALL, Layout
from visualizer.scene.lettering import text_width
from visualizer.scene.look import Look
from visualizer.scene.marks import beats, faults, syncs, takeovers
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Disc, Path, Primitive, Rectangle, Text
from visualizer.scene.wording import thousands
from visualizer.sim.event import Status

TRANSPORT_WIDTH = 272.0
"""Room that the title leaves on its right for the buttons."""


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Panel, curve, marks, playhead. The target's width is the whole scenario's time."""
    room, plot = layout.timeline, layout.plot
    drawn = curve(frame.history, plot, frame.scale)
    now_x = at_x(frame, plot, frame.now_us)
    labels = Labels()
    still: list[Primitive] = [
        Rectangle(room.x, room.y, room.width, room.height, "panel", "panel_edge", 1, 14),
        *axis(frame.duration_us, plot),
        *_told(look, [*scale_line(frame.scale, plot), *ghost.lane(frame, plot)]),
        *_outages(frame, plot),
        *_told(look, [*alone(frame, plot), *drawn.future()]),
    ]
    moving: list[Primitive] = [
        *_told(look, drawn.past(now_x)),
        *syncs(frame, plot),
        *beats(frame, plot),
        *_told(look, [*ghost.marks(frame, plot), *cut_teeth(frame, plot, labels.take)]),
        *takeovers(frame, plot, labels.place),
        *faults(frame, plot),
        *_told(look, ghost.count(frame, plot)),
        *_title(frame, look, layout),
        *playhead(plot, now_x, big="timeline" in (look.hover, look.focus)),
    ]
    if look.focus == "timeline":
        ring = Rectangle(room.x - 4, room.y - 4, room.width + 8, room.height + 8, None, "focus", 2.5, 18)
        still.append(ring)
    target = Box(plot.x, plot.y - 30, plot.width, plot.height + 62)
    return Part(tuple(still), tuple(moving), {"timeline": target})


def _told(look: Look, items: list[Primitive]) -> list[Primitive]:
    """What tells how much a strike costs: not while a question waits for its answer."""
    return [] if look.locked else items


def at_x(frame: Frame, plot: Box, at_us: int) -> float:
    """Where an instant lies on the time axis."""
    return plot.x + plot.width * at_us / max(frame.duration_us, 1)


class Labels:
    """Keeps the labels of one row from lying on each other."""

    def __init__(self) -> None:
        self._taken: list[tuple[float, float]] = []

    def place(self, x: float, content: str, size: float, plot: Box) -> float | None:
        """Left edge of a label beside `x`, right of it or else left; None where there is no room."""
        width = text_width(content, size)
        for left in (x + 7, x - 7 - width):
            if plot.x <= left and left + width <= plot.x + plot.width and self.take(left, left + width):
                return left
        return None

    def take(self, low: float, high: float) -> bool:
        """Whether [low, high] was free; it is taken now."""
        if any(low < taken_high and taken_low < high for taken_low, taken_high in self._taken):
            return False
        self._taken.append((low, high))
        return True


def _title(frame: Frame, look: Look, layout: Layout) -> list[Primitive]:
    room = layout.timeline
    width = room.width - 40 - (TRANSPORT_WIDTH if look.chrome else 0)
    count = "?" if look.locked else thousands(max(frame.exposed))
    content = f"Sessions lost if lightning struck at this instant: {count}"
    if not look.locked and len(frame.exposed) > 1:
        worst = frame.setup.tiers[max(range(len(frame.exposed)), key=lambda t: (frame.exposed[t], -t))]
        content += f" ({worst.title})"
    return [Text(room.x + 20, room.y + 25, content, 14.5, "sync", "semibold", max_width=width)]


def _outages(frame: Frame, plot: Box) -> list[Primitive]:
    items: list[Primitive] = []
    for low_us, high_us in frame.history.outages:
        low, high = at_x(frame, plot, low_us), at_x(frame, plot, high_us)
        items.append(Rectangle(low, plot.y, max(high - low, 1), plot.height, "outage"))
        pieces = [each for each in frame.history.troubles if low_us <= each[0] and each[1] <= high_us]
        items += _met(frame, plot, [(a, b, words_for(status)) for a, b, status in pieces]) or _met(
            frame, plot, [(low_us, high_us, words_for(Status.NOBODY_ACTIVE))]
        )
    return items


def _met(frame: Frame, plot: Box, pieces: list[tuple[int, int, str]]) -> list[Primitive]:
    """What requests met in each piece that is wide enough for the words."""
    items: list[Primitive] = []
    for low_us, high_us, words in pieces:
        low, high = at_x(frame, plot, low_us), at_x(frame, plot, high_us)
        if high - low > text_width(words, SMALL) + 8:
            middle = (low + high) / 2
            items.append(Text(middle, plot.y + 18, words, SMALL, "struck", anchor="centre"))
    return items


def words_for(status: Status) -> str:
    """Why nobody is served, in two words."""
    match status:
        case Status.NOBODY_ACTIVE:
            return "no service"
        case Status.DEAD_ADDRESS:
            return "dead address"
        case Status.HUNG:
            return "no answer"
        case Status.REFUSED:
            return "refused"
        case Status.SERVED:
            return ""
        case _:
            assert_never(status)


def alone(frame: Frame, plot: Box) -> list[Primitive]:
    """Where one more bolt takes everything: off the scale, so a hatched band and the number in words."""
    items: list[Primitive] = []
    for low_us, high_us in frame.history.alone:
        for from_us, to_us in _without(low_us, high_us, frame.history.outages):
            low, high = at_x(frame, plot, from_us), at_x(frame, plot, to_us)
            items += _hatched(low, high, plot)
            text = "no second copy: all of them"
            width = text_width(text, SMALL)
            left = max(low + 10, (low + high - width) / 2)
            if left + width <= high - 4:
                items.append(Text(left, plot.y + min(57, plot.height - 6), text, SMALL, "sync"))
    return items


def _without(low: int, high: int, holes: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    pieces = []
    for hole_low, hole_high in holes:
        if hole_high <= low or hole_low >= high:
            continue
        pieces.append((low, max(low, hole_low)))
        low = max(low, hole_high)
    pieces.append((low, max(low, high)))
    return [(a, b) for a, b in pieces if a < b]


def _hatched(low: float, high: float, plot: Box) -> list[Primitive]:
    """A band along the top of the plot."""
    height, step = 10.0, 9.0
    items: list[Primitive] = [Rectangle(low, plot.y, high - low, height, "sync", alpha=0.22)]
    x = low
    while x + height < high:
        items.append(Path(((x, plot.y + height), (x + height, plot.y)), "sync", 1.2, alpha=0.55))
        x += step
    return items


def playhead(plot: Box, x: float, *, big: bool) -> list[Primitive]:
    """The line and its knob."""
    top = plot.y - 26
    return [
        Path(((x, top), (x, plot.y + plot.height + 8)), "knob", 2.4),
        Disc(x, top, 9.5 if big else 7.5, "knob"),
    ]
