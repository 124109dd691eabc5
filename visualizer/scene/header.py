"""What is shown and when: the scenario's title and description, the clock and the chapter."""

from __future__ import annotations

from collections.abc import Sequence

from visualizer.language import say, translated
from visualizer.scene import chapters, wording
from visualizer.scene.frame import Frame
from visualizer.scene.layout import BODY, Layout
from visualizer.scene.lettering import (
    LEADING,
    balanced,
    fitting,
    fitting_size,
    set_within,
    text_width,
    whole_sentences,
)
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Text

_CLOCK_WIDTH, _CLOCK_WIDTH_IN_FILM = 270.0, 196.0
_SIZES = (15.5, 14.0, 13.4, 12.6)
"""Of the description; the smallest is too small for a class room."""
_CHAPTER_SIZES = (19.0, 17.0, 15.5, 14.0)


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Title and description, or the chapter that is told, on the left, the clock on the right."""
    clock_width = _CLOCK_WIDTH_IN_FILM if look.film else _CLOCK_WIDTH
    x, width = layout.header.x, layout.header.width - clock_width - 20
    right = layout.header.x + layout.header.width
    title, below = _title(frame, x, width)
    room = Box(x, below, width, 107 - below)
    told = chapters.told_heading(look)
    described = (
        _chapter(told, room) if told else _description(frame, look, room, _SIZES[:3] if look.room else _SIZES)
    )
    time = wording.clock(frame.now_us)
    clock_size = fitting_size(time, 42, 20, clock_width, "bold")
    clock = Text(right, 58, time, clock_size, weight="bold", anchor="right")
    return Part(still=(*title, *described), moving=(clock, *_under_the_clock(frame, look, right)))


def _under_the_clock(frame: Frame, look: Look, right: float) -> list[Text]:
    """How fast time goes, and which chapter this is where nobody tells one; in a class room that, large."""
    found = "" if look.locked or chapters.told_heading(look) else chapters.heading(frame)
    forms = (found, found.partition(" · ")[2])
    if look.room:
        large = fitting(forms, 19, 13.4, _CLOCK_WIDTH, "semibold")
        return [Text(right, 88, *large, "text_dim", "semibold", "right")]
    width = _CLOCK_WIDTH_IN_FILM if look.film else _CLOCK_WIDTH
    return [
        Text(right, 80, *fitting(pace(frame, look), BODY, 12.5, width), "text_dim", anchor="right"),
        Text(right, 100, *fitting(forms, 14.5, 12.5, width, "semibold"), "text_dim", "semibold", "right"),
    ]


def pace(frame: Frame, look: Look) -> tuple[str, ...]:
    """How fast time goes; the longest way to say it first."""
    speed = wording.speed(look.speed)
    if look.film:
        return (speed if look.playing else say("time stands still"),)
    tick = say("tick {number}", number=frame.now_us // frame.setup.tick_us)
    return (f"{tick} · {wording.duration(frame.setup.tick_us)} · {speed}", f"{tick} · {speed}")


def _chapter(words: str, room: Box) -> list[Text]:
    """Which chapter is told, in one line or two."""
    lines, size = set_within(words, _CHAPTER_SIZES, room.width, room.height, "semibold")
    lines = balanced(lines, size, room.width, "semibold")
    step = LEADING * size
    first = room.y + 18 if len(lines) == 1 else room.y + 0.8 * size
    return [
        Text(room.x, first + step * n, line, size, "text_dim", "semibold") for n, line in enumerate(lines)
    ]


def _title(frame: Frame, x: float, width: float) -> tuple[list[Text], float]:
    """One line, smaller if need be, or two; and where the description begins."""
    title = translated(frame.setup.title)
    lines, size = set_within(title, (32, 28, 24, 21), width, 39, "bold")
    if len(lines) == 1 and text_width(lines[0], size, "bold") <= width:
        return [Text(x, 51, lines[0], size, weight="bold")], 62.0
    lines, size = set_within(title, (19.5, 18, 16, 14), width, 47, "bold")
    step = LEADING * size
    return [Text(x, 40 + step * n, line, size, weight="bold") for n, line in enumerate(lines)], 70.0


def _description(frame: Frame, look: Look, room: Box, sizes: Sequence[float]) -> list[Text]:
    """As many whole sentences as there is room for, in two lines or three small ones. They tell the story of
    the scenario, which is another one when somebody has acted or turned a knob.
    """
    words = " ".join(translated(frame.setup.description).split())
    turned = look.knobs is not None and any(knob.changed for knob in look.knobs.knobs)
    if words and (frame.acted or turned):
        words = say("As written: {description}", description=words)
    lines, size = whole_sentences(words, sizes, room.width, room.height)
    step = LEADING * size
    first = min(room.y + 14, room.y + room.height - 3 - step * (len(lines) - 1))
    return [Text(room.x, first + step * n, line, size, "text_dim") for n, line in enumerate(lines)]
