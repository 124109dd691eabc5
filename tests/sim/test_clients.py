"""Clients that try again: what is only delayed, for how long, and what fails all the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
from property.mechanisms import MECHANISMS, dice_of
from property.stories import playable, story
from sim.small import MS, S, change, of, pair, played, repair, strike, world

from visualizer.ledger import account
from visualizer.sim import State, advance, finish, start, trace_sha256
from visualizer.sim.event import RequestsRetried, ServiceChanged, Status
from visualizer.sim.outcome import Interruption
from visualizer.sim.service import transactions_between
from visualizer.sim.setup import ClientSetup, Rate, RetrySetup, Setup, Share, TierSetup

SYN = RetrySetup()
"""Linux: 1, 3, 7, 15, 31, 63 s."""


def outage(seconds: int, clients: ClientSetup, *, rate: int = 1000, **more: object) -> Setup:
    """Nobody serves from 10 s on for so many whole seconds."""
    tier = pair(policy="streaming", misses=seconds + 1)
    traffic = {"duration_s": 40, "commands": [strike(10)], "session_rate": Rate(rate), **more}
    return replace(world(tier, **traffic), clients=clients)  # type: ignore[arg-type]


def gap(setup: Setup, at_s: float | None = None) -> Interruption:
    return account(played(setup, at_s)[0]).interruption


def one_stream(down_s: float, stall_us: int, **clients: int) -> Setup:
    """One session with 100 messages a second; the path is dead for `down_s`."""
    tier = replace(pair(policy="streaming", heartbeat_s=down_s / 3), boot_us=0)
    setup = world(tier, session_rate=None, initial_sessions=1, transaction_rate=Rate(100), duration_s=60)
    beat_us = tier.heartbeat.interval_us * 5
    act = strike((beat_us + 1) / S)  # just after a heartbeat: the whole hold time is the outage
    return replace(setup, commands=(act,), clients=ClientSetup(stall_us=stall_us, **clients))


# --- openings ---


def test_syn_back_off_delays_and_loses_nothing() -> None:
    """Of the requests of a three second outage, those of the last second wait 1 s, all others 3 s."""
    found = gap(outage(3, ClientSetup(SYN)))
    assert found.met == {Status.NOBODY_ACTIVE: 3000}
    assert (found.delayed, found.failed, found.waiting) == (3000, 0, 0)
    assert found.mean_delay_us == 2_333_333
    assert found.longest_delay_us == 3 * S


def test_a_client_that_waits_three_seconds_fails_in_half_of_six() -> None:
    found = gap(outage(6, ClientSetup(SYN, timeout_us=3 * S)))
    assert (found.requests, found.failed, found.delayed) == (6000, 3000, 3000)


@pytest.mark.parametrize(
    ("at_s", "failed", "waiting"), [(12.5, 0, 2501), (13.5, 501, 3000), (15.9, 2901, 3000)]
)
def test_who_still_tries_is_waiting_until_his_patience_is_over(
    at_s: float, failed: int, waiting: int
) -> None:
    found = gap(outage(6, ClientSetup(SYN, timeout_us=3 * S)), at_s)
    assert (found.failed, found.waiting, found.delayed) == (failed, waiting, 0)


def test_between_the_takeover_and_its_next_try_a_request_waits() -> None:
    found = gap(outage(3, ClientSetup(SYN)), 13.5)
    assert (found.waiting, found.delayed) == (1998, 1002)  # tries at or before 13.5 s have been served


def test_without_retry_all_that_met_nobody_has_failed() -> None:
    found = gap(outage(3, ClientSetup()))
    assert (found.requests, found.failed, found.delayed, found.waiting) == (3000, 3000, 0, 0)


def test_the_last_try_is_the_end() -> None:
    found = gap(outage(6, ClientSetup(RetrySetup(S, 2, 2))))
    assert (found.failed, found.delayed) == (3000, 3000)


def test_a_try_at_the_instant_at_which_service_is_back_succeeds() -> None:
    setup = outage(3, ClientSetup(RetrySetup(S, 1, 3)), rate=1)
    assert gap(setup).longest_delay_us == 3 * S
    assert gap(setup, 13).delayed == 3


def test_a_session_that_opens_late_lives_as_long() -> None:
    clients = ClientSetup(SYN)
    more = {"lifetime_us": 5 * S, "lifetime_law": "fixed", "transaction_rate": Rate(1)}
    state, _ = played(outage(3, clients, rate=10, **more))
    plain, _ = played(outage(3, ClientSetup(), rate=10, **more))
    late = np.flatnonzero(state.traffic.met)
    assert len(late) == 30
    assert np.array_equal((state.traffic.closes_us - state.traffic.opens_us)[late], np.full(30, 5 * S))
    sessions = transactions_between(state, 0, 40 * S)[1]
    assert np.array_equal(np.bincount(sessions)[late], np.full(30, 4))
    assert not np.isin(transactions_between(plain, 0, 40 * S)[1], late).any()


def test_a_second_outage_before_the_next_try_goes_on_with_the_same_instants() -> None:
    """Served for one second, then down again: what was to try then goes on with its own instants."""
    tier = pair(policy="streaming", misses=2)
    acts = [strike(10), repair(11.5), strike(12.2, unit=1)]
    setup = world(tier, commands=acts, duration_s=40)
    state, events = played(replace(setup, clients=ClientSetup(SYN)))
    log = [(at_us, status) for at_us, status, _ in state.service[0]]
    assert [status for _, status in log[1:]] == [Status.NOBODY_ACTIVE, Status.SERVED] * 2
    down, up = [at_us for at_us, _ in log[1::2]], [at_us for at_us, _ in log[2::2]]
    spans = list(zip(down, up, strict=True))
    for session in range(100, 160):
        asked_us = session * S // 10
        tries = [asked_us, *(asked_us + offset for offset in SYN.offsets_us())]
        first = next(at_us for at_us in tries if not any(low <= at_us < high for low, high in spans))
        assert state.traffic.opens_us[session] == first
    assert len(of(events, RequestsRetried)) == 2


def test_each_group_of_clients_tries_when_it_is_served() -> None:
    """Those who stay with the old unit meet it refused; those who follow are served sooner or later."""
    setup = replace(outage(3, ClientSetup(SYN, stay=Share(1, 2)), rate=10))
    found = gap(setup)
    assert (found.requests, found.delayed) == (30, 30)


# --- transactions ---


@pytest.mark.parametrize("stall_ms", [210, 220])
def test_the_measured_stall_of_a_tcp_stream(stall_ms: int) -> None:
    """Measured over a path dead for 3.1 s: 3.16 to 3.38 s in eight runs of 100 messages a second."""
    state, _ = played(one_stream(3.1, stall_ms * MS), 30)
    times = np.sort(state.traffic.transaction_us[state.traffic.transaction_us < 30 * S])
    found = account(state).interruption
    assert found.longest_delay_us == 15 * stall_ms * MS
    assert 3.15 <= np.diff(times).max() / S <= 3.3773
    assert found.failed == found.waiting == 0


def test_a_stream_stays_in_order_and_arrives_at_once() -> None:
    state, events = played(one_stream(3.1, 210 * MS), 30)
    traffic = state.traffic
    moved = np.flatnonzero(traffic.transaction_met)
    assert len(np.unique(traffic.transaction_us[moved])) == 1
    assert (np.diff(traffic.transaction_asked_us) > 0).all()
    assert len(moved) == 315
    (retried,) = of(events, RequestsRetried)
    assert (retried.sessions, retried.transactions) == (0, 315)
    account_now = account(state)
    assert account_now.acknowledged_transactions == account_now.offered_transactions


def test_a_time_out_bounds_how_long_a_stream_may_stall() -> None:
    found = gap(one_stream(3.1, 210 * MS, timeout_us=S), 30)
    assert found.failed > 0
    assert found.delayed > 0
    assert found.longest_delay_us is not None
    assert found.longest_delay_us <= S
    assert found.requests == found.failed + found.delayed


def test_transactions_on_their_own_each_have_their_instants() -> None:
    more = {"session_rate": None, "initial_sessions": 10, "transaction_rate": Rate(1, 11 * S)}
    state, _ = played(outage(3, ClientSetup(RetrySetup(S, 1, 5)), **more), 20)
    found = account(state).interruption
    assert found.requests == found.delayed
    assert found.requests == 10  # each asks every eleven seconds, all at once
    assert found.mean_delay_us == 3 * S


def test_a_client_that_learns_of_its_loss_gives_up() -> None:
    """Nothing is copied: every session is lost, and with it what was waiting in it."""
    tier = replace(pair(policy="none"), name="tier")
    setup = world(
        tier, session_rate=None, initial_sessions=5, transaction_rate=Rate(1), commands=[strike(10.5)]
    )
    state, _ = played(replace(setup, clients=ClientSetup(SYN, stall_us=200 * MS)), 11.9)
    assert account(state).interruption.waiting == 5
    advance(state, 20 * S)
    finish(state)
    found = account(state).interruption
    assert (found.failed, found.waiting, found.delayed) == (found.requests, 0, 0)
    assert account(state).lost.sessions == 5


def test_what_stands_behind_a_stalled_request_when_its_session_closes_fails() -> None:
    tier = pair(policy="streaming", misses=4)
    one = {"session_rate": None, "initial_sessions": 1, "lifetime_us": 14 * S, "lifetime_law": "fixed"}
    setup = world(tier, commands=[strike(10)], transaction_rate=Rate(10), **one)  # type: ignore[arg-type]
    state, _ = played(replace(setup, clients=ClientSetup(stall_us=900 * MS)))
    books = account(state)
    assert books.interruption.requests == 40  # its next try after 13.0 s would come at 16.4 s
    assert (books.interruption.failed, books.interruption.delayed) == (40, 0)
    assert books.acknowledged_transactions == 100


# --- the whole ---


def test_a_live_change_of_the_rate_keeps_what_has_been_put_off() -> None:
    setup = outage(3, ClientSetup(SYN, stall_us=200 * MS), rate=10, transaction_rate=Rate(2))
    changed = replace(setup, commands=(*setup.commands, change(13.5, "traffic.rate", Rate(20), tier=None)))
    state, _ = played(setup)
    other, _ = played(changed)
    before = state.traffic.asked_us < 13.5 * S
    assert np.array_equal(other.traffic.opens_us[: before.sum()], state.traffic.opens_us[before])
    mine, theirs = (one.traffic.transaction_session < before.sum() for one in (state, other))
    assert np.array_equal(state.traffic.transaction_us[mine], other.traffic.transaction_us[theirs])
    assert account(other).offered_sessions > account(state).offered_sessions
    assert account(other).interruption == account(state).interruption


def test_the_trace_tells_what_is_tried_again() -> None:
    _, events = played(outage(3, ClientSetup(SYN), rate=10))
    (retried,) = of(events, RequestsRetried)
    back = of(events, ServiceChanged)[-1]
    assert (retried.at_us, retried.sessions, back.status) == (back.at_us, 30, Status.SERVED)
    _, later = played(outage(3, ClientSetup(RetrySetup(2 * S)), rate=10))
    assert of(later, RequestsRetried)[0].digest != retried.digest


def test_clients_that_do_not_try_again_leave_no_trace() -> None:
    plain, _ = played(outage(3, ClientSetup(), rate=10))
    impatient, events = played(outage(3, ClientSetup(timeout_us=S), rate=10))
    assert trace_sha256(plain) == trace_sha256(impatient)
    assert not of(events, RequestsRetried)


def balanced(state: State) -> bool:
    """Offered = acknowledged + pending + failed + waiting."""
    books = account(state)
    offered = books.offered_sessions + books.offered_transactions
    acknowledged = books.acknowledged_sessions + books.acknowledged_transactions
    found = books.interruption
    return offered == acknowledged + books.pending + found.failed + found.waiting and found.failed >= 0


def random_worlds(seeds: Iterable[int]) -> list[Setup]:
    names = [name for name in MECHANISMS if name not in ("retry", "connections")]
    dice = [dice_of(seed) for seed in seeds]
    return [story(one, ["retry", one(names), one(names)]) for one in dice]


@pytest.mark.parametrize("setup", random_worlds(range(16)), ids=range(16))
def test_random_worlds_balance_at_every_instant_and_do_not_depend_on_the_ticks(setup: Setup) -> None:
    if not playable(setup):
        pytest.skip("too large to be played")
    traces = {trace_sha256(played(replace(setup, tick_us=tick_ms * MS))[0]) for tick_ms in (1, 10, 50)}
    pieces = start(setup)
    for at_us in range(0, setup.duration_us, 370 * MS):
        advance(pieces, at_us)
        pieces = pieces.copy()
        assert balanced(pieces)
    advance(pieces, setup.duration_us)
    finish(pieces)
    assert traces == {trace_sha256(pieces)}


def test_what_is_offered_and_what_it_met_never_changes_after() -> None:
    """Looking back from later gives the same as looking then."""
    setup = outage(3, ClientSetup(SYN, stall_us=200 * MS), rate=20, transaction_rate=Rate(2))
    state, offered, met = start(setup), 0, 0
    for at_us in range(0, 20 * S, 250 * MS):
        advance(state, at_us)
        books = account(state)
        assert books.offered_sessions == at_us * 20 // S + 1
        assert books.offered_transactions >= offered
        assert books.interruption.requests >= met
        offered, met = books.offered_transactions, books.interruption.requests
    assert met > 60


def test_a_tier_that_refuses_is_tried_again_and_one_that_hangs_is_not() -> None:
    for fault, delayed in (("switchover", True), ("slow", False)):
        tier: TierSetup = pair(policy="streaming", sync_latency_s=0.5)
        setup = world(tier, commands=[strike(10, fault), repair(11)])
        found = gap(replace(setup, clients=ClientSetup(SYN)), 15)
        assert bool(found.delayed) is delayed
        assert bool(found.failed) is not delayed
