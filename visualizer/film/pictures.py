"""The pictures of a film, from its spec alone: frame n is the film at the instant n / fps.

Whoever has the same spec draws the same pictures, in any order and in any process.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from visualizer.canvas.painter import Painter
from visualizer.canvas.theme import load_theme
from visualizer.film.reel import Reel
from visualizer.film.spec import FilmSpec
from visualizer.scene.look import Look
from visualizer.scene.primitives import Scene
from visualizer.sim.setup import US_PER_S
from visualizer.story.telling import telling_us
from visualizer.story.tempo import Place

if TYPE_CHECKING:
    import pygame


class Pictures:
    """All pictures of a film, by number. `length_us`: how long it is, in film time.

    Raises ThemeError. Seeking forward is fastest; any order gives the same pictures.
    """

    def __init__(self, spec: FilmSpec) -> None:
        self.spec = spec
        self.reels: list[Reel] = []
        self.length_us = 0
        beats = 0
        for one in spec.reels:
            reel = Reel(replace(one, beats_before=one.beats_before + beats), self.length_us)
            self.reels.append(reel)
            self.length_us += reel.tempo.length_us
            beats += len(reel.told.beats) if reel.told else 0
        width, height = spec.size_px
        self._look = Look(
            width_px=width, height_px=height, playing=True, hands_on=False, captions=spec.captions
        )

    @property
    def count(self) -> int:
        """How many there are: length x fps, rounded up."""
        return -(-self.length_us * self.spec.fps // US_PER_S)

    def film_us(self, number: int) -> int:
        """The instant of the film that picture `number` shows."""
        return number * US_PER_S // self.spec.fps

    def place(self, number: int) -> Place:
        """Where the run is in picture `number`."""
        reel, film_us = self._found(self.film_us(number))
        return reel.tempo.at(film_us)

    def key(self, number: int) -> Hashable:
        """Pictures with equal keys are equal."""
        reel, film_us = self._found(self.film_us(number))
        return reel.start_us, reel.tempo.at(film_us).at_us, reel.look(film_us, self._look)

    def scene(self, number: int) -> Scene:
        """Picture `number`, in drawing primitives."""
        return self.scene_at(self.film_us(number))

    def scene_at(self, film_us: int) -> Scene:
        """The picture of any instant of the film, 0 to `length_us`."""
        reel, own_us = self._found(film_us)
        return reel.scene(own_us, self._look)

    def scene_of(self, at_us: int) -> Scene:
        """The last picture that shows an instant of the film's first run."""
        return self.reels[0].scene_of(at_us, self._look)

    def telling_scene(self) -> Scene:
        """The picture that says most of the first run."""
        reel = self.reels[0]
        return self.scene_of(telling_us(reel.run.setup, reel.events))

    def paint(self, number: int, surface: pygame.Surface) -> None:
        """Fill `surface`, which has the film's size, with picture `number`."""
        self.paint_scene(self.scene(number), surface)

    def paint_scene(self, scene: Scene, surface: pygame.Surface) -> None:
        """The same with any picture of the film."""
        self._painter.paint(scene, surface)

    @cached_property
    def _painter(self) -> Painter:
        return Painter(load_theme(self.spec.theme), self.spec.size_px)

    def _found(self, film_us: int) -> tuple[Reel, int]:
        """The reel that is shown at an instant of the film, and the instant in the reel's own time."""
        reel = next(reel for reel in reversed(self.reels) if reel.start_us <= film_us)
        return reel, film_us - reel.start_us
