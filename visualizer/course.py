"""The course: its lessons in their order, and what each of them tells when nobody interferes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from visualizer.language import say
from visualizer.opening import Designs, Opened, compared, in_designs, open_scenario
from visualizer.scenario import Problem, ScenarioError, lesson_names, quoted, suggestion
from visualizer.script.finding import Finder
from visualizer.script.lesson import Lesson
from visualizer.script.quantities import Telling
from visualizer.script.templates import fill
from visualizer.sim.event import Event
from visualizer.sim.setup import US_PER_S, Setup
from visualizer.story.screenplay import Screenplay, screenplay
from visualizer.story.tempo import Tempo, tempo
from visualizer.timeline import Run, finished

_MINUTE_US = 60 * US_PER_S


@dataclass(frozen=True, slots=True)
class Place:
    """Where a lesson is in the course; `name` is what `open_scenario` takes, `number` counts from 1."""

    number: int
    name: str


def places() -> tuple[Place, ...]:
    """All lessons, in their order."""
    return tuple(Place(number, name) for number, name in enumerate(lesson_names(), 1))


def place_of(word: str) -> Place:
    """The lesson that somebody means: by its number (`3`) or its name (`03-the-miss`, `the-miss`, with or
    without `course/`). ScenarioError.
    """
    there = places()
    for place in there:
        bare = place.name.rpartition("/")[2]
        if word in (str(place.number), f"{place.number:02d}", place.name, bare, bare.partition("-")[2]):
            return place
    names = [place.name.rpartition("/")[2] for place in there]
    what = say("there is no lesson {name}", name=quoted(word))
    by_number = say("say {least} to {most}", least=1, most=len(there))
    todo = by_number if word.isdigit() or not word else suggestion(word, names, "lesson")
    raise ScenarioError([Problem(word or "course", 0, 0, what, todo)])


@dataclass(frozen=True, slots=True, eq=False)
class TaughtLesson:
    """A lesson, played to its end. `runs`: one, or one for each of the `designs` that it is told of; the
    story is that of the first. `play`: what is said and asked, `tempo`: when, as in a film; `telling` has the
    figures.
    """

    place: Place
    opened: Opened
    lesson: Lesson
    designs: Designs | None
    runs: tuple[Run, ...]
    play: Screenplay
    tempo: Tempo
    telling: Telling

    @property
    def run(self) -> Run:
        """The run that is told."""
        return self.runs[0]

    @property
    def setup(self) -> Setup:
        """How it was set up."""
        return self.run.setup

    @property
    def events(self) -> Sequence[Event]:
        """All that happens in it."""
        return self.run.events

    @property
    def minutes(self) -> int:
        """How long it takes, with the questions, at its own pace."""
        return max(1, (self.tempo.length_us + _MINUTE_US // 2) // _MINUTE_US)

    def filled(self, text: str) -> str:
        """A text of the lesson with the figures of the run's end."""
        return fill(text, self.telling, self.setup.duration_us)


def taught(place: Place) -> TaughtLesson:
    """Play a lesson. ScenarioError when its file is no lesson, or cannot be read."""
    opened = open_scenario(place.name)
    if opened.lesson is None or opened.script is None:
        what, todo = say("this is no lesson"), say("give it the keys `lesson` and `story`")
        raise ScenarioError([Problem(str(opened.path), 0, 0, what, todo)])
    key = compared(opened)
    designs = None if key is None else in_designs(opened, key)
    runs = tuple(finished(one.setup) for one in (designs.opened if designs else (opened,)))
    run = runs[0]
    play = screenplay(opened.script, run.setup, run.events, run.state_at)
    whole = tempo(play, 0, run.setup.duration_us)
    telling = Telling(Finder(run.events, run.setup), run.state_at)
    return TaughtLesson(place, opened, opened.lesson, designs, runs, play, whole, telling)
