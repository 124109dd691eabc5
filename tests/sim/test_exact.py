"""The exact integers that the shipped scenarios, and some like them, must give."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sim.small import S, cut, heal, lost, pair, played, strike, times_s, us, world

from visualizer.ledger import account, chain
from visualizer.scenario import load, shipped_names
from visualizer.sim.event import Takeover
from visualizer.sim.setup import Rate


@dataclass(frozen=True)
class Expected:
    takeover_s: float
    lost: int
    met_nobody: int
    rpo_s: float
    rto_s: float


SHIPPED = {
    "article": Expected(takeover_s=13.0, lost=19, met_nobody=20, rpo_s=2.0, rto_s=2.0),
    "article-5s": Expected(takeover_s=13.0, lost=49, met_nobody=20, rpo_s=5.0, rto_s=2.0),
    "f5": Expected(takeover_s=13.001, lost=0, met_nobody=251, rpo_s=0.0, rto_s=2.501),
    "srx": Expected(takeover_s=13.0, lost=39, met_nobody=260, rpo_s=0.4, rto_s=2.6),
    "asa-default": Expected(takeover_s=25.0, lost=39, met_nobody=1460, rpo_s=0.4, rto_s=14.6),
    "asa-fastest": Expected(takeover_s=11.0, lost=39, met_nobody=60, rpo_s=0.4, rto_s=0.6),
    "fortigate": Expected(takeover_s=11.2, lost=9, met_nobody=110, rpo_s=0.1, rto_s=1.1),
}


def test_every_shipped_scenario_has_its_integers() -> None:
    """A new scenario comes with the numbers that it must give."""
    assert set(SHIPPED) <= set(shipped_names())


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_a_shipped_scenario(name: str) -> None:
    expected = SHIPPED[name]
    state, _ = played(load(name).setup)
    books = account(state)
    assert len(books.failovers) == 1
    record = books.failovers[0]
    assert record.failover.takeover_us == us(expected.takeover_s)
    assert books.lost.sessions == expected.lost
    assert record.lost == books.lost
    assert books.requests_interrupted == expected.met_nobody
    assert record.achieved_rpo_us == us(expected.rpo_s)
    assert record.achieved_rto_us == us(expected.rto_s)
    assert books.stateful == (expected.lost == 0)


def test_the_session_of_the_article_is_lost_and_its_chain_says_why() -> None:
    """Session A, made at 10.0 s: copied up to 9.0 s, struck at 11.0 s, taken over at 13.0 s."""
    state, _ = played(load("article").setup)
    lost_at_us = state.traffic.opens_us[state.lost_sessions]
    assert lost_at_us.tolist() == [91 * S // 10 + step * S // 10 for step in range(19)]
    why = chain(state, 100)
    assert (why.accepted_us, why.safe_us, why.fault_us, why.takeover_us) == (10 * S, 9 * S, 11 * S, 13 * S)
    assert (why.fault, why.cause) == ("lightning", "unsynced")


def test_only_lost_sessions_have_a_chain() -> None:
    state, _ = played(load("article").setup)
    for number in (90, 110, 10_000):
        with pytest.raises(KeyError, match=str(number)):
            chain(state, number)


def test_fortigate_as_a_virtual_machine_loses_as_much_and_takes_longer() -> None:
    """The default of 20 missed heartbeats of virtual machines."""
    tier = pair(sync_s=1, heartbeat_s=0.2, misses=20)
    state, _ = played(world(tier, session_rate=Rate(100), commands=[strike(10.1, "host")]))
    assert account(state).lost.sessions == 9
    assert account(state).requests_interrupted == 390


def test_a_pair_that_copies_nothing_loses_every_live_session() -> None:
    tier = pair(policy="none")
    state, _ = played(world(tier, initial_sessions=30, commands=[strike(11, "host")]))
    assert lost(state) == {"never_synced": 30 + 110}
    assert account(state).failovers[0].achieved_rpo_us is None


def test_the_sync_cable_fails_in_silence() -> None:
    """Green heartbeats for 30 s, and 31 s of work are gone (cut at 20.0 s, before that second's copy)."""
    tier = pair(sync_s=1, sync_latency_s=0)
    commands = [cut(20, link=1), strike(50, "host")]
    state, events = played(world(tier, session_rate=Rate(20), duration_s=60, commands=commands))
    assert lost(state) == {"backlog": 619}
    assert account(state).failovers[0].achieved_rpo_us == 31 * S
    assert times_s(events, Takeover) == [52]


@pytest.mark.parametrize(("follow_s", "discarded"), [(0, 199), (2, 299)])
def test_a_split_brain_discards_what_the_deposed_unit_took_in(follow_s: float, discarded: int) -> None:
    """Cut at 12 s, promotion at 14 s; clients leave the old unit at once, or after 2 s."""
    tier = pair(sync_s=5, convergence_us=us(follow_s))
    setup = world(tier, session_rate=Rate(50), duration_s=40, commands=[cut(12), heal(24)])
    state, events = played(setup)
    assert times_s(events, Takeover) == [14]
    assert lost(state) == {"split_brain": discarded}


def test_only_the_tier_that_fails_loses_when_paths_are_cross_connected() -> None:
    """Three tiers whose copies are staggered; the second one's last came at 11.67 s."""
    tiers = [pair(name=f"t{n}", sync_s=5, sync_phase_s=n * 5 / 3) for n in range(3)]
    state, _ = played(world(*tiers, session_rate=Rate(20), commands=[strike(14, tier=1)]))
    assert lost(state) == {"unsynced": 46}
    assert account(state).lost.entries == 46


@pytest.mark.parametrize(
    ("fault", "gone"), [("host", {"unsynced": 23}), ("lightning", {"unsynced": 23, "in_flight": 30})]
)
def test_what_is_on_the_cable_survives_a_dead_host_but_not_lightning(
    fault: str, gone: dict[str, int]
) -> None:
    """Copies at 6 s and 9 s take 2.5 s; at 11.4 s the second is still on its way."""
    tier = pair(latency_s=2.5, misses=9)
    state, _ = played(world(tier, commands=[strike(11.4, fault)]))
    assert lost(state) == gone
