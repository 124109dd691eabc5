"""Lines of text: Source Sans Pro in three weights, with tabular digits and an ellipsis when too long."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import font_source_sans_pro
import pygame

from visualizer.canvas.theme import Colour
from visualizer.scene.primitives import Weight

ELLIPSIS = "…"
_LONGEST = 400
"""Characters: more than any screen shows on one line, so that a hostile title makes no giant picture."""
_FILES: dict[Weight, str] = {
    "regular": font_source_sans_pro.SourceSansPro,
    "semibold": font_source_sans_pro.SourceSansProSemibold,
    "bold": font_source_sans_pro.SourceSansProBold,
}


class FontMissingError(RuntimeError):
    """The font that comes with the program is not there; the text is the repair."""


class Typesetter:
    """Measures and draws single lines; sizes, widths and spacings are in pixels."""

    def __init__(self) -> None:
        pygame.font.init()
        self._fonts: dict[tuple[Weight, int], pygame.font.Font] = {}

    def font(self, size: float, weight: Weight) -> pygame.font.Font:
        """The font whose em is `size` pixels (whole, at least 1); FontMissingError when its file is gone."""
        key = (weight, max(1, round(size)))
        if key not in self._fonts:
            path = Path(_FILES[weight])
            if not path.is_file():
                raise FontMissingError(f"{path} is not there; repair: pip install font-source-sans-pro")
            self._fonts[key] = pygame.font.Font(path, key[1])
        return self._fonts[key]

    def width(self, content: str, font: pygame.font.Font, spacing: float = 0.0) -> float:
        """How wide `content` is, with `spacing` between its characters."""
        return font.size(content)[0] + spacing * max(0, len(content) - 1)

    def fitted(self, content: str, font: pygame.font.Font, spacing: float, max_width: float | None) -> str:
        """`content` on one line, cut and ended by an ellipsis when it is wider than `max_width`."""
        content = "".join(" " if unicodedata.category(c).startswith("C") else c for c in content[:_LONGEST])
        if max_width is None or self.width(content, font, spacing) <= max_width:
            return content
        fits, too_long = 0, len(content)
        while too_long - fits > 1:
            middle = (fits + too_long) // 2
            if self.width(content[:middle].rstrip() + ELLIPSIS, font, spacing) <= max_width:
                fits = middle
            else:
                too_long = middle
        return content[:fits].rstrip() + ELLIPSIS

    def render(self, content: str, font: pygame.font.Font, spacing: float, colour: Colour) -> pygame.Surface:
        """`content` in one colour on nothing."""
        if not spacing:
            picture = font.render(content, True, colour[:3])
        else:
            picture = self._spaced(content, font, spacing, colour)
        if colour[3] < 255:
            picture.fill((255, 255, 255, colour[3]), special_flags=pygame.BLEND_RGBA_MULT)
        return picture

    def _spaced(self, content: str, font: pygame.font.Font, spacing: float, colour: Colour) -> pygame.Surface:
        # The last character may reach over its own advance: half a height more cuts nothing off.
        width = round(self.width(content, font, spacing)) + font.get_height() // 2
        picture = pygame.Surface((width, font.get_height()), pygame.SRCALPHA, 32)
        picture.fill((*colour[:3], 0))
        for index, character in enumerate(content):
            x = font.size(content[: index + 1])[0] - font.size(character)[0] + index * spacing
            picture.blit(font.render(character, True, colour[:3]), (round(x), 0))
        return picture
