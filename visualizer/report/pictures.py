"""The pictures of a report: instants of the run as a film shows them, whole or a part of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Protocol

from visualizer.canvas.surface import offscreen, png
from visualizer.film import FilmSpec, Pictures, ReelSpec
from visualizer.opening import Designs, Opened
from visualizer.report.address import data_address
from visualizer.scene.layout import layout
from visualizer.scene.look import Look
from visualizer.scene.primitives import Box
from visualizer.script.script import SPEED_ONE
from visualizer.sim.event import Event
from visualizer.sim.setup import Setup
from visualizer.story.telling import telling_us
from visualizer.story.words import instant

SIZE_PX = (1600, 900)
THEME = "print"
_AROUND = 76.0
"""So much beside the clients and the last units is in a picture of the stage, in logical units."""


@dataclass(frozen=True, slots=True)
class Still:
    """`address`: a data: address, which has the picture in itself. `caption`: what is to be seen."""

    at: str
    address: str
    caption: str
    width: int
    height: int


class Played(Protocol):
    """What is drawn: a scenario (with `designs`, the designs of one) whose run is known to its end."""

    @property
    def opened(self) -> Opened:
        """The scenario."""

    @property
    def designs(self) -> Designs | None:
        """None: only one is shown."""

    @property
    def setup(self) -> Setup:
        """That of the run that everything is about."""

    @property
    def events(self) -> Sequence[Event]:
        """All that happens in it."""


class Stills:
    """Draws instants of the run, without captions: those stand beside them on the page.

    Of designs side by side there are no parts: each picture is whole.
    """

    def __init__(self, material: Played) -> None:
        designs = material.designs
        opened = (material.opened,) if designs is None else designs.opened
        reel = ReelSpec(opened, None if designs is None else designs.comparison, speed=SPEED_ONE)
        self._pictures = Pictures(FilmSpec((reel,), SIZE_PX, 1, THEME, captions=False))
        self._setup = material.setup
        self._telling_us = telling_us(material.setup, material.events)
        look = Look(width_px=SIZE_PX[0], height_px=SIZE_PX[1], hands_on=False, captions=False)
        self._rooms = None if designs else layout(look, len(material.setup.tiers))

    def telling(self) -> Still:
        """The instant that says most, with the ledger."""
        return self._still(self._telling_us, None)

    def stage(self, at_us: int) -> Still:
        """The units and what is between them at an instant."""
        return self._still(at_us, self._used(at_us))

    def timeline(self) -> Still:
        """The whole run on one line."""
        return self._still(self._setup.duration_us, self._rooms.timeline if self._rooms else None)

    def _used(self, at_us: int) -> Box | None:
        """The part of the stage that has something in it."""
        if self._rooms is None:
            return None
        stage, targets = self._rooms.stage, self._pictures.scene_of(at_us).targets
        units = [box for name, box in targets.items() if name.startswith("unit:")]
        left = max(self._rooms.clients.x - _AROUND, stage.x)
        right = min(max(box.x + box.width for box in units) + _AROUND, self._rooms.ledger.x - 8)
        return Box(left, stage.y, right - left, self._rooms.timeline.y - 1 - stage.y)

    def _still(self, at_us: int, room: Box | None) -> Still:
        scene = self._pictures.scene_of(at_us)
        surface = offscreen(SIZE_PX)
        self._pictures.paint_scene(scene, surface)
        if room is not None:
            surface = surface.subsurface(_pixels(room, SIZE_PX[0] / scene.width))
        address = data_address(png(surface), "image/png")
        return Still(instant(at_us), address, scene.caption, *surface.get_size())


def _pixels(room: Box, scale: float) -> tuple[int, int, int, int]:
    """Left, top, width and height, with all pixels that the room touches."""
    left, top = int(room.x * scale) - 1, int(room.y * scale) - 1
    right, bottom = ceil((room.x + room.width) * scale) + 1, ceil((room.y + room.height) * scale) + 1
    return left, top, right - left, bottom - top
