"""One timeline for several runs: the curve of each, what happened in any of them, one playhead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from visualizer.language import say, say_as, thousands, translated
from visualizer.scene.axis import axis, scale_line
from visualizer.scene.curve import Line, lines, peak, until
from visualizer.scene.frame import Frame
from visualizer.scene.labels import Labels
from visualizer.scene.layout import Layout
from visualizer.scene.lettering import text_width
from visualizer.scene.look import Look
from visualizer.scene.marks import groups, takeovers
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Disc, Path, Primitive, Rectangle, Role, Text
from visualizer.scene.timeline import KNOB, TRANSPORT_WIDTH, alone, at_x, knob, playhead
from visualizer.story.words import pair

INKS: tuple[tuple[Role, tuple[float, float] | None], ...] = (
    ("sync", None),
    ("request", (5, 4)),
    ("heartbeat", (2, 3)),
    ("active", (10, 4)),
)
"""Colour and dashes of each run's curve: told apart without colour too."""

_SIZE = 14.5
_SAMPLE, _APART = 42.0, 28.0
"""How much room the sample of a line takes, and what is behind its name besides the number."""


def draw(frames: Sequence[Frame], look: Look, layout: Layout) -> Part:
    """Panel, curves, bands, marks and playhead; the target is the time axis, as in `timeline`."""
    tier = struck_tier(frames)
    room, plot = layout.timeline, layout.plot
    scale = scale_of(frames, tier)
    drawn = [
        lines(frame.history, plot, scale, _own_tier(frame, tier)) for frame in frames
    ]  # as in `timeline`
    if look.locked or look.told:  # who is asked, or told a story, sees what comes when it comes
        frames = [replace(frame, history=frame.history.until(frame.now_us)) for frame in frames]
    first = frames[0]
    now_x = at_x(first, plot, first.now_us)
    focus = look.focus == "timeline"
    labels = Labels(plot)
    labels.at(plot.x + 5, 15, thousands(scale), "text_dim")
    taken_over = takeovers(first, plot, labels, *frames[1:])  # these say where the runs differ: words first
    still: list[Primitive] = [
        Rectangle(room.x, room.y, room.width, room.height, "panel", "focus" if focus else "panel_edge",
                  2.5 if focus else 1, 14),
        *axis(first.duration_us, plot, room.x + room.width - 6),
        *scale_line(plot),
        *_outages(frames, plot, labels),
        *(alone(first, plot, labels) if _all_alone(frames) and not look.locked else ()),
    ]  # fmt: skip
    moving: list[Primitive] = []
    for number, pieces in enumerate(() if look.locked else drawn):
        line = _curve(pieces, number, now_x)
        moving += [path for path in line if not look.told or path.points[0][0] < now_x]
    moving += [
        *(() if look.locked else _cut_off(frames, plot, scale)),
        *taken_over,
        *playhead(plot, now_x),
        *(item for group in groups(first, plot, *frames[1:]) for item in group.drawn(first, plot)),
        *labels.drawn,
        *_title(frames, look, layout, tier),
        *knob(plot, now_x, big="timeline" in (look.hover, look.focus)),
    ]
    target = Box(plot.x, plot.y - KNOB - 6, plot.width, plot.height + KNOB + 38)
    return Part(tuple(still), tuple(moving), {"timeline": target})


def _all_alone(frames: Sequence[Frame]) -> bool:
    """Whether all runs have no second copy at the same times."""
    return len({frame.history.alone for frame in frames}) == 1


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
    return say("the {tier}", tier=pair(frame.setup, tier)) if len(frame.setup.tiers) > 1 else ""


def _own_tier(frame: Frame, tier: int) -> int | None:
    return None if frame.setup.path == "parallel" else tier


def _curve(pieces: tuple[Line, ...], number: int, now_x: float) -> list[Path]:
    """What is past strong, what is to come faint; cut where the playhead is."""
    role, dash = INKS[number]
    items: list[Path] = []
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


def _cut_off(frames: Sequence[Frame], plot: Box, scale: int) -> list[Primitive]:
    """A point where a strike has cut a curve off, as high as the number of sessions that it cost."""
    return [
        Disc(
            at_x(frame, plot, at_us),
            plot.y + plot.height * (1 - min(total / scale, 1.0)),
            4.6, INKS[number][0], "struck", 1.8,
        )
        for number, frame in enumerate(frames)
        for at_us, total in _losses(frame).items()
    ]  # fmt: skip


def _losses(frame: Frame) -> dict[int, int]:
    """Sessions lost up to now, by instant."""
    found: dict[int, int] = {}
    for loss in frame.state.losses:
        if len(loss.sessions):
            found[loss.at_us] = found.get(loss.at_us, 0) + len(loss.sessions)
    return found


def _outages(frames: Sequence[Frame], plot: Box, labels: Labels) -> list[Primitive]:
    """When nobody was served: one band where it is so in all runs, else a lane of the plot for each run."""
    if len({frame.history.outages for frame in frames}) == 1:
        return _bands(frames[0], plot, plot, None, labels)
    height = plot.height / len(frames)
    items: list[Primitive] = []
    for number, frame in enumerate(frames):
        lane = Box(plot.x, plot.y + number * height, plot.width, height)
        items += _bands(frame, plot, lane, INKS[number][0], labels)
    return items


def _bands(frame: Frame, plot: Box, lane: Box, ink: Role | None, labels: Labels) -> list[Primitive]:
    items: list[Primitive] = []
    for low_us, high_us in frame.history.outages:
        low, high = at_x(frame, lane, low_us), at_x(frame, lane, high_us)
        items.append(Rectangle(low, lane.y + 1, max(high - low, 1), lane.height - 2, "outage"))
        if ink:
            items.append(Rectangle(low, lane.y + 1, 3, lane.height - 2, ink))
        row = lane.y - plot.y + min(lane.height / 2 + 4.5, 18)
        labels.within(low, high, row, say("no service"), "struck")
    return items


def _title(frames: Sequence[Frame], look: Look, layout: Layout, tier: int) -> list[Primitive]:
    """The name of the curves, and for each run a sample of its line with what a strike would cost now."""
    room = layout.timeline
    x, y = room.x + 20, room.y + 25
    end = room.x + room.width - 20 - (TRANSPORT_WIDTH if look.chrome else 0)
    names = [translated(variant.short) for variant in look.comparison.variants] if look.comparison else []
    numbers = text_width("0" * max(len(thousands(scale_of(frames, tier))), 3), _SIZE, "bold")
    widths = [_SAMPLE + text_width(name, _SIZE) + numbers + _APART for name in names]
    title = say("Sessions lost if lightning struck at this instant")
    if target := target_words(frames[0], tier):
        title = say("Sessions lost if lightning struck {tier} at this instant", tier=target)
    if x + text_width(title, _SIZE, "semibold") + 24 + sum(widths) > end:
        title = say("A strike now costs")
    items: list[Primitive] = [Text(x, y, title, _SIZE, "sync", "semibold")]
    x += text_width(title, _SIZE, "semibold") + 24
    widths = widths if x + sum(widths) <= end else [(end - x) / len(names)] * len(names)
    for number, (name, width, frame) in enumerate(zip(names, widths, frames, strict=True)):
        place = Box(x, y, width - numbers - _APART, 0)
        cost = "?" if look.locked else _cost(frame, tier)
        right = place.x + place.width + 6
        items += [*_sample(number, name, place), Text(right, place.y, cost, _SIZE, "text", "bold")]
        x += width
    return items


def _sample(number: int, name: str, place: Box) -> list[Primitive]:
    role, dash = INKS[number]
    x, y = place.x, place.y
    return [
        Path(((x, y - 5), (x + _SAMPLE - 8, y - 5)), role, 2.4, dash),
        Text(x + _SAMPLE, y, name, _SIZE, "text_dim", max_width=place.width - _SAMPLE),
    ]


def _cost(frame: Frame, tier: int) -> str:
    """In figures while every pair is redundant; else it is all that is open."""
    bare = any(low_us < frame.now_us <= high_us for low_us, high_us in frame.history.alone)
    return say_as("sessions", "all") if bare else thousands(exposed_by(frame, tier))
