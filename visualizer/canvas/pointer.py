"""The pointer as a small bolt: yellow with a dark edge, to be seen on any theme."""

from __future__ import annotations

from functools import lru_cache

import pygame

from visualizer.canvas.icons import render_icon
from visualizer.canvas.theme import Colour

_SIZE = 30
_EDGE = 2
_FILL: Colour = (255, 208, 46, 255)
_DARK: Colour = (10, 17, 34, 255)
_TIP = (8.6 / 24, 22.5 / 24)
"""The lower end of the bolt in assets/icons/bolt.svg."""


@lru_cache(maxsize=1)
def bolt_pointer() -> tuple[pygame.Surface, tuple[int, int]]:
    """The picture with per-pixel alpha, and which of its pixels points."""
    side = _SIZE + 2 * _EDGE
    picture = pygame.Surface((side, side), pygame.SRCALPHA)
    dark = render_icon("bolt", _SIZE, _DARK)
    for x in range(2 * _EDGE + 1):
        for y in range(2 * _EDGE + 1):
            picture.blit(dark, (x, y))
    picture.blit(render_icon("bolt", _SIZE, _FILL), (_EDGE, _EDGE))
    return picture, (round(_EDGE + _TIP[0] * _SIZE), round(_EDGE + _TIP[1] * _SIZE))
