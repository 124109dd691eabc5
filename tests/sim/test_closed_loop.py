"""A closed loop: each connection asks again only when it has its answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from property.mechanisms import dice_of
from property.stories import story
from sim.small import MS, S, change, cut, heal, of, pair, played, repair, strike, us, world

from visualizer.ledger import account
from visualizer.sim import State, advance, finish, start, trace_sha256
from visualizer.sim.event import AcknowledgementsBack, FellBack
from visualizer.sim.service import served, transactions_between
from visualizer.sim.setup import Rate, Setup, TierSetup
from visualizer.sim.waiting import unanswered_from_us

EIGHT = 8


def loop(tier: TierSetup, *, connections: int = EIGHT, **more: object) -> Setup:
    """So many clients of one database that takes 1 ms for its work."""
    clients = {"session_rate": None, "initial_sessions": connections, "connections": connections}
    return world(tier, **clients, **{"response_us": MS, **more})  # type: ignore[arg-type]


def far_pair(**more: object) -> TierSetup:
    """20 ms one way for copies, on a cable of their own."""
    return pair(policy="synchronous", sync_latency_s=0.02, **more)  # type: ignore[arg-type]


def most_outstanding(setup: Setup, step_s: float = 0.0071) -> int:
    """The most requests without an answer at any of many instants; the books must balance at each."""
    state, most = start(setup), 0
    for at_us in range(0, setup.duration_us, us(step_s)):
        advance(state, at_us)
        books = account(state)
        requests = books.offered_sessions + books.offered_transactions
        answered = books.acknowledged_sessions + books.acknowledged_transactions
        gap = books.interruption
        assert requests == answered + books.pending + gap.failed + gap.waiting
        most = max(most, under_way(state))
    finish(state)
    return most


def under_way(state: State) -> int:
    """Transactions that have been served and not yet answered."""
    times, of_session = transactions_between(state, 0, state.now_us + 1)
    waiting = times >= unanswered_from_us(state, inclusive=True)
    return int((served(state, times, of_session) & waiting).sum())


def asked_us(state: State, connection: int) -> list[int]:
    traffic = state.traffic
    mine: list[int] = traffic.transaction_us[traffic.transaction_session == connection].tolist()
    return mine


@pytest.mark.parametrize(("round_trip_s", "per_s"), [(0.0002, 833.3), (0.002, 333.3), (0.08, 12.3)])
def test_the_price_of_synchronous_copying(round_trip_s: float, per_s: float) -> None:
    tier = pair(policy="synchronous", latency_s=round_trip_s / 2)
    state, _ = played(loop(tier, connections=1, duration_s=20))
    assert account(state).acknowledged_transactions / 20 == pytest.approx(per_s, abs=0.05)


def test_so_many_connections_do_so_much_more_and_never_more_than_they_have_to() -> None:
    for wanted, per_s in ((500, 8 / 0.041), (100, 100)):
        setup = loop(far_pair(), transaction_rate=Rate(wanted, EIGHT * S), duration_s=20)
        state, _ = played(setup)
        assert account(state).offered_transactions / 20 == pytest.approx(per_s, rel=0.002)
        times = state.traffic.transaction_us
        assert np.ptp(np.diff(times[times > S])) <= S / per_s / 50  # evenly


def test_a_narrow_cable_sets_the_pace() -> None:
    tier = far_pair()
    links = (tier.links[0], replace(tier.links[1], bandwidth_bps=80_000))
    tier = replace(tier, links=links, sync=replace(tier.sync, change_bytes=100))  # 10 ms each
    setup = loop(tier, duration_s=20)
    state, _ = played(setup)
    assert account(state).acknowledged_transactions / 20 == pytest.approx(100, rel=0.01)
    assert most_outstanding(replace(setup, duration_us=3 * S)) <= EIGHT


@pytest.mark.parametrize("wanted", [500, 100])
def test_when_the_sync_cable_is_cut_each_connection_hangs_with_one_request(wanted: int) -> None:
    setup = loop(far_pair(), transaction_rate=Rate(wanted, EIGHT * S), commands=[cut(10, link=1)])
    assert most_outstanding(replace(setup, duration_us=13 * S)) == EIGHT
    state, _ = played(setup)
    books = account(state)
    assert books.pending == EIGHT
    before = account(played(setup, 9.999)[0]).acknowledged_transactions
    assert 0 <= books.acknowledged_transactions - before <= EIGHT


def test_after_the_heal_they_go_on_as_before() -> None:
    setup = loop(far_pair(), commands=[cut(10, link=1), heal(14, link=1)])
    state, events = played(setup)
    (back_us,) = (event.at_us for event in of(events, AcknowledgementsBack))
    during = [at_us for one in range(EIGHT) for at_us in asked_us(state, one) if 10 * S < at_us <= back_us]
    assert not during
    after = account(state).acknowledged_transactions - account(played(setup, 15)[0]).acknowledged_transactions
    assert after / 5 == pytest.approx(8 / 0.041, rel=0.01)
    assert most_outstanding(setup) == EIGHT


def test_semi_synchronous_copying_releases_them_and_they_go_faster() -> None:
    tier = far_pair()
    tier = replace(tier, sync=replace(tier.sync, policy="semi-sync", timeout_us=S))
    setup = loop(tier, commands=[cut(10, link=1)])
    state, events = played(setup)
    (fell_us,) = (event.at_us for event in of(events, FellBack))
    assert 10.95 * S < fell_us <= 11 * S  # the oldest was made up to a turn before the cut
    times = state.traffic.transaction_us
    assert not ((times > 10 * S) & (times < fell_us)).any()
    assert (times >= fell_us).sum() == pytest.approx((20 * S - fell_us) / MS * EIGHT, rel=0.001)


def test_a_crash_leaves_at_most_one_in_doubt_for_each() -> None:
    setup = loop(far_pair(), commands=[strike(10, "host")])
    state, _ = played(setup)
    books = account(state)
    assert 1 <= books.in_doubt <= EIGHT
    assert books.interruption.failed <= EIGHT
    times = state.traffic.transaction_us
    restored_us = state.failovers[0].restored_us
    assert restored_us is not None
    assert not ((times > 10 * S) & (times < restored_us)).any()
    assert all(any(at_us >= restored_us for at_us in asked_us(state, one)) for one in range(EIGHT))


def test_who_has_time_left_asks_once_more_and_then_waits() -> None:
    """Paced connections rest between requests: after the crash each of them asks once, and meets nobody."""
    setup = loop(far_pair(), transaction_rate=Rate(1), commands=[strike(10.0625, "host")])
    state, _ = played(setup, 12)
    assert account(state).interruption.failed == EIGHT


def test_a_live_change_of_the_latency_changes_the_pace() -> None:
    setup = loop(far_pair(), commands=[change(10, "sync.link.latency", 5 * MS)])
    state, _ = played(setup)
    early, late = np.histogram(state.traffic.transaction_us, [5 * S, 9 * S, 11 * S, 15 * S])[0][[0, 2]]
    assert early / 4 == pytest.approx(8 / 0.041, rel=0.01)
    assert late / 4 == pytest.approx(8 / 0.011, rel=0.01)
    assert most_outstanding(setup) <= EIGHT


def test_new_sessions_change_nothing_for_the_connections() -> None:
    setup = loop(far_pair(), commands=[change(5, "traffic.rate", Rate(10), tier=None)])
    state, _ = played(setup)
    plain, _ = played(loop(far_pair()))
    assert len(state.traffic.opens_us) == EIGHT + 150 + 1
    assert np.array_equal(state.traffic.transaction_us, plain.traffic.transaction_us)


TROUBLES = (
    [cut(3, link=1), heal(4, link=1), strike(5, "host"), repair(9), strike(14, unit=1)],
    [strike(3, "slow"), repair(5), strike(8, "failback"), strike(12, "switchover")],
    [strike(3, "process"), strike(3), cut(6, link=0), heal(9, link=0), repair(10)],
    [strike(3, "stop"), repair(8), cut(11, link=1), cut(11.5, link=0), heal(16, link=1)],
)


@pytest.mark.parametrize("troubles", range(len(TROUBLES)))
@pytest.mark.parametrize("policy", ["synchronous", "semi-sync", "streaming"])
def test_nobody_ever_has_two_requests_under_way(troubles: int, policy: str) -> None:
    tier = far_pair(boot_us=S)
    tier = replace(
        tier, sync=replace(tier.sync, policy=policy, timeout_us=2 * S if policy == "semi-sync" else None)
    )
    setup = loop(tier, commands=TROUBLES[troubles], transaction_rate=Rate(20))
    assert most_outstanding(setup) <= EIGHT
    hashes = {trace_sha256(played(replace(setup, tick_us=tick_ms * MS))[0]) for tick_ms in (1, 10, 50)}
    assert len(hashes) == 1


@pytest.mark.parametrize("seed", range(12))
def test_random_worlds_balance_and_do_not_depend_on_how_they_are_played(seed: int) -> None:
    names = ["synchronous", "semi-sync", "stay", "orderly", "conditions", "bandwidth", "announcements"]
    setup = story(dice_of(seed), names[seed % 7 :][:2])
    traffic = replace(setup.traffic, connections=5, initial_sessions=5, response_us=30 * MS)
    setup = replace(setup, traffic=traffic)
    whole, _ = played(setup)
    pieces = start(setup)
    for at_us in range(0, setup.duration_us + 1, 700 * MS):
        advance(pieces, at_us)
        pieces = pieces.copy()
    advance(pieces, setup.duration_us)
    finish(pieces)
    assert trace_sha256(pieces) == trace_sha256(whole)
    assert np.array_equal(pieces.traffic.transaction_us, whole.traffic.transaction_us)
