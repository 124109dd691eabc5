"""Two units active at once: how it comes, what it costs, how it ends."""

from __future__ import annotations

import pytest
from sim.small import (
    bolt_costs,
    change,
    cut,
    heal,
    lost,
    of,
    pair,
    played,
    repair,
    strike,
    times_s,
    us,
    world,
)

from visualizer.ledger import Lost, account
from visualizer.sim import exposure
from visualizer.sim.event import Demoted, LossCause, Rejoined, Takeover
from visualizer.sim.setup import Rate, TierSetup
from visualizer.sim.state import Role

TRANSACTIONS = {"session_rate": Rate(10), "transaction_rate": Rate(1), "lifetime_us": us(4)}


def two_cables(**options: object) -> TierSetup:
    return pair(sync_latency_s=0, **options)  # type: ignore[arg-type]


def test_a_cut_heartbeat_cable_makes_two_active_units_and_loses_nothing_by_itself() -> None:
    state, events = played(world(two_cables(), commands=[cut(11)]))
    assert times_s(events, Takeover) == [13]
    assert [unit.role for unit in state.tiers[0].units] == [Role.ACTIVE, Role.ACTIVE]
    assert account(state).lost == Lost()
    assert account(state).at_stake.sessions == 9  # made from 12.1 s to 12.9 s, on the old unit alone
    record = account(state).failovers[0]
    assert (record.failover.fault, record.failover.fault_us) == ("cut", us(11))
    assert record.achieved_rto_us == 0


@pytest.mark.parametrize(("demotion_s", "follow_s"), [(0, 0), (7, 0), (7, 3), (2, 30)])
def test_the_loser_serves_until_it_is_demoted_and_its_own_work_is_discarded(
    demotion_s: float, follow_s: float
) -> None:
    """The first heartbeat after the heal is heard at 24 s. What the old unit took in from the last copy, at
    12 s, until clients left it, or it was demoted, is gone.
    """
    tier = two_cables(demotion_us=us(demotion_s), convergence_us=us(follow_s))
    state, events = played(world(tier, duration_s=60, commands=[cut(11.5), heal(23.5)]))
    demoted_s = 24 + demotion_s
    assert times_s(events, Takeover) == [14]
    assert times_s(events, Demoted) == [demoted_s]
    until_s = min(14 + follow_s, demoted_s)
    assert lost(state) == {"split_brain": round((until_s - 12) * 10) - 1}
    assert times_s(events, Rejoined) == [demoted_s if 14 + follow_s <= demoted_s else 14 + follow_s]


def test_service_pauses_when_the_old_unit_steps_down_before_clients_have_followed() -> None:
    """Takeover at 14 s, clients follow at 44 s, the old unit is demoted at 26 s: 18 s of a dead address."""
    tier = two_cables(demotion_us=us(2), convergence_us=us(30))
    state, _ = played(world(tier, duration_s=60, commands=[cut(11.5), heal(23.5)]))
    assert account(state).no_service_us == us(18)
    assert account(state).failovers[0].achieved_rto_us == us(18)


def test_clients_of_a_discarded_session_ask_on_until_somebody_serves_them() -> None:
    """From demotion at 26 s to 44 s they meet nobody; the sessions are counted as lost, the requests too."""
    tier = two_cables(demotion_us=us(2), convergence_us=us(30))
    state, _ = played(world(tier, duration_s=60, commands=[cut(11.5), heal(23.5)], transaction_rate=Rate(1)))
    sessions = sum(account(state).interrupted.values())
    without = played(world(tier, duration_s=60, commands=[cut(11.5), heal(23.5)]))[0]
    asked = sessions - sum(account(without).interrupted.values())
    assert asked == 18 * 260  # each of the sessions made before 26 s once a second


def test_lost_sessions_neither_close_nor_ask_though_service_never_stopped() -> None:
    """Clients move without a gap, yet what only the old unit had is gone when it is demoted."""
    tier = two_cables(demotion_us=us(1))
    state, _ = played(world(tier, duration_s=40, commands=[cut(11.5), heal(15)], **TRANSACTIONS))
    books = account(state)
    assert books.lost_by_cause[LossCause.SPLIT_BRAIN].sessions > 0
    gone = set(state.lost_sessions.tolist())
    live = [
        number
        for number, (opened, closes) in enumerate(
            zip(state.traffic.opens_us, state.traffic.closes_us, strict=True)
        )
        if number not in gone and opened <= state.now_us < closes
    ]
    assert books.open_sessions == len(live)


def test_the_deposed_unit_dies_and_takes_its_own_work_with_it() -> None:
    state, _ = played(world(two_cables(), commands=[cut(11.5), strike(16)]))
    assert lost(state) == {"split_brain": 19}
    assert account(state).failovers[0].failover.takeover_us == us(14)
    assert len(account(state).failovers) == 1


def test_the_new_active_dies_and_the_deposed_one_serves_again() -> None:
    """Nobody need take over: only what was taken in since 14 s is gone."""
    state, events = played(world(two_cables(), commands=[cut(11.5), strike(16, unit=1)]))
    assert times_s(events, Takeover) == [14]
    assert state.tiers[0].serving == 0
    assert sum(lost(state).values()) == 20
    assert account(state).no_service_us == 0


def test_a_strike_while_the_old_unit_still_serves_does_not_put_its_successor_off() -> None:
    """Clients were told at 14 s and follow at 20 s; a bolt at 16 s changes nothing of that."""
    tier = two_cables(convergence_us=us(6))
    state, _ = played(world(tier, duration_s=40, commands=[cut(11.5), strike(16)]))
    assert account(state).no_service_us == us(4)
    assert sum(lost(state).values()) == 39


def test_a_demotion_that_has_become_pointless_is_forgotten() -> None:
    """The primary hears its successor at 24 s and would step down at 54 s. It dies at 30 s, comes back as the
    standby, and takes over when the secondary dies: it must not step down at 54 s in a later split.
    """
    tier = two_cables(demotion_us=us(30))
    commands = [
        cut(11.5), heal(23.5), strike(30), repair(31), strike(40, unit=1), repair(44, unit=1), cut(48),
    ]  # fmt: skip
    _, events = played(world(tier, duration_s=70, commands=commands))
    assert [(event.at_us, event.unit) for event in of(events, Takeover)] == [
        (us(14), 1),
        (us(42), 0),
        (us(50), 1),
    ]
    assert not of(events, Demoted)


def test_a_stream_without_latency_brings_nothing_of_the_instant_of_the_takeover() -> None:
    """At 13 s the standby takes over before the session of 13 s comes, which goes to the old unit alone."""
    tier = two_cables(policy="streaming", convergence_us=us(2))
    state, events = played(world(tier, commands=[cut(11), strike(13.05)]))
    assert times_s(events, Takeover) == [13]
    assert lost(state) == {"unsynced": 1}


@pytest.mark.parametrize("at_s", [12, 13, 13.5, 14, 16, 20])
def test_exposure_during_a_split_is_what_the_serving_unit_alone_holds(at_s: float) -> None:
    tier = two_cables(convergence_us=us(2))
    state, _ = played(world(tier, commands=[cut(11)]), until_s=at_s)
    serving = state.tiers[0].serving
    assert serving is not None
    twin = state.copy()
    twin.now_us += 1
    assert exposure(twin).by_tier == (bolt_costs(state, 0, serving),)


def test_a_longer_cable_can_cause_a_split_brain_all_by_itself() -> None:
    """Heartbeats that suddenly take 4 s longer leave a gap of 5 s: more than the hold time of 3 s."""
    tier = two_cables(demotion_us=us(1))
    commands = [change(10.5, "heartbeat.link.latency", us(4))]
    state, events = played(world(tier, commands=commands))
    assert times_s(events, Takeover) == [13]
    assert account(state).failovers[0].failover.fault is None
    assert times_s(events, Demoted) == [18]
    assert lost(state) == {"split_brain": 9}
