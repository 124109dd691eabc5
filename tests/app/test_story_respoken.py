"""Another language is chosen while a story's question waits, and while its answer is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest
from app.test_story import ASKING, Open, asked, telling, to_the_answer, to_the_question
from language.pseudo import PSEUDO

from visualizer.language import Spoken, speak, translated
from visualizer.scene.asked import Answered, Asked


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    speak(Spoken())


def test_an_open_question_and_its_choices_are_said_anew(open_hand: Open):
    hand = telling(open_hand, ASKING)
    english = to_the_question(hand)
    speak(PSEUDO)
    hand.controls.respoken()
    found = asked(hand)
    assert isinstance(found, Asked)
    assert found.question.text == translated(english.question.text) != english.question.text
    assert [choice.value for choice in found.question.choices] == [
        choice.value for choice in english.question.choices
    ]
    for there, here in zip(found.question.choices, english.question.choices, strict=True):
        assert there.belief == translated(here.belief) != here.belief


def test_the_answer_is_said_anew_although_the_story_has_gone_on(open_hand: Open):
    hand = telling(open_hand, ASKING)
    to_the_question(hand)
    hand.key(pygame.K_1, typed="1")
    english = to_the_answer(hand)
    speak(PSEUDO)
    hand.controls.respoken()
    found = asked(hand)
    assert isinstance(found, Answered)
    assert (found.guess, found.result) == (english.guess, english.result)
    assert found.belief == translated(english.belief) != english.belief
