"""The lessons, each played once for all tests of a process; and a class that answers at the window."""

from __future__ import annotations

from functools import cache

from visualizer.app.controls import Controls
from visualizer.app.questions import Questions
from visualizer.app.story import Story
from visualizer.course import TaughtLesson, place_of, taught
from visualizer.scene.asked import Answered, Asked
from visualizer.timeline.run import Run

STEP_NS = 100_000_000
MOST_STEPS = 12_000
"""Twenty minutes: no lesson lasts so long."""


@cache
def lesson(name: str) -> TaughtLesson:
    return taught(place_of(name))


class Classroom:
    """A lesson at the window, without a picture: who sits before it answers, and reads as fast as can be."""

    def __init__(self, name: str) -> None:
        opened = lesson(name).opened
        self.controls = Controls(Run(opened.setup), opened)
        self.controls.run.finish()  # the window reads ahead while it has nothing else to do
        self.controls.begin()
        self.said: list[str] = []
        self.answers: list[Answered] = []

    @property
    def asked(self) -> Asked | Answered | None:
        return self.controls.feature(Questions)._now  # type: ignore[return-value]

    def play(self, choice: int | None) -> None:
        """To the end; every question gets the answer at this place (the last where there are fewer)."""
        self.controls.play()
        for _ in range(MOST_STEPS):
            self._listen()
            match self.asked:
                case Asked() as asked:
                    self._answer(asked, choice)
                case Answered() as answered:
                    self.answers.append(answered)
                    self.controls.do("answer_accept")
                case _ if not self.controls.playing:
                    return
                case _:
                    if not self.controls.feature(Story).skip():
                        self.controls.pass_time(STEP_NS)
        raise AssertionError("the lesson does not come to its end")

    def _answer(self, asked: Asked, choice: int | None) -> None:
        if choice is None:
            self.controls.do("answer_close")
        else:
            self.controls.do(f"answer_{min(choice, len(asked.question.choices) - 1) + 1}")

    def _listen(self) -> None:
        told = self.controls.look(1280, 720).told
        if told is not None and told.sentence and (not self.said or self.said[-1] != told.sentence):
            self.said.append(told.sentence)
