"""Packets by the thousand: each mark is drawn once, with its light, and then only copied.

A mark is kept at four by four positions within a pixel, so that slow packets glide and do not hop. The
pictures are premultiplied: blending those takes half the time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

import numpy as np
import pygame

from visualizer.canvas.coverage import Contour
from visualizer.canvas.marks import mark
from visualizer.canvas.stamp import halo, shape
from visualizer.canvas.theme import Colour
from visualizer.scene.primitives import SpriteKind

PHASES = 4
"""Positions within a pixel, on each axis."""

_KEPT = 400
"""Sheets kept: kinds x sizes x colours x alphas that are on the screen at one time are far fewer."""


class _Sheet(dict[int, pygame.Surface]):
    """One mark at each position within a pixel, numbered row by row; drawn when it is first asked for."""

    def __init__(self, centre: tuple[int, int], make: Callable[[int], pygame.Surface]) -> None:
        super().__init__()
        self.centre = centre  # the pixel of each picture that a mark is centred on
        self._make = make

    def __missing__(self, phase: int) -> pygame.Surface:
        picture = self[phase] = self._make(phase)
        return picture


class SpriteSheets:
    """Draws marks; `glow` (0 to 1) is how strong the light round them is."""

    def __init__(self, glow: float) -> None:
        self._glow = glow
        self._sheets: OrderedDict[tuple[SpriteKind, float, Colour], _Sheet] = OrderedDict()

    def paint(
        self, surface: pygame.Surface, kind: SpriteKind, points: Contour, size: float, colour: Colour
    ) -> None:
        """Draw a mark `size` pixels wide, centred, at each of `points` (shape (n, 2), pixels).

        Size is rounded to quarter pixels and alpha to 32 steps, so that fading marks share their pictures.
        """
        size = max(1.0, round(size * 4) / 4)
        faded = (*colour[:3], min(255, round(colour[3] / 8) * 8))
        if not len(points) or not faded[3]:
            return
        sheet = self._sheet(kind, size, faded)
        steps = np.rint(points * PHASES).astype(np.int64)
        phase = steps % PHASES
        left, top = (steps // PHASES - sheet.centre).T.tolist()
        chosen = map(sheet.__getitem__, (phase[:, 1] * PHASES + phase[:, 0]).tolist())
        corners = zip(left, top, strict=True)
        surface.fblits(list(zip(chosen, corners, strict=True)), pygame.BLEND_PREMULTIPLIED)

    def _sheet(self, kind: SpriteKind, size: float, colour: Colour) -> _Sheet:
        key = (kind, size, colour)
        if key in self._sheets:
            self._sheets.move_to_end(key)
            return self._sheets[key]
        if colour[3] < 255:
            sheet = _faded(self._sheet(kind, size, (*colour[:3], 255)), colour[3])
        else:
            sheet = _draw_sheet(kind, size, colour, self._glow)
        self._sheets[key] = sheet
        if len(self._sheets) > _KEPT:
            self._sheets.popitem(last=False)
        return sheet


def _faded(sheet: _Sheet, alpha: int) -> _Sheet:
    """The same marks at `alpha` (0 to 255) of their strength: far cheaper than drawing them anew."""

    def make(phase: int) -> pygame.Surface:
        picture = sheet[phase].copy()
        picture.fill((alpha, alpha, alpha, alpha), special_flags=pygame.BLEND_RGBA_MULT)
        return picture

    return _Sheet(sheet.centre, make)


def _draw_sheet(kind: SpriteKind, size: float, colour: Colour, glow: float) -> _Sheet:
    contours = mark(kind, size)
    reach = 0.75 * size if glow and kind != "lost" else 0.0  # what is lost gives no light
    furthest = max(float(np.abs(contour).max()) for contour in contours)
    half = int(np.ceil(furthest + reach)) + 2
    light = (*colour[:3], round(colour[3] * glow))

    def whole(phase: int) -> pygame.Surface:
        at = (half + phase % PHASES / PHASES, half + phase // PHASES / PHASES)
        return _draw([contour + at for contour in contours], 2 * half + 1, colour, light, reach)

    # The rim of the light is as good as nothing, and costs time; the first and the last reach furthest.
    ends = [whole(phase).get_bounding_rect(min_alpha=2) for phase in (0, PHASES * PHASES - 1)]
    used = ends[0].union(ends[1])
    return _Sheet((half - used.x, half - used.y), lambda phase: whole(phase).subsurface(used).premul_alpha())


def _draw(contours: list[Contour], side: int, colour: Colour, light: Colour, reach: float) -> pygame.Surface:
    """One picture, `side` pixels wide and high: the light, which ends `reach` pixels away, and the mark."""
    surface = pygame.Surface((side, side), pygame.SRCALPHA, 32)
    surface.fill((*colour[:3], 0))
    lit = halo(contours, light, reach, (side, side)) if reach else None
    for layer in (lit, shape(contours, colour, (side, side))):
        if layer:
            layer.onto(surface)
    return surface
