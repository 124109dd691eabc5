"""Any run becomes a film that one can follow: not too long, slow where it matters, everything readable."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from visualizer.files import shipped
from visualizer.scenario import load
from visualizer.script.script import TierSpot
from visualizer.sim.event import Event, Takeover, UnitStruck
from visualizer.sim.setup import Setup
from visualizer.story.chapters import chapters
from visualizer.story.screenplay import Screenplay, automatic
from visualizer.story.tempo import Tempo, tempo
from visualizer.story.words import reading_us
from visualizer.timeline.run import Run

S = 1_000_000
SHIPPED = sorted(path.stem for path in shipped("scenarios").glob("*.yaml"))


@cache
def film(name: str, *overrides: str) -> tuple[Setup, list[Event], Screenplay, Tempo]:
    run = Run(load(name, overrides=overrides).setup)
    run.finish()
    told = automatic(run.setup, run.events)
    return run.setup, run.events, told, tempo(told, 0, run.setup.duration_us)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_run_becomes_a_film_of_a_minute_or_two(name: str) -> None:
    setup, events, told, shown = film(name)
    assert told.chapters == chapters(events, setup)
    assert not told.scripted
    assert 20 * S <= shown.length_us <= 150 * S
    assert [beat.number for beat in told.beats] == list(range(1, len(told.beats) + 1))
    instants = [beat.at_us for beat in told.beats]
    assert instants == sorted(instants)
    assert all(one.at_us < other.at_us for one, other in pairwise(told.beats))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_sentence_can_be_read(name: str) -> None:
    _, _, told, shown = film(name)
    for index, beat in enumerate(told.beats):
        goes_on = index and beat.sentence == told.beats[index - 1].sentence
        if beat.sentence and not goes_on:
            own_us = sum(each.length_us for each in shown.stretches if each.beat == index)
            assert own_us >= reading_us(beat.sentence)


@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_is_waited_for_longer_than_eight_seconds(name: str) -> None:
    _, _, told, shown = film(name)
    for one, other in pairwise(told.chapters):
        played = [
            each.length_us for each in shown.stretches if each.speed and one.at_us <= each.at_us < other.at_us
        ]
        assert sum(played) <= 16 * S, one
        assert max(played) <= 8 * S, one


@pytest.mark.parametrize("name", ["article", "parallel", "dublin-2011", "split-brain"])
def test_strikes_and_takeovers_come_slowly(name: str) -> None:
    _, events, told, shown = film(name)
    first = next(event for event in events if isinstance(event, UnitStruck | Takeover))
    before = shown.at(shown.film_us(first.at_us - 1))
    after = shown.at(shown.film_us(first.at_us) + 1)
    assert 0 < before.stretch.speed <= 500
    assert 0 < after.stretch.speed <= 500
    assert told.beats[before.stretch.beat or 0].chapter == told.beats[after.stretch.beat or 0].chapter


def test_what_is_sudden_is_told_when_it_has_happened() -> None:
    _, events, told, _ = film("article")
    strike = next(event for event in events if isinstance(event, UnitStruck))
    beat = next(beat for beat in told.beats if "19 sessions that exist" in beat.sentence)
    assert beat.at_us == strike.at_us


def test_with_many_tiers_the_camera_goes_to_the_one_that_fails_and_back() -> None:
    _, _, told, _ = film("cross-connected")
    assert (told.beats[0].focus, told.beats[0].zoom) == (None, 100)
    assert (told.beats[-1].focus, told.beats[-1].zoom) == (None, 100)
    near = [(beat.focus, beat.zoom) for beat in told.beats if beat.zoom > 100]
    assert near
    assert set(near) == {(TierSpot(1), 140)}


def test_a_column_fails_as_a_whole_and_is_seen_as_a_whole() -> None:
    _, _, told, _ = film("parallel")
    takeover = next(beat for beat in told.beats if beat.sentence.startswith("The other column"))
    assert takeover.focus is None


def test_another_duration_does_not_lengthen_the_film_much() -> None:
    short, long = film("article")[3], film("article", "duration=4h")[3]
    assert long.length_us - short.length_us < 5 * S
