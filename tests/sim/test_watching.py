"""Who listens to whom, how long, and what delays a takeover: skew, polls, serial cables, chance, clients."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sim.small import cut, heal, lost, of, on_link, pair, played, repair, strike, times_s, tuned, us, world

from visualizer.ledger import account
from visualizer.sim import advance, start
from visualizer.sim.cable import jitter
from visualizer.sim.chance import Purpose, draw
from visualizer.sim.event import (
    AddressLearned,
    AnnouncementLost,
    Demoted,
    Status,
    SyncReceived,
    Takeover,
    TakeoverBegun,
)
from visualizer.sim.setup import AnnouncementSetup, LinkSetup, Quality, Rate, Share
from visualizer.sim.state import Role

HALF = Share(1, 2)


def test_each_unit_has_its_own_skew() -> None:
    """The secondary waits 0.6 s longer, the primary 0.3 s, each from the last heartbeat that it heard."""
    tier = tuned(pair(), heartbeat={"skew_us": (us(0.3), us(0.6))})
    _, events = played(world(tier, duration_s=30, commands=[strike(5), repair(10), strike(20, unit=1)]))
    assert times_s(events, Takeover) == [7.6, 22.3]


@pytest.mark.parametrize(("poll_s", "at_s"), [(0, 13), (0.7, 13.3), (1, 13), (4, 16)])
def test_a_watcher_that_looks_now_and_then_is_late(poll_s: float, at_s: float) -> None:
    tier = tuned(pair(), heartbeat={"poll_us": us(poll_s)})
    _, events = played(world(tier, commands=[strike(11)]))
    assert times_s(events, Takeover) == [at_s]


@pytest.mark.parametrize(
    ("fault", "at_s"), [("host", 11.55), ("lightning", 11.55), ("process", 13.25), ("daemon", 13.25)]
)
def test_a_serial_cable_senses_that_the_peer_has_no_power(fault: str, at_s: float) -> None:
    """0.25 s of cable. A dead process leaves the power on."""
    tier = replace(pair(), links=(LinkSetup("link", us(0.25), "serial"),))
    _, events = played(world(tier, commands=[strike(11.3, fault)]))
    assert times_s(events, Takeover) == [14.25 if at_s > 13 else at_s]


def test_a_cut_serial_cable_senses_nothing() -> None:
    tier = replace(pair(), links=(LinkSetup("link", 0, "serial"),))
    _, events = played(world(tier, commands=[cut(10.5), strike(11.3)]))
    assert times_s(events, Takeover) == [13]


def test_why_a_unit_takes_over_is_said() -> None:
    tier = replace(pair(), links=(LinkSetup("link", 0, "serial"),), takeover_us=us(1))
    _, events = played(world(tier, commands=[strike(11.3, "host")]))
    assert [(event.why, event.due_us) for event in of(events, TakeoverBegun)] == [("power", us(12.3))]


def test_a_takeover_that_takes_time_is_stopped_by_no_heartbeat() -> None:
    """Decided at 12 s, active at 14 s. The heartbeat of 13 s comes too late; then two are active."""
    tier = tuned(pair(sync_latency_s=0), takeover_us=us(2))
    state, events = played(world(tier, commands=[cut(9.5), heal(12.5)]))
    assert [(event.at_us, event.due_us, event.why) for event in of(events, TakeoverBegun)] == [
        (us(12), us(14), "silence")
    ]
    assert times_s(events, Takeover) == [14]
    assert times_s(events, Demoted) == [14]
    assert lost(state) == {"split_brain": 49}  # since the copy of 9 s: who starts takes no more


def test_a_unit_that_starts_may_die_and_then_nobody_is_left() -> None:
    tier = tuned(pair(), takeover_us=us(2))
    state, events = played(world(tier, commands=[strike(11), strike(14, unit=1)]))
    assert not of(events, Takeover)
    assert lost(state) == {"unsynced": 19, "no_survivor": 91}


@pytest.mark.parametrize(("preempt_s", "back_s"), [(0, 13), (5, 18)])
def test_a_primary_that_preempts_takes_over_again(preempt_s: float, back_s: float) -> None:
    """It does not count the heartbeats of the secondary: its delay, then its hold time, from 10 s on."""
    tier = tuned(pair(policy="streaming"), preempt=True, preempt_us=us(preempt_s))
    state, events = played(world(tier, duration_s=30, commands=[strike(5), repair(10)]))
    assert [(event.at_us, event.unit) for event in of(events, Takeover)] == [(us(7), 1), (us(back_s), 0)]
    assert account(state).stateful


def test_without_preemption_everybody_stays_where_he_is() -> None:
    _, events = played(world(pair(policy="streaming"), duration_s=40, commands=[strike(5), repair(10)]))
    assert times_s(events, Takeover) == [7]


@pytest.mark.parametrize(("election", "loser", "gone"), [("newest", 0, 19), ("priority", 1, 30)])
def test_of_two_actives_the_election_says_who_gives_up(election: str, loser: int, gone: int) -> None:
    """Cut at 11.5 s, takeover at 14 s, healed at 16.5 s, a heartbeat at 17 s. Copies every 4 s: the old one
    alone has what came from 12.1 to 13.9 s, the new one what came from 14 to 16.9 s.
    """
    tier = tuned(pair(sync_s=4, sync_latency_s=0), election=election)
    state, events = played(world(tier, duration_s=30, commands=[cut(11.5), heal(16.5)]))
    assert [(event.at_us, event.unit) for event in of(events, Demoted)] == [(us(17), loser)]
    assert lost(state) == {"split_brain": gone}
    assert state.tiers[0].serving == 1 - loser


def announced(seed: int, count: int) -> tuple[int | None, float]:
    """(number of the first announcement heard, when clients follow) by the draws of the first train."""
    for number in range(count):
        if draw(seed, Purpose.ANNOUNCEMENT, number) >= HALF.threshold:
            return number, us(13) + number * us(0.5) + us(0.25)
    age_us = us(20) + (draw(seed, Purpose.CACHE_AGE, 0) * us(30) >> 32)
    return None, us(11) + age_us


@pytest.mark.parametrize("seed", range(6))
def test_the_first_announcement_that_is_heard_leads_clients_over(seed: int) -> None:
    """Two, half a second apart, and 0.25 s until they follow; else their cache, 20 to 50 s after 11 s."""
    tier = tuned(
        pair(),
        convergence_us=us(0.25),
        announcement=AnnouncementSetup(2, us(0.5), HALF, us(20), us(50)),
    )
    state, events = played(world(tier, duration_s=70, seed=seed, commands=[strike(11)]))
    heard, follow_us = announced(seed, 2)
    lost_ones = 2 if heard is None else heard
    assert [event.number for event in of(events, AnnouncementLost)] == [1, 2][:lost_ones]
    assert [event.at_us for event in of(events, AddressLearned)] == [follow_us]
    assert account(state).interrupted[Status.NOBODY_ACTIVE] == 20


def test_the_dice_of_announcements_show_all_their_faces() -> None:
    assert {announced(seed, 2)[0] for seed in range(6)} == {None, 0, 1}


def test_a_slow_unit_answers_nobody_and_nobody_notices() -> None:
    state, events = played(world(commands=[strike(11, "slow"), repair(14)]))
    assert not of(events, Takeover)
    assert account(state).interrupted == {Status.HUNG: 30}
    assert account(state).stateful


def test_a_dead_daemon_makes_two_actives_of_a_healthy_one() -> None:
    """Silent from 11 s on; the other one takes over at 13 s, with the copy of 12 s. It hears its successor
    only when it is repaired.
    """
    state, events = played(world(commands=[strike(11, "daemon"), repair(16)]))
    assert times_s(events, Takeover) == [13]
    assert times_s(events, Demoted) == [16]
    assert lost(state) == {"split_brain": 9}
    assert account(state).no_service_us == 0


def test_a_standby_without_its_daemon_watches_nobody() -> None:
    """Repaired at 15 s, it waits its hold time from then on. What was copied is still there."""
    state, events = played(
        world(duration_s=25, commands=[strike(8, "daemon", unit=1), strike(11), repair(15, unit=1)])
    )
    assert times_s(events, Takeover) == [18]
    assert lost(state) == {"unsynced": 19}


def test_lost_heartbeats_leave_copies_alone() -> None:
    """Takeover at 13 s; the copy of 12 s came over the same cable."""
    state, events = played(world(commands=[on_link(11, "heartbeat-loss"), heal(14.5)]))
    assert times_s(events, SyncReceived)[:4] == [3, 6, 9, 12]
    assert times_s(events, Takeover) == [13]
    assert lost(state) == {"split_brain": 9}


def test_a_cable_that_gets_bad_delays_its_stream() -> None:
    """From 0 to 0.5 s: the five of 9.5 to 9.9 s are on it at 10 s."""
    tier = tuned(pair(policy="streaming", sync_latency_s=0), link={"degraded": Quality(us(0.5))})
    state, _ = played(world(tier, commands=[on_link(8, "degrade", 1), strike(10)]))
    assert lost(state) == {"in_flight": 5}


@pytest.mark.parametrize(("at_s", "gone"), [(9.55, 5), (9.65, 0), (9.75, 0)])
def test_a_cable_that_gets_good_again_keeps_its_order(at_s: float, gone: int) -> None:
    """Healed at 9.15 s: that of 9.1 s arrives at 9.6 s, and nothing sent later arrives before it."""
    tier = tuned(pair(policy="streaming", sync_latency_s=0), link={"degraded": Quality(us(0.5))})
    commands = [on_link(8, "degrade", 1), heal(9.15, link=1), strike(at_s)]
    state, _ = played(world(tier, commands=commands))
    assert account(state).lost.sessions == gone


def test_a_cable_that_gets_bad_loses_heartbeats() -> None:
    tier = tuned(pair(), link={"degraded": Quality(loss=Share(1, 1))})
    _, events = played(world(tier, commands=[on_link(11, "degrade")]))
    assert times_s(events, Takeover) == [13]


def false_takeover(seed: int, loss: Share, jitter_us: int, misses: int, until: int) -> int | None:
    """When a standby that hears these beats, one a second over 1 ms of cable, gives the active up."""
    arrivals = sorted(
        us(number) + 1000 + jitter(seed, Purpose.HEARTBEAT_JITTER, number, 0, jitter_us)
        for number in range(until)
        if draw(seed, Purpose.HEARTBEAT_LOSS, number) >= loss.threshold
    )
    heard_us = 0
    for at_us in [*arrivals, us(until)]:
        if at_us > heard_us + us(misses):
            return heard_us + us(misses)
        heard_us = at_us
    return None


def takeovers(loss: Share, jitter_us: int, misses: int, seeds: int, until: int) -> list[int]:
    """When each of so many healthy pairs had its first false takeover; the last second if it had none."""
    tier = tuned(
        pair(misses=misses, latency_s=0.001, policy="none"), link={"loss": loss, "jitter_us": jitter_us}
    )
    found = []
    for seed in range(seeds):
        state = start(world(tier, session_rate=Rate(1, us(10)), duration_s=until - 1, seed=seed))
        times: list[int] = []
        while not times and state.now_us < us(until - 1):
            events = advance(state, min(state.now_us + us(10), us(until - 1)))
            times = [event.at_us for event in of(events, Takeover)]
        expected = false_takeover(seed, loss, jitter_us, misses, until)
        assert times[:1] == ([] if expected is None or expected > us(until - 1) else [expected])
        found.append(times[0] if times else us(until - 1))
    return found


def test_three_heartbeats_lost_in_a_row_are_a_false_failover() -> None:
    """Half of all are lost: (p^-3 - 1) / (1 - p) = 14 beats on average, the last of them at 13 s."""
    found = takeovers(HALF, 0, misses=3, seeds=60, until=120)
    mean_s = sum(found) / len(found) / us(1)
    assert abs(mean_s - 13) < 3 * 11.9 / len(found) ** 0.5


def test_jitter_alone_is_enough_for_a_false_failover() -> None:
    """Exponential, 1 s on average: two beats are more than 2 s apart with chance e^-1 / 2 = 0.18."""
    found = takeovers(Share(0), us(1), misses=2, seeds=40, until=60)
    assert min(found) < us(10)
    assert 1 < sum(found) / len(found) / us(1) < 20


def test_one_in_ten_lost_beats_is_a_false_failover_every_1110_s() -> None:
    """Exactly where the draws say, for a few long runs."""
    found = takeovers(Share(1, 10), 0, misses=3, seeds=3, until=1500)
    assert len(set(found)) > 1


def test_the_last_word_of_a_pair_is_one_active_unit() -> None:
    """However often heartbeats fail, when the cable is good again one gives up."""
    tier = replace(pair(sync_latency_s=0), links=(LinkSetup("heartbeat", 1000, loss=HALF), LinkSetup("sync")))
    for seed in range(5):
        state, _ = played(world(tier, duration_s=40, seed=seed))
        roles = {unit.role for unit in state.tiers[0].units}
        assert roles <= {Role.ACTIVE, Role.STANDBY, Role.RESYNCING}
        assert Role.ACTIVE in roles
