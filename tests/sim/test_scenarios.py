"""The sixteen scenarios whose integers were worked out by hand, as plain setups.

Requests come at a fixed rate from t = 0, so every count below is a count of instants on a ruler.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from sim.small import (
    MS,
    S,
    cut,
    heal,
    lost,
    of,
    on_feed,
    pair,
    played,
    repair,
    strike,
    times_s,
    tuned,
    us,
    world,
)

from visualizer.ledger import account
from visualizer.sim import State, exposure
from visualizer.sim.event import Demoted, FellBack, StateLost, Status, Takeover
from visualizer.sim.setup import (
    ALL,
    AnnouncementSetup,
    ClientSetup,
    FeedSetup,
    GuardSetup,
    LinkSetup,
    Rate,
    Setup,
    Share,
    SiteSetup,
    TierSetup,
)

MIN = 60 * S


def outcome(setup: Setup) -> tuple[float, int, int, float, float]:
    """(takeover, lost sessions, requests in the outage, achieved RPO, achieved RTO), times in seconds."""
    state, events = played(setup)
    (record,) = account(state).failovers
    assert record.achieved_rpo_us is not None
    assert record.achieved_rto_us is not None
    (takeover_s,) = times_s(events, Takeover)
    books = account(state)
    return (
        takeover_s,
        books.lost.sessions,
        books.requests_interrupted,
        record.achieved_rpo_us / S,
        record.achieved_rto_us / S,
    )


def crashed(tier: TierSetup, rate: int, at_s: float, duration_s: float = 30) -> Setup:
    return world(tier, session_rate=Rate(rate), duration_s=duration_s, commands=[strike(at_s, "host")])


@pytest.mark.parametrize(
    ("setup", "expected"),
    [
        (crashed(pair(sync_s=3), 10, 11), (13, 19, 20, 2, 2)),
        (crashed(pair(sync_s=5, sync_phase_s=1), 10, 11), (13, 49, 20, 5, 2)),
        (crashed(pair(policy="streaming", latency_s=0.001), 100, 10.5), (13.001, 0, 251, 0, 2.501)),
        (crashed(pair(sync_s=1), 100, 10.4), (13, 39, 260, 0.4, 2.6)),
        (crashed(pair(sync_s=1, misses=15), 100, 10.4), (25, 39, 1460, 0.4, 14.6)),
        (crashed(pair(sync_s=1, heartbeat_s=0.2, misses=4), 100, 10.4), (11, 39, 60, 0.4, 0.6)),
        (crashed(pair(sync_s=1, heartbeat_s=0.2, misses=6), 100, 10.1), (11.2, 9, 110, 0.1, 1.1)),
        (crashed(pair(sync_s=1, heartbeat_s=0.2, misses=20), 100, 10.1), (14, 9, 390, 0.1, 3.9)),
    ],
    ids=["1", "1b", "2 F5", "3 SRX", "4 ASA", "4 ASA fastest", "5 FortiGate", "5 FortiGate VM"],
)
def test_1_to_5_a_crash_between_two_copies(
    setup: Setup, expected: tuple[float, int, int, float, float]
) -> None:
    assert outcome(setup) == expected


def pickup(seed: int, life_s: float) -> tuple[State, int, int]:
    """(state, live sessions, those younger than 30 s) at a strike in the steady state, ten lives after 0."""
    at_s = 10 * life_s
    tier = pair(policy="streaming")
    tier = tuned(tier, sync={"pickup_us": us(30)})
    setup = world(
        tier,
        law="poisson",
        session_rate=Rate(100),
        lifetime_us=us(life_s),
        duration_s=at_s + 5,
        seed=seed,
        commands=[strike(at_s, "host")],
    )
    state, _ = played(setup)
    opens, closes = state.traffic.opens_us, state.traffic.closes_us
    live = (opens < us(at_s)) & (closes >= us(at_s))
    young = live & (opens + us(30) >= us(at_s))
    return state, int(live.sum()), int(young.sum())


@pytest.mark.parametrize(("life_s", "share"), [(30, 0.632), (10, 0.950)])
def test_5_pickup_delay_leaves_young_sessions_uncopied(life_s: float, share: float) -> None:
    """Exactly those younger than 30 s, and 1 - e^(-30 s / life) of all live sessions within three errors."""
    expected = 1 - math.exp(-30 / life_s)
    assert expected == pytest.approx(share, abs=5e-4)
    state, live, young = pickup(3, life_s)
    assert lost(state) == {"never_synced": young}
    assert abs(young / live - expected) < 3 * math.sqrt(expected * (1 - expected) / live)


VRRP = tuned(pair(policy="none"), heartbeat={"skew_us": (0, 609_375)})
"""Priority 100: (256 - 100) / 256 of an advert of 1 s on top of three adverts."""


@pytest.mark.parametrize(
    ("strike_s", "outage_s"),
    [(11, 2.609375), (11.000001, 3.609374), (11.25, 3.359375), (11.999999, 2.609376)],
)
def test_6_keepalived_waits_three_adverts_and_its_skew(strike_s: float, outage_s: float) -> None:
    """From the last advert heard; the one due at the instant of the strike never leaves."""
    state, _ = played(world(VRRP, commands=[strike(strike_s)]))
    (record,) = account(state).failovers
    assert record.achieved_rto_us == us(outage_s)
    assert record.achieved_rpo_us is None
    assert lost(state) == {"never_synced": math.ceil(strike_s * 10)}


@pytest.mark.parametrize(("low_s", "high_s"), [(37.9, 37.9), (24, 53), (4 * 3600, 4 * 3600)])
def test_7_without_a_gratuitous_arp_the_outage_is_the_clients_cache(low_s: float, high_s: float) -> None:
    """Counted from the last answer of the dead unit, however soon the other took over."""
    tier = replace(VRRP, announcement=AnnouncementSetup(5, us(1), ALL, us(low_s), us(high_s)))
    outages = []
    for seed in range(1 if low_s == high_s else 3):
        state, events = played(
            world(tier, session_rate=Rate(1), duration_s=high_s + 20, seed=seed, commands=[strike(11)])
        )
        assert times_s(events, Takeover) == [13.609375]
        outages.append(account(state).failovers[0].achieved_rto_us)
    assert all(outage_us is not None and us(low_s) <= outage_us <= us(high_s) for outage_us in outages)
    assert len(set(outages)) == (1 if low_s == high_s else 3)


@pytest.mark.parametrize(
    ("cable", "expected", "causes"),
    [
        (LinkSetup("link", 0, "serial", bandwidth_bps=117_760), (60, 317, 0, 15.85, 0), {"backlog": 317}),
        (LinkSetup("link", 0, "network", bandwidth_bps=10**9), (62, 0, 40, 0, 2), {}),
    ],
    ids=["serial", "LAN"],
)
def test_8_a_serial_cable_detects_at_once_and_falls_behind(
    cable: LinkSetup, expected: tuple[float, int, int, float, float], causes: dict[str, int]
) -> None:
    """1 kB on 14,720 bytes/s takes 67.93 ms: by 60 s the first 883 of 1200 have left; the next is of 44.15
    s.
    """
    tier = tuned(pair(policy="streaming"), sync={"change_bytes": 1000})
    setup = crashed(replace(tier, links=(cable,)), 20, 60, duration_s=70)
    assert outcome(setup) == expected
    assert lost(played(setup)[0]) == causes


def test_9_the_sync_cable_fails_in_silence() -> None:
    """Copies of each second; that of 20 s never leaves. 20.0 to 49.95 s and the second before: 619."""
    tier = pair(sync_s=1, sync_latency_s=0)
    setup = world(tier, session_rate=Rate(20), duration_s=60, commands=[cut(20, link=1), strike(50, "host")])
    assert outcome(setup) == (52, 619, 40, 31, 2)
    assert lost(played(setup)[0]) == {"backlog": 619}


@pytest.mark.parametrize(
    ("at_s", "exposed"), [(20, 0), (35, 300), (50, 600), (60, 401), (70, 201), (80, 1), (80.06, 1), (85, 0)]
)
def test_9_a_healed_cable_drains_its_backlog_as_fast_as_it_can(at_s: float, exposed: int) -> None:
    """At 20/s on a cable for 40/s: down for 30 s, drained 30 s after the heal.

    At 50.0 s 601 changes are missing; the n-th has arrived at 50 s + n x 25 ms. At 60 s that is 399 before
    the instant, and 1200 were made before it: 401 of them on one unit only.
    """
    tier = tuned(
        pair(policy="streaming", sync_latency_s=0),
        sync={"change_bytes": 1000},
        link={"bandwidth_bps": 320_000},
    )
    setup = world(
        tier, session_rate=Rate(20), duration_s=90, commands=[cut(20, link=1), heal(50, link=1), strike(at_s)]
    )
    before, _ = played(replace(setup, commands=setup.commands[:2]), until_s=at_s - 1e-6)
    before.now_us += 1
    assert exposure(before).by_tier == (exposed,)
    assert account(played(setup)[0]).lost.sessions == exposed


SPLIT = {"session_rate": Rate(50), "duration_s": 40, "commands": [cut(12), heal(24)]}


@pytest.mark.parametrize(("election", "discarded"), [("newest", 499), ("priority", 200)])
def test_10_a_split_brain_discards_what_the_loser_took_in(election: str, discarded: int) -> None:
    """60 % of the clients stay. Old side: 199 since the copy of 10 s, and 300 of the 500 from 14 to 24 s."""
    tier = replace(pair(sync_s=5), election=election)  # type: ignore[arg-type]
    state, events = played(world(tier, clients=ClientSetup(stay=Share(3, 5)), **SPLIT))  # type: ignore[arg-type]
    assert times_s(events, Takeover) == [14]
    assert [(event.at_us, event.unit) for event in of(events, Demoted)] == [
        (us(24), 0 if election == "newest" else 1)
    ]
    assert lost(state) == {"split_brain": discarded}
    assert account(state).no_service_us == 0


def test_10_a_lease_ends_the_split_when_it_runs_out() -> None:
    """Everybody stays until the old active stops at 16 s: 10.02 to 15.98 s are discarded."""
    tier = replace(pair(sync_s=5), guard=GuardSetup("lease", lease_us=us(4)))
    state, _ = played(world(tier, clients=ClientSetup(stay=ALL), **SPLIT))  # type: ignore[arg-type]
    assert lost(state) == {"split_brain": 299}


def test_10_fencing_leaves_no_split_and_loses_what_was_not_copied() -> None:
    """The old active is switched off at 14.0 s: 10.02 to 13.98 s are gone."""
    tier = replace(pair(sync_s=5), guard=GuardSetup("fencing"))
    state, events = played(world(tier, clients=ClientSetup(stay=Share(3, 5)), **SPLIT))  # type: ignore[arg-type]
    assert times_s(events, Takeover) == [14]
    assert lost(state) == {"backlog": 199}


@pytest.mark.parametrize(("crash_s", "blocked", "gone"), [(6, 120, 0), (14, 280, 280)])
def test_11_synchronous_blocks_where_semi_synchronous_forgets(
    crash_s: float, blocked: int, gone: int
) -> None:
    """The sync cable is dead from the start; the first request waits from 0 s and gives up at 10 s."""
    commands = [cut(0, link=1), strike(crash_s, "host")]
    books = {}
    for policy in ("synchronous", "semi-sync"):
        tier = pair(policy=policy, sync_latency_s=0)
        tier = tuned(tier, sync={"timeout_us": us(10) if policy == "semi-sync" else None})
        state, events = played(world(tier, session_rate=Rate(20), duration_s=30, commands=commands))
        assert times_s(events, FellBack) == ([10] if gone and policy == "semi-sync" else [])
        books[policy] = account(state).lost.sessions, account(state).interrupted.get(Status.HUNG, 0)
    assert books == {"synchronous": (0, blocked), "semi-sync": (gone, 0 if gone else blocked)}


@pytest.mark.parametrize(("rtt_ms", "rate_per_s"), [(0.2, 833.3), (2, 333.3), (80, 12.3)])
def test_12_synchronous_costs_a_round_trip_each_time(rtt_ms: float, rate_per_s: float) -> None:
    """1 ms of work and the way there and back: at most 1 / (1 ms + RTT) one after another."""
    tier = pair(policy="synchronous", latency_s=rtt_ms / 2000)
    setup = world(tier, session_rate=Rate(1), response_us=MS, duration_s=5)
    answered_us = MS + us(rtt_ms / 1000)
    pending = [account(played(setup, 3 + (answered_us + late) / S)[0]).pending for late in (-1, 0)]
    assert pending == [1, 0]
    assert S / answered_us == pytest.approx(rate_per_s, abs=0.05)


@pytest.mark.parametrize(
    ("path", "phases_s", "flows", "entries"),
    [
        ("parallel", (0, 5 / 3, 10 / 3), {"unsynced": 46, "cascade": 33}, [46, 79, 13]),
        ("cross", (0, 5 / 3, 10 / 3), {"unsynced": 46}, [46]),
        ("parallel", (0, 0, 0), {"unsynced": 79}, [79, 79, 79]),
        ("cross", (0, 0, 0), {"unsynced": 79}, [79]),
    ],
)
def test_13_one_unit_takes_its_whole_column_along(
    path: str, phases_s: tuple[float, ...], flows: dict[str, int], entries: list[int]
) -> None:
    """The last copies of the tiers before 14 s: 10.0, 11.67, 13.33 s; the second tier is struck."""
    tiers = [pair(name=f"t{n}", sync_s=5, sync_phase_s=phase_s) for n, phase_s in enumerate(phases_s)]
    state, events = played(
        world(*tiers, session_rate=Rate(20), path=path, commands=[strike(14, "host", tier=1)])  # type: ignore[arg-type]
    )
    assert lost(state) == {
        **flows,
        **({"cascade": 0} if len(set(phases_s)) == 1 and path == "parallel" else {}),
    }
    assert [event.entries for event in of(events, StateLost)] == entries
    assert account(state).lost.entries == sum(entries)


@pytest.mark.parametrize("fault", ["host", "lightning"])
def test_14_a_cold_standby_starts_from_the_last_complete_image(fault: str) -> None:
    """Images of 10, 20 and 30 minutes take 5 minutes; at 34:00 the third is not complete. Silence is noticed
    15 s after the crash, and boot and restore take 2 minutes.
    """
    tier = tuned(
        pair(policy="snapshot", sync_s=600, misses=16),
        sync={"transfer_us": 5 * MIN},
        takeover_us=2 * MIN,
    )
    setup = world(tier, session_rate=Rate(1), duration_s=2400, commands=[strike(34 * 60, fault)])
    assert outcome(setup) == (34 * 60 + 135, 839, 135, 14 * 60, 135)
    assert lost(played(setup)[0]) == {"stale_snapshot": 839}


@pytest.mark.parametrize(("at_s", "gone"), [(159.955, {"failback": 2200}), (209.97, {})])
def test_16_failing_back_too_early_loses_what_is_not_copied_yet(at_s: float, gone: dict[str, int]) -> None:
    """3000 sessions are open when the copy starts at 149.95 s, at 100 a second; 20 a second queue behind it.

    10 s later 1000 have been copied and 200 have come: 2200 on one unit only. After 60 s it is none.
    """
    tier = tuned(pair(policy="streaming"), sync={"change_bytes": 1000}, link={"bandwidth_bps": 800_000})
    commands = [strike(148, "host", unit=1), repair(149.95, unit=1), strike(at_s, "failback")]
    state, events = played(world(tier, session_rate=Rate(20), duration_s=220, commands=commands))
    assert times_s(events, Takeover) == [at_s]
    assert lost(state) == gone
    assert account(state).no_service_us == 0


@pytest.mark.parametrize("policy", ["periodic", "synchronous"])
def test_16_one_feed_for_both_takes_everything_whatever_is_copied(policy: str) -> None:
    """73 minutes until somebody brings power back by hand; then 3 s in which nobody is heard."""
    tier = tuned(pair(policy=policy), sites=(0, 1))
    feeds = (FeedSetup("utility", "Utility", manual_us=73 * MIN),)
    sites = (SiteSetup("a", "A", 0), SiteSetup("b", "B", 0))
    setup = world(
        tier, session_rate=Rate(1), initial_sessions=5, duration_s=5000, sites=sites, feeds=feeds,
        commands=[on_feed(9.5)],
    )  # fmt: skip
    state, _ = played(setup)
    assert lost(state) == {"no_survivor": 15}
    assert account(state).no_service_us == 73 * MIN + 3 * S
    assert np.array_equal(np.sort(state.lost_sessions), np.arange(15))
