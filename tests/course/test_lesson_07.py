"""Lesson 7: what each guard prevents, and what it costs; never do two serve where there is one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from course.striking import MS, setup_of

from visualizer.lab.beside import others
from visualizer.ledger import account
from visualizer.script.script import Beside
from visualizer.sim import State, advance, start
from visualizer.sim.command import LinkTarget, Strike, UnitTarget
from visualizer.sim.event import (
    Event,
    Fenced,
    ServiceSuspended,
    StateLost,
    Takeover,
    TakeoverRefused,
    UnitStruck,
)
from visualizer.sim.setup import US_PER_S, Setup

NAME = "07-the-cut-link"
NONE, LEASE, FENCING, WITNESS = range(4)


def played(setup: Setup) -> tuple[list[Event], State]:
    """What happens in it, and how it ends."""
    state = start(setup)
    return advance(state, setup.duration_us), state


def lost(events: list[Event]) -> dict[int, int]:
    """Sessions lost in each tier."""
    found = dict.fromkeys(range(4), 0)
    for event in events:
        if isinstance(event, StateLost):
            found[event.tier] += event.sessions
    return found


def cut_once(setup: Setup, tier: int, at_us: int, healed_us: int) -> tuple[list[Event], State]:
    """The lesson's pairs with this cut alone."""
    cable = LinkTarget(tier, 0)
    acts = (Strike(at_us, "cut", cable), Strike(healed_us, "heal", cable))
    return played(replace(setup, commands=acts))


def test_the_cuts_cost_what_the_comment_promises():
    assert lost(played(setup_of(NAME))[0]) == {NONE: 82, LEASE: 41, FENCING: 64, WITNESS: 46}


def test_what_is_given_up_is_made_since_the_copy_and_by_those_who_stay():
    """49 from the copy at 6 s until both serve at 11 s; then every second one of the 70 until the heal. With
    clients that come evenly; else about so many.
    """
    events, _ = cut_once(setup_of(NAME, "traffic.arrivals=fixed"), NONE, 8_400 * MS, 18 * US_PER_S)
    assert lost(events)[NONE] == 49 + 70 // 2


def test_none_of_the_other_clients_come_off_without_a_loss():
    """The card of the last chapter. On average about what evenly spaced clients lose: 84, 43, 59, 43."""
    found = others(setup_of(NAME), Beside("lost", 60, others="as written"))
    assert found.none == 0
    assert found.values[0] > 100
    assert found.mean == pytest.approx(84 + 43 + 59 + 43, rel=0.05)


@pytest.mark.parametrize("tier", [LEASE, WITNESS])
def test_the_old_one_stops_before_the_new_one_begins(tier: int):
    events, _ = played(setup_of(NAME))
    stopped = next(one.at_us for one in events if isinstance(one, ServiceSuspended) and one.tier == tier)
    begun = next(one.at_us for one in events if isinstance(one, Takeover) and one.tier == tier)
    assert stopped < begun


def test_the_old_one_is_off_before_the_new_one_begins():
    events, _ = played(setup_of(NAME))
    fenced = next(place for place, one in enumerate(events) if isinstance(one, Fenced))
    begun = next(
        place for place, one in enumerate(events) if isinstance(one, Takeover) and one.tier == FENCING
    )
    assert fenced < begun


def test_a_fence_that_fails_lets_nobody_take_over():
    setup = setup_of(NAME, "tiers.application.guard.success=0%")
    events, _ = cut_once(setup, FENCING, 44_400 * MS, 54 * US_PER_S)
    assert not [one for one in events if isinstance(one, Takeover | UnitStruck)]


def test_with_a_lease_the_primary_stops_where_its_partner_is_dead():
    dead = Strike(25 * US_PER_S, "lightning", UnitTarget(LEASE, 1))
    events, state = played(replace(setup_of(NAME), commands=(dead,)))
    stopped = [one for one in events if isinstance(one, ServiceSuspended)]
    assert [(one.at_us, one.tier, one.unit) for one in stopped] == [(27 * US_PER_S, LEASE, 0)]
    assert account(state).no_service_us > 60 * US_PER_S


def test_the_witness_says_no_as_long_as_it_sees_the_active_one():
    events, state = cut_once(setup_of(NAME), WITNESS, 62_400 * MS, 72 * US_PER_S)
    refused = [one.at_us for one in events if isinstance(one, TakeoverRefused)]
    assert refused[0] == 65 * US_PER_S
    assert not state.losses
    assert account(state).requests_interrupted == 0


def test_the_task_a_cut_right_after_a_sync_costs_less():
    setup = setup_of(NAME)
    instants_us = (24_100 * MS, 26_900 * MS)
    after, before = (lost(cut_once(setup, LEASE, at_us, 36 * US_PER_S)[0])[LEASE] for at_us in instants_us)
    assert 0 < after < before
