"""This run beside many others: one random run can teach the opposite of what is so on the whole.

The card stands in the ledger's place; in a square film, where that is small, over the timeline too.
"""

from __future__ import annotations

from visualizer.scene import beside_bars
from visualizer.scene.beside_shown import BesideLook
from visualizer.scene.beside_words import heading, how, sentences, title
from visualizer.scene.film_layout import shape_of
from visualizer.scene.film_question import place as place_of_question
from visualizer.scene.frame import Frame
from visualizer.scene.layout import HEADING_SPACING, SMALL, Layout
from visualizer.scene.lettering import LEADING, fitting_size, set_within, whole_numbers
from visualizer.scene.look import Look
from visualizer.scene.lost_list import place_of_panel
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Primitive, Rectangle, Text

_INSET = 26.0
_HEAD = 24.0
_SIZES = (24.0, 22.0, 20.0, 18.5, 17.0, 15.5, 14.2, 13.2)
_TITLES = (26.0, 23.0, 20.0, 17.0, 15.0, 13.4)
_HOWS = (17.0, 15.5, 14.2, 13.4)
_BETWEEN = 0.35
"""Between two sentences, in sizes."""
_TALLEST = 400.0
"""No chart is higher: what is left of the room stays below."""


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """The chart with its words; what somebody asks for goes before it."""
    shown = look.beside
    if shown is None or hidden(look):
        return Part()
    room = place(look, layout)
    inner = Box(room.x + _INSET, room.y + 14, room.width - 2 * _INSET, room.height - 32)
    items: list[Primitive] = [Rectangle(room.x, room.y, room.width, room.height, "panel", "focus", 1.5, 16)]
    if room.width > 1.25 * room.height:
        left = Box(inner.x, inner.y, 0.54 * inner.width, inner.height)
        right = Box(left.x + left.width + 24, inner.y, inner.width - left.width - 24, inner.height)
        head, foot = _head(shown, Box(right.x, right.y, right.width, 0.5 * right.height))
        words = Box(right.x, foot, right.width, right.y + right.height - foot)
        items += [*head, *_chart(shown, left), *_words(shown, words)]
    else:
        head, foot = _head(shown, Box(inner.x, inner.y, inner.width, 0.3 * inner.height))
        below = inner.y + inner.height - foot
        chart = Box(inner.x, foot, inner.width, min(0.6 * below, _TALLEST))
        top = foot + chart.height + 16
        words = Box(inner.x, top, inner.width, inner.y + inner.height - top)
        items += [*head, *_chart(shown, chart), *_words(shown, words)]
    return Part(moving=tuple(items), targets={"beside:panel": room})


def hidden(look: Look) -> bool:
    """Whether something else stands there: a question, the knobs that somebody turns, several runs."""
    turned = (look.focus or "").startswith("knob:")
    return bool(look.asked or look.comparison or look.beat or turned)


def place(look: Look, layout: Layout) -> Box:
    """Where the ledger is."""
    if not look.film:
        return place_of_panel(layout)
    square = shape_of(layout.width, layout.height) == "square"
    return place_of_question(look, layout) if square else layout.ledger


def _head(shown: BesideLook, box: Box) -> tuple[list[Primitive], float]:
    """What it is, and how the others differ; and where that ends."""
    head = heading(shown)
    small = fitting_size(head, SMALL, 9.0, box.width - HEADING_SPACING * len(head))
    items: list[Primitive] = [
        Text(box.x, box.y + 17, head, small, "text_dim", letter_spacing=HEADING_SPACING)
    ]
    top, room = box.y + _HEAD + 4, (box.height - _HEAD) / 2
    lines, size = set_within(title(shown), _TITLES, box.width, room, "bold")
    items += _set(lines, size, box.x, top, bold=True)
    top += LEADING * size * len(lines) + 2
    lines, size = set_within(whole_numbers(how(shown)), _HOWS, box.width, room)
    items += _set(lines, size, box.x, top, dim=True)
    return items, top + LEADING * size * len(lines) + 12


def _chart(shown: BesideLook, box: Box) -> list[Primitive]:
    return beside_bars.draw(shown, shown.others, box) if shown.others else []


def _words(shown: BesideLook, box: Box) -> list[Primitive]:
    """A sentence a paragraph, as large as all of them fit."""
    said = [whole_numbers(one) for one in sentences(shown)]
    for size in _SIZES:
        found = [set_within(one, (size,), box.width, 1e6)[0] for one in said]
        height = size * (LEADING * sum(map(len, found)) + _BETWEEN * (len(found) - 1))
        if height <= box.height:
            break
    items: list[Primitive] = []
    top = box.y
    for number, lines in enumerate(found):
        items += _set(lines, size, box.x, top, bold=number == 0)
        top += size * (LEADING * len(lines) + _BETWEEN)
    return items


def _set(
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
