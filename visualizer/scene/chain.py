"""The chain of one loss: its sentences in the place of the ledger, and the same instants on the timeline."""

from __future__ import annotations

from visualizer.language import marked, say, say_as, thousands
from visualizer.scene.frame import Frame
from visualizer.scene.keycaps import keycaps
from visualizer.scene.layout import BODY, SMALL, Layout, clamp
from visualizer.scene.lettering import fitting, fitting_size, text_width, wrapped
from visualizer.scene.look import Look
from visualizer.scene.losses import LostChain
from visualizer.scene.lost_list import INSET, heading, panel, place_of_panel
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Disc, Path, Primitive, Rectangle, Role, Sprites, Text
from visualizer.scene.timeline import at_x
from visualizer.story.why import Kind, Step
from visualizer.story.words import instant

COLOURS: dict[Kind, Role] = {
    "safe": "sync",
    "accepted": "request",
    "fault": "struck",
    "lost": "struck",
    "takeover": "active",
}
"""The colour of each link, in the panel and on the timeline."""

_HEAD = 118.0
_SIZES = (18.0, 16.5, 15.0, 13.5)
"""Of the sentences: the first with which all have room."""
_SPACING = 1.3
_LABEL = 19.0
_KEYS = (("← →", marked("others")), ("W", marked("all")), (marked("Esc"), marked("close")))


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Panel and timeline together: the same colours, the same instants."""
    shown = look.losses
    if not isinstance(shown, LostChain):
        return Part()
    room = place_of_panel(layout)
    items = [*panel(room), *_head(shown, room)]
    size, places = _places(shown.steps, room, layout)
    for number, (step, box) in enumerate(zip(shown.steps, places, strict=True)):
        last = number == len(shown.steps) - 1
        items += _step(step, box, size, tail=not last and not layout.portrait, due=_is_due(step, frame))
    items += keycaps(room.x + INSET, room.y + room.height - 19, room.width - 2 * INSET, _KEYS)
    return Part(moving=(*items, *_on_timeline(shown, frame, layout)), targets={"losses:panel": room})


def _is_due(step: Step, frame: Frame) -> bool:
    return step.at_us is not None and step.at_us > frame.now_us


def _head(shown: LostChain, room: Box) -> list[Primitive]:
    x, width = room.x + INSET, room.width - 2 * INSET
    place = say("{number} of {total}", number=thousands(shown.place + 1), total=thousands(shown.total))
    beside = text_width(place, SMALL)
    title = heading(say("WHY WAS THIS ONE LOST?"), room, beside + 10)
    return [
        *title,
        Text(x + width, room.y + 31, place, SMALL, "text_dim", anchor="right"),
        Sprites("lost", ((x + 8, room.y + 56),), 17, "struck"),
        Text(
            x + 26,
            room.y + 64,
            shown.name,
            fitting_size(shown.name, 24, 15, width - 26, "bold"),
            weight="bold",
            max_width=width - 26,
        ),
        Text(
            x,
            room.y + 90,
            *fitting((shown.cause, shown.short or shown.cause), BODY, 11.5, width, "semibold"),
            shown.role,
            "semibold",
            max_width=width,
        ),
    ]


def _places(steps: tuple[Step, ...], room: Box, layout: Layout) -> tuple[float, list[Box]]:
    """(size of the sentences, a box for each): below each other, as far apart as there is room; side by side
    where the ledger is low.
    """
    width = room.width - 2 * INSET
    if layout.portrait:
        each = width / len(steps)
        return _SIZES[0], [
            Box(room.x + INSET + each * n, room.y + _HEAD, each - 14, 0) for n in range(len(steps))
        ]
    free = room.height - _HEAD - 46
    heights: list[float] = []
    for size in _SIZES:
        heights = [24 + _SPACING * size * len(_lines(step, size, width - 34)) for step in steps]
        if sum(heights) + 6 * len(steps) <= free:
            break
    gap = clamp((free - sum(heights)) / len(steps), 2.0, 26.0)
    tops = [room.y + _HEAD + sum(heights[:n]) + gap * n for n in range(len(steps))]
    return size, [
        Box(room.x + INSET, top, width, height + gap) for top, height in zip(tops, heights, strict=True)
    ]


def _lines(step: Step, size: float, width: float) -> tuple[str, ...]:
    return wrapped(step.text, size, width, 8)


def _step(step: Step, box: Box, size: float, *, tail: bool, due: bool) -> list[Primitive]:
    """A knot on the thread, its instant, and the sentence."""
    colour, x = COLOURS[step.kind], box.x + 9
    items: list[Primitive] = []
    if tail:
        items.append(Path(((x, box.y + 8), (x, box.y + box.height + 8)), "text_dim", 2, alpha=0.5))
    hollow = step.at_us is None or due
    items.append(Disc(x, box.y + 8, 7, "panel" if hollow else colour, colour, 2.4))
    left = box.x + 30
    when = say_as("an instant", "never") if step.at_us is None else instant(step.at_us)
    when = say("due {at}", at=when) if due else when
    items += [
        Text(left, box.y + 13, when, 17, colour, "bold"),
        Text(
            left + text_width(when, 17, "bold") + 8,
            box.y + 13,
            step.label,
            SMALL,
            "text_dim",
            max_width=max(box.x + box.width - left - text_width(when, 17, "bold") - 8, 1),
        ),
    ]
    return items + [
        Text(left, box.y + 18 + size * (1 + _SPACING * n), line, size, max_width=box.x + box.width - left)
        for n, line in enumerate(_lines(step, size, box.width - 34))
    ]


def _on_timeline(shown: LostChain, frame: Frame, layout: Layout) -> list[Primitive]:
    """A knot at each instant on one thread, and its name above it where no other stands."""
    plot = layout.plot
    knots = _knots(shown.steps)
    y, now_x = plot.y + plot.height - 21, at_x(frame, plot, frame.now_us)
    xs = [at_x(frame, plot, at_us) for at_us, _, _ in knots]
    items: list[Primitive] = [
        Rectangle(plot.x - 3, plot.y - 1, plot.width + 6, plot.height - 10, "panel", alpha=0.78),
        Path(((now_x, plot.y - 1), (now_x, plot.y + plot.height - 11)), "knob", 2.4),
        Path(((xs[0], y), (max(xs[-1], xs[0] + 1), y)), "text", 2.5, alpha=0.9),
    ]
    places = _labels([label for _, label, _ in knots], xs, plot)
    for x, (_, label, colour), (left, top) in zip(xs, knots, places, strict=True):
        width = text_width(label, SMALL, "semibold") + 10
        items += [
            Path(((clamp(x, left + 5, left + width - 5), top + 16), (x, y)), colour, 1.4, alpha=0.8),
            Rectangle(left, top, width, 17.5, "card", colour, 1, 6),
            Text(left + 5, top + 13.2, label, SMALL, colour, "semibold"),
            Disc(x, y, 6, colour, "panel", 1.5),
        ]
    return items


def _knots(steps: tuple[Step, ...]) -> list[tuple[int, str, Role]]:
    """(instant, label, colour) of each instant; what happens at one and the same has one label."""
    found: dict[int, tuple[str, Role]] = {}
    for step in steps:
        if step.at_us is not None:
            before = found.get(step.at_us)
            label = f"{before[0]}, {step.label}" if before else step.label
            found[step.at_us] = (label, before[1] if before else COLOURS[step.kind])
    return [(at_us, f"{label} {instant(at_us)}", colour) for at_us, (label, colour) in found.items()]


def _labels(labels: list[str], xs: list[float], plot: Box) -> list[tuple[float, float]]:
    """(left, top) of each label: as near above its knot as it covers no other."""
    rows = range(max(int((plot.height - 33) // _LABEL), 1))
    taken: list[list[tuple[float, float]]] = [[] for _ in rows]
    found: list[tuple[float, float]] = []
    for label, x in zip(labels, xs, strict=True):
        width = text_width(label, SMALL, "semibold") + 10
        free = [
            (abs(left + width / 2 - x) + _LABEL * row, row, left)
            for row in rows
            for left in _lefts(x, width, taken[row], plot)
        ]
        _, row, left = min(free, default=(0.0, 0, clamp(x - width / 2, plot.x, plot.x + plot.width - width)))
        taken[row].append((left, left + width))
        found.append((left, plot.y + plot.height - 33 - (row + 1) * _LABEL))
    return found


def _lefts(x: float, width: float, taken: list[tuple[float, float]], plot: Box) -> list[float]:
    """Where in a row a label may begin: above its knot, else beside another."""
    beside = [edge for low, high in taken for edge in (low - 5 - width, high + 5)]
    inside = [clamp(left, plot.x, plot.x + plot.width - width) for left in (x - width / 2, *beside)]
    return [left for left in inside if all(high < left - 4 or left + width + 4 < low for low, high in taken)]
