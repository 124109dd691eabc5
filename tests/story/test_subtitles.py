"""What is said in a film and when, as people read it, paste it and read it aloud."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from visualizer.scenario import load
from visualizer.story.chapters import Chapter
from visualizer.story.question import Question
from visualizer.story.screenplay import Screenplay, ToldBeat, automatic
from visualizer.story.subtitles import (
    ChapterMark,
    Subtitle,
    chapter_list,
    chapter_marks,
    narration_script,
    srt,
    subtitles,
    vtt,
)
from visualizer.story.tempo import Tempo, tempo
from visualizer.timeline.run import Run

S = 1_000_000

QUESTION = Question("How many are left?", (), 9, "", 5 * S, lambda state: 7, lambda state: "")
TOLD = Screenplay(
    chapters=(Chapter(1 * S, "The pair", "Two & two."), Chapter(4 * S, "The strike", "")),
    beats=(
        ToldBeat(1, 0, 1 * S, "Two & two.", 2 * S, 1000),
        ToldBeat(2, 0, 2 * S, "", 0, 1000),
        ToldBeat(
            3,
            1,
            4 * S,
            "It strikes.",
            S,
            1000,
            question=QUESTION,
            thinking_us=3 * S,
            answer="7 of 9.",
            answer_us=2 * S,
        ),
    ),
)
FILM = tempo(TOLD, 0, 6 * S)
"""0 nothing, 1 to 4 the first beat, 4 to 6 the second, 6 to 7 the third, 7 to 10 its question, 10 to 11 the
third again, 11 to 13 the answer, 13 to 15.5 the third.
"""


def test_each_sentence_is_said_while_its_beat_is_told() -> None:
    assert subtitles(TOLD, FILM) == (
        Subtitle(1 * S, 4 * S, "Two & two."),
        Subtitle(6 * S, 7 * S, "It strikes."),
        Subtitle(7 * S, 10 * S, "How many are left?"),
        Subtitle(10 * S, 11 * S, "It strikes."),
        Subtitle(11 * S, 13 * S, "7 of 9."),
        Subtitle(13 * S, 15_500_000, "It strikes."),
    )


def test_a_second_telling_comes_later_in_the_film() -> None:
    assert subtitles(TOLD, FILM, 60 * S)[0] == Subtitle(61 * S, 64 * S, "Two & two.")
    assert [mark.film_us for mark in chapter_marks(TOLD, FILM, 60 * S)] == [60 * S, 66 * S]


def test_the_first_chapter_begins_with_the_film() -> None:
    assert chapter_marks(TOLD, FILM) == (ChapterMark(0, "The pair"), ChapterMark(6 * S, "The strike"))
    assert chapter_marks(TOLD, tempo(TOLD, 4 * S, 6 * S)) == (ChapterMark(0, "The strike"),)
    assert [mark.title for mark in chapter_marks(TOLD, tempo(TOLD, 3 * S, 6 * S))] == [
        "The pair",
        "The strike",
    ]


def test_two_chapters_within_a_second_have_one_mark() -> None:
    assert [mark.title for mark in chapter_marks(TOLD, tempo(TOLD, 3_500_000, 6 * S))] == ["The pair"]


SAID = (Subtitle(0, 1_234_999, "One < two & three."), Subtitle(3_725_000_001, 3_726_500_000, "Later."))


def test_subrip() -> None:
    assert srt(SAID) == (
        "1\n00:00:00,000 --> 00:00:01,234\nOne < two & three.\n\n2\n01:02:05,001 --> 01:02:06,500\nLater.\n"
    )


def test_webvtt() -> None:
    assert vtt(SAID) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.234\nOne &lt; two &amp; three.\n\n"
        "01:02:05.001 --> 01:02:06.500\nLater.\n"
    )


def test_what_has_no_millisecond_is_left_out() -> None:
    assert srt([Subtitle(1_000_100, 1_000_900, "Too short."), Subtitle(2 * S, 3 * S, "Here.")]) == (
        "1\n00:00:02,000 --> 00:00:03,000\nHere.\n"
    )


def test_the_list_of_chapters_can_be_pasted() -> None:
    marks = [
        ChapterMark(0, "A working pair"),
        ChapterMark(7_999_999, "Lightning"),
        ChapterMark(750 * S, "End"),
    ]
    assert chapter_list(marks) == "0:00 A working pair\n0:07 Lightning\n12:30 End\n"
    assert chapter_list([*marks, ChapterMark(3723 * S, "Late")]) == (
        "0:00:00 A working pair\n0:00:07 Lightning\n0:12:30 End\n1:02:03 Late\n"
    )


def test_the_narration_script_numbers_the_beats_through_all_parts() -> None:
    again = replace(TOLD, beats=tuple(replace(beat, number=3 + beat.number) for beat in TOLD.beats))
    script = narration_script([(TOLD, FILM), (again, FILM)])
    assert [line for line in script.splitlines() if line and not line.startswith("# ")] == [
        "## The pair",
        "01  0:01  3.0 s",
        "Two & two.",
        "## The strike",
        "03  0:06  7.5 s",
        "It strikes.",
        "How many are left?",
        "## The pair",
        "04  0:16  3.0 s",
        "Two & two.",
        "## The strike",
        "06  0:21  7.5 s",
        "It strikes.",
        "How many are left?",
    ]


def test_a_sentence_that_goes_on_is_to_be_read_once() -> None:
    told, film = _film("dublin-2011")
    script = narration_script([(told, film)])
    words = "The generator does not start, and the batteries run down."
    assert [beat.sentence for beat in told.beats].count(words) == 2
    assert script.count(words) == 1


def test_what_is_not_told_from_its_beginning_is_not_to_be_read() -> None:
    assert "Two & two." not in narration_script([(TOLD, tempo(TOLD, 1_500_000, 6 * S))])


@pytest.mark.parametrize("name", ["article", "dublin-2011", "parallel", "jitter"])
def test_the_film_of_a_run_says_everything_within_its_beat(name: str) -> None:
    told, film = _film(name)
    said = subtitles(told, film)
    for one, other in pairwise(said):
        assert one.to_us <= other.from_us
    spans = {}
    for stretch in film.stretches:
        if stretch.beat is not None:
            first_us, _ = spans.get(stretch.beat, (stretch.film_us, 0))
            spans[stretch.beat] = (first_us, stretch.end_us)
    sentences: list[tuple[str, int, int]] = []
    for index, beat in enumerate(told.beats):
        from_us, to_us = spans[index]
        if sentences and (beat.sentence, from_us) == (sentences[-1][0], sentences[-1][2]):
            from_us = sentences.pop()[1]  # it goes on
        if beat.sentence:
            sentences.append((beat.sentence, from_us, to_us))
    assert [(each.text, each.from_us, each.to_us) for each in said] == sentences
    assert [mark.title for mark in chapter_marks(told, film)] == [each.title for each in told.chapters]


def _film(name: str) -> tuple[Screenplay, Tempo]:
    run = Run(load(name).setup)
    run.finish()
    told = automatic(run.setup, run.events)
    return told, tempo(told, 0, run.setup.duration_us)
