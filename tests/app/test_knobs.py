"""Turning the knobs at the real window: same seed, same instant, before and after, one undo for one turn."""

from __future__ import annotations

from collections.abc import Callable

import pygame
from app.hand import Hand

from visualizer.ledger import account
from visualizer.opening import open_scenario
from visualizer.timeline.run import Run

S = 1_000_000
Open = Callable[..., Hand]


def lost(run: Run) -> int:
    return account(run.state).lost.sessions


def fresh(overrides: list[str], at_us: int, scenario: str = "article") -> Run:
    """The run of the command line with these `--set`s, at an instant."""
    run = Run(open_scenario(scenario, overrides).setup)
    run.seek(at_us)
    return run


def at(hand: Hand, at_us: int) -> None:
    hand.controls.seek(at_us)
    hand.turn(2)


def pause(hand: Hand) -> None:
    """Long enough for the next turn to be another change."""
    hand.turn(frame_ns=1_500_000_000)


def test_a_drag_is_the_run_of_another_setting_at_the_same_instant(open_hand: Open):
    hand = open_hand()
    at(hand, 14 * S)
    old = hand.controls.run
    assert lost(old) == 19
    hand.drag("knob:sync", 0.3, 1.0)
    new = hand.controls.run
    sync_us = new.setup.tiers[0].sync.interval_us
    assert sync_us == 3_600 * S
    assert (new.now_us, new.acts, new.setup.seed) == (14 * S, old.acts, old.setup.seed)
    told = fresh(["tiers.firewall.sync.interval=1h"], 14 * S)
    assert new.trace_sha256() == told.trace_sha256()
    assert lost(new) == lost(told) == 110
    assert hand.controls.before.run is old
    said = hand.words()
    assert "before 19" in said
    assert "before: 19 lost" in said
    assert "before 3 s" in said
    hand.key(pygame.K_u, typed="u")  # one undo for the whole drag
    assert hand.controls.run is old
    assert hand.controls.before is None
    assert not any("before" in word for word in hand.words() if word != "before, after")
    hand.key(pygame.K_u, pygame.KMOD_LSHIFT, "U")
    assert hand.controls.run is new


def test_the_handle_follows_the_pointer_while_it_is_held(open_hand: Open):
    hand = open_hand()
    hand.button(True, hand.place("knob:misses", 0.05))
    found = []
    for share in (0.2, 0.4, 0.6, 1.4):
        x, y = hand.place("knob:misses", min(share, 1.0))
        hand.move((x + (200 if share > 1 else 0), y + 90))
        found.append(hand.controls.run.setup.tiers[0].heartbeat.misses)
    assert found == [3, 5, 6, 20]
    hand.button(False, hand.place("knob:misses", 0.5))
    hand.move(hand.place("knob:misses", 0.1))
    assert hand.controls.run.setup.tiers[0].heartbeat.misses == 20


def test_of_several_movements_in_one_frame_only_the_last_is_followed(open_hand: Open):
    hand = open_hand()
    made = []
    show = hand.controls.show
    hand.controls.show = lambda run, *args, **keys: (made.append(run), show(run, *args, **keys))
    hand.button(True, hand.place("knob:misses", 0.2))
    made.clear()
    for share in (0.3, 0.4, 0.5, 0.6, 0.8):
        pos = hand.place("knob:misses", share)
        pygame.event.post(pygame.Event(pygame.MOUSEMOTION, pos=pos, rel=(0, 0), buttons=(1, 0, 0)))
    hand.turn()
    assert [run.setup.tiers[0].heartbeat.misses for run in made] == [10]


def test_keys_reach_and_turn_every_knob(open_hand: Open):
    hand = open_hand()
    names = [name for name in hand.window.picture.scene.targets if name.startswith("knob:")]
    seen = []
    hand.key(pygame.K_k, typed="k")
    for _ in names:
        seen.append(hand.controls.focus)
        hand.key(pygame.K_DOWN)
    assert seen == names
    assert hand.controls.focus == names[0]
    hand.key(pygame.K_k, typed="k")
    assert hand.controls.focus == names[1] == "knob:sync"
    hand.key(pygame.K_RIGHT)
    hand.key(pygame.K_RIGHT)
    assert hand.controls.run.setup.tiers[0].sync.interval_us == 10 * S
    assert hand.controls.run.now_us == 0
    hand.key(pygame.K_LEFT)
    assert hand.controls.run.setup.tiers[0].sync.interval_us == 5 * S
    assert hand.controls.before.run.setup.tiers[0].sync.interval_us == 3 * S
    hand.key(pygame.K_u, typed="u")
    assert hand.controls.run.setup.tiers[0].sync.interval_us == 3 * S
    hand.key(pygame.K_ESCAPE)
    assert (hand.controls.focus, hand.controls.leaving) == (None, False)
    hand.key(pygame.K_RIGHT)
    assert hand.controls.run.now_us == hand.controls.run.setup.tick_us


def test_what_waits_between_two_turns_makes_two_changes(open_hand: Open):
    hand = open_hand()
    at(hand, 14 * S)
    hand.controls.focus = "knob:sync"
    hand.key(pygame.K_RIGHT)
    middle = hand.controls.run
    pause(hand)
    hand.key(pygame.K_RIGHT)
    assert hand.controls.before.run is middle
    hand.key(pygame.K_u, typed="u")
    assert hand.controls.run is middle


def test_an_act_between_two_turns_makes_two_changes(open_hand: Open):
    hand = open_hand()
    hand.controls.focus = "knob:sync"
    hand.key(pygame.K_RIGHT)
    hand.key(pygame.K_c, typed="c")
    acts = hand.controls.run.acts
    assert [act.fault for act in acts] == ["cut"]
    hand.controls.focus = "knob:sync"
    hand.key(pygame.K_RIGHT)
    assert hand.controls.run.acts == acts  # what was done is done in the new run as well
    assert not hand.controls.run.state.links[0][0].up
    assert len(hand.controls._undo) == 3


def test_the_wheel_and_the_halves_of_a_choice(open_hand: Open):
    hand = open_hand()

    def policy() -> str:
        return hand.controls.run.setup.tiers[0].sync.policy

    seen = [policy()]
    for _ in range(6):
        hand.click("knob:policy", 0.9)
        seen.append(policy())
    assert seen == ["periodic", "streaming", "semi-sync", "synchronous", "none", "snapshot", "periodic"]
    hand.click("knob:policy", 0.1)
    assert policy() == "snapshot"
    hand.wheel(1)
    assert policy() == "periodic"
    hand.controls.focus = "knob:policy"
    hand.key(pygame.K_RETURN)
    assert policy() == "streaming"
    assert "knob:sync" not in hand.window.picture.scene.targets
    hand.move(hand.place("knob:rate", 0.3))
    hand.wheel(-1)
    assert hand.controls.run.setup.traffic.session_rate.per_s == 5
    hand.controls.focus = "knob:rate"
    hand.key(pygame.K_RETURN)
    assert "← →" in hand.controls.notice


def test_what_the_checks_refuse_changes_nothing_and_says_why(open_hand: Open):
    hand = open_hand()
    run, document = hand.controls.run, hand.controls.document
    hand.click("knob:misses", 0.02)
    assert (hand.controls.run, hand.controls.document, hand.controls.before) == (run, document, None)
    assert hand.controls.notice == (
        "Misses to declare dead: "
        "with 1 miss and no latency every heartbeat comes at the very instant of its deadline."
    )


def test_the_tier_is_the_one_pointed_at_last_and_stays_while_a_knob_is_turned(open_hand: Open):
    hand = open_hand("parallel")
    assert "TURN THE KNOBS · LOAD BALANCER" in hand.words()  # that is the one to be struck
    hand.move(hand.place("unit:2:0"))
    hand.turn(2)
    hand.move(hand.place("knob:sync", 0.9))
    assert "TURN THE KNOBS · APPLICATION" in hand.words()
    hand.drag("knob:sync", 0.4, 0.0)
    assert [tier.sync.interval_us for tier in hand.controls.run.setup.tiers] == [5 * S, 5 * S, 100_000]
    hand.controls.focus = "unit:0:1"
    hand.turn(2)
    assert "TURN THE KNOBS · FIREWALL" in hand.words()
    hand.click("knob:path", 0.9)
    assert hand.controls.run.setup.path == "cross"


def test_b_shows_the_one_and_the_other_and_shift_b_compares_no_longer(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_b, typed="b")
    assert "no before yet" in hand.controls.notice
    at(hand, 14 * S)
    hand.controls.focus = "knob:sync"
    hand.key(pygame.K_RIGHT)
    old, new = hand.controls.before.run, hand.controls.run
    at(hand, 15 * S)
    hand.key(pygame.K_b, typed="b")
    assert hand.controls.run is old
    assert old.now_us == 15 * S
    assert hand.controls.document.setup == old.setup
    assert {f"after {lost(new)}", "after 5 s"} <= set(hand.words())
    hand.key(pygame.K_RIGHT)  # with the focus on the knob this turns the old one's
    assert hand.controls.run.setup.tiers[0].sync.interval_us == 5 * S
    hand.key(pygame.K_u, typed="u")
    assert hand.controls.run is old
    hand.key(pygame.K_u, typed="u")
    assert hand.controls.run is new
    assert hand.controls.before.run is old
    hand.key(pygame.K_b, pygame.KMOD_LSHIFT, "B")
    assert hand.controls.before is None
    assert not any(word.startswith("before:") for word in hand.words())


def test_acting_in_the_past_leaves_the_old_future_as_a_ghost(open_hand: Open):
    hand = open_hand()
    at(hand, 14 * S)
    at(hand, 4 * S)
    hand.click("unit:0:0")
    assert lost(hand.controls.run) == 9
    assert {"before: 19 lost", "before 0"} <= set(hand.words())
    at(hand, 14 * S)
    assert "before 19" in hand.words()
    hand.key(pygame.K_b, typed="b")
    assert lost(hand.controls.run) == 19
    assert hand.controls.run.acts == ()
    assert "after: 9 lost" in hand.words()


def test_a_run_that_cannot_be_changed_has_plain_settings(open_hand: Open):
    hand = open_hand(document=None)
    assert "SETTINGS" in hand.words()
    hand.key(pygame.K_k, typed="k")
    assert hand.controls.notice == "There are no knobs here."
