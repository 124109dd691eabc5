"""How wide a line of text will be, without a font at hand: layout needs no pygame.

The widths are those of Source Sans Pro (advance of each character, hundredths of the size, rounded up), with
a few per cent on top for the whole pixels that a font is drawn in: never too small by as much as a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from unicodedata import normalize

from visualizer.scene.primitives import Box, Primitive, Text, Weight, Zoomed

ELLIPSIS = "…"
LEADING = 1.2
"""From one line to the next, in sizes."""
_SAFETY = 1.07
_CRUMB = 1e-6  # so that what has been fitted does fit, whatever the last digit
_FIRST = ord(" ")
_WIDTHS: dict[Weight, tuple[int, ...]] = {
    "regular": (
        20, 29, 43, 50, 50, 83, 61, 25, 31, 31, 42, 50, 25, 32, 25, 35, 50, 50, 50, 50, 50, 50, 50, 50,
        50, 50, 25, 25, 50, 50, 50, 43, 85, 55, 59, 58, 62, 53, 50, 62, 66, 27, 48, 58, 49, 73, 65, 67,
        57, 67, 57, 54, 54, 65, 52, 79, 52, 48, 54, 31, 35, 31, 50, 50, 55, 51, 56, 46, 56, 50, 32, 51,
        55, 25, 29, 50, 26, 83, 55, 55, 56, 56, 35, 42, 34, 55, 47, 72, 45, 47, 43, 31, 25, 31, 50,
    ),
    "semibold": (
        20, 32, 49, 52, 52, 85, 64, 28, 33, 33, 44, 52, 28, 33, 28, 35, 52, 52, 52, 52, 52, 52, 52, 52,
        52, 52, 28, 28, 52, 52, 52, 45, 88, 57, 60, 58, 63, 54, 51, 63, 67, 29, 50, 60, 51, 75, 66, 68,
        59, 68, 60, 55, 55, 66, 55, 80, 55, 51, 54, 33, 35, 33, 52, 50, 55, 52, 57, 47, 57, 51, 35, 52,
        56, 27, 31, 53, 28, 85, 56, 55, 57, 57, 38, 44, 37, 56, 50, 75, 49, 50, 45, 33, 26, 33, 52,
    ),
    "bold": (
        20, 34, 54, 53, 53, 86, 67, 30, 35, 35, 46, 53, 30, 34, 30, 34, 53, 53, 53, 53, 53, 53, 53, 53,
        53, 53, 30, 30, 53, 53, 53, 47, 91, 59, 61, 59, 64, 55, 53, 64, 68, 31, 51, 62, 52, 77, 67, 69,
        60, 69, 62, 56, 56, 67, 57, 82, 57, 55, 55, 35, 34, 35, 53, 50, 56, 53, 58, 47, 58, 52, 38, 54,
        58, 28, 33, 55, 29, 86, 58, 56, 58, 58, 40, 45, 39, 57, 53, 78, 52, 53, 46, 35, 27, 35, 53,
    ),
}  # fmt: skip
_OTHERS = {"\u2009": 20, "\u202f": 13, "\u00a0": 21, "·": 30, "–": 48, "−": 53, "×": 53, "→": 62, "←": 62}
_OTHERS |= {"…": 98, "ß": 64, "µ": 60} | dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", 38)
_OTHERS |= dict.fromkeys("«»", 48) | dict.fromkeys("„“”", 54) | dict.fromkeys("‚‘’", 30)
_OTHERS |= dict.fromkeys("±≤≥€", 53) | dict.fromkeys("⟦⟧", 44)
_UNKNOWN = 100
_NUMBER = re.compile(r"(\d) (us|ms|s|min|%)(?!\w)")


@lru_cache(maxsize=4096)
def text_width(content: str, size: float, weight: Weight = "regular", letter_spacing: float = 0.0) -> float:
    """About how wide `content` is at `size`, in the same unit; rather too wide than too narrow."""
    hundredths = sum(_width(character, weight) for character in content)
    return hundredths / 100 * size * _SAFETY + letter_spacing * max(0, len(content) - 1)


def _width(character: str, weight: Weight) -> int:
    place = ord(character) - _FIRST
    if 0 <= place < len(_WIDTHS[weight]):
        return _WIDTHS[weight][place]
    known = _OTHERS.get(character)
    return known if known is not None else _width_of_base(character, weight)


@lru_cache(maxsize=1024)
def _width_of_base(character: str, weight: Weight) -> int:
    """An accent makes no letter wider."""
    place = ord(normalize("NFD", character)[0]) - _FIRST
    return _WIDTHS[weight][place] if 0 <= place < len(_WIDTHS[weight]) else _UNKNOWN


def drawn_width(text: Text) -> float:
    """About how wide a text of a scene is when it is painted, its limit respected."""
    width = text_width(text.content, text.size, text.weight, text.letter_spacing)
    return width if text.max_width is None else min(width, text.max_width)


def box_of(text: Text) -> Box:
    """About the box that a text of a scene takes, from the capitals' top to the lowest stroke."""
    width = drawn_width(text)
    x = text.x - {"left": 0.0, "centre": 0.5, "right": 1.0}[text.anchor] * width
    return Box(x, text.y - 0.7 * text.size, width, 0.9 * text.size)


def fitting_size(content: str, size: float, least: float, width: float, weight: Weight = "regular") -> float:
    """`size`, or as much less, down to `least`, as `content` needs to fit into `width`."""
    needed = text_width(content, size, weight)
    return size if needed <= width else max(least, size * width / needed - _CRUMB)


def fitting(
    forms: Sequence[str], size: float, least: float, width: float, weight: Weight = "regular"
) -> tuple[str, float]:
    """The first of several ways to say it that fits into `width` at `least` or larger, else the last; and how
    large.
    """
    said = next((form for form in forms if text_width(form, least, weight) <= width), forms[-1])
    return said, fitting_size(said, size, least, width, weight)


def shortened(content: str, size: float, least: float, width: float) -> tuple[str, float]:
    """What to say and how large: what follows `|` only where it fits."""
    whole = content.replace("|", " ")
    said = whole if text_width(whole, least) <= width else content.partition("|")[0]
    return said, fitting_size(said, size, least, width)


def set_within(
    content: str, sizes: Sequence[float], width: float, height: float, weight: Weight = "regular"
) -> tuple[tuple[str, ...], float]:
    """Lines that keep within `width` and `height` (`LEADING` of the size for each), and how large: the first
    of `sizes` that does; at the last one as many lines as it needs.
    """
    for size in sizes:
        most = max(int(height / (LEADING * size)), 1)
        lines = wrapped(content, size, width, most, weight)
        if all(text_width(line, size, weight) <= width for line in lines):
            return lines, size
    return wrapped(content, sizes[-1], width, 99, weight), sizes[-1]


@lru_cache(maxsize=256)
def balanced(
    lines: tuple[str, ...], size: float, width: float, weight: Weight = "regular"
) -> tuple[str, ...]:
    """As many lines of the same words, about equally long: no word is left alone in the last one."""
    if len(lines) < 2:
        return lines
    content = " ".join(lines)
    low, high = width / len(lines) / 2, width
    while high - low > size / 4:
        middle = (low + high) / 2
        found = wrapped(content, size, middle, 99, weight)
        fits = len(found) <= len(lines) and all(text_width(line, size, weight) <= middle for line in found)
        low, high = (low, middle) if fits else (middle, high)
    return wrapped(content, size, high, 99, weight)


def whole_sentences(
    content: str, sizes: Sequence[float], width: float, height: float
) -> tuple[tuple[str, ...], float]:
    """The same, without the last sentences where there is no room for all; none at all rather than a part."""
    sentences = content.replace(". ", ".\n").split("\n")
    for count in range(len(sentences), 0, -1):
        lines, size = set_within(" ".join(sentences[:count]), sizes, width, height)
        narrow = all(text_width(line, size) <= width for line in lines)
        if narrow and len(lines) * LEADING * size <= height:
            return lines, size
    return (), sizes[-1]


def enlarged(items: Iterable[Primitive], least: float) -> tuple[Primitive, ...]:
    """The same, with no letters smaller than `least`."""
    return tuple(_enlarged(item, least) for item in items)


def _enlarged(item: Primitive, least: float) -> Primitive:
    if isinstance(item, Zoomed):
        return replace(item, items=enlarged(item.items, least / item.scale))
    return replace(item, size=least) if isinstance(item, Text) and item.size < least else item


def whole_numbers(content: str) -> str:
    """The same; no line will end between a number and its unit."""
    return _NUMBER.sub("\\1\u00a0\\2", content)


@lru_cache(maxsize=256)
def wrapped(
    content: str, size: float, width: float, lines: int, weight: Weight = "regular"
) -> tuple[str, ...]:
    """`content` broken between words into at most `lines` lines; the last one may be too long still. A space
    that does not break (or a thin one) holds a number and its unit together.
    """
    result: list[str] = []
    for word in content.split(" "):
        longer = f"{result[-1]} {word}" if result else word
        if result and (len(result) == lines or text_width(longer, size, weight) <= width):
            result[-1] = longer
        else:
            result.append(word)
    return tuple(result)
