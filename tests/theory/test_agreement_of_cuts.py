"""The engine agrees with the closed forms for cut cables: split brain, leases, fences, waiting, backlog."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from theory.designs import MS, agrees, pair, poisson, world

from visualizer.lab import Columns, measure
from visualizer.sim.command import Command, LinkTarget, Strike, UnitTarget
from visualizer.sim.setup import (
    ALL,
    NONE,
    US_PER_S,
    ClientSetup,
    GuardSetup,
    LinkSetup,
    Rate,
    Setup,
    Share,
    TierSetup,
    TrafficSetup,
)
from visualizer.theory import backlog, split_brain, synchronous

RUNS = 100
CUT_S = 10
"""How long cables stay cut."""


def _shared(**changes: object) -> TierSetup:
    """One cable for heartbeats and copies, so that a cut takes both. S = 5 s, H = 1 s, k = 3."""
    here = pair(interval_ms=5000)
    here = replace(here, sync=replace(here.sync, link=0), links=(LinkSetup("link"),))
    return replace(here, **changes)  # type: ignore[arg-type]


def _cut(setup: Setup, seed: int, at_us: int, heal_us: int) -> Setup:
    acts = (Strike(at_us, "cut", LinkTarget(0, 0)), Strike(heal_us, "heal", LinkTarget(0, 0)))
    return replace(setup, seed=seed, commands=acts)


def _cut_at_random(processes: ProcessPoolExecutor, tier: TierSetup, stay: Share, seed: int) -> Columns:
    """Cut at a random phase of all, healed 10 s later."""
    setup = world(poisson(20), tier, duration_s=32)
    setup = replace(setup, clients=ClientSetup(stay=stay))
    instants = np.random.default_rng(seed).integers(6 * US_PER_S, 16 * US_PER_S, RUNS).tolist()
    trials = [_cut(setup, seed + run, at_us, at_us + CUT_S * US_PER_S) for run, at_us in enumerate(instants)]
    return measure(trials, processes)


HEARD_S = 0.5
"""After the heal the two hear each other at the next heartbeat, half an interval later on average."""


def test_split_brain_discards_the_old_side(processes: ProcessPoolExecutor) -> None:
    tier = _shared(election="newest", demotion_us=2 * US_PER_S)
    found = _cut_at_random(processes, tier, Share(3, 5), 21_000)
    expected = split_brain.old_side_discarded(20, 5, 2.5, CUT_S, stay=0.6, demotion_s=HEARD_S + 2)
    agrees("old_side_discarded λ20 S5 P10 f.6 M2", expected, found.lost_sessions)


def test_split_brain_discards_the_new_side(processes: ProcessPoolExecutor) -> None:
    tier = _shared(election="priority", demotion_us=2 * US_PER_S)
    found = _cut_at_random(processes, tier, Share(3, 5), 22_000)
    expected = split_brain.new_side_discarded(20, 2.5, CUT_S, stay=0.6, demotion_s=HEARD_S + 2)
    agrees("new_side_discarded λ20 P10 f.6 M2", expected, found.lost_sessions)


@pytest.mark.parametrize("renewal_ms", [0, 1000])
def test_a_lease_ends_the_old_side(processes: ProcessPoolExecutor, renewal_ms: int) -> None:
    guard = GuardSetup("lease", lease_us=4 * US_PER_S, renewal_us=renewal_ms * MS)
    found = _cut_at_random(processes, _shared(guard=guard), ALL, 23_000 + renewal_ms)
    expected = split_brain.lease_discarded(20, 5, 4, renewal_ms / 1000)
    agrees(f"lease_discarded λ20 S5 T4 r{renewal_ms / 1000}", expected, found.lost_sessions)


def test_a_fence_ends_the_old_side(processes: ProcessPoolExecutor) -> None:
    guard = GuardSetup("fencing", fence_us=700 * MS)
    found = _cut_at_random(processes, _shared(guard=guard), ALL, 25_000)
    agrees("fenced_discarded λ20 S5 F.7", split_brain.fenced_discarded(20, 5, 2.5, 0.7), found.lost_sessions)


def test_a_fence_that_fails_and_a_witness_keep_the_standby_waiting(processes: ProcessPoolExecutor) -> None:
    fails = GuardSetup("fencing", fence_us=700 * MS, fence_success=NONE)
    for guard in (fails, GuardSetup("witness", lease_us=US_PER_S)):
        found = _cut_at_random(processes, _shared(guard=guard), ALL, 26_000)
        agrees(f"{guard.kind}: nothing lost", 0, found.lost_sessions)
        agrees(f"{guard.kind}: nobody interrupted", 0, found.interrupted)


# --- the sync cable is cut, then the active dies ----------------------------------------------------------


def _cut_then_crash(
    processes: ProcessPoolExecutor, policy: str, crash_s: int, timeout_s: int | None, seed: int
) -> Columns:
    here = pair(policy=policy)
    timeout_us = None if timeout_s is None else timeout_s * US_PER_S
    setup = world(poisson(20), replace(here, sync=replace(here.sync, timeout_us=timeout_us)), duration_s=30)
    acts: tuple[Command, ...] = (
        Strike(5 * US_PER_S, "cut", LinkTarget(0, 1)),
        Strike((5 + crash_s) * US_PER_S, "lightning", UnitTarget(0, 0)),
    )
    return measure([replace(setup, seed=seed + run, commands=acts) for run in range(RUNS)], processes)


@pytest.mark.parametrize(
    ("policy", "crash_s", "timeout_s"),
    [("semi-sync", 6, 10), ("semi-sync", 14, 10), ("synchronous", 14, None), ("streaming", 14, None)],
)
def test_cut_then_crash(
    processes: ProcessPoolExecutor, policy: str, crash_s: int, timeout_s: int | None
) -> None:
    """The crash comes at a heartbeat's instant, so that detection takes 2 s."""
    found = _cut_then_crash(processes, policy, crash_s, timeout_s, 27_000)
    fallback_s = 0 if policy == "streaming" else timeout_s
    expected = synchronous.semi_sync_fallback(20, crash_s, fallback_s)
    agrees(f"{policy} crash {crash_s}: lost", expected.lost, found.lost_sessions)
    agrees(f"{policy} crash {crash_s}: blocked, and outage", expected.blocked + 40, found.interrupted)


# --- backlog: evenly spaced, so equal to a change or two --------------------------------------------------


def _narrow(per_s: int) -> TierSetup:
    """A stream of 1,000-byte changes over a cable that carries `per_s` of them."""
    here = pair(policy="streaming")
    cable = replace(here.links[1], bandwidth_bps=8000 * per_s)
    return replace(here, sync=replace(here.sync, change_bytes=1000), links=(here.links[0], cable))


def _lost_at(setup: Setup, acts: list[Command], crash_us: int) -> int:
    acts = [*acts, Strike(crash_us, "host", UnitTarget(0, 0))]
    return int(measure([replace(setup, commands=tuple(acts))]).lost_sessions[0])


@pytest.mark.parametrize("crash_s", [20, 40, 60])
def test_an_overloaded_cable(crash_s: int) -> None:
    setup = world(TrafficSetup(session_rate=Rate(20)), _narrow(15), duration_s=crash_s + 4)
    expected = backlog.backlog(20, 1 / 15, crash_s)
    assert _lost_at(setup, [], crash_s * US_PER_S) == pytest.approx(expected, abs=2)


@pytest.mark.parametrize("after_s", [0, 5, 10, 29])
def test_a_healed_cable_drains(after_s: int) -> None:
    """Down from 10 to 40 s; then twice as fast as the load."""
    setup = world(TrafficSetup(session_rate=Rate(20)), _narrow(40), duration_s=80)
    cable = LinkTarget(0, 1)
    acts: list[Command] = [Strike(10 * US_PER_S, "cut", cable), Strike(40 * US_PER_S, "heal", cable)]
    expected = backlog.draining_backlog(20, 1 / 40, 30, after_s)
    assert _lost_at(setup, acts, (40 + after_s) * US_PER_S) == pytest.approx(expected, abs=2)


def test_a_drained_cable_is_a_wide_one() -> None:
    setup = world(TrafficSetup(session_rate=Rate(20)), _narrow(40), duration_s=100)
    cable = LinkTarget(0, 1)
    acts: list[Command] = [Strike(10 * US_PER_S, "cut", cable), Strike(40 * US_PER_S, "heal", cable)]
    done_s = 40 + backlog.drain_s(30, 0.5) + 1
    assert _lost_at(setup, acts, round(done_s * US_PER_S)) <= 1
