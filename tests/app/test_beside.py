"""This run beside many others, at the window: counted beside the picture, shown while its beat is told."""

from __future__ import annotations

import time
from collections.abc import Callable

import pygame
import pytest
from app.hand import Hand

from visualizer.app.beside import BesideRuns
from visualizer.app.twin import TwinRun
from visualizer.lab.beside import others
from visualizer.opening import open_scenario, open_text
from visualizer.scene.asked import Asked
from visualizer.scene.beside_shown import BesideLook
from visualizer.script.script import Beside
from visualizer.timeline.run import Run

S = 1_000_000
Open = Callable[..., Hand]
ASKED = Beside("lost", 60)
STORY = """
story:
  chapters:
    - title: The strike
      beats:
        - {at: start, say: "Two units.", hold: 0s}
        - {at: first takeover + 1s, say: "{lost} lost.", beside: {measure: lost, runs: 60}}
        - {at: first takeover + 4s, say: "And on."}
"""


def telling(open_hand: Open, story: str = STORY) -> Hand:
    document = open_text(open_scenario("article").text + story, None, (), (), "told")
    return open_hand(document=document, run=Run(document.setup))


def card(hand: Hand) -> BesideLook | None:
    return hand.controls.look(1280, 720).beside


def counted(hand: Hand) -> BesideLook:
    """The card as soon as all runs are counted."""
    for _ in range(2000):
        found = card(hand)
        assert found is not None
        if found.others is not None:
            return found
        hand.turn()
        time.sleep(0.005)
    raise AssertionError("nothing was counted")


def at(hand: Hand, at_s: float) -> Hand:
    hand.controls.seek(round(at_s * S))
    hand.turn()
    return hand


def test_it_is_shown_while_its_beat_is_told(open_hand: Open):
    hand = telling(open_hand)
    assert card(at(hand, 13.9)) is None
    assert card(at(hand, 14)) is not None
    found = counted(hand)
    assert (found.measure, found.value, found.runs) == ("lost", 19, 60)
    assert found.others == others(hand.controls.run.setup, ASKED)
    hand.turn()
    assert "this run: 19" in hand.words()
    assert card(at(hand, 16.9)) == found
    assert card(at(hand, 17)) is None
    hand.turn()
    assert "this run: 19" not in hand.words()


def test_until_they_are_counted_it_says_so(open_hand: Open):
    hand = at(telling(open_hand), 14)
    hand.controls.feature(BesideRuns)._found.clear()
    hand.window.show()
    assert any(word.startswith("counting 60 runs ...") for word in hand.words())
    assert "this run: 19" not in hand.words()


def test_played_it_is_held_until_it_is_read(open_hand: Open):
    hand = at(telling(open_hand), 13.9)
    hand.key(pygame.K_SPACE)
    for _ in range(20):
        hand.turn(frame_ns=100_000_000)
    assert hand.controls.run.now_us == 14 * S
    for _ in range(75):
        hand.turn(frame_ns=100_000_000)
    assert hand.controls.run.now_us == 14 * S
    for _ in range(20):
        hand.turn(frame_ns=100_000_000)
    assert hand.controls.run.now_us > 14 * S
    assert card(hand) is not None


def test_who_strikes_elsewhere_sees_his_own_run_beside_the_same_others(open_hand: Open):
    """Struck right after the copy of 9 s nothing is lost; what others lose does not depend on that."""
    hand = at(telling(open_hand), 14)
    before = counted(hand)
    at(hand, 9.0)
    hand.controls.do("fault:s")
    for _ in range(20):
        hand.turn()
    at(hand, 12.5)
    found = counted(hand)
    assert found.value != before.value
    assert found.value == len(hand.controls.run.state.lost_sessions)
    assert found.others == before.others


def test_another_design_is_counted_anew(open_hand: Open):
    hand = at(telling(open_hand), 14)
    before = counted(hand)
    hand.turn()
    assert "beside:panel" in hand.window.picture.scene.targets
    hand.key(pygame.K_k, typed="k")
    hand.turn()
    assert "beside:panel" not in hand.window.picture.scene.targets  # who turns a knob sees the knobs
    hand.key(pygame.K_RIGHT)
    hand.turn(20)
    hand.controls.focus = None
    at(hand, 14)
    found = counted(hand)
    assert found.others == others(hand.controls.run.setup, ASKED) != before.others


def test_without_the_story_there_is_none(open_hand: Open):
    hand = at(telling(open_hand), 14)
    counted(hand)
    hand.controls.do("story")
    assert card(hand) is None


def test_a_click_on_it_does_nothing_to_what_lies_below(open_hand: Open):
    hand = at(telling(open_hand), 14)
    counted(hand)
    hand.turn()
    acts = hand.controls.run.acts
    hand.click("beside:panel")
    assert hand.controls.run.acts == acts
    assert hand.controls.run.now_us == 14 * S


@pytest.mark.parametrize("room", [False, True])
def test_a_question_goes_before_it(open_hand: Open, room: bool):
    asking = STORY.replace("runs: 60}}", "runs: 60}, hold: 0s, ask: survivors}").replace(
        "first takeover + 1s", "10s"
    )
    hand = at(telling(open_hand, asking), 9.95)
    if room:
        hand.controls.do("room")
    hand.controls.play()
    for _ in range(120):
        hand.turn(frame_ns=100_000_000)
    assert isinstance(hand.controls.look(1280, 720).asked, Asked)
    assert "beside:panel" not in hand.window.picture.scene.targets


def test_they_are_counted_ahead_while_time_stands_still(open_hand: Open):
    hand = telling(open_hand)
    work = hand.controls.feature(BesideRuns)
    for _ in range(2000):
        if work._found:
            break
        hand.turn()
        time.sleep(0.005)
    assert hand.controls.run.now_us == 0
    assert card(at(hand, 14)).others is not None


def test_what_moves_is_not_disturbed(open_hand: Open):
    hand = open_hand()
    work = hand.controls.feature(BesideRuns)
    document = open_text(open_scenario("article").text + STORY, None, (), (), "told")
    run = Run(document.setup)
    run.finish()
    run.seek(5 * S)
    hand.controls.show(run, document)
    hand.controls.play_on()
    for _ in range(30):
        hand.turn()
    assert hand.controls.run.now_us > 5 * S
    assert work._step is None
    assert not work._found
    hand.controls.playing = False
    hand.turn()
    assert work._step is not None


def test_of_several_designs_each_has_its_own(open_hand: Open):
    story = STORY.replace("story:", "story:\n  compare: copying")
    hand = telling(open_hand, story)
    hand.controls.feature(TwinRun).start("copying")
    at(hand, 14)
    for _ in range(2000):
        each = hand.controls.look(1280, 720).beside_each
        if all(one.others for one in each):
            break
        hand.turn()
        time.sleep(0.005)
    runs = hand.controls.runs
    assert [one.others for one in each] == [others(run.setup, ASKED) for run in runs]
    assert [one.value for one in each] == [len(run.state.lost_sessions) for run in runs]
    assert len({one.value for one in each}) > 1
    assert card(hand) is None
