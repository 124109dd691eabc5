"""What is shipped is painted as it is written: with the real letters no text ends in dots."""

from __future__ import annotations

import pytest
from scene.shipped import scenes
from scene.test_layout import texts

from visualizer.canvas.text import Typesetter
from visualizer.scenario import shipped_names


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter()


@pytest.mark.parametrize("name", shipped_names())
def test_the_painter_shortens_no_text(name: str, typesetter: Typesetter) -> None:
    for what, look, scene in scenes(name):
        scale = min(look.width_px / scene.width, look.height_px / scene.height)
        for text in texts(scene):
            face = typesetter.face(text.size * scale, text.weight)
            room = None if text.max_width is None else text.max_width * scale
            spacing = text.letter_spacing * scale
            assert typesetter.line(text.content, face, spacing, room).content == text.content, (what, text)
