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
from visualizer.script.figures import FIGURES
from visualizer.script.script import Beside
from visualizer.sim.setup import Setup
from visualizer.timeline.run import Run

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

Key = tuple[Setup, Beside]
_KEPT = 48


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
        self._each: tuple[object, tuple[int, ...]] | None = None

    def look(self, look: Look) -> Look:
        """With the chart while its beat is told; of several designs one for each."""
        beat, runs = self.controls.feature(Story).beat, self.controls.runs
        if beat is None or beat.beside is None:
            return look
        if len(runs) == 1:
            return replace(look, beside=self._shown(runs[0], beat.beside.beside, beat.beside.value))
        values = self._values(beat.beside.beside, beat.at_us)
        each = (self._shown(run, beat.beside.beside, value) for run, value in zip(runs, values, strict=True))
        return replace(look, beside_each=tuple(each))

    def _shown(self, run: Run, asked: Beside, value: int) -> BesideLook:
        key = run.setup, asked
        known = self._known if self._work and self._work[0] == key else 0
        return BesideLook(asked.measure, value, asked.runs, self._found.get(key), known)

    def _values(self, asked: Beside, at_us: int) -> tuple[int, ...]:
        """What each design has cost at an instant; kept, for it is the same in many pictures."""
        runs = self.controls.runs
        moment = (asked, at_us, tuple((run, run.acts) for run in runs))
        if self._each is None or self._each[0] != moment:
            figure = FIGURES[asked.measure]
            self._each = moment, tuple(figure.value(run.state_at(at_us)) or 0 for run in runs)
        return self._each[1]

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
        story = self.controls.feature(Story)
        beats = [story.beat, *(story.play.beats if story.play else ())]
        asked = (beat.beside.beside for beat in beats if beat is not None and beat.beside)
        return ((run.setup, one) for one in asked for run in self.controls.runs)

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
