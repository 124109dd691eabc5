"""The keys of a lesson, as pydantic models: what the teacher's page says beside the story."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from visualizer.scenario import values
from visualizer.scenario.part import Part, key
from visualizer.scenario.story_values import Paragraph
from visualizer.script import lesson as said

MOST_POINTS = 8


class Misconception(Part):
    """What many believe, and what is so instead."""

    belief: Paragraph = key("What many believe.", examples=["The standby has everything."])
    instead: Paragraph = key("What is so instead.", examples=["It has what was copied at {last sync}."])


class Otherwise(Part):
    """What to say when it goes otherwise in class."""

    when: Paragraph = key(
        "When that is.", examples=["Somebody strikes just after a sync, and nothing is lost."]
    )
    say: Paragraph = key(
        "What to say then.", examples=["Good luck is no design: strike again a second later."]
    )


class Source(Part):
    """Where something is from."""

    figure: Paragraph = key("What is from there.", examples=["State is copied on ticks, not at once"])
    source: values.Description = key("The source.", examples=["man: conntrackd.conf(5)"])


class Lesson(Part):
    """What makes the scenario a lesson: a page for the teacher, a sheet for students."""

    aim: Paragraph = key(
        "What a class can tell afterwards.", examples=["Tell which sessions are lost, and why."]
    )
    alone: Paragraph = key("One thing to try without the teacher.", examples=["Strike right after a sync."])
    misconceptions: Annotated[list[Misconception], Field(min_length=1, max_length=MOST_POINTS)] = key(
        f"What the lesson sets right, {MOST_POINTS} at most.",
        examples=[[{"belief": "The standby has everything.", "instead": "It has what was copied."}]],
    )
    otherwise: Annotated[list[Otherwise], Field(min_length=1, max_length=MOST_POINTS)] = key(
        f"What may go otherwise in class, {MOST_POINTS} at most.",
        examples=[[{"when": "Nothing is lost.", "say": "Strike again, a second later."}]],
    )
    sources: Annotated[list[Source], Field(min_length=1, max_length=2 * MOST_POINTS)] = key(
        f"Where its facts are from, {2 * MOST_POINTS} at most.",
        examples=[[{"figure": "State is copied on ticks", "source": "man: conntrackd.conf(5)"}]],
    )


def lesson_of(lesson: Lesson) -> said.Lesson:
    """The same as plain values."""
    return said.Lesson(
        aim=lesson.aim,
        alone=lesson.alone,
        misconceptions=tuple(said.Misconception(one.belief, one.instead) for one in lesson.misconceptions),
        otherwise=tuple(said.Otherwise(one.when, one.say) for one in lesson.otherwise),
        sources=tuple(said.Source(one.figure, one.source) for one in lesson.sources),
    )
