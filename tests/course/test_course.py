"""The course as a teacher gives it: every lesson comes to its end, asks, and says nothing that is not so."""

from __future__ import annotations

import re

import pytest
from course.lessons import Classroom, lesson

from visualizer.course import places
from visualizer.lab.beside import others
from visualizer.ledger import summarise
from visualizer.scenario import lesson_names
from visualizer.script.claims import claim_of, doubt_of
from visualizer.script.finding import Finder
from visualizer.script.quantities import Telling
from visualizer.script.script import Beat
from visualizer.script.spots import parts
from visualizer.script.templates import Blank, template_of
from visualizer.sim.setup import US_PER_S

NAMES = lesson_names()
SHORTEST_US, LONGEST_US = 180 * US_PER_S, 480 * US_PER_S
PLACES = (0, 1, 2, 3)
"""Of the answers that can be taken."""


def test_the_lessons_stand_in_their_order():
    assert [place.number for place in places()] == list(range(1, 13))
    assert [place.name[:9] for place in places()] == [f"course/{number:02d}" for number in range(1, 13)]
    assert "beat" in " ".join(lesson(NAMES[-1]).lesson.texts()).lower()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_out_and_it_takes_three_to_eight_minutes(name: str):
    taught = lesson(name)
    assert taught.play.left_out == ()
    assert SHORTEST_US <= taught.tempo.length_us <= LONGEST_US
    assert 3 <= taught.minutes <= 8
    assert len(taught.play.chapters) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_each_wrong_choice_has_its_misconception_and_what_sets_it_right(name: str):
    taught = lesson(name)
    questions = [beat.question for beat in taught.play.beats if beat.question]
    assert questions
    for question in questions:
        state = taught.run.state_at(question.until_us)
        right = question.result(state)
        assert right in [choice.value for choice in question.choices]
        assert question.because(state)
        for choice in question.choices:
            assert choice.belief
            assert choice.reply or choice.value == right, f"{question.text}: {choice.belief}"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", NAMES)
def test_it_is_played_to_its_end_whatever_is_answered(name: str, place: int):
    """At the window: the same sentences, each once, and every guess beside its result."""
    taught, room = lesson(name), Classroom(name)
    room.play(place)
    assert room.controls.run.now_us == taught.run.setup.duration_us
    questions = [beat.question for beat in taught.play.beats if beat.question]
    assert len(room.answers) == len(questions)
    for answered, question in zip(room.answers, questions, strict=True):
        choice = question.choices[min(place, len(question.choices) - 1)]
        state = taught.run.state_at(question.until_us)
        assert (answered.guess, answered.result) == (choice.value, question.result(state))
        assert answered.why == question.because(state)
        assert answered.reply == ("" if choice.value == answered.result else choice.reply)
    assert room.said == [beat.sentence for beat in taught.play.beats if beat.sentence]
    assert room.controls.run.trace_sha256() == taught.run.trace_sha256()


@pytest.mark.parametrize("name", NAMES)
def test_who_does_not_answer_is_told_all_the_same(name: str):
    room = Classroom(name)
    room.play(None)
    assert [answered.guess for answered in room.answers] == [None] * len(room.answers)
    assert room.controls.run.now_us == lesson(name).run.setup.duration_us


def beats(name: str) -> list[Beat]:
    script = lesson(name).opened.script
    assert script is not None
    return [beat for chapter in script.chapters for beat in chapter.beats]


@pytest.mark.parametrize("name", NAMES)
def test_each_claim_holds_of_the_run_alone(name: str):
    """Judged once more, away from the screenplay, and with figures that the ledger gives."""
    taught = lesson(name)
    run = taught.run
    telling = Telling(Finder(run.events, run.setup), run.state_at)
    told = iter(taught.play.beats)
    for beat in beats(name):
        at_us = next(told).at_us
        for said in beat.claims:
            assert doubt_of(claim_of(said, parts(run.setup)), telling, at_us) is None, said


@pytest.mark.parametrize("name", NAMES)
def test_what_is_said_to_be_lost_is_what_the_ledger_has(name: str):
    taught = lesson(name)
    summary = summarise(taught.run.finish())
    said = {figure: taught.filled(f"{{{figure}}}").replace("\u2009", "") for figure in ("lost", "takeovers")}
    assert said["lost"] == str(summary["state_loss"]["sessions"])


@pytest.mark.parametrize("name", NAMES)
def test_its_seed_is_pinned_and_its_run_stands_beside_others(name: str):
    """The text says the seed itself, so that no other default can change what is taught."""
    opened = lesson(name).opened
    seeds = re.findall(r"^seed: (\d+)$", opened.text, re.MULTILINE)
    assert [int(seed) for seed in seeds] == [opened.setup.seed]
    shown = [beat.beside for beat in lesson(name).play.beats if beat.beside]
    assert shown
    for this in shown:
        other = others(opened.setup, this.beside).values
        assert other[0] <= this.value <= other[-1], "this run is no exception that the card cannot hold"


NUMBERS = re.compile(r"\d|%|\b(twice|half|halves|third|quarter|double|doubles|percent)\b", re.IGNORECASE)
KNOWN = re.compile(
    r"\bA ?\+ ?\d\b|\bA ?− ?\d\b|\b2011\b|\b7 August\b|\b(first|second|third) (unit|tier|pair|lesson|place)\b"
)
"""The names of instants, and a date that has its source."""


def typed(text: str, name: str) -> str:
    """The text without its figures and what is known."""
    pieces = template_of(text, parts(lesson(name).opened.setup))
    return KNOWN.sub("", " ".join(piece for piece in pieces if not isinstance(piece, Blank)))


@pytest.mark.parametrize("name", NAMES)
def test_numbers_are_those_of_the_run(name: str):
    """What is typed in by hand stands on a beat that claims what makes it true."""
    texts = [
        text
        for beat in beats(name)
        if not beat.claims
        for text in (beat.say, *(label for _, label in beat.labels))
        if NUMBERS.search(typed(text, name))
    ]
    assert not texts
