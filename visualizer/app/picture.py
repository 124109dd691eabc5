"""The picture in the window: drawn when it would differ, and asked what lies under the pointer."""

from __future__ import annotations

import time

import pygame

from visualizer.app.branches import Before
from visualizer.app.controls import Controls
from visualizer.canvas.painter import Painter
from visualizer.canvas.theme import load_theme
from visualizer.language import spoken
from visualizer.scene.frame import BeforeSource, FrameSource
from visualizer.scene.growing import grow, known_history
from visualizer.scene.history import History
from visualizer.scene.look import Look
from visualizer.scene.primitives import Scene
from visualizer.scene.twin import view_of
from visualizer.timeline.run import Run

_NOTHING_PX = 64  # below this there is no room for any picture
_SLICE_S = 0.006  # of each picture's sixtieth of a second, for what is still to be computed
_FIRST_SLICE_S = 0.1  # nobody takes that for waiting


class Picture:
    """What is shown of a run in a theme (ThemeError when there is none of that name).

    `scene` is the picture shown last, None while the window is too small for one.
    """

    def __init__(self, theme: str) -> None:
        self.theme = load_theme(theme)
        self.scene: Scene | None = None
        self._painter: Painter | None = None
        self._sources: tuple[tuple[Run, FrameSource], ...] = ()
        self._beside: tuple[Before, BeforeSource] | None = None
        self._shown: object = None
        self._growing: object = None

    def show(self, surface: pygame.Surface, controls: Controls, look: Look) -> None:
        """Draw what is played and flip, unless this very picture is on the screen already."""
        if self.theme.name != controls.theme:
            self.theme = load_theme(controls.theme)
        runs = controls.runs
        known = self._grown((*runs, controls.before.run) if controls.before else runs)
        versions = tuple((run, run.now_us, run.acts, run.abandoned) for run in runs)
        now = (surface.get_size(), look, versions, known, controls.before, self.theme.name, spoken())
        if now == self._shown:
            return
        if min(surface.get_size()) < _NOTHING_PX:
            self.scene = None
            surface.fill(self.theme.colour("background"))
        else:
            self._paint(surface, runs, controls.before, look)
        pygame.display.flip()
        self._shown = now

    def forget(self) -> None:
        """What is on the screen has gone: draw it again."""
        self._shown = None

    def target_at(self, pos_px: tuple[int, int]) -> str | None:
        """The topmost target under a pixel."""
        place = self.place_of(pos_px)
        if self.scene is None or place is None:
            return None
        x, y = place
        hits = [name for name, box in self.scene.targets.items() if box.contains(x, y)]
        return hits[-1] if hits else None

    def place_of(self, pos_px: tuple[int, int]) -> tuple[float, float] | None:
        """Where in the picture, in logical units, a pixel lies."""
        if self.scene is None or self._painter is None:
            return None
        return self._painter.to_logical(self.scene, *pos_px)

    def share_of(self, name: str, pos_px: tuple[int, int]) -> float | None:
        """Where on a target a pixel lies: 0 at its left edge, 1 at its right; None when it is not there."""
        place = self.place_of(pos_px)
        if self.scene is None or place is None or name not in self.scene.targets:
            return None
        box = self.scene.targets[name]
        return (place[0] - box.x) / box.width

    def _grown(self, runs: tuple[Run, ...]) -> tuple[History, ...]:
        """Compute the runs on, a little in every picture and more in the first after a change, so that most
        are known at once. Returns what is known.
        """
        versions = [(run, run.acts) for run in runs]
        end_s = time.thread_time() + (_SLICE_S if versions == self._growing else _FIRST_SLICE_S)
        self._growing = versions
        for run in runs:
            grow(run, end_s - time.thread_time())
        return tuple(known_history(run) for run in runs)

    def _paint(
        self, surface: pygame.Surface, runs: tuple[Run, ...], before: Before | None, look: Look
    ) -> None:
        kept = {id(run): source for run, source in self._sources}
        self._sources = tuple((run, kept.get(id(run)) or FrameSource(run, whole=False)) for run in runs)
        painter = self._painter
        if painter is None or painter.theme is not self.theme or painter.size_px != surface.get_size():
            painter = self._painter = Painter(self.theme, surface.get_size())
        if before is None or len(runs) > 1:
            self._beside = None
        elif self._beside is None or self._beside[0] is not before:
            self._beside = (before, BeforeSource(before.run, before.label, whole=False))
        beside = self._beside[1].at(runs[0].now_us) if self._beside else None
        self.scene = view_of([source.frame(beside) for _, source in self._sources], look)
        painter.paint(self.scene, surface)
