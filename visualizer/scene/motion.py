"""How fast things move in the picture, and how many of them one mark stands for.

What moves is shown slower than it is: a request needs no time at all in the engine and `TRAVEL_S` seconds of
wall time here, a frame on a cable at least `SHOWN_S`. Only the way is stretched: a request *arrives* at its
true instant.
"""

from __future__ import annotations

from math import hypot

from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout
from visualizer.scene.look import Look
from visualizer.sim.setup import US_PER_S

TRAVEL_S = 1.1
"""Wall seconds from a client to the first tier."""

SHOWN_S = 0.35
"""Wall seconds that a frame is on the cable, at least."""

FALL_S = 2.0
"""Wall seconds that what was lost falls."""

_MOST_DOTS = 26
_FEWEST_DOTS = 8
_APART = 13.0
"""Dots between the clients and the first tier: at most so many, and no nearer than this on average."""

Point = tuple[float, float]


def wall_us(look: Look, seconds: float) -> int:
    """Simulated microseconds that pass in so many seconds of wall time."""
    return max(round(seconds * look.speed * US_PER_S), 1)


def dot_size(frame: Frame, look: Look, layout: Layout) -> int:
    """How many requests one dot stands for, at this speed and on this way: 1, 2, 5, 10, 20, ..."""
    room, card = layout.clients, layout.cards[0][0]
    way = hypot(card.x - room.x - room.width / 2, card.y + card.height / 2 - layout.apex[1])
    most = min(max(way / _APART, _FEWEST_DOTS), _MOST_DOTS)
    return rounded_share(frame.history.requests.peak_per_s * TRAVEL_S * look.speed, most)


def rounded_share(count: float, most: float) -> int:
    """The least of 1, 2, 5, 10, 20, ... so that `count` things need no more than `most` marks."""
    size = 1
    while True:
        for step in (1, 2, 5):
            if count <= most * size * step:
                return size * step
        size *= 10


def places_of_clients(layout: Layout) -> list[Point]:
    """Nine circles in two columns."""
    room = layout.clients
    step = room.height / 9
    centre = room.x + room.width / 2
    return [(centre + (-12 if place % 2 == 0 else 12), room.y + (place + 0.5) * step) for place in range(9)]


def noise(*key: int) -> float:
    """A number in [0, 1) that depends on the key alone: scatter without chance."""
    value = 0x9E3779B9
    for part in key:
        value = (value ^ (part & 0xFFFFFFFF)) * 0x85EBCA6B & 0xFFFFFFFF
        value = (value ^ value >> 15) * 0xC2B2AE35 & 0xFFFFFFFF
        value ^= value >> 13
    return value / 2**32
