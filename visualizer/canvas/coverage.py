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
    x, rise, column, row = x[seen], rise[seen], column[seen], row[seen]
    # What runs left of the picture covers whole rows of it: it counts as lying on the left edge.
    right_part = np.where(column < 0, 0.0, x - column)
    stride = width + 1  # one spare column takes what spills over the right edge
    cell = (row * stride + np.maximum(column, 0)).astype(np.int64)
    length = height * stride + 1
    accumulated = np.bincount(cell, rise * (1 - right_part), length)
    accumulated += np.bincount(cell + 1, rise * right_part, length)
    sums = np.cumsum(accumulated[:-1].reshape(height, stride)[:, :width], axis=1)
    return np.minimum(np.abs(sums), 1.0)


def _pieces(starts: Contour, ends: Contour, size: tuple[int, int]) -> tuple[Contour, Contour, Contour]:
    """Cut the edges at the pixel lines of the picture; middle x and y and signed height of each piece."""
    edges = np.arange(len(starts), dtype=np.float64)
    cuts = [_cuts(starts[:, axis], ends[:, axis], size[axis]) for axis in (0, 1)]
    keys = np.concatenate([edges, *cuts])
    keys.sort()
    edge = keys.astype(np.int64)
    begin = keys - edge
    end = np.append(begin[1:], 0.0)
    end[np.append(edge[1:] != edge[:-1], True)] = 1.0
    direction = ends - starts
    middle = (begin + end) / 2
    x = starts[edge, 0] + middle * direction[edge, 0]
    y = starts[edge, 1] + middle * direction[edge, 1]
    return x, y, (end - begin) * direction[edge, 1]


def _cuts(start: Contour, end: Contour, limit: int) -> Contour:
    """Where edges cross whole numbers from 0 to `limit` on one axis: edge index + share of it (below 1)."""
    low, high = np.minimum(start, end), np.maximum(start, end)
    first = np.maximum(np.floor(low) + 1, 0)
    count = np.maximum(np.minimum(np.ceil(high), limit + 1) - first, 0).astype(np.int64)
    edge = np.repeat(np.arange(len(start)), count)
    line = first[edge] + np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    share = (line - start[edge]) / (end - start)[edge]
    cuts: Contour = edge + np.clip(share, 0.0, 1.0 - 1e-9)
    return cuts
