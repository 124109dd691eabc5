"""Two groups of clients: those who follow the announcement, and those who stay while they are served."""

from __future__ import annotations

import pytest
from sim.small import cut, heal, lost, of, pair, played, strike, times_s, us, world

from visualizer.ledger import account
from visualizer.sim import exposure
from visualizer.sim.event import AddressLearned, ServiceChanged, Status, Takeover
from visualizer.sim.setup import ALL, NONE, ClientSetup, Setup, Share

FIFTHS = ClientSetup(stay=Share(3, 5))


def split(stay: Share, *more: object, heal_s: float = 16.5, **tier: object) -> Setup:
    """Copies every 3 s on their own cable; heartbeats cut at 11.5 s, takeover at 14 s, copies until then."""
    here = pair(sync_latency_s=0, **tier)  # type: ignore[arg-type]
    commands = [cut(11.5), heal(heal_s), *more]
    return world(here, duration_s=30, clients=ClientSetup(stay=stay), commands=commands)  # type: ignore[arg-type]


def test_three_fifths_are_two_of_each_five_and_then_one() -> None:
    """Session i stays if floor((i + 1) x 3/5) > floor(i x 3/5): the second, fourth and fifth of each five."""
    state, _ = played(split(Share(3, 5)))
    stayed = [number % 5 for number in state.lost_sessions.tolist() if number >= 140]
    assert set(stayed) == {1, 3, 4}


@pytest.mark.parametrize(
    ("stay", "gone"), [(NONE, 19), (Share(3, 5), 19 + 18), (Share(1, 2), 19 + 15), (ALL, 19 + 30)]
)
def test_who_stays_is_discarded_with_the_old_unit(stay: Share, gone: int) -> None:
    """12.1 to 13.9 s all of them, 14.0 to 16.9 s those who stay; heard at 17 s."""
    state, _ = played(split(stay))
    assert lost(state) == {"split_brain": gone}
    assert account(state).interrupted == {}


def test_who_stays_follows_when_his_unit_gives_up() -> None:
    state, _ = played(split(ALL))
    assert state.tiers[0].servers == (1, 1)


def test_who_stays_follows_when_his_unit_dies() -> None:
    """At 15 s the old active dies in the split: nobody meets a dead address."""
    state, _ = played(split(Share(3, 5), strike(15)))
    assert account(state).interrupted == {}
    assert lost(state) == {"split_brain": 19 + 6}


def test_who_follows_meets_a_dead_address_until_he_hears_of_the_new_one() -> None:
    """The primary is dead from 11 s on: both groups wait for the announcement, 1.5 s after 13 s."""
    setup = world(pair(convergence_us=us(1.5)), clients=FIFTHS, commands=[strike(11)])
    state, events = played(setup)
    assert times_s(events, AddressLearned) == [14.5]
    assert account(state).interrupted == {Status.NOBODY_ACTIVE: 20, Status.DEAD_ADDRESS: 15}


def test_the_groups_are_told_apart_in_the_trace() -> None:
    """A slow new active: only those who have followed it hang, 61 of the 151 from 15 to 30 s."""
    state, events = played(split(Share(3, 5), strike(15, "slow", unit=1), heal_s=31))
    changes = [(event.at_us, event.status, event.clients) for event in of(events, ServiceChanged)]
    assert changes == [(us(15), Status.HUNG, "follow")]
    assert account(state).interrupted == {Status.HUNG: 61}


def test_in_a_split_each_side_alone_holds_its_own() -> None:
    """At 16 s, this instant included: of the 21 sessions since 14 s twelve stayed, and nine follow."""
    state, _ = played(split(Share(3, 5), heal_s=29), until_s=16)
    state.now_us += 1
    assert account(state).at_stake.sessions == 19 + 12
    assert exposure(state).by_tier == (9,)


def test_clients_who_stay_make_no_difference_without_a_split() -> None:
    runs = [played(world(clients=clients, commands=[strike(11)])) for clients in (ClientSetup(), FIFTHS)]
    assert lost(runs[0][0]) == lost(runs[1][0]) == {"unsynced": 19}
    assert times_s(runs[0][1], Takeover) == times_s(runs[1][1], Takeover)


def test_two_tiers_may_direct_one_client_differently() -> None:
    """Only the second tier splits: who stays is served by both primaries, who follows by one of each."""
    tiers = [pair(name="a"), pair(name="b", sync_latency_s=0)]
    state, _ = played(world(*tiers, clients=FIFTHS, commands=[cut(11.5, tier=1)]))
    assert [tier.servers for tier in state.tiers] == [(0, 0), (1, 0)]
