"""This run beside many others, while a story tells it: they are played beside the picture."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from visualizer.app.feature import Feature
from visualizer.app.story import Story
from visualizer.lab.beside import Others, counting
from visualizer.scene.beside_shown import BesideLook
from visualizer.scene.look import Look
from visualizer.script.script import Beside
from visualizer.sim.setup import Setup

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

Key = tuple[Setup, Beside]
_KEPT = 12


class BesideRuns(Feature):
    """Adds `Look.beside` at the beats that ask for it. They are counted ahead while time stands still, as
    what moves should move smoothly; what was found is kept for each design.
    """

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self._found: dict[Key, Others] = {}
        self._thread: ThreadPoolExecutor | None = None
        self._work: tuple[Key, Iterator[int | Others]] | None = None
        self._step: Future[int | Others] | None = None
        self._known = 0

    def look(self, look: Look) -> Look:
        """With the chart while its beat is told."""
        beat = self.controls.feature(Story).beat
        if beat is None or beat.beside is None:
            return look
        asked = beat.beside.beside
        key = self.controls.run.setup, asked
        known = self._known if self._work and self._work[0] == key else 0
        shown = BesideLook(asked.measure, beat.beside.value, asked.runs, self._found.get(key), known)
        return replace(look, beside=shown)

    def elapse(self, wall_ns: int) -> None:
        """Take what is ready, and have the next piece played."""
        if self._step is not None:
            if not self._step.done():
                return
            self._take(self._step.result())
        key = next((key for key in self._wanted() if key not in self._found), None)
        if key is None or (self._moves and not self._awaited):
            return
        if self._work is None or self._work[0] != key:
            self._work, self._known = (key, counting(*key)), 0
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "beside")
        self._step = self._thread.submit(next, self._work[1])

    def close(self) -> None:
        """Nobody waits for it any more."""
        if self._thread is not None:
            self._thread.shutdown(wait=False, cancel_futures=True)

    @property
    def _moves(self) -> bool:
        return self.controls.playing and not self.controls.frozen

    @property
    def _awaited(self) -> bool:
        """Whether somebody looks at the card."""
        beat = self.controls.feature(Story).beat
        return beat is not None and beat.beside is not None

    def _wanted(self) -> Iterator[Key]:
        """What the story asks for, that of the beat on show first."""
        story, setup = self.controls.feature(Story), self.controls.run.setup
        beats = [story.beat, *(story.play.beats if story.play else ())]
        return ((setup, beat.beside.beside) for beat in beats if beat is not None and beat.beside)

    def _take(self, found: int | Others) -> None:
        self._step = None
        if self._work is None:
            return
        if isinstance(found, int):
            self._known = found
            return
        self._found[self._work[0]] = found
        self._work = None
        if len(self._found) > _KEPT:
            del self._found[next(iter(self._found))]
