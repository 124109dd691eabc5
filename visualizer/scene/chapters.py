"""The chapters: which one this is, in words, and a numbered mark on the timeline where each begins."""

from __future__ import annotations

from itertools import pairwise

from visualizer.language import say
from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout
from visualizer.scene.lettering import text_width
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Primitive, Rectangle, Role, Text
from visualizer.story.chapters import number_at

_HALF, _HALF_IN_ROOM = 8.0, 10.5
_SIZE, _SIZE_IN_ROOM = 12.0, 15.0


def heading(frame: Frame) -> str:
    """ "2 of 5 · Silence"; "" where a run has but one chapter."""
    found = frame.history.chapters
    if len(found) < 2:
        return ""
    number = number_at(found, frame.now_us)
    return say("{number} of {total}", number=number + 1, total=len(found)) + f" · {found[number].title}"


def told_heading(look: Look) -> str:
    """ "Chapter 2 of 5 · The strike" as an author tells it; "" where nobody does. One is not counted."""
    told = look.told
    if told is None or not told.of:
        return ""
    if told.of == 1:
        return told.chapter
    return say("Chapter {number} of {total} · {title}", number=told.number, total=told.of, title=told.chapter)


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """A mark for each on the axis; those that would lie on each other share one. A click goes there."""
    starts_us = _starts_us(frame, look)
    if len(starts_us) < 2 or look.locked:  # a question is not to be answered by what comes
        return Part()
    plot, half = layout.plot, _HALF_IN_ROOM if look.room else _HALF
    now = look.told.number - 1 if look.told else number_at(frame.history.chapters, frame.now_us)
    items: list[Primitive] = []
    targets: dict[str, Box] = {}
    xs = [plot.x + plot.width * at_us / max(frame.duration_us, 1) for at_us in starts_us]
    for (first, last), box in _apart(xs, plot, half).items():
        name = f"chapter:{first}"
        targets[name] = box
        items += _mark(box, _words(first, last), look, name, here=first <= now <= last)
    return Part(moving=tuple(items), targets=targets)


def _starts_us(frame: Frame, look: Look) -> tuple[int, ...]:
    """Where each chapter begins; several runs have none in common but those of an author."""
    if look.told:
        return look.told.starts_us
    return () if look.comparison else tuple(chapter.at_us for chapter in frame.history.chapters)


def _apart(xs: list[float], plot: Box, half: float) -> dict[tuple[int, int], Box]:
    """Where each mark is, by the first and last chapter it stands for; those that are too close are one."""
    groups = [(number, number) for number in range(len(xs))]
    while True:
        boxes = [_box(xs[first], _words(first, last), plot, half) for first, last in groups]
        close = (n for n, (one, other) in enumerate(pairwise(boxes)) if one.x + one.width + 2 > other.x)
        place = next(close, None)
        if place is None:
            return dict(zip(groups, boxes, strict=True))
        groups[place : place + 2] = [(groups[place][0], groups[place + 1][1])]


def _box(x: float, words: str, plot: Box, half: float) -> Box:
    """Round for a single digit; wide enough for its words, and not beyond the plot."""
    size = _SIZE_IN_ROOM if half == _HALF_IN_ROOM else _SIZE
    width = max(2 * half, text_width(words, size, "semibold") + half)
    left = min(x - half, plot.x + plot.width + 16 - width)
    return Box(left, plot.y + plot.height - half, width, 2 * half)


def _words(first: int, last: int) -> str:
    return str(first + 1) if first == last else f"{first + 1}–{last + 1}"


def _mark(box: Box, words: str, look: Look, name: str, *, here: bool) -> list[Primitive]:
    fill: Role = "knob" if here else "panel"
    tone: Role = "panel" if here else "text_dim"
    focus, hover = look.focus == name, look.hover == name
    size = _SIZE_IN_ROOM if look.room else _SIZE
    radius = box.height / 2
    items: list[Primitive] = []
    if focus:
        ring = Rectangle(box.x - 4, box.y - 4, box.width + 8, box.height + 8, None, "focus", 2.5, radius + 4)
        items.append(ring)
    edge: Role = "text" if hover or here else "text_dim"
    return [
        *items,
        Rectangle(box.x, box.y, box.width, box.height, fill, edge, 1.4, radius),
        Text(box.x + box.width / 2, box.y + radius + 0.35 * size, words, size, tone, "semibold", "centre"),
    ]
