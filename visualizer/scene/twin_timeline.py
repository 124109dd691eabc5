"""One timeline for several runs: the curve of each, what happened in any of them, one playhead."""

from __future__ import annotations

from collections.abc import Sequence

from visualizer.scene.axis import axis, scale_line
from visualizer.scene.curve import Line, lines, peak, until
from visualizer.scene.frame import Frame
from visualizer.scene.layout import SMALL, Layout
from visualizer.scene.lettering import text_width
from visualizer.scene.look import Look
from visualizer.scene.marks import faults, takeovers
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Path, Primitive, Rectangle, Role, Text
from visualizer.scene.timeline import TRANSPORT_WIDTH, Labels, alone, at_x, playhead
from visualizer.scene.wording import thousands
from visualizer.story.words import pair

INKS: tuple[tuple[Role, tuple[float, float] | None], ...] = (
    ("sync", None),
    ("request", (5, 4)),
    ("heartbeat", (2, 3)),
    ("active", (10, 4)),
)
"""Colour and dashes of each run's curve: told apart without colour too."""

_SIZE = 14.5


def draw(frames: Sequence[Frame], look: Look, layout: Layout) -> Part:
    """Panel, curves, bands, marks and playhead; the target is the time axis, as in `timeline`."""
    room, plot, first = layout.timeline, plot_of(layout), frames[0]
    now_x, tier = at_x(first, plot, first.now_us), struck_tier(frames)
    scale = scale_of(frames, tier)
    focus = look.focus == "timeline"
    still: list[Primitive] = [
        Rectangle(room.x, room.y, room.width, room.height, "panel", "focus" if focus else "panel_edge",
                  2.5 if focus else 1, 14),
        *axis(first.duration_us, plot),
        *scale_line(scale, plot),
        *_outages(frames, plot),
        *(alone(first, plot) if len({frame.history.alone for frame in frames}) == 1 else ()),
    ]  # fmt: skip
    moving: list[Primitive] = []
    for number, frame in enumerate(frames):
        moving += _curve(lines(frame.history, plot, scale, _own_tier(frame, tier)), number, now_x)
    moving += [
        *takeovers(first, plot, Labels().place, *frames[1:]),
        *faults(first, plot, *frames[1:]),
        *_title(frames, look, layout, tier),
        *playhead(plot, now_x, big="timeline" in (look.hover, look.focus)),
    ]
    target = Box(plot.x, plot.y - 30, plot.width, plot.height + 62)
    return Part(tuple(still), tuple(moving), {"timeline": target})


def struck_tier(frames: Sequence[Frame]) -> int:
    """The tier whose loss is compared: the one that is struck first, else the first one."""
    failovers = [one for frame in frames for one in frame.history.end.failovers]
    return min(failovers, key=lambda one: one.fault_us).tier if failovers else 0


def scale_of(frames: Sequence[Frame], tier: int) -> int:
    """What the top of the plot stands for: the most that any of the curves reaches."""
    return max(1, *(peak(frame.history, _own_tier(frame, tier)) for frame in frames))


def exposed_by(frame: Frame, tier: int) -> int:
    """Sessions that a strike on a tier would cost now: in parallel columns those of every tier."""
    own = _own_tier(frame, tier)
    return max(frame.exposed) if own is None else frame.exposed[own]


def target_words(frame: Frame, tier: int) -> str:
    """The tier as a sentence has it; "" where there is only one."""
    return f"the {pair(frame.setup, tier)}" if len(frame.setup.tiers) > 1 else ""


def _own_tier(frame: Frame, tier: int) -> int | None:
    return None if frame.setup.path == "parallel" else tier


def _cost_now(frame: Frame, tier: int) -> str:
    """In figures, while every pair is redundant."""
    now_us = frame.now_us
    bare = any(low_us < now_us <= high_us for low_us, high_us in frame.history.alone)
    return "all" if bare else thousands(exposed_by(frame, tier))


def plot_of(layout: Layout) -> Box:
    """Where the curves are drawn."""
    room = layout.timeline
    return Box(room.x + 36, room.y + 64, room.width - 62, room.height - 64 - 36)


def _curve(pieces: tuple[Line, ...], number: int, now_x: float) -> list[Primitive]:
    """What is past strong, what is to come faint; cut where the playhead is."""
    role, dash = INKS[number]
    items: list[Primitive] = []
    for line in pieces:
        past: Line = line
        future: Line = ()
        if line[0][0] >= now_x:
            past, future = (), line
        elif line[-1][0] > now_x:
            past = until(line, now_x)
            future = (past[-1], *line[len(past) - 1 :])
        if len(future) > 1:
            items.append(Path(future, role, 1.5, dash or (1, 3), 0.4))
        if len(past) > 1:
            items.append(Path(past, role, 2.4, dash))
    return items


def _outages(frames: Sequence[Frame], plot: Box) -> list[Primitive]:
    """When nobody was served: one band where it is so in all runs, else a lane of the plot for each run."""
    if len({frame.history.outages for frame in frames}) == 1:
        return _bands(frames[0], plot, None)
    height = plot.height / len(frames)
    items: list[Primitive] = []
    for number, frame in enumerate(frames):
        lane = Box(plot.x, plot.y + number * height, plot.width, height)
        items += _bands(frame, lane, INKS[number][0])
    return items


def _bands(frame: Frame, lane: Box, ink: Role | None) -> list[Primitive]:
    items: list[Primitive] = []
    for low_us, high_us in frame.history.outages:
        low, high = at_x(frame, lane, low_us), at_x(frame, lane, high_us)
        items.append(Rectangle(low, lane.y + 1, max(high - low, 1), lane.height - 2, "outage"))
        if ink:
            items.append(Rectangle(low, lane.y + 1, 3, lane.height - 2, ink))
        if high - low > text_width("no service", SMALL) + 12:
            y = lane.y + min(lane.height / 2 + 4.5, 18)
            items.append(Text((low + high) / 2, y, "no service", SMALL, "struck", anchor="centre"))
    return items


def _title(frames: Sequence[Frame], look: Look, layout: Layout, tier: int) -> list[Primitive]:
    """The name of the curves, and for each run a sample of its line with what a strike would cost now."""
    room = layout.timeline
    x, y = room.x + 20, room.y + 25
    end = room.x + room.width - 20 - (TRANSPORT_WIDTH if look.hands_on else 0)
    names = [variant.short for variant in look.comparison.variants] if look.comparison else []
    digits = len(thousands(scale_of(frames, tier)))
    numbers = text_width("0" * max(digits, 3), _SIZE, "bold")
    legend = sum(42 + text_width(name, _SIZE) + 6 + numbers + 22 for name in names)
    target = target_words(frames[0], tier)
    title = f"Sessions lost if lightning struck {target}{' ' if target else ''}at this instant"
    if x + text_width(title, _SIZE, "semibold") + 24 + legend > end:
        title = "A strike now costs"
    items: list[Primitive] = [Text(x, y, title, _SIZE, "sync", "semibold")]
    x += text_width(title, _SIZE, "semibold") + 24
    for number, (name, frame) in enumerate(zip(names, frames, strict=True)):
        role, dash = INKS[number]
        width = min(text_width(name, _SIZE), max(end - x - 42 - numbers, 20))
        after = x + 42 + width + 6
        items += [
            Path(((x, y - 5), (x + 34, y - 5)), role, 2.4, dash),
            Text(x + 42, y, name, _SIZE, "text_dim", max_width=width),
            Text(after, y, _cost_now(frame, tier), _SIZE, "text", "bold"),
        ]
        x = after + numbers + 22
    return items
