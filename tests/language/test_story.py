"""What the story says of the shipped runs: all of it in German, and none of it past the catalogues.

Everything is said three times, of the same runs at the same instants: in English, in German, and in a
language that puts each text in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from language.pseudo import CLOSE, OPEN, PSEUDO
from language.told import beaten, everything, everything_of_designs, opened, scripted

from visualizer.lab.designs import COMPARISONS
from visualizer.language import Spoken, speaking
from visualizer.language.catalogues import language
from visualizer.script.anchors import anchor_of
from visualizer.script.claims import claim_of
from visualizer.script.durations import duration_us
from visualizer.script.quantities import quantity_of
from visualizer.script.spots import parts
from visualizer.script.templates import template_of
from visualizer.script.wrong import WrongValueError
from visualizer.timeline.run_file import RunFileError, parse

NAMES = [
    "article",
    "split-brain",
    "dublin-2011",
    "parallel",
    "synchronous",
    "semi-sync",
    "garp-lost",
    "failback",
    "serial-cable",
    "split-brain-fencing",
    "split-brain-lease",
    "fortigate-pickup-delay",
    "jitter",
]
EXPLAINERS = ["explainer-1-miss", "explainer-2-copying", "explainer-3-split", "explainer-4-paths"]
GERMAN = language("de")

THE_SAME = {"Failback", "Split Brain", "Switchover"}
"""Titles that a German teacher says in English."""

REMNANTS = re.compile(r"\b(the|of|and|is|are|has|have|with|that|from|to|nobody|lost|copy|unit|every)\b", re.I)
"""Words that every English sentence has one of, and that German does not have."""

NUMBER = re.compile(r"\d(?:[\d\u2009.,]*\d)?")


def numbers(text: str) -> list[str]:
    return sorted(number.replace(",", ".") for number in NUMBER.findall(text))


def judge(english: list[str], german: list[str]) -> None:
    """Sentence by sentence: none is English, none has an English number, and all have the same numbers."""
    assert len(english) == len(german)
    for one, other in zip(english, german, strict=True):
        assert bool(one) == bool(other)
        if re.search("[A-Za-z]{3}", one):
            assert one != other or other in THE_SAME, other
        assert not REMNANTS.search(other), other
        assert not re.search(r"\d\.\d", other), other
        assert numbers(one) == numbers(other), (one, other)


def outside(text: str) -> str:
    """What stands in no brackets."""
    inner = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
    while inner.search(text):
        text = inner.sub("", text)
    return text


@pytest.mark.parametrize("name", NAMES)
def test_a_run_is_told_in_german(name: str) -> None:
    judge(everything(name, Spoken()), everything(name, GERMAN))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_run_is_said_past_the_catalogues(name: str) -> None:
    for text in everything(name, PSEUDO):
        assert not re.search(r"[^\W\d_]{2}", outside(text)), text


DESIGNS = [
    ("parallel", "paths"),
    ("article", "copying"),
    ("serial-cable", "cable"),
    ("cold-standby", "standby"),
]


def test_every_comparison_is_told_here() -> None:
    assert {key for _, key in DESIGNS} == set(COMPARISONS)


@pytest.mark.parametrize(("name", "key"), DESIGNS)
def test_designs_side_by_side_are_told_in_german(name: str, key: str) -> None:
    judge(everything_of_designs(name, key, Spoken()), everything_of_designs(name, key, GERMAN))


@pytest.mark.parametrize(("name", "key"), DESIGNS)
def test_nothing_of_designs_is_said_past_the_catalogues(name: str, key: str) -> None:
    for text in everything_of_designs(name, key, PSEUDO):
        assert not re.search(r"[^\W\d_]{2}", outside(text)), text


def test_beat_it_is_said_in_german() -> None:
    judge(beaten(Spoken()), beaten(GERMAN))


def test_nothing_of_beat_it_is_said_past_the_catalogues() -> None:
    for text in beaten(PSEUDO):
        assert not re.search(r"[^\W\d_]{2}", outside(text)), text


@pytest.mark.parametrize("name", EXPLAINERS)
def test_what_an_author_tells_is_looked_up(name: str) -> None:
    english = scripted(name, Spoken())
    for text in scripted(name, PSEUDO):
        assert not re.search(r"[^\W\d_]{2}", outside(text)), text
    assert scripted(name, Spoken()) == english


def problems(said: str) -> Iterator[Exception]:
    """Each way in which an author's words can be wrong."""
    there = parts(opened("parallel").setup)
    for judged in (
        lambda: anchor_of(said, there),
        lambda: quantity_of(said, there),
        lambda: claim_of(said, there),
        lambda: template_of(said, there),
        lambda: duration_us(said, 10, 20),
        lambda: parse(said, "a.yaml", "1.0"),
    ):
        with pytest.raises((WrongValueError, RunFileError)) as caught:
            judged()
        yield caught.value


WRONG = ["{lost|one} }", "{}", "{rto|one|two}", "{first lightnin}", "{lost of nobody}"]
ENGLISH_TODO = re.compile(r"\b(say|did you|there is|the|take|write|stands)\b")


@pytest.mark.parametrize("said", WRONG)
def test_a_problem_is_said_in_the_language(said: str) -> None:
    with speaking(PSEUDO):
        for problem in problems(said):
            words = re.sub("`[^`]*`|a.yaml:[0-9]:[0-9]:", "", outside(str(problem)))
            assert not re.search(r"[^\W\d_]{2}", words), problem
    with speaking(GERMAN):
        for problem in problems(said):
            assert not ENGLISH_TODO.search(str(problem)), problem
