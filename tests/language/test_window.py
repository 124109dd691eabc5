"""The window in another language: all that is seen is said through the catalogues, at once after a change;
and texts twice as long have their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

import pytest
from language.panels import PANELS, Sitting
from language.pseudo import PSEUDO
from scene.flat import everything
from scene.test_layout import box_of, inside, overlap

from visualizer.language import Spoken, speak
from visualizer.language.catalogues import language
from visualizer.scenario import shipped_names
from visualizer.scene.lettering import text_width
from visualizer.scene.primitives import Box, Rectangle, Scene, Text

SIZES = ((1280, 720), (1920, 1080))
UNITS = frozenset({"ms", "us", "min", "kbit", "Mbit", "Gbit", "bit", "kB"})
PLAIN = re.compile("[aeiouAEIOUcnsyz]")
"""What the language of these tests writes with accents."""
HIDES = 0.6


CLOSED = ("menu of a unit", "menu of a cable", "menu of a site", "open", "what is measured", "against what",
          "problems")  # fmt: skip
"""What the settings, where a language is chosen, do not leave open; what is wrong is said once."""


FULL = ("beat", "menu of a site", "two designs", "three designs", "room question")
"""Where a number needs its place, an author's title stands beside the words of a fault, or letters must be
large for a class: there is room for other languages, but not for twice as much.
"""
GERMAN = language("de")


@cache
def sitting(panel: str, size: tuple[int, int], code: str) -> Sitting:
    """Somebody who began in English."""
    speak((GERMAN if code else PSEUDO) if panel in CLOSED else Spoken())
    return PANELS[panel](size)


def shown(panel: str, size: tuple[int, int], chosen: Spoken = PSEUDO) -> Scene:
    """The same panel after the language has been changed."""
    found = sitting(panel, size, "" if chosen is PSEUDO else chosen.code)
    speak(chosen)
    found.controls.respoken()
    return found.scene()


def seen(scene: Scene) -> list[Text]:
    """The texts that nothing hides."""
    items = [item for item, _ in everything(scene)]
    return [
        item
        for number, item in enumerate(items)
        if isinstance(item, Text) and item.content and not _hidden(item, items[number + 1 :])
    ]


def _hidden(text: Text, later: list[object]) -> bool:
    box = box_of(text)
    covers = (item for item in later if isinstance(item, Rectangle) and item.fill and item.alpha >= HIDES)
    return any(overlap(box, Box(item.x, item.y, item.width, item.height)) for item in covers)


def passed_by(content: str) -> Iterator[str]:
    """Words that no catalogue has said."""
    for word in re.findall(r"[^\W\d_]{2,}", content):
        if PLAIN.search(word) and word.isascii() and word not in UNITS:
            yield word


NAMES = {word for name in shipped_names() for word in re.findall(r"[^\W\d_]{2,}", name)}
KNOWN: dict[str, set[str]] = {
    "settings": {"English"},
    "open": NAMES,
    "comparisons": NAMES,
    "problems": {"scenario", "yaml"},
}
"""Names of files and of languages."""


@pytest.mark.parametrize("panel", PANELS)
def test_all_is_said_in_the_language_that_was_chosen(panel: str):
    scene = shown(panel, SIZES[0])
    texts = [text.content for text in seen(scene)]
    assert len(texts) > 10
    left = {
        content: words for content in texts if (words := set(passed_by(content)) - KNOWN.get(panel, set()))
    }
    assert not left


def misplaced(scene: Scene) -> list[str]:
    """What is cut off, reaches beyond the window, or lies on something else."""
    texts = seen(scene)
    window = Box(0, 0, scene.width, scene.height)
    boxes = [(text.content, box_of(text)) for text in texts]
    outside = [content for content, box in boxes if not inside(box, window)]
    on_another = [f"{a[0]} | {b[0]}" for a, b in combinations(boxes, 2) if overlap(a[1], b[1])]
    return [*outside, *on_another, *(text.content for text in texts if _is_cut_off(text))]


def _is_cut_off(text: Text) -> bool:
    width = text_width(text.content, text.size, text.weight, text.letter_spacing)
    return text.max_width is not None and width > text.max_width + 0.5


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("panel", PANELS)
def test_german_has_its_places(panel: str, size: tuple[int, int]):
    assert misplaced(shown(panel, size, GERMAN)) == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("panel", [panel for panel in PANELS if panel not in FULL])
def test_texts_twice_as_long_have_their_places(panel: str, size: tuple[int, int]):
    assert misplaced(shown(panel, size)) == []
