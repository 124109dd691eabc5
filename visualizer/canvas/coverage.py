"""How much of each pixel a shape covers: exact antialiasing for every outline, in numpy.

Signed area accumulation, as in the font rasterisers font-rs and stb_truetype 2: each piece of edge adds its
height to the pixel it crosses, split by where in it the piece runs; the running sum of a row is the coverage.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Contour = npt.NDArray[np.float64]
"""A closed outline: shape (n, 2), x and y in pixels, y downwards."""

Mask = npt.NDArray[np.float64]
"""Shape (height, width), 0 (not covered) to 1."""


def coverage(contours: Sequence[Contour], width: int, height: int) -> Mask:
    """The share of each pixel of a (width, height) picture that lies inside the contours.

    Contours of the same orientation join, one of the other orientation inside them is a hole.
    """
    starts = np.concatenate(contours)
    ends = np.concatenate([part for contour in contours for part in (contour[1:], contour[:1])])
    x, y, rise = _pieces(starts, ends, (width, height))
    column, row = np.floor(x), np.floor(y)
    seen = (row >= 0) & (row < height) & (column < width)
    if not seen.all():
        x, rise, column, row = x[seen], rise[seen], column[seen], row[seen]
    # What runs left of the picture covers whole rows of it: it counts as lying on the left edge.
    right_part = np.where(column < 0, 0.0, x - column)
    stride = width + 1  # one spare column takes what spills over the right edge
    cell = (row * stride + np.maximum(column, 0)).astype(np.int64)
    length = height * stride + 1
    accumulated = np.bincount(cell, rise * (1 - right_part), length)
    accumulated += np.bincount(cell + 1, rise * right_part, length)
    sums = accumulated[:-1].reshape(height, stride)[:, :width].cumsum(axis=1)
    mask: Mask = np.minimum(np.abs(sums), 1.0)
    return mask


def _pieces(starts: Contour, ends: Contour, size: tuple[int, int]) -> tuple[Contour, Contour, Contour]:
    """Cut the edges at the pixel lines of the picture; middle x and y and signed height of each piece."""
    keys = np.concatenate([np.arange(len(starts), dtype=np.float64), _cuts(starts, ends, size)])
    keys.sort()
    edge = keys.astype(np.int64)
    begin = keys - edge
    end = np.ones(len(keys))
    same = edge[1:] == edge[:-1]
    end[:-1][same] = begin[1:][same]
    direction = ends - starts
    middle = (begin + end) / 2
    places = starts[edge] + middle[:, None] * direction[edge]
    return places[:, 0], places[:, 1], (end - begin) * direction[edge, 1]


def _cuts(starts: Contour, ends: Contour, size: tuple[int, int]) -> Contour:
    """Where edges cross whole numbers from 0 to `size` on either axis: edge index + share of it (below 1)."""
    first = np.maximum(np.floor(np.minimum(starts, ends)) + 1, 0)
    last = np.minimum(np.ceil(np.maximum(starts, ends)), np.array(size) + 1)
    count = np.maximum(last - first, 0).astype(np.int64).ravel()
    side = np.repeat(np.arange(len(count)), count)  # x and y of the first edge, of the second, ...
    line = (first.ravel() - (count.cumsum() - count))[side] + np.arange(len(side))
    share = (line - starts.ravel()[side]) / (ends - starts).ravel()[side]
    cuts: Contour = (side >> 1) + np.minimum(np.maximum(share, 0.0), 1.0 - 1e-9)
    return cuts
