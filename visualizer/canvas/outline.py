"""Shapes as closed contours in pixels. All run the same way round, so that they may overlap."""

from __future__ import annotations

import math

import numpy as np

from visualizer.canvas.coverage import Contour

_SHARP = 0.9
"""Below this cosine of the turn, a joint of a stroke is rounded by a disc; above, its sides are mitred."""


def circle(x: float, y: float, radius: float) -> Contour:
    """A circle as a polygon that is off by less than a thirtieth of a pixel."""
    turn = -np.linspace(0.0, 2 * np.pi, _steps(radius), endpoint=False)
    return np.column_stack((x + radius * np.cos(turn), y + radius * np.sin(turn)))


def _steps(radius: float) -> int:
    return max(12, math.ceil(math.pi / math.acos(1 - 0.03 / max(radius, 0.06))))


def rounded_box(left: float, top: float, right: float, bottom: float, radius: float) -> Contour:
    """A box with round corners of `radius`."""
    radius = min(radius, (right - left) / 2, (bottom - top) / 2)
    if radius <= 0:
        return np.array([(left, top), (left, bottom), (right, bottom), (right, top)], dtype=np.float64)
    quarter = np.linspace(0.0, np.pi / 2, _steps(radius) // 4 + 2)
    corners = []
    for index, (x, y) in enumerate(((1, 1), (1, -1), (-1, -1), (-1, 1))):
        centre = (right - radius if x > 0 else left + radius, bottom - radius if y > 0 else top + radius)
        turn = np.pi / 2 - quarter - index * np.pi / 2
        corners.append(np.column_stack((np.cos(turn), np.sin(turn))) * radius + centre)
    return np.concatenate(corners)


def hole(contour: Contour) -> Contour:
    """The same contour the other way round: it cuts out of the one that it lies in."""
    return contour[::-1]


def arc(x: float, y: float, radius: float, share: float) -> Contour:
    """An open line: `share` (0 to 1) of a circle, clockwise from the top."""
    turn = np.linspace(0.0, 2 * np.pi * share, max(2, math.ceil(_steps(radius) * share) + 1))
    return np.column_stack((x + radius * np.sin(turn), y - radius * np.cos(turn)))


def stroke(line: Contour, width: float, *, round_ends: bool = False) -> list[Contour]:
    """The contours that cover an open line drawn `width` wide, with round joints."""
    if len(line) == 2 and not round_ends:
        return _bar(line, width)
    line = line[np.append(True, np.any(np.diff(line, axis=0) != 0, axis=1))]
    if len(line) < 2:
        return [circle(0, 0, width / 2) + line[0]] if round_ends else []
    along = np.diff(line, axis=0)
    along /= np.hypot(along[:, 0], along[:, 1])[:, None]
    side = np.column_stack((-along[:, 1], along[:, 0])) * (width / 2)
    cosine = np.sum(along[:-1] * along[1:], axis=1)
    sharp = (np.flatnonzero(cosine < _SHARP) + 1).tolist()
    bars = np.stack((line[:-1] + side, line[1:] + side, line[1:] - side, line[:-1] - side), axis=1)
    contours = [
        bars[first] if last == first + 1 else _strip(line[first : last + 1], side[first:last])
        for first, last in zip([0, *sharp], [*sharp, len(line) - 1], strict=True)
    ]
    rounded = [*sharp, 0, len(line) - 1] if round_ends else sharp
    return [*contours, *(circle(0, 0, width / 2) + line[rounded][:, None])] if rounded else contours


def _bar(line: Contour, width: float) -> list[Contour]:
    """A straight stroke. Most are, and dashed lines have hundreds: numbers are faster here than arrays."""
    (x0, y0), (x1, y1) = line.tolist()
    length = math.hypot(x1 - x0, y1 - y0)
    if not length:
        return []
    x, y = (y0 - y1) / length * (width / 2), (x1 - x0) / length * (width / 2)
    return [np.array(((x0 + x, y0 + y), (x1 + x, y1 + y), (x1 - x, y1 - y), (x0 - x, y0 - y)))]


def _strip(line: Contour, side: Contour) -> Contour:
    """The outline of a line that turns gently; `side` is the way out of each segment, half a width long."""
    half_square = np.sum(side[:-1] ** 2, axis=1)
    cosine = np.sum(side[:-1] * side[1:], axis=1) / half_square
    mitres = (side[:-1] + side[1:]) / (1 + cosine)[:, None]
    out = np.concatenate((side[:1], mitres, side[-1:]))
    return np.concatenate((line + out, (line - out)[::-1]))


def dashes(line: Contour, on: float, off: float) -> list[Contour]:
    """The pieces of an open line that are drawn when it is dashed: `on` pixels of line, `off` of gap."""
    lengths = np.hypot(*np.diff(line, axis=0).T)
    reached = np.concatenate(([0.0], np.cumsum(lengths)))
    begins = np.arange(0.0, reached[-1], on + off)
    ends = np.minimum(begins + on, reached[-1])
    first, last = np.searchsorted(reached, begins, "right"), np.searchsorted(reached, ends, "left")
    sides = (_at(line, reached, begins), first.tolist(), last.tolist(), _at(line, reached, ends))
    return [
        np.concatenate((begin[None], line[inner:beyond], end[None]))
        for begin, inner, beyond, end in zip(*sides, strict=True)
    ]


def _at(line: Contour, reached: Contour, lengths: Contour) -> Contour:
    return np.column_stack([np.interp(lengths, reached, line[:, axis]) for axis in (0, 1)])
