"""What the camera sees while it moves: drawn once at one scale, and stretched to the scale of the moment."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor, sqrt

import pygame

from visualizer.canvas.surface import offscreen
from visualizer.canvas.view import View
from visualizer.scene.primitives import Primitive, Zoomed

_MOST_PIXELS = 12e6
"""Of the picture that is stretched: where there would be more, it is drawn smaller."""

_ROUNDED_OFF = 2
"""Steps of 256 that pygame's `smoothscale` loses on the average when it makes a picture smaller."""

Paint = Callable[[Primitive, View, pygame.Surface], None]


class Stretcher:
    """Keeps the surface that is drawn on."""

    def __init__(self) -> None:
        self._surface: pygame.Surface | None = None

    def paint(self, item: Zoomed, view: View, surface: pygame.Surface, paint: Paint) -> None:
        """Into the clip of `surface`: what lies there already stays where it is, behind the items."""
        box, room = item.box, surface.get_clip()
        if not room.width or not room.height:
            return
        pixels = box.width * box.height * view.scale**2
        scale = view.scale * max(min(item.drawn_at, sqrt(_MOST_PIXELS / pixels)), 1.0)
        size = (ceil(box.width * scale), ceil(box.height * scale))
        ground = self._ground(size)
        # the part that is seen, on the ground
        left, top = (((at - to) / item.scale - at) * scale for at, to in ((box.x, item.x), (box.y, item.y)))
        width, height = box.width * scale / item.scale, box.height * scale / item.scale
        seen = _whole(left, top, left + width, top + height).clip(ground.get_rect())
        if not seen.width or not seen.height:
            return
        ground.blit(pygame.transform.smoothscale(surface.subsurface(room), seen.size), seen)
        ground.set_clip(seen)
        inner = View(scale, -box.x * scale, -box.y * scale)
        for each in item.items:
            paint(each, inner, ground)
        ground.set_clip(None)
        share = view.scale * item.scale / scale
        x, y = view.to_pixel(box.x, box.y)
        x, y = x + (seen.left - left) * share, y + (seen.top - top) * share
        place = pygame.Rect(round(x), round(y), 0, 0)
        place.width = max(round(x + seen.width * share) - place.left, 1)
        place.height = max(round(y + seen.height * share) - place.top, 1)
        surface.blit(_shrunk(ground.subsurface(seen), place.size), place)

    def _ground(self, size: tuple[int, int]) -> pygame.Surface:
        if self._surface is None or self._surface.get_size() != size:
            self._surface = offscreen(size)
        return self._surface


def _shrunk(surface: pygame.Surface, size: tuple[int, int]) -> pygame.Surface:
    """Made smaller, and no darker: pygame rounds down twice and more on the way."""
    result = pygame.transform.smoothscale(surface, size)
    if size < surface.get_size():
        result.fill((_ROUNDED_OFF,) * 3, special_flags=pygame.BLEND_RGB_ADD)
    return result


def _whole(left: float, top: float, right: float, bottom: float) -> pygame.Rect:
    """The least rectangle of whole pixels around."""
    return pygame.Rect(floor(left), floor(top), ceil(right) - floor(left), ceil(bottom) - floor(top))
