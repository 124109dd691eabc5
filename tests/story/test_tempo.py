"""The clock of a film: which instant of the run it shows at which instant of its own."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property.profile import examples

from visualizer.story.question import Question
from visualizer.story.screenplay import Screenplay, ToldBeat
from visualizer.story.tempo import LAST_PICTURE_US, Stretch, Tempo, plain, tempo

S = 1_000_000


def _question(until_us: int) -> Question:
    return Question("How many?", (), 0, "", until_us, lambda state: 0, lambda state: "")


def _beat(number: int, at_us: int, hold_us: int = 0, speed: int = 1000, **more: object) -> ToldBeat:
    return ToldBeat(number, 0, at_us, "", hold_us, speed, **more)  # type: ignore[arg-type]


def _told(*beats: ToldBeat) -> Screenplay:
    return Screenplay((), beats)


def _kinds(film: Tempo) -> list[tuple[str, int, int, int | None]]:
    return [(each.kind, each.length_us, each.at_us, each.beat) for each in film.stretches]


def test_a_plain_film_has_exactly_the_time_of_the_run() -> None:
    film = plain(2 * S, 12 * S, 1000)
    assert film.length_us == 10 * S
    assert film.frames(30) == 300
    assert [film.at(number * S // 30).at_us for number in (0, 1, 299)] == [2_000_000, 2_033_333, 11_966_666]
    assert film.at(film.length_us).at_us == 12 * S


@pytest.mark.parametrize(
    ("speed", "frames"), [(250, 1200), (1000, 300), (3000, 100), (7000, 43), (20, 15000)]
)
def test_a_plain_film_is_as_long_as_its_speed_says(speed: int, frames: int) -> None:
    assert plain(0, 10 * S, speed).frames(30) == frames


def test_a_beat_holds_then_asks_then_plays_at_its_speed() -> None:
    asking = _beat(
        1, 3 * S, 2 * S, 200, question=_question(4 * S), thinking_us=5 * S, answer_us=6 * S
    )  # the answer is due at the instant of the next beat, and comes first
    film = tempo(_told(asking, _beat(2, 4 * S, S)), 0, 10 * S)
    assert _kinds(film) == [
        ("play", 3 * S, 0, None),
        ("hold", 2 * S, 3 * S, 0),
        ("question", 5 * S, 3 * S, 0),
        ("play", 5 * S, 3 * S, 0),
        ("answer", 6 * S, 4 * S, 0),
        ("hold", S, 4 * S, 1),
        ("play", 6 * S, 4 * S, 1),
        ("hold", LAST_PICTURE_US, 10 * S, 1),
    ]
    assert film.length_us == 28 * S + LAST_PICTURE_US
    assert film.at(11 * S).at_us == 3_200_000
    assert film.at(11 * S).beat_us == 8 * S


def test_an_answer_between_two_beats_leaves_the_later_one_told() -> None:
    asking = _beat(1, S, S, question=_question(5 * S), thinking_us=S, answer_us=2 * S)
    film = tempo(_told(asking, _beat(2, 3 * S, S, 500)), 0, 6 * S)
    assert _kinds(film)[4:] == [
        ("hold", S, 3 * S, 1),
        ("play", 4 * S, 3 * S, 1),
        ("answer", 2 * S, 5 * S, 0),
        ("play", 2 * S, 5 * S, 1),
        ("hold", LAST_PICTURE_US, 6 * S, 1),
    ]


def test_what_is_asked_too_late_is_never_answered() -> None:
    asking = _beat(1, S, 0, question=_question(9 * S), thinking_us=S, answer_us=2 * S)
    assert "answer" not in [each.kind for each in tempo(_told(asking), 0, 5 * S).stretches]


def test_a_cut_holds_what_it_begins_with_and_not_what_was_before() -> None:
    told = _told(_beat(1, 0, 3 * S, 500), _beat(2, 4 * S, 2 * S, 250), _beat(3, 8 * S, S))
    assert _kinds(tempo(told, 3 * S, 5 * S)) == [
        ("play", 2 * S, 3 * S, 0),
        ("hold", 2 * S, 4 * S, 1),
        ("play", 4 * S, 4 * S, 1),
        ("hold", LAST_PICTURE_US, 5 * S, 1),
    ]
    assert _kinds(tempo(told, 4 * S, 5 * S))[0] == ("hold", 2 * S, 4 * S, 1)


def test_a_beat_at_the_end_is_told_and_its_hold_is_the_last_picture() -> None:
    film = tempo(_told(_beat(1, 2 * S, 4 * S)), 0, 2 * S)
    assert _kinds(film) == [("play", 2 * S, 0, None), ("hold", 4 * S, 2 * S, 0)]


def test_beats_of_one_instant_are_told_one_after_the_other() -> None:
    told = _told(_beat(1, S, S), _beat(2, S, 2 * S), _beat(3, S, 0))
    assert [each.beat for each in tempo(told, 0, 2 * S).stretches] == [None, 0, 1, 2, 2]


def test_a_hold_grows_until_the_speaker_is_done() -> None:
    told = _told(_beat(1, 0, S), _beat(2, 4 * S, S), _beat(3, 6 * S, S))
    assert tempo(told, 0, 8 * S, {1: 5 * S, 2: 9 * S}).length_us == tempo(told, 0, 8 * S).length_us + 6 * S
    assert _kinds(tempo(told, 0, 8 * S, {2: 9 * S}))[2] == ("hold", 7 * S, 4 * S, 1)


_INSTANTS = st.integers(0, 60 * S)
_LENGTHS = st.sampled_from([0, 1, 333_333]) | st.integers(0, 5 * S)
_SPEEDS = st.sampled_from([1, 20, 200, 333, 1000, 3000, 7001, 600_000])


@st.composite
def _told_films(draw: st.DrawFn) -> tuple[Screenplay, int, int]:
    instants = sorted(draw(st.lists(_INSTANTS | st.sampled_from([0, S, 60 * S]), max_size=8)))
    beats = []
    for number, at_us in enumerate(instants, 1):
        asks = draw(st.booleans())
        question = _question(min(at_us + draw(_LENGTHS), 60 * S)) if asks else None
        hold_us, speed, thinking_us = draw(_LENGTHS), draw(_SPEEDS), draw(_LENGTHS)
        beats.append(
            _beat(
                number,
                at_us,
                hold_us,
                speed,
                question=question,
                thinking_us=thinking_us,
                answer_us=draw(_LENGTHS),
            )
        )
    from_us, to_us = sorted((draw(_INSTANTS), draw(_INSTANTS)))
    return _told(*beats), from_us, to_us


def _ends(stretches: Sequence[Stretch]) -> list[int]:
    return [each.film_us + each.length_us for each in stretches]


@examples(200)
@given(_told_films(), st.lists(st.integers(0, 100), min_size=2, max_size=30))
def test_any_film_goes_on_without_gaps_and_never_back(
    film: tuple[Screenplay, int, int], percents: list[int]
) -> None:
    told, from_us, to_us = film
    cut = tempo(told, from_us, to_us)
    assert [0, *_ends(cut.stretches)] == [*(each.film_us for each in cut.stretches), cut.length_us]
    assert all(each.length_us > 0 for each in cut.stretches)
    edges = [edge + step for edge in _ends(cut.stretches) for step in (-1, 0)]
    shown = [
        cut.at(film_us).at_us
        for film_us in sorted([*edges, *(cut.length_us * percent // 100 for percent in percents)])
    ]
    assert shown == sorted(shown)
    assert from_us <= shown[0]
    assert shown[-1] == to_us
    beats = [each.beat for each in cut.stretches if each.beat is not None and each.kind != "answer"]
    assert beats == sorted(beats)


@examples(200)
@given(_told_films(), _INSTANTS)
def test_any_instant_of_the_run_is_found_in_the_film(
    film: tuple[Screenplay, int, int], wanted_us: int
) -> None:
    """What is shown then is that instant, or the nearest before it that the film shows."""
    told, from_us, to_us = film
    cut = tempo(told, from_us, to_us)
    film_us = cut.film_us(wanted_us)
    assert 0 <= film_us <= cut.length_us
    shown = cut.at(film_us)
    if wanted_us >= from_us:
        assert shown.at_us <= wanted_us
    if film_us < cut.length_us:
        assert cut.at(film_us + 1).at_us > wanted_us
    slow = shown.stretch.speed <= 1000
    if slow and shown.stretch.kind == "play" and film_us + 1 < shown.stretch.end_us:
        assert shown.at_us == max(wanted_us, from_us)


@examples(100)
@given(_INSTANTS, _INSTANTS, _SPEEDS, st.sampled_from([24, 25, 30, 50, 60]))
def test_a_plain_film_has_as_many_frames_as_duration_by_speed(
    one_us: int, other_us: int, speed: int, fps: int
) -> None:
    from_us, to_us = sorted((one_us, other_us))
    film = plain(from_us, to_us, speed)
    assert film.length_us == (to_us - from_us) * 1000 // speed
    assert film.frames(fps) == -(-film.length_us * fps // S)
    assert film.at(film.length_us).at_us <= to_us
    if film.frames(fps):
        assert film.at((film.frames(fps) - 1) * S // fps).at_us <= to_us


@examples(100)
@given(_told_films(), st.dictionaries(st.integers(1, 8), _LENGTHS, max_size=8))
def test_nobody_who_speaks_is_cut_off(film: tuple[Screenplay, int, int], least_us: dict[int, int]) -> None:
    told, from_us, to_us = film
    cut = tempo(told, from_us, to_us, least_us)
    for index, beat in enumerate(told.beats):
        if from_us <= beat.at_us <= to_us and beat.number in least_us:
            spans = [each for each in cut.stretches if each.beat == index and each.kind != "answer"]
            assert sum(each.length_us for each in spans) >= least_us[beat.number]
