"""Whatever happens in a run, it can be told: with a script of any moments, and without one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from property.profile import examples
from property.straight import with_acts
from property.worlds import Story, stories

from visualizer.script.anchors import anchor_of
from visualizer.script.moments import MOMENTS
from visualizer.script.script import Ask, AskChoice, Beat, Script, ScriptChapter
from visualizer.story.screenplay import Screenplay, automatic, screenplay
from visualizer.story.subtitles import chapter_marks, subtitles
from visualizer.story.tempo import tempo
from visualizer.story.words import reading_us
from visualizer.timeline.run import Run

ANCHORS = st.one_of(
    st.sampled_from(["start", "end", "3s", "20s"]),
    st.builds(
        "{} {}{}{}".format,
        st.sampled_from(["first", "second", "last", "next"]),
        st.sampled_from(sorted(MOMENTS)),
        st.sampled_from(["", "", " before last takeover", " after first fault"]),
        st.sampled_from(["", " + 100ms", " - 250ms"]),
    ),
)
WORDS = st.sampled_from(
    ["", "{lost|session|sessions} lost by {now}.", "{open at end} open at the end, {rto}."]
)


@st.composite
def beats(draw: st.DrawFn, number: int) -> Beat:
    asks = draw(st.sampled_from([None, None, "survivors", "own"]))
    choices = (AskChoice("right", "{lost}", ""), AskChoice(0, "none", ""), AskChoice("open", "all", "No."))
    ask = Ask("How many?", "lost", anchor_of("next takeover", {}), "{lost}.", choices) if asks else None
    builtin = Ask("", "", anchor_of("end", {}), "", (), builtin="survivors")
    return Beat(
        anchor_of(draw(ANCHORS), {}),
        draw(WORDS),
        speed=draw(st.sampled_from([None, 200, 1000, 50_000])),
        ask=builtin if asks == "survivors" else ask,
        place=f"a.yaml:{number}:1",
    )


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    numbers = iter(range(100))
    chapters = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    return Script(
        tuple(
            ScriptChapter("One", tuple(draw(beats(next(numbers))) for _ in range(count)))
            for count in chapters
        )
    )


def played(story: Story) -> Run:
    run = Run(with_acts(*story))
    run.finish()
    return run


def judge(run: Run, told: Screenplay) -> None:
    """In order, within the run, to be read to the end, and a film that shows it all."""
    end_us = run.setup.duration_us
    assert [beat.number for beat in told.beats] == list(range(1, len(told.beats) + 1))
    assert [beat.chapter for beat in told.beats] == sorted(beat.chapter for beat in told.beats)
    assert {beat.chapter for beat in told.beats} == set(range(len(told.chapters)))
    instants = [0, *(beat.at_us for beat in told.beats), end_us]
    assert instants == sorted(instants)
    film = tempo(told, 0, end_us)
    assert film.at(film.length_us).at_us == end_us
    for one, other in pairwise(subtitles(told, film)):
        assert one.from_us < one.to_us <= other.from_us
    marks = [mark.film_us for mark in chapter_marks(told, film)]
    assert marks[:1] in ([], [0])
    assert all(other - one >= 1_000_000 for one, other in pairwise(marks))
    asked = [beat for beat in told.beats if beat.question]
    assert sum(each.kind == "answer" for each in film.stretches) == len(asked)
    before = ""
    for index, beat in enumerate(told.beats):
        own = [
            each.length_us for each in film.stretches if each.beat == index and each.kind in ("hold", "play")
        ]
        goes_on, before = beat.sentence == before, beat.sentence
        assert goes_on or sum(own) >= reading_us(beat.sentence) - 1


@examples(25)
@given(stories())
def test_any_run_without_a_script(story: Story) -> None:
    run = played(story)
    told = automatic(run.setup, run.events)
    judge(run, told)
    assert told.chapters[0].at_us == 0


@examples(40)
@given(stories(), scripts())
def test_any_run_with_any_script(story: Story, script: Script) -> None:
    run = played(story)
    told = screenplay(script, run.setup, run.events, run.state_at)
    judge(run, told)
    whole = sum(len(chapter.beats) for chapter in script.chapters)
    gone = [line for line in told.left_out if ": left out: " in line]
    assert len(told.beats) + len(gone) == whole
    for beat in told.beats:
        if beat.question is not None:
            values = [choice.value for choice in beat.question.choices]
            result = beat.question.result(run.state_at(beat.question.until_us))
            assert result in values
            assert len(values) == len(set(values)) >= 2
            assert all(0 <= value <= beat.question.most for value in values)
