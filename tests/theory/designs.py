"""Small worlds for the tests of theory and lab, and the row that compares an estimate with a closed form."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from visualizer.lab import Estimate, estimate
from visualizer.sim.setup import (
    US_PER_S,
    HeartbeatSetup,
    LinkSetup,
    Rate,
    Setup,
    SyncSetup,
    TierSetup,
    TrafficSetup,
)

MS = 1000


def poisson(rate_per_s: int, **changes: object) -> TrafficSetup:
    return replace(TrafficSetup(law="poisson", session_rate=Rate(rate_per_s)), **changes)  # type: ignore[arg-type]


def pair(
    *,
    interval_ms: int = 3000,
    latency_ms: int = 0,
    heartbeat_latency_ms: int = 0,
    policy: str = "periodic",
    convergence_ms: int = 0,
    phase_ms: int = 0,
    name: str = "firewall",
) -> TierSetup:
    """The article's pair: a copy every 3 s, a heartbeat a second, three misses; cables of their own."""
    return TierSetup(
        name,
        name.title(),
        heartbeat=HeartbeatSetup(US_PER_S, 3),
        sync=SyncSetup(policy, interval_ms * MS, phase_ms * MS, link=1),
        links=(LinkSetup("heartbeat", heartbeat_latency_ms * MS), LinkSetup("sync", latency_ms * MS)),
        convergence_us=convergence_ms * MS,
    )


def world(traffic: TrafficSetup, *tiers: TierSetup, duration_s: int = 10) -> Setup:
    """Ticks are coarse: they change nothing but the time that a run takes."""
    return Setup("world", "", "", duration_s * US_PER_S, tiers, traffic, tick_us=100 * MS)


def agrees(name: str, expected: float, values: np.ndarray) -> None:  # type: ignore[type-arg]
    """Within three standard errors; `pytest -s` shows the table."""
    found: Estimate = estimate(values)
    errors = found.errors_from(expected)
    print(
        f"{name:<58} {expected:>9.4f} {found.mean:>9.4f} ± {found.standard_error:.4f} {errors:>+6.2f} "
        f"({found.runs} runs)"
    )
    assert abs(errors) <= 3, f"{name}: expected {expected:.4f}, found {found}"
