"""The language of the window: chosen in the settings, spoken at once, kept for the next time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from app.hand import Hand
from language.remnants import english_in

from visualizer.language import spoken
from visualizer.language.catalogues import languages, own_name
from visualizer.language.remembered import language_path, remembered

Open = Callable[..., Hand]


def choose_next(hand: Hand) -> None:
    """The last row of the settings, one further."""
    hand.key(pygame.K_e, 0, "e")
    hand.key(pygame.K_END)
    hand.key(pygame.K_RIGHT)
    hand.key(pygame.K_ESCAPE)
    hand.turn(2)


def test_the_settings_offer_every_language_by_its_own_name(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_e, 0, "e")
    hand.key(pygame.K_END)
    names = []
    for _ in languages():
        names.append(hand.controls.look(1280, 720).dialog.rows[-1].value)
        hand.key(pygame.K_RIGHT)
    assert names == [own_name(code) for code in languages()]
    assert spoken().code == "en"


def test_everything_is_said_anew_at_once(open_hand: Open):
    hand = open_hand()
    hand.controls.seek(13_500_000)
    hand.turn(2)
    english = hand.words()
    title = pygame.display.get_caption()[0]
    choose_next(hand)
    german = hand.words()
    assert len(german) > 40
    assert [content for content in german if english_in(content)] == []
    assert not {content for content in english if english_in(content)} & set(german)
    assert pygame.display.get_caption()[0] != title
    choose_next(hand)
    assert hand.words() == english


@pytest.mark.parametrize("acts", [("why", "why_accept"), ("predict",), ("beat",), ("knobs",)])
def test_what_is_open_is_said_anew(open_hand: Open, acts: tuple[str, ...]):
    hand = open_hand()
    hand.controls.seek(14_000_000 if acts[0] == "why" else 8_000_000)
    for act in acts:
        hand.controls.do(act)
        hand.turn(2)
    choose_next(hand)
    assert [content for content in hand.words() if english_in(content)] == []


def test_a_story_goes_on_in_another_language_where_it_was(open_hand: Open):
    hand = open_hand("explainer-1-miss")
    hand.controls.play()
    hand.turn(200)
    at_us, before = hand.controls.run.now_us, hand.controls.look(1280, 720).told
    choose_next(hand)
    told = hand.controls.look(1280, 720).told
    assert told.number == before.number
    assert told.sentence
    assert told.sentence != before.sentence
    assert hand.controls.run.now_us >= at_us


def test_it_is_kept_for_the_next_time(open_hand: Open):
    hand = open_hand()
    choose_next(hand)
    assert (spoken().code, remembered()) == ("de", "de")


def test_who_starts_afresh_leaves_what_is_kept(open_hand: Open):
    hand = open_hand(fresh=True)
    choose_next(hand)
    assert spoken().code == "de"
    assert not language_path().exists()


def test_a_full_disk_keeps_nobody_from_another_language(open_hand: Open, tmp_path: Path):
    hand = open_hand()
    language_path().parent.parent.mkdir(parents=True, exist_ok=True)
    language_path().parent.write_text("a file where a folder should be")
    choose_next(hand)
    assert spoken().code == "de"
    language_path().parent.unlink()
