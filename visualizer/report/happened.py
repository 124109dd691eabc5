"""What happened: the chapters of the story, and what mattered, in order of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from visualizer.language import say_many, thousands
from visualizer.report.material import Material, story_of
from visualizer.story.chapters import Chapter
from visualizer.story.screenplay import Screenplay, ToldBeat
from visualizer.story.turning import points
from visualizer.story.words import instant

MOST_TURNS = 40
_AFTER_US = 600_000
"""What happens has begun to show."""


@dataclass(frozen=True, slots=True)
class ToldChapter:
    """`at_us`: the instant of its picture. `sentences`: all that is said in it, each once, in order."""

    number: int
    title: str
    at_us: int
    at: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that mattered."""

    at: str
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Happened:
    """`more`: what is said of turns that are not shown."""

    chapters: tuple[ToldChapter, ...]
    turns: tuple[Turn, ...]
    more: str


def happened(material: Material) -> Happened:
    """The story that is told, and the run's turning points."""
    told = story_of(material)
    found = _turns(material)
    left = len(found) - MOST_TURNS
    return Happened(
        chapters=tuple(_chapters(told, material)),
        turns=tuple(found[:MOST_TURNS]),
        more=_more(left) if left > 0 else "",
    )


def _more(left: int) -> str:
    n = thousands(left)
    return say_many("and {n} more event like these.", "and {n} more events like these.", left, n=n)


def _turns(material: Material) -> list[Turn]:
    """In order of time; what is said of several tiers in the same words is said once."""
    ordered = sorted(points(material.events, material.setup), key=lambda one: one.at_us)
    return list(dict.fromkeys(Turn(instant(one.at_us), one.title, one.sentence) for one in ordered))


def _chapters(told: Screenplay, material: Material) -> Iterator[ToldChapter]:
    ends_us = [chapter.at_us - 1 for chapter in told.chapters[1:]] + [material.setup.duration_us]
    for number, (chapter, end_us) in enumerate(zip(told.chapters, ends_us, strict=True)):
        beats = [beat for beat in told.beats if beat.chapter == number]
        sentences = tuple(dict.fromkeys(beat.sentence for beat in beats if beat.sentence))
        at_us = min(_telling_us(chapter, beats, end_us, material) + _AFTER_US, max(end_us, chapter.at_us))
        yield ToldChapter(number + 1, chapter.title, at_us, instant(at_us), sentences)


def _telling_us(chapter: Chapter, beats: list[ToldBeat], end_us: int, material: Material) -> int:
    """The gravest turn in it, else the first of its beats that says something."""
    turns = [one for one in points(material.events, material.setup) if chapter.at_us <= one.at_us <= end_us]
    if turns:
        return min(turns, key=lambda one: (one.rank, one.at_us)).at_us
    return next((beat.at_us for beat in reversed(beats) if beat.sentence), chapter.at_us)
