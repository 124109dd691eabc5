"""A thousand dots that move on in every picture; what they are for both programs."""

from __future__ import annotations

import random

Place = tuple[float, float]
DOTS = 1_000
DIAMETER_PX = 9
CROSSING_S = 20


def places() -> list[Place]:
    """Where they start, in shares of the picture."""
    chance = random.Random(7)
    return [(chance.random(), chance.random()) for _ in range(DOTS)]


def where(place: Place, seconds: float, size_px: tuple[int, int]) -> Place:
    """Where one is after so many seconds, in pixels."""
    moved = seconds / CROSSING_S
    return (place[0] + moved) % 1.0 * size_px[0], (place[1] + moved) % 1.0 * size_px[1]
