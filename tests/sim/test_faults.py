"""What each fault does, and what it leaves alone."""

from __future__ import annotations

import pytest
from sim.small import change, cut, heal, lost, of, pair, played, repair, strike, times_s, us, world

from visualizer.ledger import account
from visualizer.sim import advance, command, exposure
from visualizer.sim.event import (
    AddressLearned,
    Booted,
    FrameLost,
    StateLost,
    Status,
    Takeover,
)
from visualizer.sim.setup import Rate
from visualizer.sim.state import Role


@pytest.mark.parametrize("fault", ["lightning", "host"])
def test_the_standby_may_die_and_nothing_is_lost(fault: str) -> None:
    state, events = played(world(commands=[strike(11, fault, unit=1)]))
    assert account(state).stateful
    assert account(state).no_service_us == 0
    assert not of(events, Takeover)
    assert exposure(state).by_tier == (200,)  # from now on one copy is all there is


@pytest.mark.parametrize("fault", ["lightning", "host"])
def test_the_standby_first_then_the_primary_takes_everything(fault: str) -> None:
    state, events = played(world(commands=[strike(8, unit=1), strike(11, fault)]))
    assert lost(state) == {"no_survivor": 110}
    assert not of(events, Takeover)
    assert account(state).no_service_us == us(9)
    assert account(state).failovers[0].achieved_rto_us is None


@pytest.mark.parametrize("units", [(0, 1), (1, 0)])
def test_both_at_the_same_instant_lose_everything_once(units: tuple[int, int]) -> None:
    """The entries of the state table are counted once too, though the pair is struck twice."""
    commands = [strike(11, unit=unit) for unit in units]
    state, _ = played(world(commands=commands, transaction_rate=Rate(1)))
    books = account(state)
    assert (books.lost.sessions, books.lost.entries) == (110, 110)
    assert books.lost.transactions == int((state.traffic.transaction_us < us(11)).sum())
    assert exposure(state).by_tier == (0,)


def test_two_tiers_at_the_same_instant_lose_a_session_once_and_its_entries_twice() -> None:
    state, events = played(world(pair(name="a"), pair(name="b"), commands=[strike(11), strike(11, tier=1)]))
    assert lost(state) == {"unsynced": 19}
    assert [(event.sessions, event.entries) for event in of(events, StateLost)] == [(19, 19), (0, 19)]


def test_lightning_kills_the_heartbeats_on_the_cable_and_a_dead_host_does_not() -> None:
    """The last heartbeat left at 10 s and needs 1.5 s: it still puts the takeover off."""
    tier = pair(latency_s=1.5, misses=4)
    takeovers = {}
    for fault in ("lightning", "host"):
        _, events = played(world(tier, commands=[strike(11, fault)]))
        takeovers[fault] = times_s(events, Takeover)
    assert takeovers == {"lightning": [14.5], "host": [15.5]}


def test_a_sync_due_at_the_instant_of_the_strike_never_leaves() -> None:
    for at_s, gone in ((9, 29), (9.000001, 0)):
        state, _ = played(world(commands=[strike(at_s)]))
        assert account(state).lost.sessions == gone


def test_a_batch_due_at_the_instant_of_the_strike_never_arrives() -> None:
    """Faults come before deliveries; a host's death lets it arrive."""
    tier = pair(latency_s=1)
    counts = {fault: played(world(tier, commands=[strike(10, fault)]))[0] for fault in ("lightning", "host")}
    assert lost(counts["lightning"]) == {"in_flight": 30, "unsynced": 9}
    assert lost(counts["host"]) == {"unsynced": 9}


def test_a_cut_kills_what_is_on_the_cable_and_a_heal_lets_the_next_copy_through() -> None:
    tier = pair(sync_latency_s=1.5)
    commands = [cut(10, link=1), heal(11, link=1), strike(13.4)]
    state, events = played(world(tier, commands=commands))
    assert [(lost_.frame, lost_.sent_us) for lost_ in of(events, FrameLost)][:1] == [("sync", us(9))]
    # the copy of 12 s is still on its way at 13.4 s, the one of 9 s died, the one of 6 s arrived
    assert lost(state) == {"in_flight": 60, "unsynced": 13}


def test_a_cut_and_healed_cable_loses_nothing_without_a_strike() -> None:
    tier = pair(sync_latency_s=0)
    state, _ = played(world(tier, commands=[cut(4, link=1), heal(11, link=1)]))
    assert account(state).stateful


@pytest.mark.parametrize(("strike_s", "gone"), [(10, 90), (10.5, 95), (11, 100), (11.000001, 10)])
def test_a_healed_stream_first_copies_what_it_missed(strike_s: float, gone: int) -> None:
    """Cut from 2 s to 10 s; the copy takes a second, and until it is there everything since is exposed."""
    tier = pair(policy="streaming", sync_latency_s=1)
    commands = [cut(2, link=1), heal(10, link=1), strike(strike_s)]
    state, _ = played(world(tier, commands=commands))
    assert account(state).lost.sessions == gone


def test_lightning_at_a_stream_takes_what_is_on_the_cable_and_no_more() -> None:
    """20/s on a cable of 500 ms: 10 changes; the one due at the instant of the strike among them."""
    tier = pair(policy="streaming", latency_s=0.5)
    results = {}
    for fault in ("lightning", "host"):
        state, _ = played(world(tier, session_rate=Rate(20), commands=[strike(11, fault)]))
        results[fault] = lost(state)
    assert results == {"lightning": {"in_flight": 10}, "host": {}}


def test_what_a_dead_host_had_sent_is_lost_if_its_cable_is_cut_before_it_arrives() -> None:
    """And the achieved RPO says so: the last safe copy is that of 6 s."""
    tier = pair(latency_s=2.5)
    state, _ = played(world(tier, commands=[strike(11, "host"), cut(11.2)]))
    assert lost(state) == {"unsynced": 19, "in_flight": 30}
    assert account(state).failovers[0].achieved_rpo_us == us(5)


def test_a_cut_takes_the_tail_of_a_dead_host_s_stream() -> None:
    """Of the second of changes on the cable at 11 s those due by 11.35 s have arrived."""
    tier = pair(policy="streaming", latency_s=1)
    state, _ = played(world(tier, commands=[strike(11, "host"), cut(11.35)]))
    assert lost(state) == {"in_flight": 6}
    assert account(state).failovers[0].achieved_rpo_us == us(0.65)


def test_a_takeover_takes_no_more_state_from_the_dead() -> None:
    """The batch of 9 s would come at 14.5 s, the standby takes over at 13 s."""
    tier = pair(sync_latency_s=5.5)
    state, events = played(world(tier, commands=[strike(11, "host")]))
    assert times_s(events, Takeover) == [13]
    assert lost(state) == {"unsynced": 19, "in_flight": 30}
    assert account(state).failovers[0].achieved_rpo_us == us(5)


@pytest.mark.parametrize("policy", ["periodic", "streaming"])
def test_what_reaches_the_survivor_of_a_dead_host_is_still_on_one_unit_only(policy: str) -> None:
    """The survivor's own loss would take everything, whatever has arrived there since."""
    tier = pair(policy=policy, latency_s=1)
    state, _ = played(world(tier, commands=[strike(9.5, "host")]), until_s=10.7)
    held = 95 - account(state).lost.sessions
    assert exposure(state).by_tier == (held,)
    command(state, strike(10.8, unit=1))
    advance(state, us(10.8))
    assert account(state).lost.sessions == 95


def test_a_dead_address_is_dead_until_clients_follow() -> None:
    tier = pair(convergence_us=us(4))
    state, events = played(world(tier, commands=[strike(11)]))
    books = account(state)
    assert books.interrupted == {Status.NOBODY_ACTIVE: 20, Status.DEAD_ADDRESS: 40}
    assert books.no_service_us == us(6)
    assert times_s(events, AddressLearned) == [17]
    assert books.failovers[0].achieved_rto_us == us(6)


def test_a_strike_on_a_unit_that_boots_stops_its_boot() -> None:
    """Switched on at 12 s and, after another bolt, at 15 s: it runs 5 s after the second time."""
    tier = pair(boot_us=us(5))
    commands = [strike(11), repair(12), strike(14), repair(15)]
    _, events = played(world(tier, duration_s=30, commands=commands))
    assert times_s(events, Booted) == [20]


def test_a_strike_on_a_unit_that_boots_leaves_the_failover_as_it_was() -> None:
    tier = pair(convergence_us=us(6), boot_us=us(9))
    state, events = played(world(tier, duration_s=30, commands=[strike(11), repair(13.5), strike(15)]))
    assert account(state).failovers[0].failover.takeover_us == us(13)
    assert times_s(events, AddressLearned) == [19]


def test_an_announcement_dies_with_its_unit() -> None:
    """Secondary takes over at 13 s and dies before clients follow at 23 s; the primary must announce anew."""
    tier = pair(convergence_us=us(10))
    commands = [strike(11), repair(14), strike(15, unit=1), repair(16, unit=1), strike(19, unit=0)]
    _, events = played(world(tier, duration_s=60, commands=commands))
    taken = of(events, Takeover)
    learned = of(events, AddressLearned)
    assert [event.at_us - us(10) for event in learned] == [event.at_us for event in taken[-len(learned) :]]


def test_clients_believe_the_last_announcement() -> None:
    """Two units wake together, both take over; a shorter convergence lets the second be heard first."""
    tier = pair(convergence_us=us(6), boot_us=us(1), demotion_us=us(0.5))
    commands = [
        strike(2), strike(2, unit=1), repair(4), repair(6, unit=1), cut(4), cut(6),
        change(8.5, "address.convergence", us(1)), heal(20),
    ]  # fmt: skip
    state, _ = played(world(tier, duration_s=40, commands=commands))
    here = state.tiers[0]
    assert here.serving is not None
    assert here.units[1 - here.serving].role is Role.STANDBY
