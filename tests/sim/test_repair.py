"""A unit that comes back needs everything anew, and until it has it the pair is no pair."""

from __future__ import annotations

import pytest
from sim.small import S, cut, heal, lost, of, pair, played, repair, strike, times_s, us, world

from visualizer.ledger import account
from visualizer.sim import exposure
from visualizer.sim.event import Booted, Rejoined, SyncReceived, SyncSent, Takeover
from visualizer.sim.setup import Rate
from visualizer.sim.state import Role

POLICIES = ("periodic", "streaming")


def story(policy: str, second_strike_s: float, fault: str = "lightning") -> dict[str, int]:
    """Primary struck at 5 s, back at 14 s (boot 2 s), its copy takes 1.5 s, then the new active is struck.

    Returns what is lost at the second strike.
    """
    tier = pair(policy=policy, latency_s=0, sync_latency_s=1.5, boot_us=us(2))
    commands = [strike(5), repair(12)]
    before, _ = played(world(tier, duration_s=40, commands=commands))
    commands.append(strike(second_strike_s, fault, unit=1))
    after, events = played(world(tier, duration_s=40, commands=commands))
    assert times_s(events, Booted) == [14]
    gone = {cause: count - lost(before).get(cause, 0) for cause, count in lost(after).items()}
    return {cause: count for cause, count in gone.items() if count}


def held_before(until_s: float) -> int:
    """Sessions that the secondary holds just before an instant: ten a second, none from 5 s to 7 s."""
    return round(until_s * 10) - 20


@pytest.mark.parametrize("policy", POLICIES)
def test_the_newcomer_boots_asks_for_everything_and_rejoins(policy: str) -> None:
    tier = pair(policy=policy, sync_latency_s=1.5, boot_us=us(2))
    state, events = played(world(tier, commands=[strike(5), repair(12)]))
    assert times_s(events, Booted) == [14]
    assert times_s(events, Rejoined) == [15.5]
    assert [event.at_us for event in of(events, SyncSent) if event.full] == [us(14)]
    assert [unit.role for unit in state.tiers[0].units] == [Role.STANDBY, Role.ACTIVE]


def test_a_strike_before_the_full_copy_is_there_takes_everything() -> None:
    """Lightning takes the copy off the cable too; what was lost before is not counted twice."""
    before = {"periodic": 19, "streaming": 15}  # lost at the first strike: all since 3 s, or 1.5 s of cable
    for policy in POLICIES:
        for at_s in (14, 15, 15.5):
            gone = sum(story(policy, at_s).values())
            assert gone == held_before(at_s) - before[policy], (policy, at_s)


@pytest.mark.parametrize("policy", POLICIES)
def test_a_strike_during_the_full_copy_leaves_what_a_living_cable_brings(policy: str) -> None:
    """The host's death at 15 s lets the copy of 14 s (and the stream behind it) arrive at the newcomer."""
    assert sum(story(policy, 15, "host").values()) == (0 if policy == "streaming" else 9)


def test_a_strike_after_the_full_copy_costs_what_any_strike_costs() -> None:
    """A stream loses its 1.5 s of cable, a batch all since the full copy, and no more."""
    assert story("streaming", 20) == {"in_flight": 15}
    assert story("periodic", 16) == {"unsynced": 9, "in_flight": 10}


def test_a_newcomer_that_takes_over_without_its_copy_starts_from_nothing() -> None:
    tier = pair(sync_latency_s=1.5)
    state, events = played(world(tier, duration_s=40, commands=[strike(5), repair(14), strike(15, unit=1)]))
    taken = of(events, Takeover)
    assert [(event.at_us, event.unit) for event in taken] == [(us(7), 1), (us(17), 0)]
    assert state.tiers[0].serving == 0
    assert account(state).open_sessions == 400 - 169  # all those made from 17 s on


def test_a_cut_cable_keeps_the_newcomer_waiting_until_it_is_healed() -> None:
    tier = pair(sync_latency_s=1)
    commands = [strike(5), cut(10, link=1), repair(12), heal(15.5, link=1)]
    state, events = played(world(tier, commands=commands))
    assert times_s(events, Rejoined) == [16.5]
    assert account(state).lost.sessions == 19


def test_a_full_copy_that_dies_on_its_cable_is_sent_again() -> None:
    tier = pair(sync_latency_s=1)
    commands = [strike(5), repair(12), cut(12.5, link=1), heal(15.5, link=1)]
    _, events = played(world(tier, commands=commands))
    assert [event.at_us for event in of(events, SyncSent) if event.full] == [us(12), us(15.5)]
    assert times_s(events, Rejoined) == [16.5]


def test_a_stream_that_never_carried_anything_leaves_nothing_to_drain() -> None:
    """The primary dies at 0 s, before its stream has begun; the stream back to it is left alone."""
    tier = pair(policy="streaming", heartbeat_s=0.25, misses=2, sync_latency_s=1.3)
    state, _ = played(world(tier, duration_s=12, commands=[strike(0, "host"), repair(0.25)]), until_s=11.95)
    assert exposure(state).by_tier == (13,)


def test_without_copies_a_newcomer_is_ready_as_soon_as_it_runs() -> None:
    _, events = played(world(pair(policy="none", boot_us=us(2)), commands=[strike(5), repair(10)]))
    assert times_s(events, Rejoined) == [12]
    assert not of(events, SyncReceived)


def test_the_last_unit_comes_back_empty_and_serves_again() -> None:
    """Both gone; the primary is switched on at 15 s and after its hold time of 3 s it is alone and active."""
    commands = [strike(9, unit=1), strike(11), repair(15)]
    state, events = played(world(commands=commands))
    assert times_s(events, Takeover) == [18]
    assert lost(state) == {"no_survivor": 110}
    assert account(state).no_service_us == us(7)
    assert account(state).failovers[0].achieved_rto_us == us(7)


def test_of_two_newcomers_one_becomes_active_and_tells_the_other_at_once() -> None:
    """The secondary wakes 0.2 s earlier. Its first heartbeat does not wait for the next full second."""
    commands = [strike(5), strike(5, unit=1), repair(6.1, unit=1), repair(6.3)]
    _, events = played(world(commands=commands))
    assert [(event.at_us, event.unit) for event in of(events, Takeover)] == [(us(9.1), 1)]


def test_the_survivor_is_the_one_whose_loss_would_hurt() -> None:
    """The primary is back, empty, before the standby has noticed its death: the standby has it all."""
    state, _ = played(world(commands=[strike(11), repair(11.5)]), until_s=12)
    assert exposure(state).by_tier == (91,)


@pytest.mark.parametrize("policy", POLICIES)
def test_failover_back_and_forth_conserves(policy: str) -> None:
    """Six failovers; each loses only what was on one unit."""
    tier = pair(policy=policy, latency_s=0.001, boot_us=us(1))
    commands = []
    for number in range(6):
        commands += [strike(10 + 10 * number, unit=number % 2), repair(14 + 10 * number, unit=number % 2)]
    state, events = played(
        world(tier, duration_s=80, commands=commands, transaction_rate=Rate(1), lifetime_us=us(15))
    )
    assert len(of(events, Takeover)) == 6
    assert [record.achieved_rto_us is not None for record in account(state).failovers] == [True] * 6
    if policy == "streaming":
        assert account(state).lost.sessions <= 6


def test_a_batch_is_as_large_as_what_it_brings() -> None:
    """After a failover too: neither what is gone for good nor who has left is sent again and again."""
    tier = pair(sync_s=2, sync_phase_s=1, sync_latency_s=0.1)
    commands = [strike(5.05), repair(10)]
    _, events = played(world(tier, commands=commands, lifetime_us=us(3), lifetime_law="fixed"), until_s=16)
    sent = [(event.at_us / S, event.full, event.sessions) for event in of(events, SyncSent)]
    # ten a second, all of two seconds; at 10 s those since it serves again, from 8 s on
    assert sent == [(1, False, 11), (3, False, 20), (5, False, 20), (10, True, 21), (11, False, 10)] + [
        (at_s, False, 20) for at_s in (13, 15)
    ]
