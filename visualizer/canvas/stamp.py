"""Stamps: small finished pictures with alpha and the place where they go, and the cache that keeps them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pygame

from visualizer.canvas.coverage import Contour, Mask, coverage
from visualizer.canvas.theme import Colour

Alpha = npt.NDArray[np.uint8]
"""Shape (height, width), 0 (nothing) to 255."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A surface with per-pixel alpha and the pixel where its top left corner goes."""

    surface: pygame.Surface
    x: int
    y: int

    def onto(self, surface: pygame.Surface) -> None:
        """Blend this stamp onto `surface`."""
        surface.blit(self.surface, (self.x, self.y))


class StampCache:
    """Keeps what was made under a key, up to `limit_bytes` of pixels; the least recently used goes first."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._bytes = 0
        self._stamps: OrderedDict[Hashable, Stamp | None] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Stamp | None]) -> Stamp | None:
        """The stamp under `key`, made now when it is not there; None is an answer too (nothing to draw)."""
        if key in self._stamps:
            self._stamps.move_to_end(key)
            return self._stamps[key]
        stamp = self._stamps[key] = make()
        self._bytes += _cost_bytes(stamp)
        while self._bytes > self._limit_bytes and len(self._stamps) > 1:
            self._bytes -= _cost_bytes(self._stamps.popitem(last=False)[1])
        return stamp

    def __len__(self) -> int:
        return len(self._stamps)


def _cost_bytes(stamp: Stamp | None) -> int:
    pixels = stamp.surface.get_width() * stamp.surface.get_height() if stamp else 0
    return 4 * pixels + 200  # and about so much for the key and the objects


def tinted(mask: Mask, colour: Colour) -> pygame.Surface:
    """A surface of one colour whose alpha is `mask` times the colour's own."""
    return filled(opacity(mask, colour), colour)


def opacity(mask: Mask, colour: Colour) -> Alpha:
    """The alpha of each pixel of `mask` in `colour`."""
    return np.rint(mask * colour[3]).astype(np.uint8)


def filled(alpha: Alpha, colour: Colour) -> pygame.Surface:
    """A surface of one colour with that alpha; the colour's own plays no part."""
    height, width = alpha.shape
    surface = pygame.Surface((width, height), pygame.SRCALPHA, 32)
    surface.fill((*colour[:3], 0))
    pixels = pygame.surfarray.pixels_alpha(surface)
    pixels[...] = alpha.T
    del pixels  # it locks the surface
    return surface


def shape(
    contours: Sequence[Contour], colour: Colour, within: tuple[int, int], *, fade: bool = False
) -> Stamp | None:
    """Contours filled with `colour`, cut off at `within` (width, height); `fade` lets it run out below."""
    bounds = _bounds(contours, within, margin=0)
    if bounds is None:
        return None
    left, top, width, height = bounds
    mask = coverage([contour - (left, top) for contour in contours], width, height)
    if fade:
        mask *= np.linspace(1.0, 0.0, height)[:, None]
    return Stamp(tinted(mask, colour), left, top)


def halo(contours: Sequence[Contour], colour: Colour, reach: float, within: tuple[int, int]) -> Stamp | None:
    """Light round the contours that ends `reach` pixels away; `colour` is what it has where brightest."""
    bounds = _bounds(contours, within, margin=int(np.ceil(reach)) + 2)
    if bounds is None:
        return None
    left, top, width, height = bounds
    # Light has no detail: blurring a small picture and enlarging it looks the same and is far cheaper.
    factor = max(1, int(reach / 8))
    moved = [(contour - (left, top)) / factor for contour in contours]
    small = coverage(moved, -(-width // factor), -(-height // factor))
    blurred = blur(small, reach / factor)
    peak = float(blurred.max())
    if peak == 0:
        return None
    surface = tinted(blurred / peak, colour)
    if factor > 1:
        size = (surface.get_width() * factor, surface.get_height() * factor)
        surface = pygame.transform.smoothscale(surface, size)
    return Stamp(surface, left, top)


def blur(mask: Mask, reach: float) -> Mask:
    """Three box blurs one after the other, nearly a Gaussian, which spreads every pixel by `reach` pixels."""
    half = max(1, round(reach / 3))
    for _ in range(3):
        mask = _box_blur(_box_blur(mask, half).T, half).T
    return mask


def _box_blur(mask: Mask, half: int) -> Mask:
    rows, columns = mask.shape
    padded = np.zeros((rows + 2 * half + 1, columns))
    padded[half + 1 : half + 1 + rows] = mask
    sums: Mask = np.cumsum(padded, axis=0)
    return (sums[2 * half + 1 :] - sums[: -2 * half - 1]) / (2 * half + 1)


def _bounds(
    contours: Sequence[Contour], within: tuple[int, int], margin: int
) -> tuple[int, int, int, int] | None:
    """Left, top, width and height of the pixels touched, inside `within`; None when there are none."""
    if not contours:
        return None
    points = np.concatenate(contours)
    low = np.maximum(np.floor(points.min(axis=0)) - margin, 0)
    high = np.minimum(np.ceil(points.max(axis=0)) + margin, within)
    if (high <= low).any():
        return None
    left, top, right, bottom = (int(edge) for edge in (*low, *high))
    return left, top, right - left, bottom - top
