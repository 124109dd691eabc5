"""The engine agrees with the closed forms for bad networks, second faults, power, and clients that retry."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from theory.designs import MS, agrees, pair, poisson, world

from visualizer.lab import measure, struck
from visualizer.ledger import account
from visualizer.sim import advance, start
from visualizer.sim.command import Command, FeedTarget, Strike, UnitTarget
from visualizer.sim.event import Event, Takeover
from visualizer.sim.setup import (
    US_PER_S,
    ClientSetup,
    FeedSetup,
    LinkSetup,
    Rate,
    RetrySetup,
    Setup,
    Share,
    SiteSetup,
    TierSetup,
    TrafficSetup,
)
from visualizer.theory import (
    availability,
    detection,
    expectation,
    failback,
    false_failover,
    retries,
    stale,
    stateful,
)
from visualizer.theory.outage import outage_time

RUNS = 120
NOBODY = TrafficSetup(session_rate=None)
LOSSY = LinkSetup("heartbeat", latency_us=MS, loss=Share(3, 10))
"""With some latency, so that a heartbeat at the very end of the hold time is still in time."""


def _heartbeats_over(cable: LinkSetup, **beat: object) -> TierSetup:
    """Heartbeats ten times a second over this cable."""
    here = pair(policy="streaming")
    heartbeat = replace(here.heartbeat, interval_us=100 * MS, **beat)  # type: ignore[arg-type]
    return replace(here, heartbeat=heartbeat, links=(cable, here.links[1]))


def _events(setup: Setup, until_s: int) -> list[Event]:
    return advance(start(setup), until_s * US_PER_S)


def _first_takeover_s(setup: Setup) -> float:
    """Nothing is struck: when the standby takes over by mistake."""
    state = start(setup)
    for until_s in range(5, setup.duration_us // US_PER_S + 1, 5):
        for event in advance(state, until_s * US_PER_S):
            if isinstance(event, Takeover):
                return event.at_us / US_PER_S
    raise AssertionError("let it last longer")


# --- heartbeats lost and late -----------------------------------------------------------------------------


def test_false_failover_by_loss() -> None:
    """Beat n is sent at (n - 1) H, and k H after the last one heard the standby takes over."""
    lossy = world(NOBODY, _heartbeats_over(LOSSY), duration_s=100)
    found = [_first_takeover_s(replace(lossy, seed=seed)) // 0.1 + 1 for seed in range(31_000, 31_000 + RUNS)]
    agrees("beats_to_false_failover p.3 k3", false_failover.beats_to_false_failover(0.3, 3), np.array(found))


def test_false_failover_by_jitter() -> None:
    """H = 0.1 s, a hold time of 0.13 s (one miss and a skew): on average 1 / chance beats."""
    cable = LinkSetup("heartbeat", jitter_us=10 * MS)
    late = world(NOBODY, _heartbeats_over(cable, misses=1, skew_us=(0, 30 * MS)), duration_s=300)
    found = [_first_takeover_s(replace(late, seed=seed)) / 0.1 for seed in range(32_000, 32_000 + RUNS)]
    agrees("p_late_beat θ.1 To1.3: beats to it", 1 / false_failover.p_late_beat(1, 1.3, 0.1), np.array(found))


def test_vrrp_false_takeovers() -> None:
    """The backup has lower priority: it steps down at the next advertisement that it hears."""
    skew_us = round(detection.vrrp_skew_s(0.1, 100) * US_PER_S)
    tier = _heartbeats_over(LOSSY, skew_us=(0, skew_us))
    setup = world(NOBODY, replace(tier, election="priority"), duration_s=100)
    counts = [
        sum(isinstance(event, Takeover) for event in _events(replace(setup, seed=seed), 100))
        for seed in range(33_000, 33_012)
    ]
    expected = false_failover.false_takeovers_per_beat(0.3) * 1000
    agrees("false_takeovers_per_beat p.3, 1,000 adverts", expected, np.array(counts))


def test_detection_with_loss(processes: ProcessPoolExecutor) -> None:
    """Runs that have failed over before the strike are left out."""
    setup = world(NOBODY, _heartbeats_over(LOSSY), duration_s=4)
    instants = np.random.default_rng(34).integers(US_PER_S, 2 * US_PER_S, 3 * RUNS).tolist()
    trials = [
        struck(replace(setup, seed=34_000 + run), at_us, fault="host") for run, at_us in enumerate(instants)
    ]
    found = measure(trials, processes)
    detected_s = found.detection_us[found.takeover_us > found.strike_us] / US_PER_S
    expected = detection.detection_time_with_loss(0.1, 3, 0.3, 0.001, cable_dies=False)
    agrees("detection_time_with_loss p.3 k3: mean", expected.mean_s, detected_s)
    agrees("detection_time_with_loss: variance", expected.variance_s2, (detected_s - expected.mean_s) ** 2)


# --- what the state is worth ------------------------------------------------------------------------------


def test_stale_state(processes: ProcessPoolExecutor) -> None:
    """One session for ever, changed once in 2 s: has it changed since the last copy?"""
    traffic = TrafficSetup(
        law="poisson", session_rate=None, initial_sessions=1, transaction_rate=Rate(1, 2 * US_PER_S)
    )
    setup = world(traffic, pair(interval_ms=5000), duration_s=20)
    instants = np.random.default_rng(35).integers(6 * US_PER_S, 16 * US_PER_S, RUNS).tolist()
    trials = [struck(replace(setup, seed=35_000 + run), at_us) for run, at_us in enumerate(instants)]
    agrees("stale_share ν.5 S5", stale.stale_share(0.5, 5), measure(trials, processes).lost_transactions > 0)


def test_nothing_lost_and_nobody_interrupted(processes: ProcessPoolExecutor) -> None:
    """Copies every 3.1 s, so that their phase is independent of the heartbeats'."""
    setup = world(poisson(1), pair(interval_ms=3100), duration_s=44)
    setup = replace(setup, traffic=replace(setup.traffic, session_rate=Rate(3, 10 * US_PER_S)))
    instants = np.random.default_rng(36).integers(9 * US_PER_S, 40 * US_PER_S, 2 * RUNS).tolist()
    trials = [struck(replace(setup, seed=36_000 + run), at_us) for run, at_us in enumerate(instants)]
    found = measure(trials, processes)
    unnoticed = found.stateful & (found.interrupted == 0)
    agrees("p_unnoticed λ.3 S3.1", stateful.p_unnoticed(0.3, 3.1, outage_time(1, 3)), unnoticed)


# --- second faults ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tiers", [1, 3])
def test_double_failure(processes: ProcessPoolExecutor, tiers: int) -> None:
    """A bolt at 5 s, mended at 11 s; each unit of the other column dies at a random instant."""
    failures_per_s, mended_s = 0.1, 6
    named = [replace(pair(policy="streaming"), name=f"tier{place}") for place in range(tiers)]
    setup = world(replace(poisson(5), initial_sessions=50), *named, duration_s=14)
    setup = replace(setup, path="parallel")
    ages_s = np.random.default_rng(37).exponential(1 / failures_per_s, (RUNS, tiers))
    trials = [_second_bolt(setup, row.tolist(), mended_s) for row in ages_s]
    found = measure(trials, processes)
    expected = availability.p_double_failure(failures_per_s, mended_s, tiers)
    agrees(f"p_double_failure f.1 R6 units {tiers}", expected, found.lost_sessions >= 50)


def _second_bolt(setup: Setup, ages_s: list[float], mended_s: int) -> Setup:
    acts: list[Command] = [
        Strike(5 * US_PER_S, "lightning", UnitTarget(0, 0)),
        Strike((5 + mended_s) * US_PER_S, "repair", UnitTarget(0, 0)),
    ]
    for tier, age_s in enumerate(ages_s):
        if age_s < mended_s:
            acts.append(Strike(round((5 + age_s) * US_PER_S), "lightning", UnitTarget(tier, 1)))
    return replace(setup, commands=tuple(sorted(acts, key=lambda act: act.at_us)))


def test_failback_before_the_copy_is_complete() -> None:
    """3,000 sessions and 20 new ones a second, 100 copies a second; mended at 10 s, failed back at 20 s.

    Struck at the instant of a heartbeat, so that the outage is from 5 s to 7 s: 160 more are open at 10 s.
    """
    here = pair(policy="streaming")
    cable = replace(here.links[1], bandwidth_bps=800_000)
    tier = replace(here, sync=replace(here.sync, change_bytes=1000), links=(here.links[0], cable))
    traffic = TrafficSetup(session_rate=Rate(20), initial_sessions=3000)
    acts = (
        Strike(5 * US_PER_S, "host", UnitTarget(0, 0)),
        Strike(10 * US_PER_S, "repair", UnitTarget(0, 0)),
        Strike(20 * US_PER_S, "failback", UnitTarget(0, 0)),
    )
    setup = replace(world(traffic, tier, duration_s=22), commands=acts)
    expected = failback.failback_loss(3160, 100, 20, 10)
    assert int(measure([setup]).lost_sessions[0]) == pytest.approx(expected, abs=3)


def test_one_feed_for_both(processes: ProcessPoolExecutor) -> None:
    """The generator starts with a chance of 0.6; else all is gone once the UPS is empty."""
    feed = FeedSetup(
        "grid", "Grid", ups_us=2 * US_PER_S, generator_us=US_PER_S, generator_success=Share(3, 5)
    )
    sites = (SiteSetup("a", "A", feed=0), SiteSetup("b", "B", feed=0))
    setup = world(replace(poisson(5), initial_sessions=50), replace(pair(), sites=(0, 1)), duration_s=8)
    acts = (Strike(4 * US_PER_S, "utility", FeedTarget(0)),)
    setup = replace(setup, sites=sites, feeds=(feed,), commands=acts)
    found = measure([replace(setup, seed=seed) for seed in range(38_000, 38_000 + RUNS)], processes)
    agrees("p_feed_dark", availability.p_feed_dark(0.6, 1, 2), found.lost_sessions >= 50)


# --- clients ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outage_s", "timeout_s"), [(3, None), (6, 3), (6, None), (20, 10), (20, None), (100, None)]
)
def test_clients_that_try_again(outage_s: int, timeout_s: int | None) -> None:
    """Detection takes 2 s (struck at a heartbeat's instant), the address the rest; 50 clients a second."""
    tier = pair(policy="streaming", convergence_ms=1000 * (outage_s - 2))
    setup = world(TrafficSetup(session_rate=Rate(50)), tier, duration_s=10 + outage_s + 70)
    timeout_us = None if timeout_s is None else timeout_s * US_PER_S
    setup = replace(setup, clients=ClientSetup(retry=RetrySetup(), timeout_us=timeout_us))
    state = start(struck(setup, 10 * US_PER_S))
    advance(state, setup.duration_us)
    found = account(state).interruption
    failed = 50 * outage_s * retries.share_failed(outage_s, timeout_s)
    assert found.failed == pytest.approx(failed, abs=2)
    assert found.delayed == pytest.approx(50 * outage_s - failed, abs=2)
    assert (found.waiting, found.requests) == (0, 50 * outage_s)
    expected = expectation(setup)
    assert expected is not None
    assert expected.requests_interrupted == pytest.approx(50 * (outage_s + 0.5), abs=1)  # detection 2 to 3 s
    if not failed:
        waited_s = found.mean_delay_us / US_PER_S
        assert waited_s == pytest.approx(retries.retry_wait_s(outage_s), rel=0.01)
