"""What a scene shows, with what is zoomed where it is to be seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from visualizer.scene.primitives import (
    Area,
    Box,
    Disc,
    Icon,
    Path,
    Primitive,
    Rectangle,
    Ring,
    Scene,
    Sprites,
    Text,
    Zoomed,
)


def everything(scene: Scene) -> Iterator[tuple[Primitive, Box]]:
    """Each item back to front, and the box outside which nothing of it is seen."""
    window = Box(0, 0, scene.width, scene.height)
    yield from flat((*scene.still, *scene.moving), window)


def flat(items: Iterable[Primitive], within: Box) -> Iterator[tuple[Primitive, Box]]:
    for item in items:
        if isinstance(item, Zoomed):
            for inner, box in flat(item.items, item.box):
                yield moved(inner, item), box
        else:
            yield item, within


def moved(item: Primitive, by: Zoomed) -> Primitive:  # noqa: PLR0911 - one for each kind
    scale = by.scale

    def x(value: float) -> float:
        return by.x + scale * value

    def y(value: float) -> float:
        return by.y + scale * value

    match item:
        case Rectangle():
            return replace(
                item, x=x(item.x), y=y(item.y), width=scale * item.width, height=scale * item.height,
                radius=scale * item.radius, stroke_width=scale * item.stroke_width,
            )  # fmt: skip
        case Text():
            most = None if item.max_width is None else scale * item.max_width
            spacing = scale * item.letter_spacing
            return replace(
                item, x=x(item.x), y=y(item.y), size=scale * item.size, max_width=most, letter_spacing=spacing
            )
        case Icon():
            return replace(item, x=x(item.x), y=y(item.y), size=scale * item.size)
        case Disc() | Ring():
            return replace(item, x=x(item.x), y=y(item.y), radius=scale * item.radius)
        case Path():
            line = tuple((x(a), y(b)) for a, b in item.points)
            return replace(item, points=line, width=scale * item.width, glow=scale * item.glow)
        case Area():
            return replace(item, points=tuple((x(a), y(b)) for a, b in item.points))
        case Sprites():
            return replace(item, points=tuple((x(a), y(b)) for a, b in item.points), size=scale * item.size)
        case Zoomed():
            raise AssertionError("nothing is zoomed twice")
