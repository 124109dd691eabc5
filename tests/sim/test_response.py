"""A response time: who has not been answered when the unit dies is hung, and perhaps in doubt."""

from __future__ import annotations

import pytest
from sim.small import cut, heal, lost, of, pair, played, repair, strike, us, world

from visualizer.ledger import account
from visualizer.sim import advance, exposure, start
from visualizer.sim.event import InDoubt, Status
from visualizer.sim.setup import Rate


def test_requests_of_the_last_moment_hang_and_are_no_loss() -> None:
    """0.5 s at ten a second: the sessions of 10.5 to 10.9 s were applied, but nobody was told."""
    state, _ = played(world(response_us=us(0.5), commands=[strike(11)]))
    books = account(state)
    assert books.interrupted == {Status.HUNG: 5, Status.NOBODY_ACTIVE: 20}
    assert lost(state) == {"unsynced": 14}
    assert books.in_doubt == 0


def test_a_request_whose_answer_is_due_at_the_strike_is_not_answered() -> None:
    hung = [
        account(played(world(response_us=response_us, commands=[strike(11)]))[0]).interrupted[Status.HUNG]
        for response_us in (us(0.5) - 1, us(0.5), us(0.6) - 1, us(0.6))
        if response_us
    ]
    assert hung == [4, 5, 5, 6]


def test_what_the_survivor_has_of_the_unanswered_is_in_doubt() -> None:
    """A stream of 0.2 s: of the five hung requests those of 10.5 to 10.7 s had arrived (a dead host: all)."""
    tier = pair(policy="streaming", latency_s=0.2)
    for fault, doubtful in (("lightning", 3), ("host", 5)):
        state, events = played(world(tier, response_us=us(0.5), commands=[strike(11, fault)]))
        assert account(state).in_doubt == doubtful
        assert [event.transactions for event in of(events, InDoubt)] == [doubtful]
        assert account(state).stateful


def test_transactions_hang_too_but_not_those_of_a_session_that_was_never_confirmed() -> None:
    """One session at 0 s with a transaction every 0.1 s; one at 10.8 s, never confirmed."""
    state, _ = played(
        world(
            session_rate=Rate(1, us(10.8)),
            transaction_rate=Rate(10),
            response_us=us(0.5),
            commands=[strike(11)],
        )
    )
    assert account(state).interrupted[Status.HUNG] == 5 + 1


def test_in_doubt_is_counted_once_however_many_tiers_die_together() -> None:
    tiers = [pair(name=name, policy="streaming", latency_s=0.2) for name in ("a", "b")]
    commands = [strike(11), strike(11, tier=1)]
    for order in (commands, commands[::-1]):
        state, _ = played(world(*tiers, response_us=us(0.5), commands=order))
        assert account(state).in_doubt == 3
        assert account(state).interrupted[Status.HUNG] == 5


def test_sessions_that_were_there_before_the_run_never_hang() -> None:
    tier = pair(policy="none")
    state, _ = played(world(tier, initial_sessions=4, response_us=us(0.5), commands=[strike(0)]))
    assert lost(state) == {"never_synced": 4}


def test_a_flip_without_a_gap_hangs_what_the_dead_unit_had_not_answered() -> None:
    """In a split brain the other unit serves on at once; the dead one's last requests get no answer."""
    tier = pair(sync_latency_s=0)
    state, _ = played(world(tier, response_us=us(0.5), commands=[cut(11), strike(16, unit=1)]))
    assert account(state).no_service_us == 0
    assert account(state).interrupted == {Status.HUNG: 5}
    assert lost(state) == {"unsynced": 25}


def test_a_demoted_unit_does_not_answer_what_it_forgets() -> None:
    """The secondary serves from 2.9 s to 3.15 s, between two takeovers, and is demoted before it answers."""
    tier = pair(heartbeat_s=0.5, sync_s=0.5)
    commands = [strike(0), strike(0, unit=1), repair(1.4, unit=1), cut(1.5), repair(1.65), heal(3.2)]
    state, _ = played(world(tier, response_us=us(0.9), commands=commands))
    books = account(state)
    assert books.interrupted[Status.HUNG] >= 2
    assert books.offered_sessions == 201


@pytest.mark.parametrize("at_s", [0.3, 5, 10.95, 11, 13.2])
def test_pending_requests_are_neither_acknowledged_nor_lost(at_s: float) -> None:
    state, _ = played(world(response_us=us(0.5), commands=[strike(11)]), until_s=at_s)
    books = account(state)
    assert books.offered_sessions == (
        books.acknowledged_sessions + books.pending + sum(books.interrupted.values())
    )
    assert books.pending == {0.3: 4, 5: 5, 10.95: 5, 11: 0, 13.2: 3}[at_s]


@pytest.mark.parametrize("at_s", [9, 10, 10.75, 11.2])
def test_exposure_counts_what_was_acknowledged(at_s: float) -> None:
    state = start(world(response_us=us(0.25), commands=[strike(at_s)]))
    advance(state, us(at_s) - 1)
    twin = state.copy()
    twin.now_us += 1
    advance(state, us(at_s))
    assert exposure(twin).by_tier == (account(state).lost.sessions,)


def test_what_the_winner_of_a_split_has_of_the_unanswered_is_in_doubt() -> None:
    """Heartbeats cut at 11 s, clients follow at 14.5 s, the old unit is demoted at 15 s. Its last batch was
    that of 12 s; it has answered what was asked before 14.2 s, so nothing of that batch is in doubt. With 4 s
    it has not answered those of 11.0 to 12.0 s, which the winner holds, nor those until 14.4 s, which nobody
    does.
    """
    for response_s, hung, doubtful in ((0.8, 3, 0), (4, 35, 11)):
        tier = pair(sync_latency_s=0, convergence_us=us(1.5))
        state, _ = played(world(tier, response_us=us(response_s), commands=[cut(11), heal(14.5)]), until_s=15)
        books = account(state)
        assert (books.interrupted[Status.HUNG], books.in_doubt) == (hung, doubtful)
