"""The camera over the stage: a part of it, larger, in the room of the whole."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout, clamp
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Primitive, Zoomed
from visualizer.scene.spots import box_of
from visualizer.script.script import ZOOM_ONE, Spot
from visualizer.sim.setup import Setup

_AIR = 1.16
"""A spot is never so large that less than this is seen of the stage, in lengths of the spot."""

_SOFT = 28.0
"""Units at the edges of the room over which the picture runs out."""
_NEAR = 0.88
"""What is so large that no less of the stage could be seen is seen with the whole of it."""
_BEYOND = 34.0
"""How far beyond the stage is seen at most."""


@dataclass(frozen=True, slots=True)
class Shot:
    """`seen`: the part of the stage that fills its room, `stage`. `drawn_at`: as `Zoomed` has it."""

    stage: Box
    seen: Box
    drawn_at: float = 0.0

    @property
    def scale(self) -> float:
        """How much larger everything is."""
        return self.stage.width / self.seen.width

    @property
    def origin(self) -> tuple[float, float]:
        """Where the point (0, 0) lies."""
        return self.stage.x - self.seen.x * self.scale, self.stage.y - self.seen.y * self.scale

    def place(self, box: Box) -> Box:
        """Where a box of the stage lies."""
        x, y = self.origin
        scale = self.scale
        return Box(x + box.x * scale, y + box.y * scale, box.width * scale, box.height * scale)

    def visible(self, box: Box) -> Box | None:
        """The same, as far as it is in the room; None when it is not."""
        return common(self.place(box), self.stage)

    def part(self, part: Part) -> Part:
        """What an element of the stage draws, through the camera."""
        places = {name: self.visible(box) for name, box in part.targets.items()}
        targets = {name: box for name, box in places.items() if box is not None}
        if self.drawn_at:
            return Part(moving=self._zoomed((*part.still, *part.moving)), targets=targets)
        return Part(self._zoomed(part.still), self._zoomed(part.moving), targets)

    def _zoomed(self, items: tuple[Primitive, ...]) -> tuple[Primitive, ...]:
        return (Zoomed(self.stage, items, self.scale, *self.origin, _SOFT, self.drawn_at),) if items else ()


def shot(frame: Frame, look: Look, layout: Layout) -> Shot | None:
    """What the camera sees now; None for the whole stage."""
    if look.told is None or look.comparison is not None:
        return None
    camera, stage = look.told.camera, layout.stage
    end = _seen(camera.spot, camera.zoom, frame.setup, layout)
    if camera.share >= 1:
        return None if end == stage else Shot(stage, end)
    start = _seen(camera.from_spot, camera.from_zoom, frame.setup, layout)
    if start == end:
        return None if end == stage else Shot(stage, end)
    return Shot(stage, _between(start, end, camera.share), stage.width / min(start.width, end.width))


def _seen(spot: Spot | None, zoom: int, setup: Setup, layout: Layout) -> Box:
    """The part of the stage round a spot. It reaches a little beyond: no card runs out at its edge."""
    stage = layout.stage
    box = box_of(spot, setup, layout) if spot is not None else None
    if box is None:
        return stage
    share = max(
        ZOOM_ONE / max(zoom, ZOOM_ONE), _AIR * box.width / stage.width, _AIR * box.height / stage.height
    )
    if share > _NEAR and zoom > ZOOM_ONE / _NEAR:
        return stage
    width, height = stage.width * share, stage.height * share
    spare = _BEYOND * (1 - share)
    right, bottom = stage.x + stage.width + spare, stage.y + stage.height + spare
    x = clamp(box.x + (box.width - width) / 2, stage.x - spare, right - width)
    y = clamp(box.y + (box.height - height) / 2, stage.y - spare, bottom - height)
    return Box(x, y, width, height)


def _between(start: Box, end: Box, share: float) -> Box:
    """On a straight way. Both have the shape of the stage, and so has this."""

    def mixed(one: float, other: float) -> float:
        return one + (other - one) * share

    return Box(
        mixed(start.x, end.x),
        mixed(start.y, end.y),
        mixed(start.width, end.width),
        mixed(start.height, end.height),
    )


def common(one: Box, other: Box) -> Box | None:
    """What lies in both; None when nothing does."""
    left, top = max(one.x, other.x), max(one.y, other.y)
    right = min(one.x + one.width, other.x + other.width)
    bottom = min(one.y + one.height, other.y + other.height)
    return Box(left, top, right - left, bottom - top) if left < right and top < bottom else None
