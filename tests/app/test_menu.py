"""The menu of faults: what it offers, and working it by mouse and by keys on the real window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never, get_args

import pygame
import pytest
from app.hand import FRAME_NS, Hand

from visualizer.app import keys
from visualizer.app.controls import ACTS, Controls
from visualizer.app.pointing import keys_of_faults, refusal, sentence
from visualizer.scenario import load
from visualizer.scene.targets import (
    applies,
    everything,
    fault_of_click,
    kind_of,
    offers,
    place,
    standing_of,
    target_of,
    title_of,
)
from visualizer.sim.command import FeedTarget, LinkTarget, SiteTarget, Strike, Target, UnitTarget
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import FeedSetup, Quality, Setup, SiteSetup
from visualizer.timeline.run import Run

S = 1_000_000
Open = Callable[..., Hand]
TARGETS = (UnitTarget(0, 0), LinkTarget(0, 0), SiteTarget(0), FeedTarget(0))


def world() -> Setup:
    """The article, in two sites on one feed, with a cable that can get worse."""
    setup = load("article").setup
    tier = setup.tiers[0]
    links = tuple(replace(link, degraded=Quality(500_000)) for link in tier.links)
    return replace(
        setup,
        commands=(),
        tiers=(replace(tier, links=links, sites=(0, 1)),),
        sites=(SiteSetup("one", "Dublin", 0), SiteSetup("two", "Cork", 0)),
        feeds=(FeedSetup("esb", "ESB", ups_us=5 * S),),
    )


def at(at_us: int = 11 * S) -> Controls:
    controls = Controls(Run(world()))
    controls.seek(at_us)
    return controls


def name_of(target: Target) -> str:
    match target:
        case UnitTarget(tier, unit):
            return f"unit:{tier}:{unit}"
        case LinkTarget(tier, link):
            return f"link:{tier}:{link}"
        case SiteTarget(site):
            return f"site:{site}"
        case FeedTarget(feed):
            return f"feed:{feed}"
        case _:
            assert_never(target)


@pytest.mark.parametrize("target", TARGETS, ids=kind_of)
def test_names_and_targets_belong_together(target: Target):
    assert {type(one) for one in TARGETS} == set(get_args(Target))
    assert target_of(name_of(target)) == target
    assert place(target)[1] == 0
    assert target in list(everything(at().run.state, kind_of(target)))


@pytest.mark.parametrize("target", TARGETS, ids=kind_of)
def test_the_menu_offers_what_fits_and_does_something(target: Target):
    controls = at()
    controls.open_menu(name_of(target))
    offered = [choice.fault for choice in controls.menu.choices]
    fitting = [name for name, fault in FAULTS.items() if applies(controls.run.state, fault, target)]
    assert fitting
    assert [name for name in offered if FAULTS[name].target == kind_of(target)] == fitting
    for choice in controls.menu.choices:
        fault = FAULTS[choice.fault]
        assert choice.title.endswith(fault.title)
        assert (choice.summary, choice.key) == (fault.summary, fault.key)


def test_the_menu_of_a_site_offers_its_power_too():
    controls = at()
    controls.open_menu("site:1")
    targets = {FAULTS[choice.fault].target: choice.target for choice in controls.menu.choices}
    assert targets == {"site": "site:1", "feed": "feed:0"}
    assert any(choice.title.startswith("ESB: ") for choice in controls.menu.choices)


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_can_be_done_and_is_told_in_its_own_words(fault: str):
    """From the first state of the run in which it does anything: as it is, or after one other fault."""
    kind = FAULTS[fault].target
    for before in (None, *FAULTS):
        controls = at()
        first = next((t for t in TARGETS if before and applies(controls.run.state, FAULTS[before], t)), None)
        if before and first:
            controls.act(before, first)
        target = next((t for t in TARGETS if kind_of(t) == kind), None)
        if applies(controls.run.state, FAULTS[fault], target):
            break
    else:
        pytest.fail(f"{fault} never does anything")
    assert refusal(controls.run.state, fault, target) is None
    done = len(controls.run.acts)
    controls.act(fault, target)
    [act] = controls.run.acts[done:]
    assert (act.fault, act.target) == (fault, target)
    assert act.at_us - 11 * S in (0, 1)  # one microsecond after power has failed by itself
    assert FAULTS[fault].past in controls.notice
    assert title_of(controls.run.setup, target) in sentence(controls.run.setup, controls.run.acts[-1])


def test_a_click_does_the_first_that_does_anything():
    controls = at()
    for target in TARGETS:
        state = controls.run.state
        assert fault_of_click(state, target) == offers(state, target)[0]
    controls.press("feed:0")
    assert controls.run.acts[-1] == Strike(11 * S, "utility", FeedTarget(0))


def test_every_key_of_a_fault_is_bound_and_in_the_help():
    shown = {label for label, _ in keys.labels()}
    for key in keys_of_faults():
        assert f"fault:{key}" in ACTS
        binding = next(binding for binding in keys.BINDINGS if binding.act == f"fault:{key}")
        modifiers = pygame.KMOD_LSHIFT if binding.modifier else 0
        assert keys.find(ord(key.lower()), modifiers) is binding
        assert {key.upper(), f"Shift {key}"} & shown
    assert set(keys_of_faults()) == {fault.key for fault in FAULTS.values() if fault.key}


def test_the_keys_of_the_menu_walk_round_and_act():
    controls = at()
    controls.focus = "unit:0:0"
    controls.do("menu")
    count = len(controls.menu.choices)
    controls.do("menu_up")
    assert controls.menu.chosen == count - 1
    controls.do("menu_down")
    controls.do("menu_down")
    chosen = controls.menu.choices[1]
    controls.do("menu_accept")
    assert controls.menu is None
    assert [act.fault for act in controls.run.acts] == [chosen.fault]


def test_another_act_closes_the_menu_and_escape_does_no_more():
    controls = at()
    controls.focus = "unit:0:1"
    controls.do("menu")
    controls.do("escape")
    assert controls.menu is None
    assert not controls.leaving
    controls.do("menu")
    controls.do("fault:h")
    assert controls.menu is None
    assert controls.run.acts == (Strike(11 * S, "host", UnitTarget(0, 1)),)


def test_without_anything_pointed_at_the_menu_says_what_to_do():
    controls = at()
    controls.do("menu")
    assert controls.menu is None
    assert controls.notice.startswith("Point at a unit")


def test_how_a_thing_stands_is_told_in_words():
    controls = at()
    controls.act("slow", UnitTarget(0, 0))
    controls.act("degrade", LinkTarget(0, 0))
    assert standing_of(controls.run.state, UnitTarget(0, 0)) == "active and slow"
    assert standing_of(controls.run.state, LinkTarget(0, 0)) == "degraded"


def right_click(hand: Hand, name: str) -> None:
    pos = hand.place(name)
    hand.move(pos)
    pygame.event.post(pygame.Event(pygame.MOUSEBUTTONDOWN, pos=pos, button=3))
    pygame.event.post(pygame.Event(pygame.MOUSEBUTTONUP, pos=pos, button=3))
    hand.turn(2)


def test_a_right_click_opens_it_and_a_click_on_a_line_acts(open_hand: Open):
    hand = open_hand(run=Run(world()), size_px=(1280, 720))
    hand.controls.seek(5 * S)
    hand.turn()
    right_click(hand, "unit:0:0")
    line = next(n for n, choice in enumerate(hand.controls.menu.choices) if choice.fault == "host")
    hand.move(hand.place(f"menu:{line}"))
    assert hand.controls.menu.chosen == line
    hand.click(f"menu:{line}")
    assert hand.controls.menu is None
    assert hand.controls.run.acts == (Strike(5 * S, "host", UnitTarget(0, 0)),)


def test_a_click_beside_it_closes_it_and_does_nothing_else(open_hand: Open):
    hand = open_hand(run=Run(world()), size_px=(1280, 720))
    right_click(hand, "site:0")
    assert hand.controls.menu.target == "site:0"
    pygame.event.post(pygame.Event(pygame.MOUSEBUTTONDOWN, pos=(5, 5), button=1))
    hand.turn(2)
    assert hand.controls.menu is None
    assert hand.controls.run.acts == ()
    right_click(hand, "unit:0:0")
    right_click(hand, "unit:0:1")
    assert hand.controls.menu.target == "unit:0:1"


def test_by_keys_alone_and_time_stands_still(open_hand: Open):
    hand = open_hand(run=Run(world()), size_px=(960, 540))
    hand.key(pygame.K_SPACE)
    hand.turn(30)
    while hand.controls.focus != "unit:0:0":
        hand.key(pygame.K_TAB)
    hand.key(pygame.K_RETURN, pygame.KMOD_LSHIFT)
    before_us = hand.controls.run.now_us
    hand.turn(20, FRAME_NS)
    assert hand.controls.run.now_us == before_us
    hand.key(pygame.K_DOWN)
    fault = hand.controls.menu.choices[1].fault
    hand.key(pygame.K_RETURN)
    assert [act.fault for act in hand.controls.run.acts] == [fault]
    hand.turn(5)
    assert hand.controls.run.now_us > before_us
    hand.key(0x40000065)
    assert hand.controls.menu is not None
    hand.key(pygame.K_ESCAPE)
    assert hand.controls.menu is None
    assert not hand.controls.leaving
