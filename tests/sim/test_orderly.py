"""What people do on purpose: stop a unit, hand over, fail back; and what may come between."""

from __future__ import annotations

import pytest
from sim.small import cut, lost, of, pair, played, repair, strike, times_s, tuned, us, world

from visualizer.ledger import account
from visualizer.sim.event import (
    Demoted,
    Farewell,
    Rejoined,
    ServiceResumed,
    Status,
    Takeover,
    TakeoverBegun,
)
from visualizer.sim.setup import TierSetup
from visualizer.sim.state import Role

ALL_POLICIES = ("periodic", "streaming", "semi-sync", "synchronous", "snapshot")


def narrow() -> TierSetup:
    """A change takes 0.2 s on the sync cable: at 2 s ten of twenty are still to be sent."""
    return tuned(
        pair(policy="streaming", sync_latency_s=0),
        sync={"change_bytes": 1000},
        link={"bandwidth_bps": 40_000},
    )


def test_a_farewell_spares_the_hold_time() -> None:
    """0.1 s of cable and the skew of 0.6 s; what was not copied yet goes with it."""
    tier = tuned(pair(latency_s=0.1), heartbeat={"skew_us": (0, us(0.6))})
    state, events = played(world(tier, commands=[strike(11, "stop")]))
    assert [(event.at_us, event.due_us) for event in of(events, Farewell)] == [(us(11), us(11.1))]
    assert times_s(events, Takeover) == [11.7]
    assert account(state).stateful
    assert account(state).interrupted == {Status.NOBODY_ACTIVE: 7}


def test_a_farewell_that_nobody_hears_is_silence() -> None:
    state, events = played(world(pair(sync_latency_s=0), commands=[cut(10.5), strike(11, "stop")]))
    assert [event.due_us for event in of(events, Farewell)] == [None]
    assert times_s(events, Takeover) == [13]
    assert account(state).stateful  # the last copy went over the other cable


def test_a_standby_that_stops_says_nothing() -> None:
    state, events = played(world(commands=[strike(11, "stop", unit=1)]))
    assert not of(events, Farewell)
    assert account(state).stateful
    assert state.tiers[0].units[1].role is Role.DOWN


@pytest.mark.parametrize("policy", ALL_POLICIES)
@pytest.mark.parametrize("response_s", [0, 0.3])
def test_a_switchover_loses_nothing(policy: str, response_s: float) -> None:
    """With a response time the requests under way hang, which is no loss."""
    tier = tuned(pair(policy=policy, latency_s=0.1), sync={"timeout_us": us(5), "transfer_us": us(0.2)})
    setup = world(tier, response_us=us(response_s), commands=[strike(11.05, "switchover")])
    state, events = played(setup)
    assert account(state).stateful
    assert [event.why for event in of(events, TakeoverBegun)] == ["handover"]
    assert [event.unit for event in of(events, Takeover)] == [1]
    assert [unit.role for unit in state.tiers[0].units] == [Role.STANDBY, Role.ACTIVE]
    refused_s = times_s(events, Takeover)[0] - 11.1
    assert account(state).interrupted[Status.REFUSED] == round(refused_s * 10 + 0.5)


def test_a_switchover_of_a_pair_that_copies_nothing_loses_everything() -> None:
    state, events = played(world(pair(policy="none"), commands=[strike(11, "switchover")]))
    assert times_s(events, Takeover) == [11]
    assert lost(state) == {"never_synced": 110}


def test_after_a_switchover_the_old_active_is_a_standby_like_any_other() -> None:
    """Handed over at 11 s; the new active copies at 12 s and is struck at 13.55 s."""
    state, events = played(world(commands=[strike(11, "switchover"), strike(13.55, unit=1)]))
    assert times_s(events, Takeover) == [11, 16]
    assert lost(state) == {"unsynced": 15}


def test_a_switchover_waits_for_its_queue() -> None:
    """Ten changes at 0.2 s each: two seconds in which nobody is served."""
    state, events = played(world(narrow(), commands=[strike(2, "switchover")]))
    assert times_s(events, Takeover) == [4]
    assert account(state).stateful
    assert account(state).interrupted == {Status.REFUSED: 20}


def test_a_switchover_whose_cable_is_cut_is_called_off() -> None:
    """The active unit serves on at the instant at which it would have handed over, and has lost nothing."""
    state, events = played(world(narrow(), commands=[strike(2, "switchover"), cut(3, link=1)]))
    assert not of(events, Takeover)
    assert times_s(events, ServiceResumed) == [4]
    assert account(state).interrupted == {Status.REFUSED: 20}
    assert account(state).stateful


def test_a_switchover_whose_standby_dies_is_called_off() -> None:
    state, events = played(world(narrow(), commands=[strike(2, "switchover"), strike(3, unit=1)]))
    assert not of(events, Takeover)
    assert times_s(events, ServiceResumed) == [4]
    assert account(state).interrupted == {Status.REFUSED: 20}
    assert account(state).stateful


def test_a_switchover_whose_active_dies_is_a_failover() -> None:
    """Half of the queue has left by 3 s: the standby notices at 5 s and has 15 of 20."""
    state, events = played(world(narrow(), commands=[strike(2, "switchover"), strike(3, "host")]))
    assert times_s(events, Takeover) == [5]
    assert lost(state) == {"backlog": 5}
    assert account(state).interrupted == {Status.REFUSED: 10, Status.NOBODY_ACTIVE: 20}


def test_failing_back_takes_what_is_there_and_forgets_the_rest() -> None:
    """Copies of 9 s: 9.1 to 10.9 s are discarded; nobody is kept waiting."""
    state, events = played(world(commands=[strike(11, "failback")]))
    assert times_s(events, Takeover) == [11]
    assert times_s(events, Demoted) == [11]
    assert lost(state) == {"failback": 19}
    assert account(state).interrupted == {}
    assert times_s(events, Rejoined) == [11]


def test_preempting_before_the_copy_is_complete_is_a_failback_too() -> None:
    """Of ten sessions four outlive the bolt. At 10 s 75 are open; of the 204 at 23 s 65 have been copied."""
    tier = tuned(narrow(), preempt=True, preempt_us=us(10))
    state, events = played(world(tier, duration_s=40, commands=[strike(1), repair(10)]))
    assert [(event.at_us, event.unit) for event in of(events, Takeover)] == [(us(3), 1), (us(23), 0)]
    assert lost(state) == {"in_flight": 1, "backlog": 5, "failback": 204 - 65}


def test_the_last_copy_leaves_before_a_unit_stops() -> None:
    """The batch that leaves at 11 s needs 2.5 s, the takeover comes at 11.1 s: it is too late for it."""
    tier = tuned(pair(sync_latency_s=2.5), heartbeat={"skew_us": (0, us(0.1))})
    state, events = played(world(tier, commands=[strike(11, "stop")]))
    assert times_s(events, Takeover) == [11.1]
    assert lost(state) == {"in_flight": 49}


def test_who_fails_back_takes_nothing_of_this_instant() -> None:
    """The change of 10.9 s would arrive at 11.0 s, after what people do at 11.0 s."""
    state, _ = played(world(pair(policy="streaming", latency_s=0.1), commands=[strike(11, "failback")]))
    assert lost(state) == {"failback": 1}
