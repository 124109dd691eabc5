"""What keeps a pair from being active twice: a witness, a lease, fencing; and what each of them costs."""

from __future__ import annotations

import pytest
from sim.small import cut, heal, lost, of, on_link, pair, played, repair, strike, times_s, tuned, us, world

from visualizer.ledger import account
from visualizer.sim.chance import Purpose, draw
from visualizer.sim.event import (
    Demoted,
    Fenced,
    ServiceResumed,
    ServiceSuspended,
    Status,
    Takeover,
    TakeoverRefused,
)
from visualizer.sim.setup import NONE, ClientSetup, GuardSetup, Share, TierSetup


def guarded(guard: GuardSetup, **fields: object) -> TierSetup:
    """Two cables, 0 for heartbeats and 1 for copies."""
    return tuned(pair(sync_latency_s=0), guard=guard, **fields)


def test_a_witness_sees_that_the_active_lives() -> None:
    """Silence from 13 s on; asked again every second until the cable is healed at 16.5 s."""
    state, events = played(world(guarded(GuardSetup("witness")), commands=[cut(11), heal(16.5)]))
    assert times_s(events, TakeoverRefused) == [13, 14, 15, 16, 17]
    assert not of(events, Takeover)
    assert account(state).stateful


def test_a_witness_lets_the_standby_take_over_from_the_dead() -> None:
    _, events = played(world(guarded(GuardSetup("witness")), commands=[cut(11), strike(14.5)]))
    assert times_s(events, Takeover) == [15]


def test_an_isolated_active_stops_and_the_other_side_goes_on() -> None:
    """Isolated at 11 s, a lease of 1.5 s: half a second of refusals, and what came since 9 s is discarded."""
    tier = guarded(GuardSetup("witness", lease_us=us(1.5)))
    state, events = played(world(tier, commands=[strike(11, "isolate"), repair(16)]))
    assert [(event.at_us, event.why) for event in of(events, ServiceSuspended)] == [(us(12.5), "quorum")]
    assert times_s(events, Takeover) == [13]
    assert times_s(events, Demoted) == [16]
    assert account(state).interrupted == {Status.REFUSED: 5}
    assert lost(state) == {"split_brain": 34}


def test_an_isolated_standby_may_not_take_over() -> None:
    tier = guarded(GuardSetup("witness"))
    state, events = played(world(tier, commands=[strike(11, "isolate", unit=1)]))
    assert not of(events, Takeover)
    assert account(state).interrupted == {}


def test_without_a_guard_an_isolated_standby_makes_a_split_brain() -> None:
    """Clients that stay notice nothing; those who follow the announcement are served by the other one."""
    setup = world(
        pair(sync_latency_s=0), clients=ClientSetup(stay=Share(1, 2)), commands=[strike(11, "isolate")]
    )
    state, events = played(setup)
    assert times_s(events, Takeover) == [13]
    assert state.tiers[0].servers == (1, 0)


@pytest.mark.parametrize(
    ("cut_s", "renewal_s", "until_s"), [(11.5, 0, 13), (11.5, 1, 12.5), (11, 1, 11.5), (11.000001, 1, 12.5)]
)
def test_a_lease_counts_from_its_last_renewal(cut_s: float, renewal_s: float, until_s: float) -> None:
    """1.5 s; the renewal due at the instant of the cut does not come."""
    tier = guarded(GuardSetup("lease", lease_us=us(1.5), renewal_us=us(renewal_s)))
    _, events = played(world(tier, commands=[cut(cut_s)]))
    assert times_s(events, ServiceSuspended)[:1] == [until_s]


def test_while_the_lease_is_over_and_nobody_has_taken_over_requests_are_refused() -> None:
    """Stopped at 12.5 s, takeover at 13 s."""
    tier = guarded(GuardSetup("lease", lease_us=us(1.5)))
    state, _ = played(world(tier, commands=[cut(11)]))
    assert account(state).interrupted == {Status.REFUSED: 5}
    assert account(state).no_service_us == us(0.5)


def test_a_lease_needs_a_standby() -> None:
    """The standby dies at 8 s and is back at 14 s: from 12 s to then its living partner serves nobody."""
    tier = guarded(GuardSetup("lease", lease_us=us(4)))
    state, events = played(world(tier, commands=[strike(8, unit=1), repair(14, unit=1)]))
    assert times_s(events, ServiceSuspended) == [12]
    assert times_s(events, ServiceResumed) == [14]
    assert account(state).interrupted == {Status.REFUSED: 20}
    assert account(state).stateful


def test_who_has_taken_over_needs_no_lease_until_a_standby_is_back() -> None:
    """Takeover at 7 s; a standby from 12 s on; the cable is cut at 14 s."""
    tier = guarded(GuardSetup("lease", lease_us=us(2)))
    _, events = played(world(tier, duration_s=16.5, commands=[strike(5), repair(12), cut(14)]))
    assert times_s(events, ServiceSuspended) == [16]


def test_contact_that_comes_back_in_time_keeps_the_lease() -> None:
    tier = guarded(GuardSetup("lease", lease_us=us(1.5)))
    _, events = played(world(tier, commands=[cut(11), heal(12.4)]))
    assert not of(events, ServiceSuspended)


def test_fencing_takes_its_time_and_then_there_is_only_one() -> None:
    """Decided at 13 s; the old active serves until it is switched off at 15 s: 9.1 to 14.9 s are gone."""
    tier = guarded(GuardSetup("fencing", fence_us=us(2)))
    state, events = played(world(tier, commands=[cut(11), repair(17)]))
    assert [(event.at_us, event.unit) for event in of(events, Fenced)] == [(us(15), 0)]
    assert times_s(events, Takeover) == [15]
    assert lost(state) == {"unsynced": 29}
    assert account(state).interrupted == {}
    assert not of(events, Demoted)


def test_a_fence_that_fails_leaves_everything_as_it_was() -> None:
    """The heartbeat that comes again begins another silence."""
    tier = guarded(GuardSetup("fencing", fence_us=us(0.5), fence_success=NONE))
    state, events = played(world(tier, commands=[cut(8.5), heal(12.5), cut(13.5)]))
    assert [(event.at_us, event.why) for event in of(events, TakeoverRefused)] == [
        (us(11.5), "fence"),
        (us(16.5), "fence"),
    ]
    assert not of(events, Takeover)
    assert account(state).stateful


def test_whether_a_fence_works_is_chance() -> None:
    tier = guarded(GuardSetup("fencing", fence_success=Share(1, 2)))
    took_over = []
    for seed in range(12):
        _, events = played(world(tier, seed=seed, commands=[strike(11)]))
        took_over.append(bool(of(events, Takeover)))
    assert took_over == [draw(seed, Purpose.FENCE, 0, 0) < 1 << 31 for seed in range(12)]
    assert len(set(took_over)) == 2


def test_a_heartbeat_during_fencing_stops_nothing() -> None:
    tier = guarded(GuardSetup("fencing", fence_us=us(3)))
    _, events = played(world(tier, commands=[on_link(8.5, "heartbeat-loss"), heal(11.5)]))
    assert times_s(events, Takeover) == [14]
