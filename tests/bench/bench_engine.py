"""The engine and the SimPy model on the same work: first the same losses, then how much faster.

Run it as README.md beside this file says. Exit code 1 when the two disagree. Both are timed in this one
process; the ratio is the statement.
"""

from __future__ import annotations

import gc
import itertools
import math
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict

import numpy as np
import simpy
from simpy_model import Counts, Parameters, simulate

from visualizer.ledger import account, summarise
from visualizer.sim import State, advance, start
from visualizer.sim.command import Strike, UnitTarget
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

SIZES = (1_000, 10_000, 100_000)
SEEDS = {1_000: 100, 10_000: 12}
"""How many seeds each model runs for the comparison of the counts."""

FRESH_SEEDS = itertools.count(1_000)


def reference_setup(parameters: Parameters, seed: int) -> Setup:
    """The same work for the engine."""
    tier = TierSetup(
        name="firewall",
        title="Firewall",
        heartbeat=HeartbeatSetup(interval_us=_us(parameters.heartbeat_interval_s), misses=3),
        sync=SyncSetup("periodic", interval_us=_us(parameters.sync_interval_s)),
        links=(LinkSetup("link", _us(parameters.latency_s)),),
        convergence_us=_us(parameters.convergence_s),
    )
    traffic = TrafficSetup(
        law="poisson",
        session_rate=Rate(parameters.live_sessions, _us(parameters.mean_life_s)),
        lifetime_us=_us(parameters.mean_life_s),
        transaction_rate=Rate(1, _us(1 / parameters.transaction_rate)),
        initial_sessions=parameters.live_sessions,
    )
    strike = Strike(_us(parameters.fault_s), "host", UnitTarget(0, 0))
    return Setup(
        name="bench", title="Bench", description="The reference work.", seed=seed,
        duration_us=_us(parameters.duration_s), tiers=(tier,), traffic=traffic, commands=(strike,),
    )  # fmt: skip


def _us(seconds: float) -> int:
    return round(seconds * US_PER_S)


def engine_counts(parameters: Parameters, seed: int) -> Counts:
    """The engine's counts of one run, under the reference model's names."""
    books = account(engine_in_one_go(parameters, seed))
    return Counts(
        sessions_offered=books.offered_sessions,
        sessions_acknowledged=books.acknowledged_sessions,
        transactions_offered=books.offered_transactions,
        transactions_acknowledged=books.acknowledged_transactions,
        sessions_lost=books.lost.sessions,
        transactions_lost=books.lost.transactions,
        met_nobody=books.requests_interrupted,
    )


def engine_in_one_go(parameters: Parameters, seed: int) -> State:
    """The whole run in a single call, with its summary at the end."""
    setup = reference_setup(parameters, seed)
    state = start(setup)
    advance(state, setup.duration_us)
    summarise(state)
    return state


def engine_tick_by_tick(parameters: Parameters, seed: int) -> State:
    """The run as the window plays it: one call every tick of 10 ms, with its summary at the end."""
    setup = reference_setup(parameters, seed)
    state = start(setup)
    for until_us in range(setup.tick_us, setup.duration_us + 1, setup.tick_us):
        advance(state, until_us)
    summarise(state)
    return state


def closed_forms(parameters: Parameters) -> dict[str, float]:
    """Expected losses, and requests that met nobody; births come at rate b, live m on average, ask at rate r.

    Of the sessions born in the w seconds since the last batch left, b m (1 - e^(-w / m)) are open at the
    fault. Sessions open at the fault have asked for r m times as many transactions in that time. In the W
    seconds without service b W births are refused, and the b m sessions open at the fault ask in vain for
    b m r m (1 - e^(-W / m)) transactions while they live: no birth replaces those that end.
    """
    mean_s, rate = parameters.mean_life_s, parameters.transaction_rate
    window_s = parameters.fault_s % parameters.sync_interval_s
    last_heard_s = parameters.fault_s // parameters.heartbeat_interval_s * parameters.heartbeat_interval_s
    restored_s = last_heard_s + parameters.latency_s + parameters.hold_s + parameters.convergence_s
    outage_s = restored_s - parameters.fault_s
    sessions = parameters.live_sessions * -math.expm1(-window_s / mean_s)
    asked_in_vain = parameters.live_sessions * rate * mean_s * -math.expm1(-outage_s / mean_s)
    return {
        "sessions_lost": sessions,
        "transactions_lost": sessions * rate * mean_s,
        "met_nobody": parameters.session_rate * outage_s + asked_in_vain,
    }


def agreement(parameters: Parameters, seeds: int) -> bool:
    """Print both models' means beside each other; whether all lie within three standard errors."""
    reference = [asdict(simulate(parameters, seed)) for seed in range(seeds)]
    engine = [asdict(engine_counts(parameters, seed)) for seed in range(seeds)]
    expected = closed_forms(parameters)
    print(f"\n{parameters.live_sessions:,} live sessions, means of {seeds} seeds (z in standard errors)")
    print(f"{'':26}{'SimPy':>12}{'engine':>12}{'z':>7}{'formula':>12}{'z engine':>10}")
    fits = True
    for name in reference[0]:
        theirs, ours = [run[name] for run in reference], [run[name] for run in engine]
        z = _z(statistics.mean(ours) - statistics.mean(theirs), _error(ours), _error(theirs))
        fits &= abs(z) <= 3
        line = f"{name:26}{statistics.mean(theirs):12.1f}{statistics.mean(ours):12.1f}{z:7.2f}"
        if name in expected:
            z = _z(statistics.mean(ours) - expected[name], _error(ours))
            fits &= abs(z) <= 3
            line += f"{expected[name]:12.1f}{z:10.2f}"
        print(line)
    return fits


def _error(values: Sequence[int]) -> float:
    return statistics.stdev(values) / math.sqrt(len(values))


def _z(difference: float, *errors: float) -> float:
    return difference / math.hypot(*errors)


def wall_s(work: Callable[[Parameters, int], object], parameters: Parameters, repeats: int) -> float:
    """The best of `repeats` wall times, each with traffic that has never been drawn before."""
    best = math.inf
    for _ in range(repeats):
        seed = next(FRESH_SEEDS)  # the engine remembers the columns of a seed that it has drawn
        gc.collect()
        began = time.perf_counter()
        work(parameters, seed)
        best = min(best, time.perf_counter() - began)
    return best


def compare_speed(live_sessions: int) -> str:
    """One row of the table."""
    parameters = Parameters(live_sessions)
    simpy_s = wall_s(simulate, parameters, 5 if live_sessions < SIZES[-1] else 1)
    ticks_s = wall_s(engine_tick_by_tick, parameters, 5)
    once_s = wall_s(engine_in_one_go, parameters, 5)
    return (
        f"| {live_sessions:,} | {simpy_s:.3f} | {ticks_s:.3f} | {once_s:.3f} "
        f"| {simpy_s / ticks_s:.1f} | {simpy_s / once_s:.1f} |"
    )


def main() -> int:
    """Compare, then time."""
    print(f"Python {platform.python_version()}, numpy {np.__version__}, SimPy {simpy.__version__}")
    verdicts = [agreement(Parameters(size), seeds) for size, seeds in SEEDS.items()]
    if not all(verdicts):
        print("\nthe two models disagree: no use in timing them")
        return 1
    print("\n| live sessions | SimPy s | ticks s | one call s | ratio, ticks | ratio, one call |")
    print("|---:|---:|---:|---:|---:|---:|")
    for size in SIZES:
        print(compare_speed(size), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
