"""What each text and mark of a scene stands on, and how much it differs from that in a theme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scene.flat import everything

from visualizer.canvas.theme import Colour, Theme
from visualizer.scene.lettering import drawn_width
from visualizer.scene.primitives import Box, Icon, Primitive, Rectangle, Role, Scene, Sprites, Text


@dataclass(frozen=True)
class Stand:
    """An item, and the filled boxes under its middle, lowest first."""

    item: Text | Icon | Sprites
    under: tuple[Rectangle, ...]


def stands(scene: Scene) -> Iterator[Stand]:
    """Every text and mark in the order in which they are painted, where the camera shows it."""
    boxes: list[tuple[Rectangle, Box]] = []
    for item, clip in everything(scene):
        if isinstance(item, Rectangle) and item.fill:
            boxes.append((item, clip))
        elif isinstance(item, Text | Icon) or (isinstance(item, Sprites) and item.points):
            x, y = _middle(item)
            if clip.contains(x, y):
                under = (box for box, seen in boxes if _inside(box, x, y) and seen.contains(x, y))
                yield Stand(item, tuple(under))


def _middle(item: Text | Icon | Sprites) -> tuple[float, float]:
    if isinstance(item, Sprites):
        return item.points[0]
    if isinstance(item, Icon):
        return item.x, item.y
    share = {"left": 0.5, "centre": 0.0, "right": -0.5}[item.anchor]
    return item.x + share * drawn_width(item), item.y - 0.33 * item.size


def _inside(box: Rectangle, x: float, y: float) -> bool:
    return box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height


def grounds(theme: Theme, under: tuple[tuple[Role, float], ...]) -> list[Colour]:
    """What may show under an item: the backdrop's three colours, through the fills (role, alpha) upon it."""
    found = []
    for backdrop in (theme.colours["background"], theme.middle, theme.colours["background_low"]):
        colour = backdrop
        for role, alpha in under:
            colour = over(theme.colour(role, alpha), colour)
        found.append(colour)
    return found


def over(top: Colour, bottom: Colour) -> Colour:
    """One colour seen through another."""
    share = top[3] / 255
    mixed = [round(share * a + (1 - share) * b) for a, b in zip(top[:3], bottom[:3], strict=True)]
    return mixed[0], mixed[1], mixed[2], 255


def painted(item: Primitive) -> bool:
    """Whether it is there at full strength; what is still to come is faint on purpose, and has its text."""
    return getattr(item, "alpha", 1.0) >= 0.99
