"""Parallel columns: one unit's failure moves every tier; what that costs, and when there is no way left."""

from __future__ import annotations

import pytest
from sim.small import cut, heal, lost, of, on_link, pair, played, repair, strike, times_s, tuned, us, world

from visualizer.ledger import account
from visualizer.sim import State
from visualizer.sim.command import Command
from visualizer.sim.event import Booted, Demoted, InDoubt, Rejoined, SetAside, StateLost, Status, Takeover
from visualizer.sim.setup import Rate, Setup
from visualizer.sim.state import Role


def columns(*commands: Command, tiers: int = 2, policy: str = "periodic", **traffic: object) -> Setup:
    """Each pair with a cable for heartbeats and one for copies; all copy every 3 s."""
    pairs = [pair(name=f"t{number}", policy=policy, sync_latency_s=0) for number in range(tiers)]
    return world(*pairs, duration_s=30, path="parallel", commands=commands, **traffic)


def flows(state: State) -> dict[str, int]:
    """Lost sessions by cause; a tier that lost no more than entries of those is left out."""
    return {cause: count for cause, count in lost(state).items() if count}


def test_the_rest_of_the_column_is_set_aside_at_once() -> None:
    """And comes back as the standby of its successor when the path has moved at 13 s."""
    state, events = played(columns(strike(11), tiers=3))
    assert [(event.at_us, event.tier, event.unit) for event in of(events, SetAside)] == [
        (us(11), 1, 0),
        (us(11), 2, 0),
    ]
    assert times_s(events, Takeover) == [13, 13, 13]
    assert times_s(events, Booted) == [13, 13]
    assert times_s(events, Rejoined) == [13, 13]
    assert [[unit.role for unit in tier.units] for tier in state.tiers] == [
        [Role.DOWN, Role.ACTIVE],
        [Role.STANDBY, Role.ACTIVE],
        [Role.STANDBY, Role.ACTIVE],
    ]
    assert flows(state) == {"unsynced": 19}
    assert account(state).lost.entries == 3 * 19
    assert account(state).interrupted == {Status.NOBODY_ACTIVE: 20}


def test_the_first_watcher_moves_all_tiers() -> None:
    """The second tier notices after one second, though it was the first that was struck."""
    tiers = [pair(name="t0"), pair(name="t1", heartbeat_s=0.5, misses=2)]
    _, events = played(world(*tiers, path="parallel", commands=[strike(11)]))
    assert [(event.at_us, event.tier) for event in of(events, Takeover)] == [(us(11.5), 1), (us(11.5), 0)]


def test_a_standby_that_dies_moves_nothing() -> None:
    state, events = played(columns(strike(11, unit=1)))
    assert not of(events, SetAside)
    assert account(state).stateful


def test_without_a_whole_column_nobody_takes_over_until_one_is_repaired() -> None:
    """The second tier's standby is dead when the first tier's active dies; it is back at 17.5 s."""
    setup = columns(strike(8, unit=1, tier=1), strike(11), repair(17.5, unit=1, tier=1))
    state, events = played(setup)
    assert times_s(events, Takeover) == [18, 18]
    assert account(state).no_service_us == us(7)
    assert lost(state) == {"unsynced": 19, "no_survivor": 91}


def test_a_second_failure_finds_no_column_until_the_first_unit_is_repaired() -> None:
    """Moved at 13 s, the other column dies at 15 s; the first one is whole again at 20.5 s."""
    setup = columns(strike(11), strike(15, unit=1, tier=1), repair(20.5))
    state, events = played(setup)
    assert [(event.at_us, event.tier, event.unit) for event in of(events, Takeover)] == [
        (us(13), 0, 1),
        (us(13), 1, 1),
        (us(21), 1, 0),
        (us(21), 0, 0),
    ]
    assert account(state).no_service_us == us(2 + 6)
    assert state.service[0][-1][1] is Status.SERVED


def test_units_set_aside_serve_the_next_failure() -> None:
    """Moved at 13 s, repaired at 14 s, copied at 15 s: a bolt at 17.55 s costs what came since."""
    setup = columns(strike(11), repair(14), strike(17.55, unit=1, tier=1))
    state, events = played(setup)
    assert times_s(events, Takeover) == [13, 13, 20, 20]
    assert flows(state) == {"unsynced": 19 + 25}


@pytest.mark.parametrize("struck", [0, 3, 7])
def test_eight_tiers_move_together(struck: int) -> None:
    setup = columns(strike(11, tier=struck), tiers=8, transaction_rate=Rate(1), lifetime_us=us(8))
    state, events = played(setup)
    assert times_s(events, Takeover) == [13] * 8
    assert account(state).lost.entries == 8 * account(state).lost.sessions
    assert [tier.serving for tier in state.tiers] == [1] * 8


def test_two_units_of_one_column_are_one_failure() -> None:
    state, events = played(columns(strike(11), strike(11, tier=1)))
    assert times_s(events, Takeover) == [13, 13]
    assert flows(state) == {"unsynced": 19}


def test_one_unit_of_each_column_is_the_end_of_both() -> None:
    """What survives serves nobody: the first tier has only its secondary, the second only its primary."""
    state, events = played(columns(strike(11), strike(11, unit=1, tier=1)))
    assert not of(events, Takeover)
    assert account(state).no_service_us == us(19)


@pytest.mark.parametrize(("beats_s", "misses", "gone"), [(1, 3, {}), (0.25, 2, {"in_flight": 1})])
def test_what_a_unit_set_aside_has_sent_still_arrives(
    beats_s: float, misses: int, gone: dict[str, int]
) -> None:
    """The changes of 10.7 to 11.1 s are on the second tier's cable: all arrive by 13 s, four by 11.5 s."""
    tiers = [
        pair(name=f"t{n}", policy="streaming", latency_s=n * 0.5, heartbeat_s=beats_s, misses=misses)
        for n in (0, 1)
    ]
    state, _ = played(world(*tiers, path="parallel", commands=[strike(11.2, "host")]))
    assert lost(state) == gone


def test_who_has_no_answer_when_the_column_moves_hangs() -> None:
    setup = columns(strike(11), policy="streaming", response_us=us(0.3))
    state, events = played(setup)
    assert account(state).interrupted == {Status.HUNG: 3, Status.NOBODY_ACTIVE: 20}
    assert [event.transactions for event in of(events, InDoubt)] == [3]


@pytest.mark.parametrize("policy", ["periodic", "streaming", "synchronous"])
def test_a_switchover_takes_the_whole_column_along_and_loses_nothing(policy: str) -> None:
    state, events = played(columns(strike(11.05, "switchover", tier=1), tiers=3, policy=policy))
    assert {event.tier for event in of(events, Takeover)} == {0, 1, 2}
    assert len(set(times_s(events, Takeover))) == 1
    assert account(state).stateful
    assert not of(events, Demoted)
    assert {unit.role for tier in state.tiers for unit in tier.units} == {Role.ACTIVE, Role.STANDBY}


def test_a_switchover_needs_a_whole_column() -> None:
    state, events = played(columns(strike(5, unit=1), strike(11, "switchover", tier=1)))
    assert not of(events, Takeover)
    assert account(state).interrupted == {}


def test_a_column_hands_over_only_when_every_tier_has_everything() -> None:
    """The second tier's cable is cut while the batches are on their way: all go on as before."""
    tiers = [pair(name=name, sync_latency_s=0.5) for name in ("a", "b")]
    commands = [strike(11, "switchover"), cut(11.2, link=1, tier=1)]
    state, events = played(world(*tiers, path="parallel", commands=commands))
    assert not of(events, Takeover)
    assert account(state).interrupted == {Status.REFUSED: 5}
    assert account(state).stateful


def test_failing_back_discards_in_every_tier() -> None:
    state, events = played(columns(strike(11, "failback")))
    assert {event.tier for event in of(events, Takeover)} == {0, 1}
    assert flows(state) == {"failback": 19}
    assert account(state).lost.entries == 38


def test_lost_heartbeats_of_one_tier_move_all_and_the_losers_of_the_others_are_a_cascade() -> None:
    """Takeover at 13 s, with the copy of 12 s. The second tier's old active hears of it at once; what the
    first tier's old active forgets at 15 s is gone already.
    """
    state, events = played(columns(on_link(11, "heartbeat-loss"), heal(14.5)))
    assert times_s(events, Takeover) == [13, 13]
    assert [(event.at_us, event.tier) for event in of(events, Demoted)] == [(us(13), 1), (us(15), 0)]
    assert lost(state) == {"cascade": 9}
    assert [event.entries for event in of(events, StateLost)] == [9]


def test_a_column_that_waits_for_its_standbys_loses_nothing() -> None:
    tiers = [tuned(pair(policy="synchronous", latency_s=0.2), name=name) for name in ("a", "b", "c")]
    state, _ = played(world(*tiers, path="parallel", commands=[strike(11, tier=1)]))
    assert lost(state) == {}
    assert account(state).interrupted[Status.HUNG] == 4
