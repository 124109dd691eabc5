"""A script, found in a run: every beat with its instant, its words filled with the numbers of this run.

`screenplay` finds the beats of a script; `automatic` makes a screenplay of a run that has none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from visualizer.script.script import Script, Spot
from visualizer.sim import State
from visualizer.sim.event import Event
from visualizer.sim.setup import Setup
from visualizer.story.chapters import Chapter
from visualizer.story.question import Question


@dataclass(frozen=True, slots=True)
class ToldBeat:
    """One beat of this run. `number` counts from 1 through the whole screenplay, `chapter` from 0.

    `sentence` is "" where nothing is said. `hold_us`: how long time stands still when it is reached. `speed`:
    thousandths, from here on. `focus` and `zoom` (hundredths): where the camera is from here on, None and 100
    for the whole picture. `question` is asked after the hold, for `thinking_us` in a film; its answer is
    shown for `answer_us` when the run has come to `question.until_us`.
    """

    number: int
    chapter: int
    at_us: int
    sentence: str
    hold_us: int
    speed: int
    focus: Spot | None = None
    zoom: int = 100
    highlight: tuple[Spot, ...] = ()
    labels: tuple[tuple[Spot, str], ...] = ()
    question: Question | None = None
    thinking_us: int = 0
    answer_us: int = 0


@dataclass(frozen=True, slots=True)
class Screenplay:
    """`beats` in order of time; `chapters[k].at_us` is the instant of the first beat of chapter k.

    `left_out`: a line for each beat that has no place in this run, with its place in the file and the reason.
    `scripted`: whether an author wrote it.
    """

    chapters: tuple[Chapter, ...]
    beats: tuple[ToldBeat, ...]
    left_out: tuple[str, ...] = ()
    scripted: bool = True


StateAt = Callable[[int], State]
"""The state of the finished run at any of its instants."""


def screenplay(script: Script, setup: Setup, told: Sequence[Event], state_at: StateAt) -> Screenplay:
    """The beats of `script` in a run; `told`: all of its events.

    Beats stay in the order of the file. One whose moment does not come, or lies before the beat before it, is
    left out.
    """
    raise NotImplementedError


def automatic(setup: Setup, told: Sequence[Event]) -> Screenplay:
    """A screenplay of any run: its chapters, slow where it matters and fast where nothing happens."""
    raise NotImplementedError
