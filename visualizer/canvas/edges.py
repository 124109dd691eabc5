"""The soft edges of a part of the picture: what lay there before, put back, most at the edge itself."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pygame

from visualizer.canvas.stamp import Alpha, Stamp


def edges(surface: pygame.Surface, room: pygame.Rect, width: int) -> list[Stamp]:
    """What `surface` shows now at the four edges of `room`, `width` pixels wide, opaque outside and running
    out inwards: to be laid over what is painted into the room meanwhile.
    """
    width = min(width, room.width // 2, room.height // 2)
    if width <= 0:
        return []
    across, down = (room.width, width), (width, room.height)
    sides = (
        (pygame.Rect(room.topleft, across), _ramp(width)[None, :]),
        (pygame.Rect((room.left, room.bottom - width), across), _ramp(width)[None, ::-1]),
        (pygame.Rect(room.topleft, down), _ramp(width)[:, None]),
        (pygame.Rect((room.right - width, room.top), down), _ramp(width)[::-1, None]),
    )
    return [_strip(surface, place, ramp) for place, ramp in sides]


@lru_cache(maxsize=8)
def _ramp(width: int) -> Alpha:
    share = 1 - (np.arange(width) + 0.5) / width
    return np.rint(255 * share * share * (3 - 2 * share)).astype(np.uint8)


def _strip(surface: pygame.Surface, place: pygame.Rect, ramp: Alpha) -> Stamp:
    strip = pygame.Surface(place.size, pygame.SRCALPHA, 32)
    strip.blit(surface, (0, 0), place)
    alpha = pygame.surfarray.pixels_alpha(strip)
    alpha[...] = ramp
    del alpha  # it locks the surface
    return Stamp(strip, place.left, place.top)
