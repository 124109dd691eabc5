"""The audit finds a falsified state: each of these would be a wrong number on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from sim.small import pair, played, strike, us, world

from visualizer.sim import ConservationError, State, advance, command, finish, start
from visualizer.sim.audit import hands_changed
from visualizer.sim.setup import Rate
from visualizer.sim.state import Role
from visualizer.sim.traffic import FAR_US

TRAFFIC = {"transaction_rate": Rate(1), "lifetime_us": us(8), "initial_sessions": 5}


def forget_a_loss(state: State) -> None:
    state.losses.clear()
    state.lost_sessions = np.zeros(0, dtype=np.int64)
    state.lost_by = np.zeros(0, dtype=np.int64)


def lose_one_less(state: State) -> None:
    state.losses[0] = replace(state.losses[0], sessions=state.losses[0].sessions[1:])


def lose_one_twice(state: State) -> None:
    sessions = state.losses[0].sessions
    state.losses[0] = replace(state.losses[0], sessions=np.append(sessions, sessions[-1]))


def count_one_more(state: State) -> None:
    served, *failed = state.tally.sessions
    state.tally = replace(state.tally, sessions=(served + 1, *failed))


def count_a_failure_as_served(state: State) -> None:
    served, nobody, *rest = state.tally.sessions
    state.tally = replace(state.tally, sessions=(served + 1, nobody - 1, *rest))


def count_one_close_less(state: State) -> None:
    state.tally = replace(state.tally, closed=state.tally.closed - 1)


def hold_one_more(state: State) -> None:
    assert state.held is not None
    state.held = (state.held[0] + 1,)


def know_nothing(state: State) -> None:
    state.held = None
    state.change_unit(0, 1, own=((),), copied_us=-1)


def take_nothing_in(state: State) -> None:
    own = tuple((low, min(high, state.now_us)) for low, high in state.tiers[0].units[1].own[0])
    state.change_unit(0, 1, own=(own,))


CORRUPTIONS: list[Callable[[State], None]] = [
    forget_a_loss,
    lose_one_less,
    lose_one_twice,
    count_one_more,
    count_a_failure_as_served,
    count_one_close_less,
    hold_one_more,
    know_nothing,
    take_nothing_in,
]


def after_a_failover() -> State:
    """At 15 s: struck at 11 s, taken over at 13 s, its books checked."""
    state, _ = played(world(commands=[strike(11)], **TRAFFIC), until_s=15)
    assert state.losses
    assert state.held is not None
    return state


def test_an_honest_state_passes() -> None:
    state = after_a_failover()
    advance(state, us(20))
    finish(state)


@pytest.mark.parametrize("corrupt", CORRUPTIONS)
def test_a_falsified_state_is_found(corrupt: Callable[[State], None]) -> None:
    state = after_a_failover()
    corrupt(state)
    with pytest.raises(ConservationError, match=r"world|firewall"):
        advance(state, us(20))


def test_state_that_vanishes_without_being_booked_is_found_at_the_next_change_of_hands() -> None:
    """A unit forgets the transactions of a second; nobody notices until it is the only one left."""
    state = start(world(commands=[strike(11, unit=1)], session_rate=None, **TRAFFIC | {"lifetime_us": None}))
    advance(state, us(10))
    state.change_unit(0, 0, own=(((-1, us(4)), (us(5), FAR_US)),))
    state.change_unit(0, 1, own=((),), copied_us=-1)
    with pytest.raises(ConservationError, match="not booked"):
        hands_changed(state, 0)


def test_a_dead_unit_holds_nothing_whatever_it_knew() -> None:
    state = after_a_failover()
    state.change_unit(0, 1, role=Role.DOWN)
    state.held = None
    with pytest.raises(ConservationError):
        advance(state, us(20))


def test_the_end_of_a_run_counts_anew_what_every_unit_holds() -> None:
    """A loss booked in a quiet second, when nothing changes hands: the totals agree with each other."""
    state = after_a_failover()
    advance(state, us(15.5))
    state.losses.append(replace(state.losses[0], at_us=us(15.2)))
    advance(state, us(20))
    with pytest.raises(ConservationError, match="counted"):
        finish(state)


def test_a_tick_that_was_not_checked_yet_is_checked_at_the_end() -> None:
    state = after_a_failover()
    advance(state, us(15.5))
    assert state.audited_us == us(15)
    finish(state)
    assert state.audited_us == us(15.5)


@pytest.mark.parametrize("at_s", [0, 5, 20])
def test_an_act_comes_too_late_when_its_instant_has_passed(at_s: float) -> None:
    state, _ = played(world(), until_s=at_s)
    with pytest.raises(ValueError, match="too late"):
        command(state, strike(at_s))


def test_eight_tiers() -> None:
    """All struck one after another; each takes over, and the path is served again at the end."""
    tiers = [pair(name=f"t{number}", sync_phase_s=0.25 * number, latency_s=0.01) for number in range(8)]
    commands = [strike(5 + number, tier=number) for number in range(8)]
    state, _ = played(world(*tiers, duration_s=30, commands=commands, **TRAFFIC))
    assert [tier.serving for tier in state.tiers] == [1] * 8
    assert state.service[0][-1][1] == "served"
    assert len(state.failovers) == 8
