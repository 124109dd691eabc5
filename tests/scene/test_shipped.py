"""Nothing that is shipped shows a text that is cut off, lies on another or leaves its place: at any size or
scale, and with letters twice as wide, which is the same as texts twice as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from scene.shipped import frames, scenes
from scene.test_layout import box_of, inside, overlap, texts

from visualizer.scenario import shipped_names
from visualizer.scene import lettering
from visualizer.scene.layout import layout
from visualizer.scene.look import Look
from visualizer.scene.primitives import Box, Scene
from visualizer.scene.sites import framed

LEAST = 11.0
"""Units: only the role of a unit in a very narrow card is set so small."""


@pytest.fixture(params=[1, 2], ids=["as-is", "twice-as-long"])
def letters(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """How wide every letter is, in its own widths."""
    own = lettering._width
    monkeypatch.setattr(lettering, "_width", lambda character, weight: request.param * own(character, weight))
    forget()
    yield
    forget()


def forget() -> None:
    lettering.text_width.cache_clear()
    lettering.wrapped.cache_clear()
    lettering.balanced.cache_clear()


def demand_legible(scene: Scene, look: Look, what: str, tiers: int, *, sites: bool) -> None:
    rooms = layout(look, tiers, framed=sites)
    window = Box(0, 0, scene.width, scene.height)
    panels = [rooms.caption, rooms.timeline, rooms.ledger, *(card for pair in rooms.cards for card in pair)]
    boxes = [(text, box_of(text)) for text in texts(scene)]
    assert len(boxes) > 25, what
    for text, box in boxes:
        width = lettering.text_width(text.content, text.size, text.weight, text.letter_spacing)
        assert text.max_width is None or width <= text.max_width + 0.5, (what, text)
        assert inside(box, window), (what, text)
        assert text.size >= LEAST, (what, text)
        for panel in panels:
            assert inside(box, panel) or not overlap(box, panel), (what, text, panel)
    for (one, box), (other, other_box) in combinations(boxes, 2):
        assert not overlap(box, other_box), (what, one.content, other.content)


@pytest.mark.parametrize("name", shipped_names())
@pytest.mark.usefixtures("letters")
def test_every_text_has_its_place(name: str) -> None:
    setup = frames(name)[0].setup
    for what, look, scene in scenes(name):
        demand_legible(scene, look, what, len(setup.tiers), sites=framed(setup))
