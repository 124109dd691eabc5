"""What authors wrote, in other languages: the same figures in it, and short enough for its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest
from language.test_catalogues import OTHERS

from visualizer.language import Spoken, speaking, translated
from visualizer.language.catalogues import language
from visualizer.scenario import lesson_names, load, shipped_names
from visualizer.scenario.story_values import (
    LONGEST_LABEL,
    LONGEST_PARAGRAPH,
    LONGEST_SENTENCE,
    LONGEST_TITLE,
)
from visualizer.scenario.values import MAX_TITLE
from visualizer.script.lesson import Lesson
from visualizer.script.script import BUILTIN, Ask, Beat, Script
from visualizer.script.spots import parts
from visualizer.script.templates import Blank, template_of
from visualizer.sim.setup import Setup

NAMES = (*shipped_names(), *lesson_names())
MAX_DESCRIPTION = 320
"""More than any English one has."""


@dataclass(frozen=True)
class Written:
    """`longest`: in characters. `template`: figures stand in its braces."""

    text: str
    longest: int
    template: bool = False


def of_setup(setup: Setup) -> Iterator[Written]:
    yield Written(setup.title, MAX_TITLE)
    yield Written(setup.description, MAX_DESCRIPTION)
    yield from (Written(one.title, MAX_TITLE) for one in (*setup.tiers, *setup.sites, *setup.feeds))


def of_script(script: Script) -> Iterator[Written]:
    for chapter in script.chapters:
        yield Written(chapter.title, LONGEST_TITLE)
        for beat in chapter.beats:
            yield from of_beat(beat)


def of_beat(beat: Beat) -> Iterator[Written]:
    yield Written(beat.say, LONGEST_SENTENCE, template=True)
    yield from (Written(label, LONGEST_LABEL, template=True) for _, label in beat.labels)
    if beat.ask is not None and beat.ask.builtin not in BUILTIN:
        yield from of_question(beat.ask)


def of_question(ask: Ask) -> Iterator[Written]:
    yield Written(ask.of_what, LONGEST_LABEL)
    replies = [text for choice in ask.choices for text in (choice.belief, choice.reply)]
    for text in (ask.question, ask.because, *replies):
        yield Written(text, LONGEST_SENTENCE, template=True)


def of_lesson(lesson: Lesson) -> Iterator[Written]:
    sources = {source.figure for source in lesson.sources}
    yield from (Written(text, LONGEST_PARAGRAPH, text not in sources) for text in lesson.texts())


@cache
def written(name: str) -> tuple[Setup, tuple[Written, ...]]:
    scenario = load(name)
    found = list(of_setup(scenario.setup))
    if scenario.script is not None:
        found += of_script(scenario.script)
    if scenario.lesson is not None:
        found += of_lesson(scenario.lesson)
    return scenario.setup, tuple(one for one in found if one.text)


def figures(text: str, setup: Setup) -> list[tuple[str, bool]]:
    """The figures of an author's sentence; whether a word stands behind each."""
    pieces = template_of(text, parts(setup))
    return sorted((repr(piece.quantity), bool(piece.many)) for piece in pieces if isinstance(piece, Blank))


@cache
def spoken_in(code: str) -> Spoken:
    return language(code)


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", NAMES)
def test_figures_are_those_of_the_author(name: str, code: str):
    setup, texts = written(name)
    with speaking(spoken_in(code)):
        wrong = [
            (one.text, translated(one.text))
            for one in texts
            if one.template and figures(translated(one.text), setup) != figures(one.text, setup)
        ]
    assert not wrong


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_too_long(name: str, code: str):
    _, texts = written(name)
    with speaking(spoken_in(code)):
        long = [
            (one.longest, len(translated(one.text)), translated(one.text))
            for one in texts
            if len(translated(one.text)) > one.longest
        ]
    assert not long


def test_english_itself_keeps_to_the_limits():
    """Else the limits would say nothing of the others."""
    for name in NAMES:
        assert all(len(one.text) <= one.longest for one in written(name)[1]), name


@pytest.mark.parametrize("name", ["explainer-1-miss"])
def test_a_wrong_figure_would_be_found(name: str):
    setup, texts = written(name)
    with_figures = [one.text for one in texts if one.template and "{lost" in one.text]
    assert with_figures
    for text in with_figures:
        assert figures(text.replace("{lost", "{open"), setup) != figures(text, setup)
