"""What lies behind every scene: a gradient down the picture, and at its top the cloud of the lightning."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pygame

from visualizer.canvas.surface import offscreen
from visualizer.canvas.theme import Theme

_Field = npt.NDArray[np.float64]

_PUFFS = ((0.17, 0.015, 0.09, 0.035, 0.4), (0.30, 0.020, 0.12, 0.040, 0.7), (0.45, 0.030, 0.13, 0.040, 0.8),
          (0.58, 0.012, 0.10, 0.034, 0.5), (0.38, 0.045, 0.16, 0.042, 0.35))  # fmt: skip
"""Parts of the cloud: centre x and y, reach x and y (shares of the picture's width), and strength."""

# Sixteen steps between two neighbouring levels (ordered dither, Bayer 1973): a dark gradient shows no bands.
_BAYER = np.array(((0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5))) / 16


def paint_backdrop(theme: Theme, size: tuple[int, int]) -> pygame.Surface:
    """A new surface of `size` pixels with the theme's background."""
    width, height = size
    surface = offscreen(size)
    stops = [theme.colour("background"), theme.middle, theme.colour("background_low")]
    share = np.linspace(0.0, 2.0, height)
    split = min(height, width // 20 * 4)  # above it the cloud, below it rows that repeat every four pixels
    cloud = _cloud(width, split) * theme.cloud_strength
    pixels = pygame.surfarray.pixels3d(surface)
    for channel in range(3):
        column = np.interp(share, (0, 1, 2), [stop[channel] for stop in stops])[:, None]
        above = (theme.cloud[channel] - column[:split]) * cloud
        above += column[:split]
        below = np.repeat(column[split:], 4, axis=1)
        pixels[:, :split, channel] = _dithered(above).T
        pixels[:, split:, channel] = np.tile(_dithered(below), (1, -(-width // 4)))[:, :width].T
    del pixels  # it locks the surface
    return surface


def _cloud(width: int, height: int) -> _Field:
    """How much of the cloud's colour each pixel takes, 0 to 1; shape (height, width)."""
    x = np.arange(width) / width
    y = np.arange(height) / width
    clear, puff = np.ones((height, width)), np.empty((height, width))  # fresh memory costs more than the sums
    for centre_x, centre_y, reach_x, reach_y, strength in _PUFFS:
        across = np.exp(-(((x - centre_x) / reach_x) ** 2))
        down = np.exp(-(((y - centre_y) / reach_y) ** 2))
        np.multiply((strength * down)[:, None], across[None, :], out=puff)
        clear *= np.subtract(1, puff, out=puff)
    return np.subtract(1, clear, out=clear)


def _dithered(plane: _Field) -> npt.NDArray[np.uint8]:
    """Whole levels, more or fewer of the higher one; `plane` is used up."""
    height, width = plane.shape
    plane += np.tile(_BAYER * 0.999, (-(-height // 4), -(-width // 4)))[:height, :width]
    return plane.astype(np.uint8)
