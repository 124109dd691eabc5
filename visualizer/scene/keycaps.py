"""A line of keys and what they do, at the foot of a panel."""

from __future__ import annotations

import re
from collections.abc import Iterable

from visualizer.language import translated
from visualizer.scene.layout import SMALL
from visualizer.scene.lettering import text_width
from visualizer.scene.primitives import Primitive, Rectangle, Text

_KEY = 13.0
_GAP = 14.0
_WORD = re.compile("[A-Za-z]{2}")


def keycaps(x: float, y: float, width: float, keys: tuple[tuple[str, str], ...]) -> list[Primitive]:
    """As many of (key, what it does), both `marked`, as fit up to `x + width`; `y` is the baseline. Arrows
    speak for themselves where there is no room for all.
    """
    items: list[Primitive] = []
    end = x + width
    shown = said(keys)
    if sum(_width(key, does) + _GAP for key, does in shown) - _GAP > width:
        shown = tuple((key, does if _WORD.search(key) else "") for key, does in shown)
    for key, does in shown:
        if x + _width(key, does) > end:
            break
        cap = _width(key, "")
        items += [
            Rectangle(x, y - 15, cap, 21, "card", "text_dim", 1, 5),
            Text(x + cap / 2, y, key, _KEY, "text", "semibold", "centre"),
            *([Text(x + cap + 6, y, does, SMALL, "text_dim")] if does else []),
        ]
        x += _width(key, does) + _GAP
    return items


def _width(key: str, does: str) -> float:
    """Of a cap, and the words behind it."""
    return text_width(key, _KEY, "semibold") + 12 + (6 + text_width(does, SMALL) if does else 0)


def said(keys: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The same pairs in the language of who reads them; a letter or a sign is the same in all."""
    return tuple((translated(key) if _WORD.search(key) else key, translated(does)) for key, does in keys)
