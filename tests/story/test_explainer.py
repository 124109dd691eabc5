"""Any run becomes a film that one can follow: not too long, slow where it matters, everything readable."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from visualizer.files import shipped
from visualizer.scenario import load
from visualizer.script.script import TierSpot
from visualizer.sim.command import LinkTarget
from visualizer.sim.event import Event, SyncSent, Takeover, UnitStruck
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


def said(name: str, title: str) -> list[str]:
    """What is said in a chapter, each once."""
    _, _, told, _ = film(name)
    number = [each.title for each in told.chapters].index(title)
    return list(
        dict.fromkeys(beat.sentence for beat in told.beats if beat.chapter == number and beat.sentence)
    )


def test_at_first_one_learns_who_is_who_and_what_the_line_is() -> None:
    assert said("article", "A working pair") == [
        "The primary serves. The secondary stands by, to take over.",
        "A heartbeat tells the secondary every second that the primary lives.",
        "The primary copies what is new to the secondary every 3 s.",
        "The line below is what lightning would cost: all that is not copied yet.",
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("jitter", "On the cable 10 % of them are lost."),
        ("keepalived", "Nothing is copied: the secondary knows of no session."),
        ("cold-standby", "The primary begins a copy of all that it has every 10 min."),
        ("fortigate-pickup-delay", "but only what has lived for 30 s."),
        ("semi-sync", "or after 10 s without it."),
        ("price-of-sync", "So an answer comes 2 ms later: there and back."),
        ("price-of-sync", "Who asks again only then gets 333 answers a second at most."),
    ],
)
def test_what_is_special_about_a_pair_is_told_before_it_matters(name: str, words: str) -> None:
    assert any(each.endswith(words) for each in said(name, "A working pair"))


def test_what_is_told_of_a_copy_comes_when_one_is_on_its_way() -> None:
    _, events, told, _ = film("article")
    beat = next(beat for beat in told.beats if "copies what is new" in beat.sentence)
    sent = [event.at_us for event in events if isinstance(event, SyncSent)]
    assert any(0 < beat.at_us - at_us <= S // 4 for at_us in sent)
    assert beat.highlight == (LinkTarget(0, 0),)


@pytest.mark.parametrize(
    ("name", "title", "words"),
    [
        ("article", "Lightning", "They were opened since the last copy at 9.0 s."),
        ("cold-standby", "Host fails", "The last whole copy was made at 20 min."),
        ("fortigate-pickup-delay", "Host fails", "1\u2009854 of these were younger than 30 s"),
        ("parallel", "Host fails", "33 of these were in healthy units: the whole column has to move."),
        ("serial-cable", "Host fails", "They were waiting for the cable, which is too slow for all of them."),
        ("semi-sync", "Host fails", "They could not be copied: the cable is cut."),
        ("split-brain-fencing", "Fenced", "The primary was healthy: 199 sessions"),
        ("dublin-2011", "Darkness", "No unit is left that had them."),
        ("keepalived", "What it cost", "The address moves to the other unit. The sessions do not"),
        ("serial-cable", "What it cost", "The cable was too slow"),
        ("sync-link-down", "What it cost", "While no copy could be made"),
        ("jitter", "What it cost", "No unit was dead."),
        ("dublin-2011", "What it cost", "No copy helps when both units fail at once"),
        ("f5", "What it cost", "Nothing is lost. Yet until the standby may take over, nobody serves."),
    ],
)
def test_one_learns_why(name: str, title: str, words: str) -> None:
    assert any(each.startswith(words) for each in said(name, title))


def test_news_is_not_told_a_second_time_in_other_words() -> None:
    """While the caption would tell of a takeover, the sentence about it stays."""
    _, _, told, shown = film("failback")
    takeover = next(beat for beat in told.beats if beat.sentence.startswith("The secondary takes over"))
    for film_us in range(shown.film_us(takeover.at_us), shown.film_us(takeover.at_us + 3_900_000), S // 10):
        assert told.beats[shown.at(film_us).stretch.beat or 0].sentence == takeover.sentence


def test_the_title_of_a_chapter_does_not_hide_how_something_comes() -> None:
    _, _, told, _ = film("article")
    before = next(beat for beat in told.beats if beat.speed == 250)
    assert (before.sentence, before.hold_us) == ("", 2 * S)
