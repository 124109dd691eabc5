"""A script, found in a run: every beat with its instant, its words filled with the numbers of this run.

`screenplay` finds the beats of a script; `automatic` makes a screenplay of a run that has none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from visualizer.language import say, translated
from visualizer.script.claims import claim_of, doubt_of
from visualizer.script.figures import FIGURES
from visualizer.script.finding import Finder
from visualizer.script.quantities import Telling
from visualizer.script.script import SPEED_ONE, ZOOM_ONE, Beat, Beside, Region, Script, Spot
from visualizer.script.spots import parts
from visualizer.script.templates import fill
from visualizer.sim import State
from visualizer.sim.event import Event, UnitStruck
from visualizer.sim.setup import US_PER_S, Setup
from visualizer.story.asking import answer_of, question_of
from visualizer.story.chapters import Chapter
from visualizer.story.explainer import script_of
from visualizer.story.placing import LeftOutError, instant_us
from visualizer.story.question import Question
from visualizer.story.side_by_side import Design, script_of_designs
from visualizer.story.words import reading_us

_LEAST_HOLD_US = 600_000
"""Where something is said, time stands still for so long at least: one looks up."""

_TITLE_US = 3 * US_PER_S // 2
"""On top of that where a chapter begins: its title is before the picture."""

_LEAST_ANSWER_US = 5 * US_PER_S // 2
_TO_DECIDE_US = 4 * US_PER_S
_MOST_THINKING_US = 15 * US_PER_S
"""On top of the time to read a question and its choices; and in all: a film can be stopped."""

_CHART_US = 8 * US_PER_S
"""So long it takes to read a chart of many runs and the two sentences below it, on top of what is said."""

_NEAR = 140

_STATES = 8
"""So many states are kept while the words of one beat are filled."""


@dataclass(frozen=True, slots=True)
class ThisRun:
    """This run beside others: `value` is its figure at the beat, a count or microseconds."""

    beside: Beside
    value: int


@dataclass(frozen=True, slots=True)
class ToldBeat:
    """One beat of this run. `number` counts from 1 through the whole screenplay, `chapter` from 0.

    `sentence` is "" where nothing is said. `hold_us`: how long time stands still when it is reached. `speed`:
    thousandths, from here on. `focus` and `zoom` (hundredths): where the camera is from here on, None and 100
    for the whole picture. `question` is asked after the hold, for `thinking_us` in a film; its answer, in
    words `answer`, is shown for `answer_us` when the run has come to `question.until_us`. `beside`: many
    other runs are shown while it is told.
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
    answer: str = ""
    answer_us: int = 0
    beside: ThisRun | None = None


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
    left out. One that asks at the very instant of a strike comes just before it.
    """
    telling = Telling(Finder(told, setup), lru_cache(maxsize=_STATES)(state_at))
    strikes = frozenset(event.at_us for event in told if isinstance(event, UnitStruck))
    placed: list[_Placed] = []
    left_out: list[str] = []
    for number, chapter in enumerate(script.chapters):
        for beat in chapter.beats:
            after_us = placed[-1].at_us if placed else 0
            try:
                at_us = instant_us(beat.at, telling.finder, after_us)
            except LeftOutError as error:
                left_out.append(f"{beat.place}: {say('left out: {why}', why=error)}")
                continue
            if doubts := _doubts(beat, telling, at_us):
                why = say("what it claims does not hold: {doubts}", doubts=doubts)
                left_out.append(f"{beat.place}: {say('left out: {why}', why=why)}")
                continue
            if beat.ask and at_us in strikes and at_us > after_us:
                at_us -= 1
            question = _asked(beat, telling, at_us, left_out)
            placed.append(_placed(number, beat, at_us, question, telling))
    titles = [translated(chapter.title) for chapter in script.chapters]
    return _assembled(titles, placed, setup, left_out)


def _doubts(beat: Beat, telling: Telling, at_us: int) -> str:
    """Which of its claims do not hold there, and why."""
    claims = [claim_of(said, parts(telling.finder.setup)) for said in beat.claims]
    doubts = [(claim, doubt_of(claim, telling, at_us)) for claim in claims]
    return ", ".join(f"{claim.said} ({doubt})" for claim, doubt in doubts if doubt is not None)


def _asked(beat: Beat, telling: Telling, at_us: int, left_out: list[str]) -> Question | None:
    """Its question, when it is one in this run."""
    if beat.ask is None:
        return None
    try:
        return question_of(beat.ask, telling, at_us)
    except LeftOutError as error:
        left_out.append(f"{beat.place}: {say('the question is left out: {why}', why=error)}")
        return None


def _placed(chapter: int, beat: Beat, at_us: int, question: Question | None, telling: Telling) -> _Placed:
    return _Placed(
        chapter,
        beat,
        at_us,
        sentence=fill(beat.say, telling, at_us),
        labels=tuple((spot, fill(text, telling, at_us)) for spot, text in beat.labels),
        question=question,
        answer=answer_of(question, telling) if question else "",
        beside=_beside(beat, telling, at_us),
    )


def _beside(beat: Beat, telling: Telling, at_us: int) -> ThisRun | None:
    """With the figure of this run as it is then."""
    if beat.beside is None:
        return None
    value = FIGURES[beat.beside.measure].value(telling.state_at(at_us))
    return None if value is None else ThisRun(beat.beside, value)


def automatic(setup: Setup, told: Sequence[Event]) -> Screenplay:
    """A screenplay of any run: its chapters, slow where it matters and fast where nothing happens.

    `told`: all of its events.
    """
    return _automatic(script_of(setup, told), setup)


def automatic_of(designs: Sequence[Design]) -> Screenplay:
    """The same of several designs side by side: what happens in all of them, and what differs."""
    return _automatic(script_of_designs(designs), designs[0].setup)


def _automatic(script: Script, setup: Setup) -> Screenplay:
    placed = [
        _Placed(number, beat, beat.at.time_us, beat.say)
        for number, chapter in enumerate(script.chapters)
        for beat in chapter.beats
    ]
    return _assembled([chapter.title for chapter in script.chapters], placed, setup, scripted=False)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A beat that has its place in the run, with its words filled."""

    chapter: int
    beat: Beat
    at_us: int
    sentence: str
    labels: tuple[tuple[Spot, str], ...] = ()
    question: Question | None = None
    answer: str = ""
    beside: ThisRun | None = None


def _assembled(
    titles: Sequence[str],
    placed: Sequence[_Placed],
    setup: Setup,
    left_out: Sequence[str] = (),
    *,
    scripted: bool = True,
) -> Screenplay:
    """What holds until another beat says otherwise is handed on; chapters without beats go."""
    kept = sorted({one.chapter for one in placed})
    speed, focus, zoom = SPEED_ONE, None, ZOOM_ONE
    beats: list[ToldBeat] = []
    for number, one in enumerate(placed):
        beat = one.beat
        speed = beat.speed or speed
        focus, zoom = _camera(beat, focus, zoom)
        next_us = placed[number + 1].at_us if number + 1 < len(placed) else setup.duration_us
        played_us = 0 if one.question or one.beside else (next_us - one.at_us) * SPEED_ONE // speed
        opens = not beats or beats[-1].chapter != kept.index(one.chapter)
        titled_us = _TITLE_US if opens and len(kept) > 1 else 0
        beats.append(
            ToldBeat(
                number=number + 1,
                chapter=kept.index(one.chapter),
                at_us=one.at_us,
                sentence=one.sentence,
                hold_us=_hold_us(one, played_us - titled_us),
                speed=speed,
                focus=focus,
                zoom=zoom,
                highlight=beat.highlight,
                labels=one.labels,
                question=one.question,
                thinking_us=_thinking_us(beat, one.question) if one.question else 0,
                answer=one.answer,
                answer_us=max(reading_us(one.answer), _LEAST_ANSWER_US) if one.question else 0,
                beside=one.beside,
            )
        )
    chapters = tuple(_chapter(titles[chapter], number, beats) for number, chapter in enumerate(kept))
    return Screenplay(chapters, tuple(beats), tuple(left_out), scripted)


def _camera(beat: Beat, focus: Spot | None, zoom: int) -> tuple[Spot | None, int]:
    """Where it is from this beat on. Who names a spot and no zoom comes nearer; the stage is the whole
    picture.
    """
    if beat.focus is not None:
        focus = None if beat.focus == Region("stage") else beat.focus
        near = zoom if zoom > ZOOM_ONE else _NEAR
        zoom = ZOOM_ONE if focus is None else near
    if beat.zoom is not None:
        zoom = beat.zoom
    return focus, zoom


def _hold_us(one: _Placed, played_us: int) -> int:
    """What the author says, else as long as it takes to read what is said, less what the run plays meanwhile;
    with a chart as long as that takes in any case.
    """
    read_us = max(reading_us(one.sentence) - played_us, _LEAST_HOLD_US) if one.sentence else 0
    said_us = read_us if one.beat.hold_us is None else one.beat.hold_us
    return max(said_us, read_us + _CHART_US) if one.beside else said_us


def _thinking_us(beat: Beat, question: Question) -> int:
    if beat.ask is not None and beat.ask.thinking_us is not None:
        return beat.ask.thinking_us
    texts = [question.text, *(choice.belief for choice in question.choices)]
    return min(reading_us(" ".join(texts)) + _TO_DECIDE_US, _MOST_THINKING_US)


def _chapter(title: str, number: int, beats: Sequence[ToldBeat]) -> Chapter:
    own = [beat for beat in beats if beat.chapter == number]
    return Chapter(own[0].at_us, title, next((beat.sentence for beat in own if beat.sentence), ""))
