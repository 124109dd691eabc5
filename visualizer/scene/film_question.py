"""A question in a film: time to think runs out, then the answer is shown, large. Nobody touches anything.

It stands where it does not hide what it asks about: in the ledger's place, or over the timeline.
"""

from __future__ import annotations

from visualizer.language import say, thousands
from visualizer.scene.asked import Answered, Asked
from visualizer.scene.layout import HEADING_SPACING, SMALL, Layout, clamp
from visualizer.scene.lettering import LEADING, fitting_size, set_within, text_width, whole_numbers
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Disc, Primitive, Rectangle, Text
from visualizer.scene.spots import around
from visualizer.story.words import sentence

_QUESTION_SIZES = (30.0, 27.0, 24.0, 21.0, 18.5, 16.5, 15.0, 13.5)
_ANSWER_SIZES = (26.0, 23.0, 20.0, 18.0, 16.0, 14.5, 13.2)
_WHY_SIZES = (28.0, 25.5, 23.0, 21.0, 19.0, 17.0, 15.5, 14.0, 13.2)
_NUMBER, _LEAST_NUMBER = 120.0, 36.0
_INSET = 26.0
_HEAD = 46.0
_FOOT = 34.0
_CLOCK = 6.0
_BETWEEN = 10.0
_MOST_ROW = 110.0


def draw(asked: Asked | Answered, look: Look, layout: Layout) -> Part:
    """The question with its answers, or the right one and why it is."""
    room = place(look, layout)
    x, width = room.x + _INSET, room.width - 2 * _INSET
    title = say("WHAT DO YOU THINK?") if isinstance(asked, Asked) else say("THE ANSWER")
    inner = Box(x, room.y + _HEAD, width, room.height - _HEAD - _FOOT)
    items: list[Primitive] = [
        Rectangle(room.x, room.y, room.width, room.height, "panel", "focus", 1.5, 16),
        Text(x, room.y + 31, title, SMALL, "text_dim", letter_spacing=HEADING_SPACING),
    ]
    if isinstance(asked, Asked):
        beneath = look.captions and look.comparison is None and room.y > layout.caption.y
        items += _asked(asked, inner, question=not beneath)  # else the caption just above has it
        items += _clock(asked, Box(x, room.y + room.height - 22, width, _CLOCK))
    else:
        items += _answered(asked, inner)
    return Part(moving=tuple(items))


def place(look: Look, layout: Layout) -> Box:
    """Where it stands: beside or below the stage."""
    if look.comparison is not None:
        return around([layout.timeline, layout.caption] if look.captions else [layout.timeline])
    if layout.ledger.y < layout.stage.y + layout.stage.height:
        return layout.ledger
    return around([layout.timeline, layout.ledger])


def _clock(asked: Asked, box: Box) -> list[Primitive]:
    """How much of the time to think is left."""
    if asked.left is None:
        return []
    left = max(box.width * clamp(asked.left, 0.0, 1.0), box.height)
    radius = box.height / 2
    return [
        Rectangle(box.x, box.y, box.width, box.height, "track", radius=radius),
        Rectangle(box.x, box.y, left, box.height, "focus", radius=radius),
    ]


def _asked(asked: Asked, room: Box, *, question: bool) -> list[Primitive]:
    """The question above, its answers in a column, or in a low place side by side."""
    choices = asked.question.choices
    columns = 2 if room.width > 2 * room.height and len(choices) > 1 else 1
    rows = -(-len(choices) // columns)
    items: list[Primitive] = []
    top = room.y
    if question:
        least = rows * (1.7 * _ANSWER_SIZES[-1] * LEADING + _BETWEEN)
        most = min(max(room.height - least, 0.3 * room.height), 0.46 * room.height)
        words = whole_numbers(asked.question.text)
        lines, size = set_within(words, _QUESTION_SIZES, room.width, most, "semibold")
        items += _lines(lines, size, room.x, top, bold=True)
        top += LEADING * size * len(lines) + 14
    width = (room.width - (columns - 1) * _BETWEEN) / columns
    height = min((room.y + room.height - top - (rows - 1) * _BETWEEN) / rows, _MOST_ROW)
    boxes = [
        Box(room.x + n // rows * (width + _BETWEEN), top + n % rows * (height + _BETWEEN), width, height)
        for n in range(len(choices))
    ]
    return [*items, *_choices(asked, boxes)]


def _choices(asked: Asked, boxes: list[Box]) -> list[Primitive]:
    """A number as large as fits and the belief that leads to it, or the belief alone behind a dot."""
    choices = asked.question.choices
    numbers = [thousands(one.value) if asked.question.counted else "" for one in choices]
    box = boxes[0]
    large = min(fitting_size(number, 34, 15, 0.34 * box.width, "bold") for number in numbers)
    large = min(large, 0.72 * box.height)
    wide = max(text_width(number, large, "bold") for number in numbers) if asked.question.counted else 10.0
    beliefs = [whole_numbers(one.belief) for one in choices]
    room = (box.width - 16 - wide - 16 - 12, box.height - 8)
    size = min(set_within(belief, _ANSWER_SIZES, *room)[1] for belief in beliefs)
    items: list[Primitive] = []
    for number, belief, each in zip(numbers, beliefs, boxes, strict=True):
        left, middle = each.x + 16, each.y + each.height / 2
        items.append(Rectangle(each.x, each.y, each.width, each.height, "card", "link", 1.2, 11))
        if number:
            items.append(Text(left, middle + 0.35 * large, number, large, weight="bold"))
        else:
            items.append(Disc(left + 5, middle, 5, "focus"))
        lines, _ = set_within(belief, (size,), *room)
        items += _lines(lines, size, left + wide + 16, middle - LEADING * size * len(lines) / 2)
    return items


def _answered(answered: Answered, room: Box) -> list[Primitive]:
    """The answer, large; below it, or in a low place beside it, why."""
    beside = room.width > 2.4 * room.height
    width = 0.4 * room.width if beside else room.width
    head = Box(room.x, room.y, width, room.height if beside else 0.44 * room.height)
    items, foot = _words(answered, head) if in_words(answered) else _number(answered, head)
    if beside:
        left = head.x + head.width + 24
        below = Box(left, room.y, room.x + room.width - left, room.height)
    else:
        below = Box(room.x, foot + 38, room.width, room.y + room.height - foot - 38)
        items.append(Rectangle(room.x, foot + 18, room.width, 1.5, "panel_edge"))
    lines, size = set_within(whole_numbers(answered.why), _WHY_SIZES, below.width, below.height)
    spare = below.height - LEADING * size * len(lines)
    return [*items, *_lines(lines, size, below.x, below.y + (spare / 2 if beside else 0))]


def _number(answered: Answered, box: Box) -> tuple[list[Primitive], float]:
    """The number and what it is a part of; and where they end."""
    number, words = thousands(answered.result), of_all(answered)
    share = 0.72 if words else 1.0
    size = min(fitting_size(number, _NUMBER, _LEAST_NUMBER, box.width, "bold"), share * box.height / 0.78)
    foot = box.y + 0.78 * size
    items: list[Primitive] = [Text(box.x, foot, number, size, "text", "bold")]
    if words:
        top = foot + 0.14 * size
        room = max(box.y + box.height - top, 18.0)
        lines, small = set_within(words, (22.0, 19.0, 17.0, 15.0, 13.4), box.width, room)
        items += _lines(lines, small, box.x, top, dim=True)
        foot = top + LEADING * small * len(lines)
    return items, foot


def _words(answered: Answered, box: Box) -> tuple[list[Primitive], float]:
    """The right belief; and where it ends."""
    sizes = (38.0, 33.0, *_QUESTION_SIZES)
    lines, size = set_within(sentence(whole_numbers(answered.belief)), sizes, box.width, box.height, "bold")
    return _lines(lines, size, box.x, box.y, bold=True), box.y + LEADING * size * len(lines)


def in_words(answered: Answered) -> bool:
    """Whether the answer is a belief, and not a number."""
    return not answered.counted and bool(answered.belief)


def of_all(answered: Answered) -> str:
    """What the number is a part of; "" where that is not said."""
    if not answered.of_what:
        return ""
    return say("of {count} {what}", count=thousands(answered.of), what=answered.of_what)


def _lines(
    lines: tuple[str, ...], size: float, x: float, top: float, *, bold: bool = False, dim: bool = False
) -> list[Primitive]:
    """Lines below `top`."""
    return [
        Text(
            x,
            top + LEADING * size * number + 0.95 * size,
            line,
            size,
            "text_dim" if dim else "text",
            "semibold" if bold else "regular",
        )
        for number, line in enumerate(lines)
    ]
