"""The first minute of a newcomer: what invites breathes, and the first strike lets time run, slowly."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visualizer.app.chapters import Chapters
from visualizer.app.feature import Feature
from visualizer.app.story import Story
from visualizer.scene.invitation import PULSES
from visualizer.scene.look import Look
from visualizer.story.caption import opening_us
from visualizer.timeline.run import Run

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

_BREATH_NS = 2_000_000_000
_SLOW = 0.5


class FirstMinute(Feature):
    """While a run waits untouched at its opening, somebody is invited to strike. What is struck then is seen
    at half speed, until it is told what it cost: a strike after which nothing moved would look wrong.
    """

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self._inviting: Run | None = None
        self._breath_ns = 0
        self._speed_before = controls.speed
        self._slow_until_us: int | None = None

    def look(self, look: Look) -> Look:
        """How far the ring has breathed."""
        if not self._inviting or look.reduced_motion:
            return look
        return replace(look, pulse=self._breath_ns * PULSES // _BREATH_NS)

    def changed(self) -> None:
        """The first strike starts the play."""
        controls = self.controls
        if self._inviting is not controls.run or len(controls.run.acts) != 1:
            return  # another run may come with what was done to it
        self._inviting = None
        if controls.speed > _SLOW:  # who has chosen to see it slower still does
            self._speed_before, controls.speed = controls.speed, _SLOW
            self._slow_until_us = controls.feature(Chapters).told[-1].at_us
        controls.play_on()

    def elapse(self, wall_ns: int) -> None:
        """Breathe; and end the slow motion, unless somebody has chosen a speed."""
        controls, run = self.controls, self.controls.run
        at_opening = run.now_us == opening_us(run.setup) and not run.acts
        waits = at_opening and not controls.playing and not controls.feature(Story).tells
        self._inviting = run if waits else None
        self._breath_ns = (self._breath_ns + wall_ns) % _BREATH_NS if self._inviting else 0
        if self._slow_until_us is None:
            return
        if controls.speed != _SLOW:
            self._slow_until_us = None
        elif run.now_us >= self._slow_until_us:
            controls.speed, self._slow_until_us = self._speed_before, None
