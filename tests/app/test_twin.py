"""The twin run on the real window: V, striking in any pane, time, undo, leaving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pygame
import pytest
from app.hand import Hand

from visualizer.app.twin import TwinRun
from visualizer.opening import open_scenario
from visualizer.timeline.run import Run

S = 1_000_000
Open = Callable[..., Hand]


def at(open_hand: Open, at_us: int, scenario: str = "article", *, faultless: bool = True) -> Hand:
    """The window on a scenario, at an instant, with no event of its own."""
    hand = open_hand(scenario)
    if faultless:
        document = hand.controls.document
        setup = Run(document.setup).setup
        quiet = replace(setup, commands=())
        hand.controls.show(Run(quiet), replace(document, setup=quiet))
    hand.controls.seek(at_us)
    hand.turn()
    return hand


def choose(hand: Hand, number: int) -> None:
    """V, and the line of that number."""
    hand.key(pygame.K_v)
    for _ in range(number):
        hand.key(pygame.K_DOWN)
    hand.key(pygame.K_RETURN)


def lost(hand: Hand) -> list[int]:
    return [len(run.state.lost_sessions) for run in hand.controls.runs]


def test_v_lists_the_comparisons_and_enter_shows_one_at_the_same_instant(open_hand: Open) -> None:
    hand = at(open_hand, 10_400_000)
    hand.key(pygame.K_v)
    assert "Compare designs" in hand.words()
    assert "Periodic or synchronous copying" in hand.words()
    hand.key(pygame.K_ESCAPE)
    assert "Compare designs" not in hand.words()
    choose(hand, 1)
    assert [run.setup.tiers[0].sync.policy for run in hand.controls.runs] == [
        "periodic",
        "semi-sync",
        "synchronous",
    ]
    assert {run.now_us for run in hand.controls.runs} == {10_400_000}
    assert {"Periodic", "Semi-synchronous", "Synchronous", "all three runs, one clock · 1× speed"} <= set(
        hand.words()
    )


def test_a_line_of_the_list_can_be_clicked(open_hand: Open) -> None:
    hand = at(open_hand, 10 * S)
    hand.key(pygame.K_v)
    hand.click("dialog:2")
    assert [run.setup.tiers[0].links[0].kind for run in hand.controls.runs] == [
        "serial",
        "network",
        "network",
    ]


@pytest.mark.parametrize("pane", [0, 1, 2])
def test_a_click_in_any_pane_strikes_in_all_of_them(open_hand: Open, pane: int) -> None:
    hand = at(open_hand, 11 * S)
    choose(hand, 1)
    hand.click(f"pane:{pane}:unit:0:0")
    assert lost(hand) == [19, 0, 0]
    assert len({run.acts for run in hand.controls.runs}) == 1
    assert len(hand.controls.run.acts) == 1
    assert (
        hand.controls.notice
        == "Firewall primary is struck by lightning at 11.00 s. Press Space to see what follows."
    )
    assert "19 sessions more" in hand.words()


def test_what_was_done_before_is_done_in_every_design(open_hand: Open) -> None:
    hand = at(open_hand, 11 * S)
    hand.click("unit:0:0")
    choose(hand, 1)
    assert lost(hand) == [19, 0, 0]


def test_one_clock_moves_all_runs(open_hand: Open) -> None:
    hand = at(open_hand, 11 * S)
    choose(hand, 1)
    hand.key(pygame.K_RIGHT)
    assert {run.now_us for run in hand.controls.runs} == {11_010_000}
    hand.drag("timeline", 0.2, 0.35)
    assert len({run.now_us for run in hand.controls.runs}) == 1
    assert abs(hand.controls.run.now_us - 7 * S) < 50_000
    hand.play_to(7 * S + 300_000)
    assert len({run.now_us for run in hand.controls.runs}) == 1
    assert hand.controls.run.now_us >= 7 * S + 300_000


def test_next_and_previous_stop_at_what_matters_in_any_run(open_hand: Open) -> None:
    hand = at(open_hand, 60 * S + 500_000, "serial-cable", faultless=False)
    choose(hand, 2)
    hand.key(pygame.K_n)
    assert {run.now_us for run in hand.controls.runs} == {
        62_000_100
    }  # nothing more happens over the serial cable
    hand.key(pygame.K_n)
    assert hand.controls.run.now_us == 62_040_000
    hand.key(pygame.K_p)
    assert {run.now_us for run in hand.controls.runs} == {62_000_100}


def test_undo_takes_a_strike_back_in_all_runs_and_then_the_twin_run(open_hand: Open) -> None:
    hand = at(open_hand, 11 * S)
    single = hand.controls.run
    choose(hand, 1)
    runs = hand.controls.runs
    hand.click("pane:1:unit:0:0")
    hand.key(pygame.K_u)
    assert hand.controls.runs == runs
    assert lost(hand) == [0, 0, 0]
    hand.key(pygame.K_u, pygame.KMOD_SHIFT)
    assert lost(hand) == [19, 0, 0]
    hand.key(pygame.K_u)
    hand.key(pygame.K_u)
    assert hand.controls.runs == (single,)
    assert "unit:0:0" in hand.window.picture.scene.targets
    hand.key(pygame.K_u, pygame.KMOD_SHIFT)
    assert hand.controls.runs == runs
    assert "pane:2:unit:0:0" in hand.window.picture.scene.targets


@pytest.mark.parametrize("key", [pygame.K_v, pygame.K_ESCAPE])
def test_v_or_escape_leaves_to_the_run_as_it_was_at_the_same_instant(open_hand: Open, key: int) -> None:
    hand = at(open_hand, 11 * S)
    single = hand.controls.run
    choose(hand, 1)
    hand.click("pane:0:unit:0:0")
    hand.key(pygame.K_RIGHT)
    hand.key(key)
    assert hand.controls.runs == (single,)
    assert single.now_us == 11_010_000
    assert not single.acts
    assert not hand.controls.leaving


def test_escape_closes_first_what_lies_over_the_twin_run(open_hand: Open) -> None:
    hand = at(open_hand, 11 * S)
    choose(hand, 1)
    hand.key(pygame.K_F1)
    hand.key(pygame.K_ESCAPE)
    assert not hand.controls.help_open
    assert len(hand.controls.runs) == 3
    hand.controls.open_menu("pane:1:unit:0:0")
    hand.turn()
    hand.key(pygame.K_ESCAPE)
    assert hand.controls.menu is None
    assert len(hand.controls.runs) == 3


def test_pointing_lights_the_same_thing_everywhere_and_tab_goes_through_all_panes(open_hand: Open) -> None:
    hand = at(open_hand, 11 * S)
    choose(hand, 1)
    hand.move(hand.place("pane:1:unit:0:0"))
    assert hand.controls.hover == "pane:1:unit:0:0"
    assert hand.words().count("no loss") == 2
    hand.key(pygame.K_TAB)
    while hand.controls.focus != "pane:2:unit:0:0":
        hand.key(pygame.K_TAB)
    hand.key(pygame.K_RETURN)
    assert lost(hand) == [19, 0, 0]


def test_the_menu_offers_what_fits_in_its_own_pane(open_hand: Open) -> None:
    hand = at(open_hand, 14_300_000, "parallel", faultless=False)
    choose(hand, 0)
    for pane, word in ((0, "set aside"), (1, "active")):
        hand.controls.open_menu(f"pane:{pane}:unit:0:0")
        assert hand.controls.menu is not None
        assert hand.controls.menu.about.startswith(word)
        hand.controls.escape()


def test_a_strike_that_fits_in_one_run_only_is_done_there(open_hand: Open) -> None:
    hand = at(open_hand, 14_300_000, "parallel", faultless=False)
    choose(hand, 0)
    before = lost(hand)
    hand.click("pane:1:unit:0:0")
    assert lost(hand)[1] > before[1]


def test_with_one_tier_paths_are_compared_in_the_scenario_that_has_them(open_hand: Open) -> None:
    hand = at(open_hand, 10 * S)
    hand.key(pygame.K_v)
    assert any(
        "With the scenario parallel; not with this one: it has one tier" in text for text in hand.words()
    )
    hand.key(pygame.K_RETURN)
    assert [run.setup.name for run in hand.controls.runs] == ["parallel", "parallel"]
    assert [run.setup.path for run in hand.controls.runs] == ["parallel", "cross"]
    assert hand.controls.run.now_us == 13 * S
    hand.key(pygame.K_v)
    assert (hand.controls.run.setup.name, hand.controls.run.now_us) == ("article", 10 * S)


def test_reset_starts_all_of_them_again(open_hand: Open) -> None:
    hand = at(open_hand, 11 * S)
    choose(hand, 1)
    hand.click("pane:0:unit:0:0")
    hand.key(pygame.K_F5)
    assert len(hand.controls.runs) == 3
    assert not any(run.acts for run in hand.controls.runs)
    assert {run.now_us for run in hand.controls.runs} == {0}
    assert "pane:2:unit:0:0" in hand.window.picture.scene.targets


def test_saving_saves_the_first_run_and_says_so(open_hand: Open, tmp_path: Path) -> None:
    hand = at(open_hand, 11 * S)
    choose(hand, 1)
    hand.click("pane:0:unit:0:0")
    hand.key(pygame.K_s, pygame.KMOD_CTRL)
    assert hand.controls.notice.endswith(": the first of these runs")
    saved = open_scenario(str(next(tmp_path.glob("*-run-*.yaml"))))
    assert saved.setup.tiers[0].sync.policy == "periodic"
    assert Run(saved.setup).trace_sha256() == hand.controls.run.trace_sha256()


def test_a_run_without_a_scenario_cannot_be_compared(open_hand: Open) -> None:
    hand = open_hand("article", document=None)
    hand.key(pygame.K_v)
    assert hand.controls.notice == "This run cannot be compared: its scenario is not known."
    assert hand.controls.menu is None


def test_what_does_not_fit_is_said_in_one_line(open_hand: Open, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "title: own\nduration: 20s\ntraffic: {rate: 10/s}\n"
        "tiers:\n  firewall:\n    sync: {policy: streaming, transport: datagram, refresh: 5s}\n"
    )
    hand = open_hand(str(path))
    hand.controls.feature(TwinRun).start("copying")
    assert not hand.controls.others
    assert hand.controls.notice.startswith("Periodic or synchronous copying: not with this scenario. ")


@pytest.mark.parametrize("key", [pygame.K_k, pygame.K_w, pygame.K_b, pygame.K_g])
def test_what_is_meant_for_one_run_is_refused_in_words(open_hand: Open, key: int) -> None:
    hand = at(open_hand, 11 * S)
    choose(hand, 1)
    hand.key(key)
    assert hand.controls.notice == "That is for a single run. V leaves the comparison."
    hand.key(pygame.K_v)
    hand.key(key)
    assert hand.controls.notice != "That is for a single run. V leaves the comparison."
