"""What a cable does to copies: queues, pieces, repeats, holes, order; and what is never copied."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sim.small import cut, heal, lost, of, pair, played, repair, strike, times_s, tuned, us, world

from visualizer.ledger import account
from visualizer.sim.cable import LANES, jitter
from visualizer.sim.chance import Purpose, draw
from visualizer.sim.event import FrameLost, Rejoined, SyncReceived, SyncSent
from visualizer.sim.setup import Rate, Share, TierSetup

FIFTH = {"change_bytes": 1000}, {"bandwidth_bps": 40_000}
"""A change takes 0.2 s on the cable; ten a second are twice as many as it can carry."""


def narrow(latency_s: float = 0, misses: int = 5) -> TierSetup:
    tier = pair(policy="streaming", latency_s=latency_s, misses=misses)
    return tuned(tier, sync=FIFTH[0], link=FIFTH[1])


@pytest.mark.parametrize(
    ("fault", "misses", "gone"),
    [
        ("host", 5, {"backlog": 10}),
        ("lightning", 5, {"in_flight": 3, "backlog": 10}),
        ("process", 5, {}),
        ("process", 2, {"in_flight": 2, "backlog": 3}),
    ],
)
def test_what_queues_dies_with_the_host_and_leaves_when_only_the_process_dies(
    fault: str, misses: int, gone: dict[str, int]
) -> None:
    """20 changes by 2 s; the n-th has left at 0.2 n and arrives 0.5 s later. Ten have left, seven arrived.

    With two misses the standby takes over at 3.5 s: 15 have arrived, 17 have left.
    """
    state, _ = played(world(narrow(0.5, misses), commands=[strike(2, fault)]))
    assert lost(state) == gone


def test_changes_of_one_instant_are_one_message() -> None:
    """Four transactions at 1 s take 0.8 s together; until then none of them is safe."""
    traffic = {"session_rate": None, "initial_sessions": 4, "transaction_rate": Rate(1)}
    for at_s, gone in ((1.7, 4), (1.8, 0)):
        state, _ = played(world(narrow(), commands=[strike(at_s, "host")], **traffic))  # type: ignore[arg-type]
        assert account(state).lost.transactions == gone


NEWCOMER = [strike(1.05, "host", unit=1), repair(5, unit=1)]


@pytest.mark.parametrize(
    ("fault", "gone"),
    [("host", {"backlog": 60}), ("lightning", {"in_flight": 1, "backlog": 60}), ("process", {})],
)
def test_a_copy_in_pieces_cut_short_leaves_its_first_pieces(fault: str, gone: dict[str, int]) -> None:
    """51 sessions from 5 s on at 0.2 s each, the tenth has left at 7.0 s; the newcomer takes over at 24 s."""
    commands = [*NEWCOMER, strike(7, fault)]
    state, _ = played(world(narrow(misses=18), duration_s=40, commands=commands))
    assert lost(state) == gone


def test_a_copy_in_pieces_that_a_cut_ends_starts_again() -> None:
    """After the heal at 8 s there are 81 sessions: 16.2 s."""
    tier = tuned(pair(policy="streaming", sync_latency_s=0), sync=FIFTH[0], link=FIFTH[1])
    commands = [*NEWCOMER, cut(7, link=1), heal(8, link=1)]
    state, events = played(world(tier, duration_s=40, commands=commands))
    assert [event.at_us for event in of(events, SyncSent) if event.full] == [us(5), us(8)]
    assert times_s(events, Rejoined) == [24.2]
    assert account(state).stateful


def test_a_newcomer_that_takes_over_halfway_has_half() -> None:
    """Of sessions that were open before the run too: they come one after the other."""
    tier = narrow(misses=3)
    commands = [strike(1, "host", unit=1), repair(2, unit=1), strike(3.05, "failback")]
    state, _ = played(world(tier, session_rate=None, initial_sessions=30, commands=commands))
    assert lost(state) == {"failback": 25}


def lossy_arrivals(loss: Share, seed: int, until_s: float, jitter_us: int = 0) -> list[tuple[int, int]]:
    """(made, arrives) of one change every 0.1 s on a cable of 0.1 s: a lost frame comes 0.3 s later, a late
    one when jitter says so, and nothing overtakes.
    """
    found: list[tuple[int, int]] = []
    last_us = 0
    for made_us in range(0, us(until_s), us(0.1)):
        attempt = 0
        while attempt < 15 and draw(seed, Purpose.SYNC_LOSS, made_us, attempt) < loss.threshold:
            attempt += 1
        late_us = jitter(seed, Purpose.SYNC_JITTER, made_us, attempt, jitter_us)
        last_us = max(last_us, made_us + us(0.1) + attempt * us(0.3) + late_us)
        found.append((made_us, last_us))
    return found


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("loss", "jitter_s"), [(Share(1, 2), 0), (Share(0), 0.2), (Share(1, 4), 0.2)])
def test_what_follows_a_lost_or_late_frame_waits_behind_it(loss: Share, jitter_s: float, seed: int) -> None:
    tier = tuned(
        pair(policy="streaming", sync_latency_s=0.1),
        sync={"resend_us": us(0.3)},
        link={"loss": loss, "jitter_us": us(jitter_s)},
    )
    expected = [made for made, due in lossy_arrivals(loss, seed, 8, us(jitter_s)) if due >= us(8)]
    state, _ = played(world(tier, seed=seed, commands=[strike(8)]))
    assert state.traffic.opens_us[state.lost_sessions].tolist() == expected
    assert expected
    assert lost(state) == {"in_flight": len(expected)}


@pytest.mark.parametrize("seed", range(3))
def test_batches_never_overtake_each_other(seed: int) -> None:
    """Jitter of 2 s on a batch every half second."""
    tier = tuned(pair(sync_s=0.5, sync_latency_s=0.1), link={"jitter_us": us(2)})
    _, events = played(world(tier, seed=seed))
    arrived = [(event.at_us, event.cut_us) for event in of(events, SyncReceived)]
    assert arrived == sorted(arrived)
    sent = {event.cut_us: event.at_us for event in of(events, SyncSent)}
    assert max(at_us - sent[cut_us] for at_us, cut_us in arrived) > us(2)


def holes(seed: int, until_s: float, refreshes: int) -> list[int]:
    """Changes made every 0.1 s that were lost for good: the datagram, and every refresh after it."""
    loss = Share(1, 3)
    return [
        made_us
        for made_us in range(0, us(until_s), us(0.1))
        if draw(seed, Purpose.SYNC_LOSS, made_us, 0) < loss.threshold
        and all(
            draw(seed, Purpose.REFRESH_LOSS, made_us, LANES * (number + 1)) < loss.threshold
            for number in range(refreshes)
            if made_us <= us(4) * (number + 1)
        )
    ]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("refresh_s", "refreshes"), [(0, 0), (4, 2)])
def test_a_lost_datagram_is_a_hole_until_a_refresh_fills_it(
    refresh_s: float, refreshes: int, seed: int
) -> None:
    """Refreshes at 4 and 8 s send everything again, and lose some of it again."""
    tier = tuned(
        pair(policy="streaming", sync_latency_s=0),
        sync={"datagram": True, "refresh_us": us(refresh_s)},
        link={"loss": Share(1, 3)},
    )
    state, _ = played(world(tier, seed=seed, commands=[strike(11, "host")]))
    expected = holes(seed, 11, refreshes)
    assert state.traffic.opens_us[state.lost_sessions].tolist() == expected
    assert lost(state) == {"in_flight": len(expected)}


def test_a_reliable_transport_brings_everything_in_the_end() -> None:
    tier = tuned(
        pair(policy="streaming", sync_latency_s=0, misses=9),
        sync={"resend_us": us(0.05)},
        link={"loss": Share(1, 3)},
    )
    state, _ = played(world(tier, commands=[strike(11, "host")]))
    assert account(state).stateful


@pytest.mark.parametrize(
    ("prepare_s", "sent_s", "gone"),
    [(0, [1, 2.5, 4], 24), (0.3, [1, 2.8, 4.6], 18)],
)
def test_a_snapshot_waits_until_the_one_before_is_complete(
    prepare_s: float, sent_s: list[float], gone: int
) -> None:
    """One a second that takes 1.5 s. At 5 s the second is complete: all up to 2.5 s, or up to 3.1 s."""
    tier = tuned(
        pair(policy="snapshot", sync_s=1), sync={"transfer_us": us(1.5), "prepare_us": us(prepare_s)}
    )
    state, events = played(world(tier, commands=[strike(5)]))
    assert [at_s for at_s in times_s(events, SyncSent) if at_s < 5] == sent_s
    assert lost(state) == {"stale_snapshot": gone}


def test_a_snapshot_arrives_whole_or_not_at_all() -> None:
    """The first takes from 3 to 6 s: a cut at 5.9 s leaves the standby with what it had at the start."""
    tier = tuned(pair(policy="snapshot", sync_latency_s=0), sync={"transfer_us": us(3)})
    commands = [cut(5.9, link=1), strike(7, "host")]
    state, events = played(world(tier, initial_sessions=3, commands=commands))
    assert next(event.frame for event in of(events, FrameLost)) == "sync"
    assert lost(state) == {"stale_snapshot": 70}


@pytest.mark.parametrize(
    ("policy", "gone"),
    [("streaming", {"never_synced": 36}), ("periodic", {"never_synced": 36, "unsynced": 13})],
)
def test_a_part_of_the_sessions_is_never_copied(policy: str, gone: dict[str, int]) -> None:
    """Every third of 110, evenly spread; of the 19 since the last copy six are among them."""
    tier = tuned(pair(policy=policy), sync={"never": Share(1, 3)})
    state, _ = played(world(tier, commands=[strike(11, "host")]))
    assert lost(state) == gone
    never = state.losses[0].sessions.tolist()
    assert never == [number for number in range(110) if number % 3 == 2]


def test_only_sessions_old_enough_are_copied() -> None:
    """At 11 s those opened before 6 s have been; that of 6.0 s is old enough at this very instant."""
    tier = tuned(pair(policy="streaming"), sync={"pickup_us": us(5)})
    state, _ = played(world(tier, commands=[strike(11, "host")]))
    assert lost(state) == {"never_synced": 50}


def test_with_batches_old_enough_counts_at_the_batch() -> None:
    """The batch of 9 s brought those opened by 7 s; the 20 opened by then that came later wait for 12 s."""
    tier = tuned(pair(), sync={"pickup_us": us(2)})
    state, _ = played(world(tier, commands=[strike(11, "host")]))
    assert lost(state) == {"unsynced": 19, "never_synced": 20}


def test_a_narrow_cable_delays_a_batch_by_its_bytes() -> None:
    """31 changes, then 30, at 0.02 s each; a fixed part of 0.1 s comes on top."""
    tier = tuned(pair(), sync={"change_bytes": 1000, "transfer_us": us(0.1)}, link={"bandwidth_bps": 400_000})
    _, events = played(replace(world(tier), duration_us=us(7)))
    assert times_s(events, SyncReceived) == [3.72, 6.7]
