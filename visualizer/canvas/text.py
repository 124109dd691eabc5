"""Lines of text: Source Sans Pro in three weights, with tabular digits and an ellipsis when too long."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import font_source_sans_pro
import pygame

from visualizer.canvas.theme import Colour
from visualizer.language import say
from visualizer.scene.primitives import Weight

ELLIPSIS = "…"
_LARGE_PX = 40
_LONGEST = 400
"""Characters: more than any screen shows on one line, so that a hostile title makes no giant picture."""
_FILES: dict[Weight, str] = {
    "regular": font_source_sans_pro.SourceSansPro,
    "semibold": font_source_sans_pro.SourceSansProSemibold,
    "bold": font_source_sans_pro.SourceSansProBold,
}


class FontMissingError(RuntimeError):
    """The font that comes with the program is not there; the text is the repair."""


class Face:
    """A font at any size in pixels, fractions too.

    Small letters are drawn four times as large and made smaller: the font engine by itself moves every stem
    and every advance to whole pixels, which at 13 pixels tears words apart.
    """

    def __init__(self, path: Path, size: float) -> None:
        self._fineness = 1 if size >= _LARGE_PX else 4
        self._font = pygame.font.Font(path, max(1, round(size * self._fineness)))
        # so many fine lines above the letters that the baseline falls between two pixels
        self._above = -self._font.get_ascent() % self._fineness
        self.ascent = (self._font.get_ascent() + self._above) // self._fineness
        self.height = -(-(self._font.get_height() + self._above) // self._fineness)

    def width(self, content: str, spacing: float = 0.0) -> float:
        """How wide `content` is, with `spacing` between its characters, in pixels."""
        return self._font.size(content)[0] / self._fineness + spacing * max(0, len(content) - 1)

    def render(self, content: str, spacing: float, colour: Colour, width: float) -> pygame.Surface:
        """`content`, `width` wide, in one colour on nothing; its baseline is `ascent` below its top."""
        fine = self._fineness
        # The last character may reach over its own advance: half a height more cuts nothing off.
        across = math.ceil(width) + (self.height // 2 if spacing else 1)
        picture = pygame.Surface((across * fine, self.height * fine), pygame.SRCALPHA, 32)
        picture.fill((*colour[:3], 0))
        if not spacing:
            picture.blit(self._font.render(content, True, colour[:3]), (0, self._above))
        for index, character in enumerate(content if spacing else ""):
            x = self._font.size(content[: index + 1])[0] - self._font.size(character)[0]
            place = (round(x + index * spacing * fine), self._above)
            picture.blit(self._font.render(character, True, colour[:3]), place)
        if fine > 1:
            picture = pygame.transform.smoothscale(picture, (across, self.height))
        if colour[3] < 255:
            picture.fill((255, 255, 255, colour[3]), special_flags=pygame.BLEND_RGBA_MULT)
        return picture


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as it will be drawn, and how wide it is in pixels."""

    content: str
    face: Face
    width: float


class Typesetter:
    """Measures and cuts single lines; sizes, widths and spacings are in pixels."""

    def __init__(self) -> None:
        pygame.font.init()
        self._faces: dict[tuple[Weight, int], Face] = {}

    def face(self, size: float, weight: Weight) -> Face:
        """The font whose em is `size` pixels (to a quarter); FontMissingError without its file."""
        key = (weight, max(4, round(4 * size)))
        if key not in self._faces:
            path = Path(_FILES[weight])
            if not path.is_file():
                raise FontMissingError(
                    say("{path} is not there; repair: pip install font-source-sans-pro", path=path)
                )
            self._faces[key] = Face(path, key[1] / 4)
        return self._faces[key]

    def line(self, content: str, face: Face, spacing: float, max_width: float | None) -> Line:
        """`content` on one line, cut and ended by an ellipsis when it is wider than `max_width`."""
        content = content[:_LONGEST]
        if not content.isprintable():  # thin spaces are not, yet they stay
            content = "".join(" " if unicodedata.category(c).startswith("C") else c for c in content)
        width = face.width(content, spacing)
        if max_width is None or width <= max_width:
            return Line(content, face, width)
        fits, too_long = 0, len(content)
        while too_long - fits > 1:
            middle = (fits + too_long) // 2
            if face.width(content[:middle].rstrip() + ELLIPSIS, spacing) <= max_width:
                fits = middle
            else:
                too_long = middle
        content = content[:fits].rstrip() + ELLIPSIS
        return Line(content, face, face.width(content, spacing))
