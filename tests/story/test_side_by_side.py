"""Several designs in one film: what happens in all is said once, what differs is said of each."""

from __future__ import annotations

from functools import cache

import pytest

from visualizer.lab.designs import COMPARISONS
from visualizer.opening import in_designs, open_scenario
from visualizer.story.screenplay import Screenplay, automatic_of
from visualizer.story.side_by_side import Design
from visualizer.story.tempo import tempo
from visualizer.timeline.run import Run

PAIRS = [
    ("parallel", "paths"),
    ("article", "copying"),
    ("serial-cable", "cable"),
    ("cold-standby", "standby"),
]


@cache
def told(name: str, key: str) -> Screenplay:
    found = in_designs(open_scenario(name), key)
    designs = []
    for variant, opened in zip(found.comparison.variants, found.opened, strict=True):
        run = Run(opened.setup)
        run.finish()
        designs.append(Design(variant.phrase, run.setup, run.events))
    return automatic_of(designs)


def chapter(play: Screenplay, title: str) -> list[str]:
    """What is said in it, each once."""
    number = [each.title for each in play.chapters].index(title)
    said = [beat.sentence for beat in play.beats if beat.chapter == number and beat.sentence]
    return list(dict.fromkeys(said))


def test_every_comparison_is_told_here() -> None:
    assert {key for _, key in PAIRS} == set(COMPARISONS)


@pytest.mark.parametrize(("name", "key"), PAIRS)
def test_every_comparison_is_a_film_that_one_can_follow(name: str, key: str) -> None:
    play = told(name, key)
    assert [play.chapters[0].title, play.chapters[-1].title] == ["Side by side", "What it cost"]
    instants = [beat.at_us for beat in play.beats]
    assert instants == sorted(set(instants))
    length_us = tempo(play, 0, play.beats[-1].at_us + 1_000_000).length_us
    assert 60_000_000 <= length_us <= 180_000_000
    for beat in play.beats:
        assert len(beat.sentence) <= 210, beat.sentence


def test_the_first_words_name_the_designs() -> None:
    assert chapter(told("parallel", "paths"), "Side by side")[:3] == [
        "The same traffic and the same faults: once with parallel paths, once with cross-connected paths.",
        "With parallel paths each column is one path: when one unit fails, the whole column has to move.",
        "With cross-connected paths each unit reaches both units of the next pair: only the pair that fails "
        "has to change over.",
    ]


def test_a_loss_is_said_of_each_design() -> None:
    said = chapter(told("parallel", "paths"), "Host fails")
    assert said[0] == (
        "The primary load balancer fails. With parallel paths 79 sessions are lost, "
        "with cross-connected paths 46."
    )
    assert said[1] == "With parallel paths 33 of these were in healthy units: the whole column has to move."


def test_what_is_the_same_in_all_is_said_once() -> None:
    play = told("article", "copying")
    assert chapter(play, "Takeover") == ["The secondary takes over 2 s after the fault."]
    assert chapter(play, "What it cost") == [
        "With periodic copying 19 sessions are lost, in the others none.",
        "Nobody was served for 2 s in each.",
    ]


def test_each_takes_over_at_its_own_time() -> None:
    play = told("cold-standby", "standby")
    said = [each.sentence for each in play.chapters if each.title == "Takeover"]
    assert said == [
        "With a hot standby the secondary takes over 14 s after the fault.",
        "With a warm standby the secondary takes over 29 s after the fault.",
        "With a cold standby the secondary takes over 134 s after the fault.",
    ]
    assert chapter(play, "What it cost")[-1].startswith("Nobody was served for 134 s with a cold standby")


def test_a_design_that_the_words_name_is_not_named_twice() -> None:
    said = [beat.sentence for beat in told("serial-cable", "cable").beats]
    assert (
        "The secondary senses over the serial cable that its peer has lost its power, and takes over at once."
    ) in said
