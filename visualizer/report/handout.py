"""The pages of the course: for the teacher one a lesson, for students the same questions without answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from visualizer import __version__
from visualizer.course import Place, TaughtLesson, taught
from visualizer.language import spoken, thousands, translated
from visualizer.report.page import filled
from visualizer.report.pictures import Still, Stills
from visualizer.script.lesson import Misconception, Otherwise, Source
from visualizer.sim.setup import US_PER_S
from visualizer.story.question import Question
from visualizer.story.tempo import Kind

Readers = Literal["both", "teacher", "students"]
"""Who the pages are for."""

_TELLING: tuple[Kind, ...] = ("hold", "play")


@dataclass(frozen=True, slots=True)
class Answer:
    """One choice of a question and what leads to it; `number` "" where the words alone are the answer.
    `reply` sets right who believed it.
    """

    number: str
    belief: str
    reply: str
    right: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is put; `why` is said with the right answer. `at`: the minute of the lesson."""

    at: str
    text: str
    answers: tuple[Answer, ...]
    why: str


@dataclass(frozen=True, slots=True)
class SpokenChapter:
    """What is said in a chapter, which begins at an instant of the lesson."""

    at: str
    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LessonPage:
    """All that the templates show of a lesson, with this run's figures in it. `opening`: the picture that it
    begins with, which gives nothing away; `telling`: the one that says most.
    """

    number: int
    title: str
    description: str
    minutes: int
    command: str
    aim: str
    alone: str
    opening: Still
    telling: Still
    misconceptions: tuple[Misconception, ...]
    otherwise: tuple[Otherwise, ...]
    sources: tuple[Source, ...]
    chapters: tuple[SpokenChapter, ...]
    questions: tuple[Asked, ...]


def handout(
    places: Sequence[Place], readers: Readers = "both", progress: Callable[[int, int], None] | None = None
) -> str:
    """One page of HTML that needs nothing beside it. Raises ScenarioError, ThemeError."""
    pages = []
    for done, place in enumerate(places, 1):
        pages.append(lesson_page(taught(place)))
        if progress is not None:
            progress(done, len(places))
    return filled(
        "handout.html",
        {
            "lessons": pages,
            "minutes": sum(page.minutes for page in pages),
            "readers": readers,
            "version": __version__,
            "language": spoken().code,
        },
    )


def lesson_page(lesson: TaughtLesson) -> LessonPage:
    """What stands on the pages of one lesson."""
    setup, said = lesson.setup, lesson.lesson
    stills = Stills(lesson)
    return LessonPage(
        number=lesson.place.number,
        title=translated(setup.title),
        description=translated(setup.description),
        minutes=lesson.minutes,
        command=f"failover-visualizer course {lesson.place.number}",
        aim=lesson.filled(said.aim),
        alone=lesson.filled(said.alone),
        opening=stills.stage(0),
        telling=stills.telling(),
        misconceptions=tuple(
            Misconception(lesson.filled(one.belief), lesson.filled(one.instead))
            for one in said.misconceptions
        ),
        otherwise=tuple(Otherwise(lesson.filled(one.when), lesson.filled(one.say)) for one in said.otherwise),
        sources=tuple(Source(lesson.filled(one.figure), one.source) for one in said.sources),
        chapters=tuple(_chapters(lesson)),
        questions=tuple(_questions(lesson)),
    )


def _chapters(lesson: TaughtLesson) -> Iterator[SpokenChapter]:
    """What is said; questions stand apart."""
    play = lesson.play
    for number, chapter in enumerate(play.chapters):
        beats = [(index, beat) for index, beat in enumerate(play.beats) if beat.chapter == number]
        sentences = tuple(beat.sentence for _, beat in beats if beat.sentence)
        yield SpokenChapter(_clock(_from_us(lesson, beats[0][0])), chapter.title, sentences)


def _from_us(lesson: TaughtLesson, index: int, *kinds: Kind) -> int:
    """When a beat begins in the lesson; of `kinds`: when that part of it does."""
    stretches = lesson.tempo.stretches
    found = (each.film_us for each in stretches if each.beat == index and each.kind in (kinds or _TELLING))
    return next(found, lesson.tempo.length_us)


def _questions(lesson: TaughtLesson) -> Iterator[Asked]:
    for index, beat in enumerate(lesson.play.beats):
        if beat.question is not None:
            yield _asked(beat.question, lesson, _from_us(lesson, index, "question"))


def _asked(question: Question, lesson: TaughtLesson, at_us: int) -> Asked:
    state = lesson.run.state_at(question.until_us)
    result = question.result(state)
    answers = tuple(
        Answer(
            number=thousands(choice.value) if question.counted else "",
            belief=choice.belief,
            reply=choice.reply,
            right=choice.value == result,
        )
        for choice in question.choices
    )
    return Asked(_clock(at_us), question.text, answers, question.because(state))


def _clock(film_us: int) -> str:
    """Minutes and seconds of the lesson: "2:05"."""
    minutes, seconds = divmod(film_us // US_PER_S, 60)
    return f"{minutes}:{seconds:02d}"
