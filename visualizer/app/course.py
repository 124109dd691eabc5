"""From lesson to lesson of the course: what comes after the one on show, and what came before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from visualizer.app.beat import Beat
from visualizer.app.feature import Act, Feature
from visualizer.app.open import Opening
from visualizer.app.questions import Questions
from visualizer.app.story import Story
from visualizer.course import Place
from visualizer.language import say
from visualizer.scene.look import Look

if TYPE_CHECKING:
    from visualizer.app.controls import Controls


class Course(Feature):
    """At the end of a lesson the key for "next" opens the one after it, at its very start that for "previous"
    the one before. What somebody has chosen (room mode, theme, speed) stays.
    """

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self._told = False

    @property
    def acts(self) -> Mapping[str, Act]:
        """The next lesson, and the one before; after the last the challenge."""
        return {"lesson_next": lambda: self._go(1), "lesson_previous": lambda: self._go(-1)}

    @property
    def context(self) -> str | None:
        """The keys for next and previous, where the lesson begins and ends."""
        here = self._here
        if here is None or self.controls.feature(Questions).context is not None:
            return None
        if self._over:
            return "lesson_end"
        return "lesson_start" if self.controls.run.now_us == 0 and here.number > 1 else None

    def look(self, look: Look) -> Look:
        """At the end one line says what is next, whenever there is nothing else to say."""
        elsewhere = look.dialog or look.asked or look.beat or look.covered
        if look.notice or elsewhere or self.controls.playing or self._here is None or not self._over:
            return look
        return replace(look, notice=self._next_line())

    def elapse(self, wall_ns: int) -> None:
        """What is said at the end of every run gives way to what is next."""
        told = self._here is not None and self._over and not self.controls.playing
        if told and not self._told:
            self.controls.notice = None
        self._told = told

    @property
    def _here(self) -> Place | None:
        """The lesson on show."""
        return self.controls.feature(Opening).lessons.place_of(self.controls.document)

    @property
    def _over(self) -> bool:
        """Whether the run is at its end, and all has been told."""
        run = self.controls.run
        return run.now_us >= run.setup.duration_us and self.controls.feature(Story).over

    def _next_line(self) -> str:
        place = self._beside(1)
        if place is None:
            return say("That was the last lesson. Page Down or I: beat it, and lose nothing.")
        title = self.controls.feature(Opening).lessons.title(place)
        return say("Page Down: on to lesson {number}, {title}.", number=place.number, title=title)

    def _beside(self, steps: int) -> Place | None:
        """So many lessons on."""
        here, places = self._here, self.controls.feature(Opening).lessons.places
        number = here.number + steps if here else 0
        return next((place for place in places if place.number == number), None)

    def _go(self, steps: int) -> None:
        place = self._beside(steps)
        if place is not None:
            self.controls.feature(Opening).take(place.name)
        elif steps > 0:
            self.controls.feature(Beat).toggle()
