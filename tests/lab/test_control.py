"""When service is back after a strike: what was learnt from one run equals what runs struck there show."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lab.troubles import troubles
from property.mechanisms import MECHANISMS, dice_of, instant, plain_world
from property.profile import examples
from theory.designs import MS, pair, world

from visualizer.lab.beat_trial import after_us
from visualizer.lab.columns import NEVER_US
from visualizer.lab.control import control_of, controlling
from visualizer.lab.control_result import Control
from visualizer.lab.control_strike import NOBODY
from visualizer.lab.strike import undisturbed
from visualizer.scenario import load, shipped_names
from visualizer.sim import State, advance, start
from visualizer.sim.command import LinkTarget, Strike, UnitTarget
from visualizer.sim.setup import US_PER_S, HeartbeatSetup, LinkSetup, Setup, Share, TrafficSetup

LONG = ("dublin-2011", "jitter")


def struck_for_real(setup: Setup, at_us: int, tier: int, unit: int, fault: str) -> tuple[int, int]:
    """(takeover, restored) of a whole run, clients and all, that goes on after the scenario's end."""
    acts = list(undisturbed(setup).commands)
    if unit != NOBODY:
        acts.append(Strike(at_us, fault, UnitTarget(tier, unit)))
    acts.sort(key=lambda act: act.at_us)
    longer = replace(setup, commands=tuple(acts), duration_us=setup.duration_us + after_us(setup))
    state = start(longer)
    advance(state, at_us - 1)
    known = len(state.failovers)
    advance(state, at_us)
    served_us = _next_served_us(state.copy(), tier)
    advance(state, longer.duration_us)
    for one in state.failovers[known:]:
        if (one.tier, one.unit, one.fault) == (tier, unit, fault):
            return _or_never(one.takeover_us), _or_never(one.restored_us)
    return NEVER_US, served_us


def _next_served_us(state: State, tier: int) -> int:
    while any(server is None for server in state.tiers[tier].servers[: state.groups]):
        if not state.agenda or state.agenda[0][0] > state.setup.duration_us:
            return NEVER_US
        advance(state, state.agenda[0][0])
    return state.now_us


def _or_never(at_us: int | None) -> int:
    return NEVER_US if at_us is None else at_us


def agree(
    control: Control, setup: Setup, instants: np.ndarray, tier: int = 0, fault: str = "lightning"
) -> None:
    instants = np.clip(instants, 0, setup.duration_us)
    instants = np.unique(instants // max(control.every_us, 1) * max(control.every_us, 1))
    found = zip(
        control.takeovers_us(instants).tolist(), control.restorations_us(instants).tolist(), strict=True
    )
    units = control.units(instants).tolist()
    for at_us, unit, learnt in zip(instants.tolist(), units, found, strict=True):
        assert learnt == struck_for_real(setup, at_us, tier, unit, fault), (at_us, unit)


def around(control: Control, count: int) -> np.ndarray:
    """Just before and just after where one stretch ends and the next begins."""
    edges = control.to_us[np.linspace(0, len(control.to_us) - 1, count).astype(np.int64)]
    return np.concatenate([edges, edges + 1])


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_scenario(name: str) -> None:
    setup = load(name).setup
    few = 2 if name in LONG else 5
    for tier in range(len(setup.tiers)):
        control = control_of(setup, tier)
        evenly = np.linspace(0, setup.duration_us, few).astype(np.int64)
        agree(control, setup, np.concatenate([evenly, around(control, few)]), tier)
        assert control.every_us == 0
        assert control.to_us[-1] == setup.duration_us


@examples(12)
@given(st.integers(0, 1_000_000))
def test_odd_designs(seed: int) -> None:
    """Two or three mechanisms in one world: guards, lost announcements, serial cables, parallel columns..."""
    dice = dice_of(seed)
    setup = plain_world(dice)
    for _ in range(dice((1, 2, 3))):
        setup = MECHANISMS[dice(sorted(MECHANISMS))][0](dice, setup)
    setup = replace(setup, commands=troubles(dice, setup))
    tier, fault = dice(range(len(setup.tiers))), dice(("lightning", "host", "process"))
    control = control_of(setup, tier, fault, dice((None, None, 0)))
    anywhere = np.array([instant(dice) for _ in range(3)])
    agree(control, setup, np.concatenate([anywhere, around(control, 3)]), tier, fault)


def test_the_article_by_hand() -> None:
    """Heartbeats at 0 s, 1 s, 2 s...; a strike at 1.0 s goes before the one of that instant."""
    control = control_of(world(TrafficSetup(), pair()))
    instants = np.array([0, 1, 500 * MS, US_PER_S, US_PER_S + 1, 10 * US_PER_S])
    assert control.takeovers_us(instants).tolist() == [3 * US_PER_S] * 4 + [4 * US_PER_S, 12 * US_PER_S]
    assert control.outages_us(instants).tolist() == [
        3_000_000, 2_999_999, 2_500_000, 2_000_000, 2_999_999, 2_000_000,
    ]  # fmt: skip
    assert control.units(instants).tolist() == [0] * 6


def test_a_periodic_run_is_learnt_from_a_handful_of_strikes() -> None:
    """An hour costs hardly more strikes than a minute."""
    setup = world(TrafficSetup(session_rate=None), pair())
    minute, hour = (control_of(replace(setup, duration_us=s * US_PER_S)).strikes for s in (60, 3600))
    assert hour <= minute + 12
    assert minute < 40


def test_a_run_of_chance_is_struck_on_a_grid_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("visualizer.lab.control.MOST_STRIKES", 40)
    monkeypatch.setattr("visualizer.lab.control.GRID_STRIKES", 30)
    tier = replace(
        pair(), links=(LinkSetup("heartbeat", jitter_us=300 * MS, loss=Share(1, 10)), LinkSetup("sync"))
    )
    setup = world(TrafficSetup(session_rate=None), tier, duration_s=30)
    control = control_of(setup)
    assert control.every_us == US_PER_S
    agree(control, setup, np.arange(0, 30, 7) * US_PER_S)
    assert control.outages_us(np.array([7_000_000])) == control.outages_us(np.array([7_900_000]))


def test_steps_are_short_and_end_in_the_same() -> None:
    setup = world(TrafficSetup(), replace(pair(), heartbeat=HeartbeatSetup(200 * MS, 4)))
    steps, count = controlling(setup), 0
    while True:
        try:
            next(steps)
            count += 1
        except StopIteration as end:
            found: Control = end.value
            break
    assert count > 10
    assert found.to_us.tolist() == control_of(setup).to_us.tolist()


def test_whoever_holds_the_state_is_struck() -> None:
    """A cut cable made the secondary active; the bolt falls on that one, or, if asked, on the primary."""
    setup = replace(
        world(TrafficSetup(), pair()),
        commands=(
            Strike(2 * US_PER_S, "cut", LinkTarget(0, 0)),
            Strike(5 * US_PER_S, "heal", LinkTarget(0, 0)),
        ),
    )
    late = np.array([9 * US_PER_S])
    assert control_of(setup).units(late) == 1
    assert control_of(setup, unit=0).outages_us(late) == 0
