"""Monte-Carlo over the engine agrees with every closed form within three standard errors (fixed seeds)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from theory.designs import MS, agrees, pair, poisson, world

from visualizer.lab import Columns, measure, monte_carlo, struck
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.setup import US_PER_S, Rate, Setup, TrafficSetup
from visualizer.theory import (
    detection_time,
    expectation,
    inflight_batch_loss,
    live_window_loss,
    outage_requests,
    outage_time,
    p_no_interruption,
    p_no_live_loss,
    p_session_lost,
    p_truly_stateful,
    p_truly_stateful_tiers,
    replication_window_loss,
    streaming_loss,
)
from visualizer.theory.cascade import column_entries_lost, column_flows_lost, cross_flows_lost

RUNS = 200

Runs = Callable[..., Columns]


@pytest.fixture
def runs(processes: ProcessPoolExecutor) -> Runs:
    def play(setup: Setup, first_seed: int, fault: str = "lightning", count: int = RUNS) -> Columns:
        return monte_carlo(setup, range(first_seed, first_seed + count), executor=processes, fault=fault)

    return play


def test_replication_window_loss(runs: Runs) -> None:
    found = runs(world(poisson(20), pair(interval_ms=5000), duration_s=14), 1000).lost_sessions
    expected = replication_window_loss(20, 5)
    agrees("replication_window_loss λ20 S5: mean", expected.mean, found)
    agrees("replication_window_loss λ20 S5: variance", expected.variance, (found - expected.mean) ** 2)


@pytest.mark.parametrize(("interval_s", "latency_ms", "made_s"), [(3, 0, 1), (5, 0, 1), (3, 500, 1)])
def test_a_session_made_just_before_the_strike(
    processes: ProcessPoolExecutor, interval_s: int, latency_ms: int, made_s: int
) -> None:
    """One session every 10 s; syncs at a random phase; strike `made_s` after the second one."""
    traffic = TrafficSetup(session_rate=Rate(1, 10 * US_PER_S))
    tier = pair(interval_ms=interval_s * 1000, latency_ms=latency_ms)
    phases = np.random.default_rng(7).integers(1, interval_s * US_PER_S, RUNS, endpoint=True)
    trials = [
        struck(world(traffic, _with_phase(tier, int(phase)), duration_s=15), (10 + made_s) * US_PER_S)
        for phase in phases
    ]
    expected = p_session_lost(made_s, interval_s, latency_ms / 1000)
    agrees(
        f"P(session lost) d{made_s} S{interval_s} L{latency_ms / 1000}",
        expected,
        measure(trials, processes).lost_sessions == 1,
    )


def _with_phase(tier, phase_us):  # type: ignore[no-untyped-def]
    return replace(tier, sync=replace(tier.sync, phase_us=phase_us))


def test_live_sessions_only(runs: Runs) -> None:
    for latency_ms, seed in ((0, 2000), (400, 2700)):
        traffic = poisson(20, lifetime_us=2 * US_PER_S, initial_sessions=40)
        found = runs(world(traffic, pair(latency_ms=latency_ms), duration_s=11), seed).lost_sessions
        expected = live_window_loss(20, 3, 2, latency_ms / 1000)
        name = f"live_window_loss λ20 S3 life2 L{latency_ms / 1000}"
        agrees(f"{name}: mean", expected.mean, found)
        agrees(f"{name}: variance", expected.variance, (found - expected.mean) ** 2)


@pytest.mark.parametrize(
    ("fault", "interval_ms", "latency_ms"),
    [("lightning", 3000, 400), ("host", 3000, 400), ("lightning", 1000, 1300), ("host", 1000, 1300)],
)
def test_a_batch_on_the_cable(runs: Runs, fault: str, interval_ms: int, latency_ms: int) -> None:
    setup = world(poisson(20), pair(interval_ms=interval_ms, latency_ms=latency_ms), duration_s=11)
    found = runs(setup, 3000, fault).lost_sessions
    expected = inflight_batch_loss(20, interval_ms / 1000, latency_ms / 1000, cable_dies=fault == "lightning")
    name = f"inflight_batch_loss {fault} S{interval_ms / 1000} L{latency_ms / 1000}"
    agrees(f"{name}: mean", expected.mean, found)
    agrees(f"{name}: variance", expected.variance, (found - expected.mean) ** 2)


def test_a_streaming_link_exposes_what_is_on_the_cable(runs: Runs) -> None:
    setup = world(poisson(20), pair(policy="streaming", latency_ms=400))
    found = runs(setup, 4000).lost_sessions
    expected = streaming_loss(20, 0.4)
    agrees("streaming_loss λ20 L0.4 lightning: mean", expected.mean, found)
    agrees("streaming_loss λ20 L0.4 lightning: variance", expected.variance, (found - expected.mean) ** 2)
    spared = runs(setup, 4000, "host", count=100).lost_sessions
    agrees("streaming_loss λ20 L0.4 host", streaming_loss(20, 0.4, cable_dies=False).mean, spared)


@pytest.mark.parametrize("fault", ["lightning", "host"])
def test_detection_time(runs: Runs, fault: str) -> None:
    found = runs(world(poisson(1), pair(heartbeat_latency_ms=300)), 5000, fault).detection_us / US_PER_S
    expected = detection_time(1, 3, 0.3, cable_dies=fault == "lightning")
    agrees(f"detection_time H1 k3 L0.3 {fault}: mean", expected.mean_s, found)
    agrees(
        f"detection_time H1 k3 L0.3 {fault}: variance",
        expected.variance_s2,
        (found - expected.mean_s) ** 2,
    )
    assert expected.low_s <= found.min() < expected.low_s + 0.02
    assert expected.high_s - 0.02 < found.max() <= expected.high_s


@pytest.mark.parametrize("fault", ["lightning", "host"])
def test_outage_requests(runs: Runs, fault: str) -> None:
    setup = world(poisson(20), pair(heartbeat_latency_ms=200, convergence_ms=500), duration_s=11)
    found = runs(setup, 6000, fault)
    outage = outage_time(1, 3, 0.2, 0.5, cable_dies=fault == "lightning")
    expected = outage_requests(20, outage)
    agrees(f"outage_time {fault}: mean", outage.mean_s, found.outage_us / US_PER_S)
    agrees(f"outage_requests λ20 {fault}: mean", expected.mean, found.interrupted)
    agrees(
        f"outage_requests λ20 {fault}: variance",
        expected.variance,
        (found.interrupted - expected.mean) ** 2,
    )


def test_p_truly_stateful_of_one_tier(runs: Runs) -> None:
    found = runs(world(poisson(1), pair()), 7000)
    agrees("p_truly_stateful λ1 S3", p_truly_stateful(1, 3), found.stateful)
    agrees("p_no_interruption λ1", p_no_interruption(1, outage_time(1, 3)), found.interrupted == 0)
    late = runs(world(poisson(1), pair(latency_ms=500), duration_s=11), 7000)
    agrees("p_truly_stateful λ1 S3 L0.5", p_truly_stateful(1, 3, 0.5), late.stateful)
    mortal = runs(world(poisson(2, lifetime_us=US_PER_S, initial_sessions=2), pair()), 8000)
    agrees("p_no_live_loss λ2 S3 life1", p_no_live_loss(2, 3, 1), mortal.stateful)


@pytest.mark.parametrize("tiers", [2, 3])
def test_p_truly_stateful_of_tiers_with_the_same_flow(processes: ProcessPoolExecutor, tiers: int) -> None:
    phases = np.random.default_rng(tiers).integers(1, 3 * US_PER_S, (RUNS, tiers), endpoint=True)
    trials = [_all_struck(seed, row.tolist()) for seed, row in enumerate(phases, start=9000)]
    agrees(
        f"p_truly_stateful_tiers λ1 S3 N{tiers}",
        p_truly_stateful_tiers(1, 3, tiers),
        measure(trials, processes).stateful,
    )


def _all_struck(seed: int, phases_us: list[int]) -> Setup:
    """One bolt on every tier's primary; each tier syncs at a phase of its own."""
    tiers = [_with_phase(pair(name=f"tier{place}"), phase) for place, phase in enumerate(phases_us)]
    bolts = tuple(Strike(7 * US_PER_S, "lightning", UnitTarget(place, 0)) for place in range(len(tiers)))
    return replace(world(poisson(1), *tiers, duration_s=11), seed=seed, commands=bolts)


@pytest.mark.parametrize("tiers", [2, 3])
def test_column_cascade(processes: ProcessPoolExecutor, tiers: int) -> None:
    """One unit is struck, the whole column moves; each tier syncs at a phase of its own."""
    phases = np.random.default_rng(40 + tiers).integers(1, 3 * US_PER_S, (RUNS // 2, tiers), endpoint=True)
    trials = [_column_struck(seed, row.tolist()) for seed, row in enumerate(phases, start=9500)]
    found = measure(trials, processes)
    agrees(f"column_flows_lost λ20 S3 T{tiers}", column_flows_lost(20, 3, tiers), found.lost_sessions)
    agrees(f"column_entries_lost λ20 S3 T{tiers}", column_entries_lost(20, 3, tiers), found.lost_entries)
    crossed = measure([replace(trial, path="cross") for trial in trials], processes)
    agrees("cross_flows_lost λ20 S3", cross_flows_lost(20, 3), crossed.lost_sessions)
    agrees("cross: as many entries", cross_flows_lost(20, 3), crossed.lost_entries)


def _column_struck(seed: int, phases_us: list[int]) -> Setup:
    tiers = [_with_phase(pair(name=f"tier{place}"), phase) for place, phase in enumerate(phases_us)]
    bolt = (Strike(7 * US_PER_S, "lightning", UnitTarget(1, 0)),)
    return replace(world(poisson(20), *tiers, duration_s=11), seed=seed, commands=bolt, path="parallel")


RICH = {
    "mortal, with transactions": poisson(
        10, lifetime_us=4 * US_PER_S, initial_sessions=40, transaction_rate=Rate(1)
    ),
    "answered after 0.4 s": poisson(20, response_us=400 * MS),
    "each lives 2 s": poisson(20, lifetime_us=2 * US_PER_S, lifetime_law="fixed"),
    "evenly spaced": TrafficSetup(session_rate=Rate(7)),
    "evenly spaced, mortal": TrafficSetup(session_rate=Rate(7), lifetime_us=2 * US_PER_S),
}


@pytest.mark.parametrize("kind", RICH)
@pytest.mark.parametrize("fault", ["lightning", "host"])
def test_the_expectation_of_a_setup(runs: Runs, kind: str, fault: str) -> None:
    tier = pair(latency_ms=300, heartbeat_latency_ms=100, phase_ms=130)
    setup = world(RICH[kind], tier, duration_s=11)
    expected = expectation(setup, fault=fault)
    assert expected is not None
    found = runs(setup, 11_000, fault, count=150)
    columns = {
        "lost_sessions": found.lost_sessions,
        "requests_interrupted": found.interrupted,
        "chance_of_no_loss": found.stateful,
    }
    for name, values in columns.items():
        value = getattr(expected, name)
        if value is not None:
            agrees(f"{kind}, {fault}: {name}", value, values)
