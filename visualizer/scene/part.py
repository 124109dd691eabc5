"""What one element adds to the picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout
from visualizer.scene.look import Look
from visualizer.scene.primitives import Box, Primitive


@dataclass(frozen=True, slots=True)
class Part:
    """`still` is what stays the same for many frames; `moving` lies on top of all that is still."""

    still: tuple[Primitive, ...] = ()
    moving: tuple[Primitive, ...] = ()
    targets: Mapping[str, Box] = field(default_factory=dict)


Element = Callable[[Frame, Look, Layout], Part]
"""One kind of thing in the picture; pure."""


def together(parts: Sequence[Part]) -> Part:
    """All of them as one, back to front; of two targets of one name the later stays."""
    targets: dict[str, Box] = {}
    for part in parts:
        targets.update(part.targets)
    return Part(
        tuple(item for part in parts for item in part.still),
        tuple(item for part in parts for item in part.moving),
        targets,
    )
