"""The books at one instant: what is counted, and that the three are never mixed."""

from __future__ import annotations

import pytest
from sim.small import S, cut, heal, pair, played, repair, strike, us, world

from visualizer.ledger import Lost, account, held_sessions
from visualizer.sim.event import LossCause, Status
from visualizer.sim.setup import Rate

BUSY = {"transaction_rate": Rate(1), "lifetime_us": us(6), "initial_sessions": 7, "response_us": us(0.2)}


def test_nothing_has_happened_yet() -> None:
    books = account(played(world(initial_sessions=7), until_s=0)[0])
    assert (books.offered_sessions, books.acknowledged_sessions, books.open_sessions) == (8, 8, 8)
    assert books.stateful
    assert books.interrupted == books.lost_by_cause == {}
    assert books.failovers == ()


@pytest.mark.parametrize("at_s", [0, 3, 10.99, 11, 12.5, 13, 14, 17.05, 20])
def test_requests_are_acknowledged_pending_or_interrupted(at_s: float) -> None:
    state, _ = played(world(commands=[strike(11)], **BUSY), until_s=at_s)
    books = account(state)
    offered = books.offered_sessions + books.offered_transactions
    acknowledged = books.acknowledged_sessions + books.acknowledged_transactions
    assert offered == acknowledged + books.pending + books.requests_interrupted


@pytest.mark.parametrize("at_s", [5, 11, 13, 20])
def test_open_sessions_are_those_that_were_let_in_and_have_neither_closed_nor_been_lost(at_s: float) -> None:
    state, _ = played(world(commands=[strike(11)], transaction_rate=Rate(1), lifetime_us=us(6)), until_s=at_s)
    books = account(state)
    lost = set(state.lost_sessions.tolist())
    columns = enumerate(zip(state.traffic.opens_us.tolist(), state.traffic.closes_us.tolist(), strict=True))
    live = [
        number
        for number, (opened, closes) in columns
        if opened <= us(at_s) < closes and not us(11) <= opened < us(13) and number not in lost
    ]
    assert books.open_sessions == len(live)


def test_causes_add_up_and_each_loss_has_one() -> None:
    tier = pair(latency_s=1, boot_us=us(1))
    commands = [strike(11), repair(15), strike(17, unit=1)]
    state, _ = played(world(tier, commands=commands, transaction_rate=Rate(1)))
    books = account(state)
    assert sum(books.lost_by_cause.values(), Lost()) == books.lost
    assert len(set(state.lost_sessions.tolist())) == books.lost.sessions
    assert len(set(state.lost_transactions.tolist())) == books.lost.transactions


def test_a_loss_of_transactions_alone_is_no_stateful_failover() -> None:
    """Thirty old sessions survive; what they did since the last copy does not."""
    state, _ = played(
        world(session_rate=None, initial_sessions=30, transaction_rate=Rate(1), commands=[strike(11.5)])
    )
    books = account(state)
    assert books.lost == Lost(sessions=0, transactions=60, entries=0)
    assert not books.stateful
    assert books.lost_by_cause == {LossCause.UNSYNCED: books.lost}


def test_time_without_service_runs_on_until_it_ends() -> None:
    for at_s, gone_s in ((11, 0), (12.25, 1.25), (13, 2), (20, 2)):
        state, _ = played(world(commands=[strike(11)]), until_s=at_s)
        assert account(state).no_service_us == gone_s * S


def test_the_record_of_a_failover_grows_as_it_goes_on() -> None:
    records = {}
    for at_s in (10.9, 11, 12.9, 13, 16.9, 17):
        state, _ = played(world(pair(convergence_us=us(4)), commands=[strike(11)]), until_s=at_s)
        records[at_s] = [
            (r.failover.takeover_us, r.achieved_rpo_us, r.achieved_rto_us) for r in account(state).failovers
        ]
    assert records == {
        10.9: [],
        11: [(None, us(2), None)],
        12.9: [(None, us(2), None)],
        13: [(us(13), us(2), None)],
        16.9: [(us(13), us(2), None)],
        17: [(us(13), us(2), us(6))],
    }


def test_each_failover_has_its_own_losses() -> None:
    tier = pair(boot_us=us(1))
    state, _ = played(
        world(tier, duration_s=40, commands=[strike(11), repair(14), strike(25.55, unit=1), repair(30)])
    )
    books = account(state)
    assert [record.lost.sessions for record in books.failovers] == [19, 15]
    assert [record.achieved_rpo_us for record in books.failovers] == [us(2), us(1.55)]


def test_two_units_that_die_together_restore_service_together() -> None:
    """Both records end when somebody serves again."""
    state, _ = played(
        world(
            pair(convergence_us=us(2)), duration_s=30, commands=[strike(11), strike(14, unit=1), repair(16)]
        )
    )
    books = account(state)
    assert [record.failover.fault_us for record in books.failovers] == [us(11), us(14)]
    restored = [record.failover.restored_us for record in books.failovers]
    assert restored == [us(19), us(19)]  # clients have never followed anybody else
    assert books.failovers[1].achieved_rto_us == us(5)
    assert books.no_service_us == us(8)


def test_without_a_survivor_there_is_no_copy_to_go_back_to() -> None:
    """From the death of the second unit on, not only once somebody serves again with empty memory."""
    acts = [strike(11), strike(12, unit=1), repair(14)]
    found = []
    for at_s in (11.5, 12.5, 14.5, 18):
        state, _ = played(world(pair(boot_us=us(1)), commands=acts), until_s=at_s)
        found.append(account(state).failovers[0].achieved_rpo_us)
    assert found == [us(2), None, None, None]


def test_a_false_failover_without_a_gap_has_an_rto_of_nothing() -> None:
    state, _ = played(world(pair(sync_latency_s=0), commands=[cut(11), heal(15)]))
    record = account(state).failovers[0]
    assert record.achieved_rto_us == 0
    assert record.achieved_rpo_us == us(1)  # from the copy of 12 s to the takeover at 13 s
    assert account(state).interrupted == {}


def test_who_holds_what() -> None:
    """Sessions of each unit: all with the active, what was copied with the other, none with the dead."""
    for at_s, expected in ((10, (101, 91)), (10.95, (110, 91)), (11.5, (0, 91)), (13.05, (0, 92))):
        state, _ = played(world(commands=[strike(11)]), until_s=at_s)
        rows = held_sessions(state, account(state).open_sessions)
        assert rows == [expected]


@pytest.mark.parametrize(("policy", "response_s"), [("synchronous", 0), ("streaming", 5), ("streaming", 0)])
def test_what_waits_for_its_answer_is_not_with_the_standby_either(policy: str, response_s: float) -> None:
    """Nothing acknowledged is exposed while requests wait; yet only one unit holds them."""
    tier = pair(policy=policy, sync_latency_s=0)
    setup = world(tier, commands=[cut(2, link=1)], response_us=us(response_s))
    state, _ = played(setup, until_s=5)
    assert held_sessions(state, account(state).open_sessions) == [(51, 20)]


def test_the_ledgers_do_not_know_each_other() -> None:
    """Interruption, loss and doubt at once: each has its own count, and none is a sum."""
    tier = pair(policy="streaming", sync_latency_s=0.5)
    state, _ = played(world(tier, commands=[strike(11)], response_us=us(0.75)))
    books = account(state)
    assert books.interrupted == {Status.HUNG: 7, Status.NOBODY_ACTIVE: 20}
    assert books.lost.sessions == 0
    assert books.in_doubt == 2
    assert books.stateful
