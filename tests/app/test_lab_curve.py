"""From one run to all runs and back, at the real window: the curve of strike instants, a run of it opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pygame
import pytest
from app.hand import Hand

from visualizer.app.lab_curve import StrikeCurve
from visualizer.lab.curve import strike_curve
from visualizer.lab.many import measure
from visualizer.lab.strike import struck
from visualizer.ledger import account
from visualizer.opening import open_scenario, with_overrides
from visualizer.scene.lab_curve import Known
from visualizer.scene.lab_curve_panel import PLOT, TIER, WORST_LOSS, WORST_OUTAGE
from visualizer.timeline.run import Run

S = 1_000_000
Open = Callable[..., Hand]


def words(hand: Hand) -> str:
    return " ".join(hand.words()).replace("\u2009", " ").replace("\u00a0", " ")


def curve(hand: Hand) -> StrikeCurve:
    return hand.controls.feature(StrikeCurve)


def found(hand: Hand) -> Known:
    """Wait until all is known, and checked."""
    for _ in range(4000):
        known = curve(hand).known
        if known and known.checked is not None:
            hand.turn()
            return known
        hand.turn()
    raise AssertionError("it is never known")


def opened(hand: Hand) -> Known:
    hand.key(pygame.K_d, typed="d")
    return found(hand)


def sums(hand: Hand) -> list[str]:
    """What the legend of the losses says."""
    said = hand.words()
    first = said.index("worst")
    pairs = [" ".join(said[n : n + 2]) for n in range(first, said.index("Without service"), 2)]
    return [pair for pair in pairs if pair[0].islower()]


def shown(hand: Hand) -> bool:
    return PLOT in hand.window.picture.scene.targets


def test_a_key_opens_it_and_the_key_or_esc_closes_it(open_hand: Open):
    hand = open_hand()
    known = opened(hand)
    assert shown(hand)
    assert (known.checked, known.wrong) == (12, 0)
    assert "checked by re-running at 12 instants: all equal" in words(hand)
    assert "this run: 11 s" in words(hand)
    hand.key(pygame.K_d, typed="d")
    assert not shown(hand)
    hand.key(pygame.K_d, typed="d")
    hand.key(pygame.K_ESCAPE)
    assert not shown(hand)
    assert not hand.controls.leaving
    hand.click("button:curve")
    assert shown(hand)
    hand.click("button:curve")
    assert not shown(hand)


@pytest.mark.parametrize("share", [0.103, 0.5, 0.77, 1.0])
def test_a_click_opens_the_run_of_that_point_and_undo_brings_back_the_other(open_hand: Open, share: float):
    hand = open_hand()
    before = hand.controls.run
    known = opened(hand)
    hand.move(hand.place(PLOT, min(share, 0.999)))
    at_us = curve(hand).cursor_us
    assert at_us is not None
    assert abs(at_us - share * 20 * S) < 60_000
    assert f"{known.losses.at(at_us)} session" in words(hand)
    hand.click(PLOT, min(share, 0.999))
    run = hand.controls.run
    assert run is not before
    assert not shown(hand)
    assert not hand.controls.playing
    assert 0 <= at_us - run.now_us <= S
    expected = measure([struck(before.setup, at_us)])
    for name, column in measure([run.setup]).as_dict().items():
        assert np.array_equal(column, expected.as_dict()[name]), name
    state = run.finish()
    assert account(state).lost.sessions == known.losses.at(at_us) == expected.lost_sessions[0]
    assert hand.controls.document.setup == run.setup
    hand.key(pygame.K_u, typed="u")
    assert hand.controls.run is before
    assert "Lightning" not in run.setup.title


def test_what_is_read_at_the_pointer_is_what_the_opened_run_then_says(open_hand: Open):
    hand = open_hand()
    opened(hand)
    hand.click(PLOT, 0.52)
    said = words(hand)
    hand.key(pygame.K_END)
    run = hand.controls.run
    books = account(run.state)
    assert f"{books.lost.sessions} sessions lost" in said
    assert books.lost.sessions == 13
    first = books.failovers[0].failover
    assert f"{(first.restored_us - first.fault_us) / S:.2f} s without service" in said


def test_back_on_the_curve_the_point_that_was_opened_is_marked(open_hand: Open):
    hand = open_hand()
    opened(hand)
    hand.click(PLOT, 0.3)
    hand.key(pygame.K_d, typed="d")
    assert shown(hand)
    at_us = curve(hand).cursor_us
    assert hand.controls.run.setup.commands[0].at_us == at_us
    assert f"this run: {at_us / S:.2f} s" in words(hand)
    hand.key(pygame.K_ESCAPE)
    hand.key(pygame.K_u, typed="u")
    hand.key(pygame.K_d, typed="d")
    assert "this run: 11 s" in words(hand)
    assert hand.controls.look(1280, 720).lab_curve.opened_us == (at_us,)


def test_it_is_kept_and_not_worked_out_again(open_hand: Open):
    hand = open_hand()
    known = opened(hand)
    hand.click(PLOT, 0.3)
    hand.key(pygame.K_d, typed="d")
    assert curve(hand).known is known
    hand.key(pygame.K_u, typed="u")
    assert curve(hand).known is known


def test_keyboard_alone(open_hand: Open):
    hand = open_hand()
    known = opened(hand)
    assert curve(hand).cursor_us == 11 * S  # where this run is struck
    hand.key(pygame.K_RIGHT)
    assert curve(hand).cursor_us == 11 * S + 10_000
    hand.key(pygame.K_LEFT, pygame.KMOD_LSHIFT)
    assert curve(hand).cursor_us == 11 * S + 10_000 - 200_000
    hand.key(pygame.K_HOME)
    hand.key(pygame.K_LEFT)
    assert curve(hand).cursor_us == 0
    hand.key(pygame.K_END)
    hand.key(pygame.K_PAGEDOWN)
    assert curve(hand).cursor_us == 20 * S
    seen = set()
    for _ in hand.window.picture.scene.targets:
        hand.key(pygame.K_TAB)
        seen.add(hand.controls.focus)
    assert {PLOT, WORST_LOSS, WORST_OUTAGE, "button:undo"} <= seen
    assert not any(name.startswith(("unit:", "link:", "timeline", "chapter:")) for name in seen)
    while hand.controls.focus != WORST_LOSS:
        hand.key(pygame.K_TAB)
    hand.key(pygame.K_RETURN)
    assert curve(hand).cursor_us == known.losses.spread.worst_us == 3 * S
    while hand.controls.focus != PLOT:
        hand.key(pygame.K_TAB)
    hand.key(pygame.K_RETURN)
    assert not shown(hand)
    assert account(hand.controls.run.finish()).lost.sessions == 30


def test_enter_opens_what_the_cursor_is_at(open_hand: Open):
    hand = open_hand()
    opened(hand)
    hand.key(pygame.K_HOME)
    hand.key(pygame.K_RIGHT, pygame.KMOD_LSHIFT)
    hand.key(pygame.K_RETURN)
    assert not shown(hand)
    assert [act.at_us for act in hand.controls.run.setup.commands] == [200_000]
    assert "Lightning at 0.2 s: 2 sessions lost, 2.80 s without service. Space plays it" in words(hand)


def test_held_down_the_pointer_chooses_and_letting_go_opens(open_hand: Open):
    hand = open_hand()
    opened(hand)
    hand.move(hand.place(PLOT, 0.2))
    hand.button(True, hand.place(PLOT, 0.2))
    hand.move(hand.place(PLOT, 0.6))
    hand.turn(5)
    assert shown(hand)
    at_us = curve(hand).cursor_us
    assert abs(at_us - 12 * S) < 60_000
    hand.button(False, hand.place(PLOT, 0.6))
    hand.turn()
    assert not shown(hand)
    assert hand.controls.run.setup.commands[0].at_us == at_us


def test_what_else_happens_stays_and_own_strikes_go(open_hand: Open):
    """A cable that somebody cut is cut in the opened run too; a strike of one's own is not."""
    hand = open_hand()
    hand.controls.reset()
    hand.controls.seek(4 * S)
    hand.key(pygame.K_c, typed="c")
    cut = hand.controls.run.acts
    hand.controls.seek(13 * S)
    hand.key(pygame.K_s, typed="s")
    assert len(hand.controls.run.acts) == 2
    before = hand.controls.run
    known = opened(hand)
    hand.click(PLOT, 0.4)
    run = hand.controls.run
    assert run.acts == cut
    assert len(run.setup.commands) == 1
    at_us = run.setup.commands[0].at_us
    assert account(run.finish()).lost.sessions == known.losses.at(at_us)
    hand.key(pygame.K_u, typed="u")
    assert hand.controls.run is before


def test_the_worst_is_gone_to_by_a_click(open_hand: Open):
    hand = open_hand()
    known = opened(hand)
    hand.click(WORST_OUTAGE)
    assert curve(hand).cursor_us == known.outages.spread.worst_us
    assert shown(hand)
    hand.click("curve:panel", 0.02)  # beside everything: nothing
    assert shown(hand)


def test_a_knob_turned_changes_the_curve(open_hand: Open):
    hand = open_hand()
    first = opened(hand)
    hand.key(pygame.K_k, typed="k")
    hand.key(pygame.K_DOWN)
    assert hand.controls.focus == "knob:sync"
    hand.key(pygame.K_LEFT)
    second = found(hand)
    assert shown(hand)
    assert (first.losses.spread.worst, second.losses.spread.worst) == (30, 20)
    assert hand.controls.look(1280, 720).lab_curve.before.known is first
    assert "before, mean 14.50 closed form 9.50 mean 9.50" in " ".join(reversed(sums(hand)))
    hand.key(pygame.K_b, typed="b")
    hand.turn()
    assert curve(hand).known is first
    assert hand.controls.look(1280, 720).lab_curve.before.known is second
    hand.key(pygame.K_b, typed="b")
    hand.key(pygame.K_ESCAPE)  # leaves the knob
    hand.key(pygame.K_u, typed="u")
    assert curve(hand).known is first


def test_tiers_are_gone_through_by_key_and_click(open_hand: Open):
    hand = open_hand("cross-connected")
    opened(hand)
    first = curve(hand).tier
    setup = hand.controls.run.setup
    assert setup.commands[0].target.tier == first
    hand.key(pygame.K_DOWN)
    assert curve(hand).tier == (first + 1) % 3
    known = found(hand)
    assert np.array_equal(known.losses.values, strike_curve(setup, (first + 1) % 3).lost_sessions)
    assert setup.tiers[curve(hand).tier].title in words(hand)
    hand.key(pygame.K_UP)
    hand.click(TIER, 0.95)
    assert curve(hand).tier == (first + 1) % 3
    hand.click(TIER, 0.05)
    hand.click(TIER, 0.05)
    assert curve(hand).tier == (first - 1) % 3
    hand.button(True, hand.place(TIER, 0.95))
    hand.move(hand.place(TIER, 0.9))
    hand.button(False, hand.place(TIER, 0.9))
    assert curve(hand).tier == first  # held down it is one step
    hand.key(pygame.K_UP)
    found(hand)
    hand.key(pygame.K_RETURN)
    assert hand.controls.run.setup.commands[0].target.tier == (first - 1) % 3


def test_what_needs_the_stage_waits_and_the_rest_goes_on(open_hand: Open):
    hand = open_hand()
    opened(hand)
    at_us, acts = hand.controls.run.now_us, hand.controls.run.acts
    for key in (pygame.K_s, pygame.K_n, pygame.K_SPACE, pygame.K_g):
        hand.key(key, typed=chr(key))
        assert "Esc closes the curve first" in words(hand)
    assert (hand.controls.run.now_us, hand.controls.run.acts) == (at_us, acts)
    assert not hand.controls.playing
    hand.key(pygame.K_SLASH, pygame.KMOD_LSHIFT, "?")
    assert hand.controls.help_open
    hand.key(pygame.K_ESCAPE)
    assert shown(hand)
    hand.key(pygame.K_t, typed="t")
    assert shown(hand)


def test_a_question_hides_it(open_hand: Open):
    hand = open_hand()
    opened(hand)
    hand.key(pygame.K_ESCAPE)
    hand.click("timeline", 0.5)
    hand.key(pygame.K_g, typed="g")
    assert hand.controls.look(1280, 720).locked
    hand.key(pygame.K_d, typed="d")
    hand.turn(2)
    assert not shown(hand)
    assert not curve(hand).shown
    hand.key(pygame.K_ESCAPE)
    hand.key(pygame.K_d, typed="d")
    assert shown(hand)


def test_a_story_is_not_told_in_advance(open_hand: Open):
    hand = open_hand("explainer-1-miss")
    hand.key(pygame.K_d, typed="d")
    assert not shown(hand)
    assert "A story shows what comes when it comes." in words(hand)
    hand.key(pygame.K_a, typed="a")
    hand.key(pygame.K_d, typed="d")
    hand.turn(3)
    assert shown(hand)
    hand.key(pygame.K_ESCAPE)
    hand.key(pygame.K_a, typed="a")
    hand.turn(2)
    assert not shown(hand)


def test_beside_a_twin_run_there_is_none(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_v, typed="v")
    hand.key(pygame.K_RETURN)
    assert hand.controls.others
    hand.key(pygame.K_d, typed="d")
    assert not shown(hand)
    assert "single run" in words(hand)


def test_where_nobody_is_active_there_is_nobody_to_strike(open_hand: Open):
    hand = open_hand("dublin-2011")
    hand.key(pygame.K_d, typed="d")
    for _ in range(6000):
        known = curve(hand).known
        if known and known.window_us:
            break
        hand.turn()
    hand.turn()
    before = hand.controls.run
    hand.click(PLOT, 0.5)
    assert "No unit is active at that instant" in words(hand)
    assert hand.controls.run is before
    assert shown(hand)


def test_a_picture_never_waits_for_it(open_hand: Open):
    """An hour with 36 000 instants is found out while one looks on: more with almost every picture."""
    hand = open_hand("jitter")
    hand.key(pygame.K_d, typed="d")
    known = []
    for _ in range(400):
        hand.turn()
        known.append(curve(hand).known.instants)
        if known[-1] == 36_001:
            break
    assert known == sorted(known)
    assert len(set(known)) > 5


def test_it_is_saved_as_the_scenario_that_it_is(open_hand: Open, tmp_path: Path):
    hand = open_hand()
    opened(hand)
    hand.click(PLOT, 0.62)
    run = hand.controls.run
    hand.key(pygame.K_s, pygame.KMOD_LCTRL)
    saved = open_scenario(str(tmp_path / "article-run-1.yaml"))
    assert replace(saved.setup, name="article") == run.setup


def test_in_a_class_room_it_has_the_whole_width(open_hand: Open):
    hand = open_hand(size_px=(1920, 1080))
    hand.key(pygame.K_l, typed="l")
    opened(hand)
    scene = hand.window.picture.scene
    assert scene.targets["curve:panel"].width > 0.9 * scene.width
    assert "LOST SO FAR" not in words(hand)
    hand.key(pygame.K_RETURN)
    assert not shown(hand)


def test_an_edit_of_the_design_keeps_what_was_found_of_the_others(open_hand: Open):
    hand = open_hand()
    first = opened(hand)
    document = with_overrides(hand.controls.document, ("tiers.firewall.heartbeat.interval=200ms",))
    hand.controls.show(Run(document.setup), document)
    assert found(hand).outages.spread.worst < first.outages.spread.worst
    hand.key(pygame.K_u, typed="u")
    hand.turn()
    assert curve(hand).known is first
