"""The shapes of the small marks that move: each kind of message has its own outline, not only its colour."""

from __future__ import annotations

from typing import assert_never

import numpy as np

from visualizer.canvas.coverage import Contour
from visualizer.canvas.outline import circle, hole, rounded_box, stroke
from visualizer.scene.primitives import SpriteKind


def mark(kind: SpriteKind, size: float) -> list[Contour]:
    """The contours of a mark `size` pixels wide, centred on (0, 0); a sync batch is 3.4 times as high."""
    return [contour * (size / 100) for contour in _hundred_wide(kind)]


def _hundred_wide(kind: SpriteKind) -> list[Contour]:  # noqa: PLR0911 - one line for each kind
    match kind:
        case "request":
            return [circle(0, 0, 50)]
        case "heartbeat":
            return [_heart()]
        case "sync":
            return [rounded_box(-50, y - 44, 50, y + 44, 17) for y in (-126, 0, 126)]
        case "announce":
            return [contour for x in (-28, 16) for contour in _line((x - 6, -38), (x + 24, 0), (x - 6, 38))]
        case "acknowledgement":
            return [circle(0, 0, 50), hole(circle(0, 0, 28))]
        case "lost":
            return [*_line((-40, -40), (40, 40)), *_line((40, -40), (-40, 40))]
        case "refused":
            return [circle(0, 0, 50), hole(rounded_box(-33, -12, 33, 12, 3))]
        case _:
            assert_never(kind)


def _line(*points: tuple[float, float]) -> list[Contour]:
    return stroke(np.array(points, dtype=np.float64), 20, round_ends=True)


def _heart() -> Contour:
    """Two cubic curves from the notch to the point, and their mirror image."""
    upper = _curve((0, -27), (16, -56), (62, -50), (48, -5))
    lower = _curve((48, -5), (40, 15), (16, 36), (0, 47))
    half = np.concatenate((upper, lower))
    return np.concatenate((half, half[::-1] * (-1, 1)))


def _curve(*control: tuple[float, float]) -> Contour:
    t = np.linspace(0.0, 1.0, 12)[:, None]
    weights = np.hstack(((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3))
    bent: Contour = weights @ np.array(control)
    return bent
