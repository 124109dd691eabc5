"""Each outlined primitive as a stamp: layers back to front, from logical units to pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
import pygame

from visualizer.canvas import outline
from visualizer.canvas.coverage import Contour, Mask, coverage
from visualizer.canvas.stamp import Alpha, Stamp, filled, halo, opacity, shape
from visualizer.canvas.theme import Colour, Theme
from visualizer.canvas.view import View, snapped
from visualizer.scene.primitives import Area, Disc, Path, Rectangle, Ring


@dataclass(frozen=True, slots=True)
class Brush:
    """Draws outlined primitives in one theme, seen through one view, on surfaces of `size_px` pixels."""

    theme: Theme
    view: View
    size_px: tuple[int, int]

    def rectangle(self, item: Rectangle) -> Stamp | None:
        """A rounded box; the stroke lies inside the box, the fill reaches to the middle of the stroke."""
        radius = item.radius * self.view.scale
        line = self.view.line_width(item.stroke_width) if item.stroke else 0.0
        # What lies far outside is cut off, beyond the corners: a huge box costs no more than the picture.
        spare = int(np.ceil(radius + line)) + 2
        left, top, right, bottom = self.view.box(item.x, item.y, item.width, item.height)
        left, top = max(left, -spare), max(top, -spare)
        size = (min(right, self.size_px[0] + spare) - left, min(bottom, self.size_px[1] + spare) - top)
        if min(size) <= 0:
            return None
        layers = []
        if item.fill:
            colour = self.theme.colour(item.fill, item.alpha)
            layers.append(Stamp(_box(size, radius, line / 2, colour, hollow=0.0), left, top))
        if item.stroke:
            colour = self.theme.colour(item.stroke, item.alpha)
            layers.append(Stamp(_box(size, radius, 0.0, colour, hollow=line), left, top))
        return merged(layers)

    def path(self, item: Path) -> Stamp | None:
        """A line; one with a glow lies on its own light and has a rim of the light's colour."""
        width = item.width * self.view.scale if item.glow else self.view.line_width(item.width)
        line = snapped(self.view.points(item.points), width)
        if not len(line):
            return None
        pieces = [line]
        if item.dash and min(item.dash) > 0:
            pieces = outline.dashes(line, item.dash[0] * self.view.scale, item.dash[1] * self.view.scale)
        core = _strokes(pieces, width, round_ends=item.glow > 0)
        light = self._light(item, pieces, width) if item.glow else []
        return merged([*light, shape(core, self.theme.colour(item.stroke, item.alpha), self.size_px)])

    def _light(self, item: Path, pieces: Sequence[Contour], width: float) -> list[Stamp | None]:
        """A wide faint halo, a narrow bright one, and the rim."""
        role = "bolt_glow" if item.stroke == "bolt" else item.stroke
        rim = _strokes(pieces, width + 2 * max(1.0, 0.2 * width), round_ends=True)
        layers: list[Stamp | None] = []
        for share, strength in ((1.0, 0.6), (0.4, 0.7)):
            colour = self.theme.colour(role, item.alpha * self.theme.halo * strength)
            if colour[3]:
                layers.append(halo(rim, colour, item.glow * self.view.scale * share, self.size_px))
        return [*layers, shape(rim, self.theme.colour(role, item.alpha), self.size_px)]

    def area(self, item: Area) -> Stamp | None:
        """A filled polygon."""
        if len(item.points) < 3:
            return None
        colour = self.theme.colour(item.fill, item.alpha)
        return shape([self.view.points(item.points)], colour, self.size_px, fade=item.fade)

    def disc(self, item: Disc) -> Stamp | None:
        """A circle; its stroke lies inside the radius."""
        x, y = self.view.to_pixel(item.x, item.y)
        radius = item.radius * self.view.scale
        if radius <= 0:
            return None
        line = min(radius, max(1.0, item.stroke_width * self.view.scale)) if item.stroke else 0.0
        layers = []
        if item.fill:
            inner = [outline.circle(x, y, radius - line / 2)]
            layers.append(shape(inner, self.theme.colour(item.fill, item.alpha), self.size_px))
        if item.stroke:
            rim = [outline.circle(x, y, radius), outline.hole(outline.circle(x, y, radius - line))]
            layers.append(shape(rim, self.theme.colour(item.stroke, item.alpha), self.size_px))
        return merged(layers)

    def ring(self, item: Ring) -> Stamp | None:
        """Part of a circle's line, `width` wide, half of it inside `radius`; round ends unless closed."""
        share = min(max(item.share, 0.0), 1.0)
        if share == 0 or item.radius <= 0:
            return None
        x, y = self.view.to_pixel(item.x, item.y)
        line = outline.arc(x, y, item.radius * self.view.scale, share)
        contours = outline.stroke(line, max(1.0, item.width * self.view.scale), round_ends=share < 1)
        return shape(contours, self.theme.colour(item.stroke, item.alpha), self.size_px)


def merged(layers: Sequence[Stamp | None]) -> Stamp | None:
    """All layers in one stamp; None when there is nothing in them."""
    stamps = [layer for layer in layers if layer]
    if len(stamps) < 2:
        return stamps[0] if stamps else None
    boxes = [stamp.surface.get_rect(topleft=(stamp.x, stamp.y)) for stamp in stamps]
    whole = boxes[0].unionall(boxes[1:])
    surface = pygame.Surface(whole.size, pygame.SRCALPHA, 32)
    for stamp in stamps:
        Stamp(stamp.surface, stamp.x - whole.x, stamp.y - whole.y).onto(surface)
    return Stamp(surface, whole.x, whole.y)


def _box(
    size: tuple[int, int], radius: float, inset: float, colour: Colour, *, hollow: float
) -> pygame.Surface:
    """A box `inset` from the edges of `size`; with `hollow`, only a rim as wide as that.

    Only a small box is rasterised; its middle row and column, the same all along, are repeated.
    """
    corner = int(np.ceil(max(radius, inset + hollow, 1)))
    width, height = (min(length, 2 * corner + 1) for length in size)
    alpha = opacity(_small_box(width, height, radius, inset, hollow), colour)
    return filled(_stretched(_stretched(alpha, size[1]).T, size[0]).T, colour)


@lru_cache(maxsize=128)
def _small_box(width: int, height: int, radius: float, inset: float, hollow: float) -> Mask:
    contours = [_inset(width, height, radius, inset)]
    if hollow and min(width, height) > 2 * (inset + hollow):
        contours.append(outline.hole(_inset(width, height, radius, inset + hollow)))
    return coverage(contours, width, height)


def _inset(width: int, height: int, radius: float, inset: float) -> Contour:
    return outline.rounded_box(inset, inset, width - inset, height - inset, radius - inset)


def _stretched(alpha: Alpha, length: int) -> Alpha:
    """As many rows as `length`, by repeating the middle one."""
    count = np.ones(len(alpha), dtype=np.int64)
    count[len(alpha) // 2] += length - len(alpha)
    return np.repeat(alpha, count, axis=0)


def _strokes(pieces: Sequence[Contour], width: float, *, round_ends: bool) -> list[Contour]:
    return list(chain.from_iterable(outline.stroke(piece, width, round_ends=round_ends) for piece in pieces))
