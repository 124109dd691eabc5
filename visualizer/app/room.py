"""Room mode: large and plain for a class, worked with a presenter's clicker.

One click, and the next thing happens: the chapter plays at a speed that one can follow, and stops where the
next one begins. Everything that can be done to the run can still be done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from visualizer.app.chapters import Chapters
from visualizer.app.feature import Act, Feature
from visualizer.app.questions import Questions
from visualizer.app.story import Story
from visualizer.language import marked, say, translated
from visualizer.scene.look import SPEEDS, Look
from visualizer.sim.setup import US_PER_S

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

_WELCOME = marked(
    "Room mode: Page Down is the next chapter, Page Up the one before, a period blanks, Esc leaves."
)
_SLOW_S, _FAST_S = 4.0, 8.0
"""Wall seconds that a chapter takes at least: in slow motion, and faster than life."""


def watchable(length_us: int) -> float:
    """The fastest of `SPEEDS` at which a stretch of the run can be followed."""
    length_s = length_us / US_PER_S
    fit = [speed for speed in SPEEDS if length_s / speed >= (_FAST_S if speed > 1 else _SLOW_S)]
    return max(fit, default=SPEEDS[0])


class Room(Feature):
    """`on`: whether it is at work. `blank`: whether nothing is shown."""

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self.on = False
        self.blank = False
        self._speed_before = controls.speed

    @property
    def acts(self) -> Mapping[str, Act]:
        """In and out; and what the keys of a clicker mean."""
        return {
            "room": self._toggle,
            "room_leave": self._leave,
            "room_start": self._start,
            "room_forth": self._forth,
            "room_back": self._back,
            "blank": self._blank,
        }

    @property
    def context(self) -> str | None:
        """The clicker."""
        return "room" if self.on else None

    @property
    def theme(self) -> str | None:
        """One for a bright room."""
        return "room" if self.on else None

    @property
    def frozen(self) -> bool:
        """Nothing goes on behind a blank screen."""
        return self.blank

    @property
    def stop_us(self) -> int | None:
        """Where the next chapter begins."""
        now_us = self.controls.run.now_us
        starts = (chapter.at_us for chapter in self._chapters.told) if self.on else ()
        return next((at_us for at_us in starts if at_us > now_us), None)

    def forbids(self, act: str) -> str | None:
        """On a blank screen nobody sees what he does."""
        if self.blank and act not in (*self.acts, "leave", "escape"):
            return say("The screen is blank; a period shows it again.")
        return None

    def look(self, look: Look) -> Look:
        """Large and plain; or nothing."""
        return replace(look, room=self.on, blank=self.blank)

    @property
    def _chapters(self) -> Chapters:
        return self.controls.feature(Chapters)

    def _toggle(self) -> None:
        self.on, self.blank = not self.on, False
        if self.on:
            self._speed_before = self.controls.speed
            self.controls.notice = translated(_WELCOME)
        elif not self.controls.feature(Story).tells:
            self.controls.speed = self._speed_before

    def _leave(self) -> None:
        """Whatever is open is closed first."""
        if self.blank:
            self.blank = False
        elif self.controls.menu or self.controls.help_open:
            self.controls.escape()
        else:
            self._toggle()

    def _blank(self) -> None:
        self.blank = not self.blank

    def _start(self) -> None:
        self._play(0)

    def _forth(self) -> None:
        """What is paused at its beginning begins; else the next chapter."""
        here, told = self._chapters.here, self._chapters.told
        if self.controls.feature(Questions).go_on():
            return
        waits = not self.controls.playing and self.controls.run.now_us <= told[here].at_us
        self._play(here if waits else here + 1)

    def _back(self) -> None:
        """Once more what was seen last."""
        here, told = self._chapters.here, self._chapters.told
        self._play(here - (self.controls.run.now_us == told[here].at_us))

    def _play(self, number: int) -> None:
        self.blank = False
        if not self._chapters.go(number):
            return
        ends = [chapter.at_us for chapter in self._chapters.told[max(number, 0) + 1 :]]
        end_us = next(iter(ends), self.controls.run.setup.duration_us)
        if not self.controls.feature(Story).tells:
            self.controls.speed = watchable(end_us - self.controls.run.now_us)
        self.controls.play()
