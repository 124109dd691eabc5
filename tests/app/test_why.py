"""Why was this one lost? Asked with the mouse and by keys on the real window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pygame
import pytest
from app.hand import Hand

from visualizer.ledger import chain
from visualizer.scenario import load
from visualizer.scene.losses import LostChain, LostList
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.setup import Rate
from visualizer.timeline.run import Run

S = 1_000_000
Open = Callable[..., Hand]


def shown(hand: Hand) -> LostList | LostChain | None:
    return hand.controls.look(1280, 720).losses


def struck(open_hand: Open, at_us: int = 11_200_000) -> Hand:
    hand = open_hand("article")
    hand.controls.seek(at_us)
    hand.turn()
    return hand


def test_a_falling_cross_tells_its_chain(open_hand: Open):
    hand = struck(open_hand)
    scene = hand.window.picture.scene
    crosses = [name for name in scene.targets if name.startswith("lost:")]
    assert len(crosses) == 19
    name = next(one for one in crosses[7:] if hand.window.picture.target_at(hand.place(one)) == one)
    hand.click(name)
    told = shown(hand)
    assert isinstance(told, LostChain)
    session = int(name.removeprefix("lost:"))
    facts = chain(hand.controls.run.state, session)
    end = chain(hand.controls.run.finish(), session)
    assert told.name == f"Session {session}"
    assert {step.kind: step.at_us for step in told.steps} == {
        "safe": facts.safe_us,
        "accepted": facts.accepted_us,
        "fault": 11 * S,
        "takeover": end.takeover_us,
    }
    assert facts.accepted_us == 9_000_000 + 100_000 * (session - 90)
    said = hand.words()
    assert "last safe copy 9.0 s" in said  # on the timeline
    assert "struck 11.0 s" in said
    assert "due 13.0 s" in said  # in the panel: it has not happened yet


def test_the_chain_stays_while_one_goes_through_the_run(open_hand: Open):
    hand = struck(open_hand)
    hand.key(pygame.K_w)
    hand.key(pygame.K_RETURN)
    assert isinstance(shown(hand), LostChain)
    hand.key(pygame.K_n)
    assert hand.controls.run.now_us > 11_200_000
    assert isinstance(shown(hand), LostChain)
    hand.controls.seek(5 * S)
    hand.key(pygame.K_RIGHT)
    assert (shown(hand).place, shown(hand).total) == (1, 19)
    assert hand.controls.run.now_us == 5 * S
    hand.key(pygame.K_LEFT)
    hand.key(pygame.K_LEFT)
    assert shown(hand).place == 0
    hand.key(pygame.K_ESCAPE)
    assert shown(hand) is None
    assert not hand.controls.leaving


def test_the_list_by_keys_wheel_and_click(open_hand: Open):
    hand = struck(open_hand)
    hand.click("losses")
    listed = shown(hand)
    assert (listed.total, listed.chosen) == (19, 0)
    assert (listed.rows[0].accepted, listed.rows[0].cause) == ("9.1 s", "opened since the last sync")
    for key, chosen in (
        (pygame.K_DOWN, 1),
        (pygame.K_PAGEDOWN, 11),
        (pygame.K_END, 18),
        (pygame.K_DOWN, 18),
        (pygame.K_PAGEUP, 8),
        (pygame.K_UP, 7),
        (pygame.K_HOME, 0),
    ):
        hand.key(key)
        assert shown(hand).chosen == chosen
    hand.move(hand.place("losses:row:3"))
    hand.wheel(-1)
    assert shown(hand).chosen == 3
    hand.click("losses:row:5")
    assert shown(hand).name == "Session 96"
    hand.key(pygame.K_w)
    assert isinstance(shown(hand), LostList)
    hand.key(pygame.K_w)
    assert shown(hand) is None


@pytest.mark.parametrize("target", ["losses:unsynced", "losses:unit:0:0"])
def test_other_numbers_open_the_list_too(open_hand: Open, target: str):
    hand = struck(open_hand)
    hand.click(target)
    assert shown(hand).total == 19
    assert hand.controls.run.acts == ()


def test_nothing_lost_nothing_to_explain(open_hand: Open):
    hand = struck(open_hand, 5 * S)
    hand.key(pygame.K_w)
    assert shown(hand) is None
    assert hand.controls.notice == "Nothing has been lost so far: there is nothing to explain."


def test_another_history_closes_it(open_hand: Open):
    setup = replace(load("article").setup, commands=())
    hand = open_hand("article", run=Run(setup))
    hand.controls.seek(11 * S)
    hand.key(pygame.K_s)
    hand.key(pygame.K_w)
    hand.key(pygame.K_RETURN)
    hand.key(pygame.K_u)
    assert hand.controls.run.acts == ()
    assert shown(hand) is None
    hand.turn()


def test_thousands_are_no_problem(open_hand: Open):
    setup = load("article").setup
    setup = replace(
        setup,
        traffic=replace(setup.traffic, session_rate=Rate(20_000)),
        commands=(Strike(11 * S, "lightning", UnitTarget(0, 0)),),
    )
    hand = open_hand("article", run=Run(setup))
    hand.controls.seek(12 * S)
    hand.turn()
    crosses = [name for name in hand.window.picture.scene.targets if name.startswith("lost:")]
    assert 10 <= len(crosses) <= 30
    hand.key(pygame.K_w)
    assert shown(hand).total == 39_999
    hand.key(pygame.K_END)
    hand.key(pygame.K_RETURN)
    told = shown(hand)
    assert (told.place, told.total) == (39_998, 39_999)
    assert told.steps[1].at_us == 10_999_950
