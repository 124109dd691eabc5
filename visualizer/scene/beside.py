"""This run beside many others: one random run can teach the opposite of what is so on the whole.

The card stands in the ledger's place; in a square film, where that is small, over the timeline too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from visualizer.scene import beside_bars
from visualizer.scene.beside_shown import BesideLook
from visualizer.scene.beside_words import heading, how, sentences, title
from visualizer.scene.film_layout import shape_of
from visualizer.scene.film_question import place as place_of_question
from visualizer.scene.frame import Frame
from visualizer.scene.layout import HEADING_SPACING, SMALL, Layout, clamp
from visualizer.scene.lettering import LEADING, set_within, text_width, whole_numbers, wrapped
from visualizer.scene.look import Look
from visualizer.scene.lost_list import place_of_panel
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Primitive, Rectangle, Text, Weight

_INSET = 26.0
_HEAD = 24.0
_SIZES = (24.0, 22.0, 20.0, 18.5, 17.0, 15.5, 14.2, 13.2)
_TITLES = (26.0, 23.0, 20.0, 17.0, 15.0, 13.4)
_HOWS = (17.0, 15.5, 14.2, 13.4)
_BETWEEN = 0.35
"""Between two sentences, in sizes."""
_READABLE = 20.0
"""So large are the words where there is room for it."""
_LEAST_CHART = 172.0
_MOST_CHART = 0.6
_GAP = 16.0
_TALLEST = 400.0
"""No chart is higher: what is left of the room stays below."""
_LOWEST = 150.0
"""Nor lower, with what stands above and below its bars."""


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """The chart with its words; what somebody asks for goes before it."""
    if look.beside is None or look.comparison or hidden(look):
        return Part()
    room = place(look, layout)
    return Part(moving=tuple(card(look.beside, room)), targets={"beside:panel": room})


def card(shown: BesideLook, room: Box) -> list[Primitive]:
    """The chart and its words on a ground of their own; words alone where a chart would be too low."""
    inner = Box(room.x + _INSET, room.y + 14, room.width - 2 * _INSET, room.height - 32)
    items: list[Primitive] = [Rectangle(room.x, room.y, room.width, room.height, "panel", "focus", 1.5, 16)]
    if room.width <= 1.25 * room.height:
        return items + _below_each_other(shown, inner)
    if inner.height >= _LOWEST:
        return items + _beside_each_other(shown, inner)
    return items + _words(shown, inner)


def _below_each_other(shown: BesideLook, inner: Box) -> list[Primitive]:
    """The chart has what the words leave, but not less than it needs."""
    head, top = _head(shown, Box(inner.x, inner.y, inner.width, 0.3 * inner.height))
    below = inner.y + inner.height - top - _GAP
    spare = below - _height(_paragraphs(shown, _READABLE, inner.width), _READABLE)
    height = clamp(spare, _LEAST_CHART, max(min(_MOST_CHART * below, _TALLEST), _LEAST_CHART))
    under = top + height + _GAP
    words = Box(inner.x, under, inner.width, inner.y + inner.height - under)
    return [*head, *_chart(shown, Box(inner.x, top, inner.width, height)), *_words(shown, words)]


def _beside_each_other(shown: BesideLook, inner: Box) -> list[Primitive]:
    left = Box(inner.x, inner.y, 0.5 * inner.width, inner.height)
    x = left.x + left.width + 22
    right = Box(x, inner.y, inner.x + inner.width - x, inner.height)
    head, top = _titles(shown, Box(x, right.y, right.width, 0.36 * right.height))
    words = Box(x, top, right.width, right.y + right.height - top + 6)
    return [*head, *_chart(shown, left), *_words(shown, words)]


def hidden(look: Look) -> bool:
    """Whether something else stands there: a question, the knobs that somebody turns."""
    turned = (look.focus or "").startswith("knob:")
    return bool(look.asked or look.beat or turned)


def place(look: Look, layout: Layout) -> Box:
    """Where the ledger is."""
    if not look.film:
        return place_of_panel(layout)
    square = shape_of(layout.width, layout.height) == "square"
    return place_of_question(look, layout) if square else layout.ledger


def _head(shown: BesideLook, box: Box) -> tuple[list[Primitive], float]:
    """What it is, and its titles; and where that ends."""
    said, size = heading(shown), SMALL
    apart = HEADING_SPACING if text_width(said, size, "regular", HEADING_SPACING) <= box.width else 0.0
    lines, _ = set_within(said, (size,), box.width, 0.3 * box.height) if not apart else ((said,), size)
    items: list[Primitive] = [
        Text(box.x, box.y + 17 + LEADING * size * n, line, size, "text_dim", letter_spacing=apart)
        for n, line in enumerate(lines)
    ]
    top = box.y + _HEAD + 4 + LEADING * size * (len(lines) - 1)
    titles, top = _titles(shown, Box(box.x, top, box.width, box.y + box.height - top))
    return [*items, *titles], top


def _titles(shown: BesideLook, box: Box) -> tuple[list[Primitive], float]:
    """What is shown of each run, and how the others differ; and where that ends."""
    room = box.height / 2
    lines, size = set_within(title(shown), _TITLES, box.width, room, "bold")
    items: list[Primitive] = [*_set(lines, size, box.x, box.y, "bold")]
    top = box.y + LEADING * size * len(lines) + 2
    lines, size = set_within(whole_numbers(how(shown)), _HOWS, box.width, room)
    items += [replace(one, role="text_dim") for one in _set(lines, size, box.x, top)]
    return items, top + LEADING * size * len(lines) + 12


def _chart(shown: BesideLook, box: Box) -> list[Primitive]:
    return beside_bars.draw(shown, shown.others, box) if shown.others else []


def _words(shown: BesideLook, box: Box) -> list[Primitive]:
    """A sentence a paragraph, as large as all of them fit; else without the first, which the chart says too,
    or none.
    """
    for first in (0, 1, 2):
        for size in _SIZES:
            paragraphs = _paragraphs(shown, size, box.width)[first:]
            if _height(paragraphs, size) <= box.height:
                return _stacked(paragraphs, size, box, first)
    return []


def _stacked(paragraphs: Sequence[tuple[str, ...]], size: float, box: Box, first: int) -> list[Primitive]:
    """One below the other; `first`: the number of the first sentence."""
    items: list[Primitive] = []
    top = box.y
    for number, lines in enumerate(paragraphs, first):
        items += _set(lines, size, box.x, top, _weight(number))
        top += size * (LEADING * len(lines) + _BETWEEN)
    return items


def _paragraphs(shown: BesideLook, size: float, width: float) -> list[tuple[str, ...]]:
    """The lines of each sentence."""
    said = map(whole_numbers, sentences(shown))
    return [wrapped(one, size, width, 99, _weight(number)) for number, one in enumerate(said)]


def _weight(number: int) -> Weight:
    """The first sentence, about this run, stands out."""
    return "regular" if number else "semibold"


def _height(paragraphs: Sequence[tuple[str, ...]], size: float) -> float:
    return size * (LEADING * sum(map(len, paragraphs)) + _BETWEEN * (len(paragraphs) - 1))


def _set(lines: tuple[str, ...], size: float, x: float, top: float, weight: Weight = "regular") -> list[Text]:
    """Lines below `top`."""
    first = top + 0.95 * size
    return [Text(x, first + LEADING * size * n, line, size, "text", weight) for n, line in enumerate(lines)]
