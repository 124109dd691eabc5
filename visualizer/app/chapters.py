"""From chapter to chapter of the run, and back to where this one began."""

from __future__ import annotations

from collections.abc import Mapping

from visualizer.app.feature import Act, Feature
from visualizer.app.story import Story
from visualizer.language import say
from visualizer.sim.command import Command
from visualizer.story.chapters import Chapter, chapters, number_at
from visualizer.timeline.run import Run


class Chapters(Feature):
    """`told` are the chapters of the run as it is now, with all that was done to it."""

    _found: tuple[Run, tuple[Command, ...], tuple[Chapter, ...]] | None = None

    @property
    def acts(self) -> Mapping[str, Act]:
        """Next, previous, and the start of this one: paused there."""
        return {
            "chapter_next": lambda: self._step(1),
            "chapter_previous": lambda: self._step(-1),
            "chapter_start": lambda: self._step(0),
        }

    @property
    def told(self) -> tuple[Chapter, ...]:
        """In order of time; the playhead stays where it is. Those of the author, where a story is told."""
        run, told = self.controls.run, self.controls.feature(Story).chapters
        if told:
            return told
        if self._found is None or self._found[0] is not run or self._found[1] != run.acts:
            run.finish()
            self._found = (run, run.acts, chapters(run.events, run.setup))
        return self._found[2]

    def respoken(self) -> None:
        """They are called something else."""
        self._found = None

    @property
    def here(self) -> int:
        """The number of the chapter under the playhead, from 0."""
        return number_at(self.told, self.controls.run.now_us)

    def go(self, number: int) -> bool:
        """Pause at the start of a chapter; False, with a notice, where there is none."""
        self.controls.playing = False
        if number >= len(self.told):
            self.controls.notice = say("This is the last chapter.")
            return False
        self.controls.seek(self.told[max(number, 0)].at_us)
        return True

    def _step(self, chapters: int) -> None:
        self._visit(self.here + chapters)

    def _visit(self, number: int) -> None:
        """Go there, and say what it tells."""
        if self.go(number) and not self.controls.feature(Story).tells:
            self.controls.notice = self.told[self.here].sentence

    def press(self, name: str) -> bool:
        """The mark of a chapter on the timeline."""
        number = name.removeprefix("chapter:")
        if number == name or not number.isdecimal():
            return False
        self._visit(int(number))
        return True
