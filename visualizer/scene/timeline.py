"""The timeline: the sawtooth of the exposure, what happened when, and the playhead."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

import numpy as np

from visualizer.language import say, say_many, thousands, translated
from visualizer.scene import ghost
from visualizer.scene.axis import axis, scale_line
from visualizer.scene.curve import curve
from visualizer.scene.cut_tooth import cut_teeth
from visualizer.scene.frame import Frame
from visualizer.scene.history import History
from visualizer.scene.labels import Labels
from visualizer.scene.layout import SMALL, Layout
from visualizer.scene.lettering import fitting, text_width
from visualizer.scene.look import Look
from visualizer.scene.marks import beats, groups, syncs, takeovers
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Disc, Path, Primitive, Rectangle, Text
from visualizer.scene.wording import instant
from visualizer.sim.event import Status

TRANSPORT_WIDTH = 272.0
"""Room that the title leaves on its right for the buttons."""
KNOB = 31.0
"""How far above the plot the playhead's knob is: above all marks."""
_FIRST_ROW, _THIRD_ROW = 18.0, 57.0


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Panel, curve, marks, playhead, words. The target's width is the whole scenario's time."""
    room, plot = layout.timeline, layout.plot
    drawn = curve(frame.history, plot, frame.scale)  # of the whole run: that is kept from picture to picture
    if look.locked or look.told:  # who is asked, or told a story, sees what comes when it comes
        frame = replace(frame, history=frame.history.until(frame.now_us))
    now_x = at_x(frame, plot, frame.now_us)
    labels = Labels(plot)
    free = not look.locked
    if free:
        labels.at(plot.x + 5, _FIRST_ROW - 3, thousands(frame.scale), "text_dim")
    still: list[Primitive] = [
        Rectangle(room.x, room.y, room.width, room.height, "panel", "panel_edge", 1, 14),
        *axis(frame.duration_us, plot, room.x + room.width - 6),
        *_outages(frame, plot, labels),
        *(_what_it_costs(frame, plot, labels) if free else ()),
        *(drawn.future() if free and not look.told else ()),
    ]
    what = groups(frame, plot)
    moving: list[Primitive] = [
        *(drawn.past(now_x) if free else ()),
        *syncs(frame, plot),
        *beats(frame, plot, what),
        *([*ghost.marks(frame, plot), *cut_teeth(frame, plot, labels)] if free else ()),
        *takeovers(frame, plot, labels),
        *playhead(plot, now_x),
        *(item for group in what for item in group.drawn(frame, plot)),
        *labels.drawn,
        *(ghost.count(frame, plot) if free else ()),
        *_title(frame, look, layout),
        *_unknown(frame, plot),
        *knob(plot, now_x, big="timeline" in (look.hover, look.focus)),
        *_pointed(frame, look, plot),
    ]
    if look.focus == "timeline":
        ring = Rectangle(room.x - 4, room.y - 4, room.width + 8, room.height + 8, None, "focus", 2.5, 18)
        still.append(ring)
    target = Box(plot.x, plot.y - KNOB - 6, plot.width, plot.height + KNOB + 38)
    return Part(tuple(still), tuple(moving), {"timeline": target})


def _what_it_costs(frame: Frame, plot: Box, labels: Labels) -> list[Primitive]:
    """The scale, the other run, and the times without a second copy."""
    return [*scale_line(plot), *ghost.lane(frame, plot), *alone(frame, plot, labels)]


def at_x(frame: Frame, plot: Box, at_us: int) -> float:
    """Where an instant lies on the time axis."""
    return plot.x + plot.width * at_us / max(frame.duration_us, 1)


def _title(frame: Frame, look: Look, layout: Layout) -> list[Primitive]:
    room = layout.timeline
    width = room.width - 40 - (TRANSPORT_WIDTH if look.chrome else 0)
    number = "?" if look.locked else thousands(max(frame.exposed))
    forms = [
        say("Sessions lost if lightning struck at this instant: {number}", number=number),
        say("Lost if struck now: {number}", number=number),
    ]
    if not look.locked and len(frame.exposed) > 1:
        worst = frame.setup.tiers[max(range(len(frame.exposed)), key=lambda t: (frame.exposed[t], -t))]
        forms = [f"{forms[0]} ({translated(worst.title)})", *forms]
    said, size = fitting([*forms, number], 14.5, 12.5, width, "semibold")
    return [Text(room.x + 20, room.y + 25, said, size, "sync", "semibold")]


def _unknown(frame: Frame, plot: Box) -> list[Primitive]:
    """Words where the run is still being computed."""
    known_x, right = at_x(frame, plot, frame.history.end.now_us), plot.x + plot.width
    words = say("what comes is being computed ...")
    if frame.history.end.now_us >= frame.duration_us or right - known_x < text_width(words, SMALL) + 20:
        return []
    middle = (known_x + right) / 2
    return [Text(middle, plot.y + plot.height / 2, words, SMALL, "text_dim", anchor="centre")]


def _outages(frame: Frame, plot: Box, labels: Labels) -> list[Primitive]:
    items: list[Primitive] = []
    for low_us, high_us in frame.history.outages:
        low, high = at_x(frame, plot, low_us), at_x(frame, plot, high_us)
        items.append(Rectangle(low, plot.y, max(high - low, 1), plot.height, "outage"))
        pieces = [each for each in frame.history.troubles if low_us <= each[0] and each[1] <= high_us]
        said = [
            labels.within(at_x(frame, plot, a), at_x(frame, plot, b), _FIRST_ROW, words_for(status), "struck")
            for a, b, status in pieces
        ]
        if not any(said) and pieces:
            longest = max(pieces, key=lambda piece: piece[1] - piece[0])
            words = f"{words_for(longest[2])} {instant(high_us - low_us)}"
            labels.beside(low, high, _FIRST_ROW, words, "struck")
    return items


def words_for(status: Status) -> str:
    """Why nobody is served, in two words."""
    match status:
        case Status.NOBODY_ACTIVE:
            return say("no service")
        case Status.DEAD_ADDRESS:
            return say("dead address")
        case Status.HUNG:
            return say("no answer")
        case Status.REFUSED:
            return say("refused")
        case Status.SERVED:
            return ""
        case _:
            assert_never(status)


def alone(frame: Frame, plot: Box, labels: Labels) -> list[Primitive]:
    """Where one more bolt takes everything: off the scale, so a hatched band and words."""
    items: list[Primitive] = []
    for low_us, high_us in frame.history.alone:
        for from_us, to_us in _without(low_us, high_us, frame.history.outages):
            low, high = at_x(frame, plot, from_us), at_x(frame, plot, to_us)
            items += _hatched(low, high, plot)
            for words in (say("no second copy: all of them"), say("all of them")):
                if labels.within(low, high, min(_THIRD_ROW, plot.height - 6), words, "sync"):
                    break
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


def playhead(plot: Box, x: float) -> list[Primitive]:
    """The line; words and marks lie over it."""
    return [Path(((x, plot.y - KNOB), (x, plot.y + plot.height + 8)), "knob", 2.4)]


def knob(plot: Box, x: float, *, big: bool) -> list[Primitive]:
    """Its handle, above all marks."""
    return [Disc(x, plot.y - KNOB, 9.5 if big else 7.5, "knob")]


def _pointed(frame: Frame, look: Look, plot: Box) -> list[Primitive]:
    """Where the pointer is: a fine line, when that is, and what a bolt would cost there."""
    if look.pointer is None or look.hover != "timeline" or look.locked:
        return []
    share = min(max(look.pointer, 0.0), 1.0)
    at_us, x = round(share * frame.duration_us), plot.x + share * plot.width
    exposed = exposed_at(frame.history, at_us)
    words = say_many(
        "{at}: {n} session would be lost", "{at}: {n} sessions would be lost", exposed,
        at=instant(at_us), n=thousands(exposed),
    )  # fmt: skip
    width = text_width(words, SMALL, "semibold")
    left = min(max(x - width / 2, plot.x), plot.x + plot.width - width)
    y = plot.y + plot.height - 12
    return [
        Path(((x, plot.y - 4), (x, plot.y + plot.height)), "text", 1, alpha=0.8),
        Rectangle(left - 8, y - 15, width + 16, 22, "card", "panel_edge", 1, 8),
        Text(left, y, words, SMALL, "text", "semibold"),
    ]


def exposed_at(history: History, at_us: int) -> int:
    """The most that one bolt would cost just before an instant, as the sawtooth has it."""
    place = int(np.searchsorted(history.sawtooth.times_us, at_us, side="right")) - 1
    return int(history.sawtooth.worst[max(place, 0)])
