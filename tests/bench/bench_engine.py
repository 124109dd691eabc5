"""The engine and the SimPy model on the same work: first the same losses, then how much faster.

Run it as README.md beside this file says. Exit code 1 when the two disagree. Both are timed in this one
process; the ratio is the statement.
"""

from __future__ import annotations

import math
import platform
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import simpy
from simpy_model import Copying, Counts, Parameters, simulate
from stopwatch import best_s
from work import engine_in_one_go, engine_tick_by_tick, reference_setup

from visualizer.ledger import account
from visualizer.sim.setup import Setup

SIZES = (1_000, 10_000, 100_000)
SEEDS = {1_000: 100, 10_000: 12}
"""How many seeds each model runs for the comparison of the counts."""

COPIES: tuple[Copying, ...] = ("periodic", "synchronous", "queue")
"""Compared at the second size; the first of them at every size."""


def engine_counts(parameters: Parameters, seed: int) -> Counts:
    """The engine's counts of one run, under the reference model's names."""
    books = account(engine_in_one_go(reference_setup(parameters, seed)))
    return Counts(
        sessions_offered=books.offered_sessions,
        sessions_acknowledged=books.acknowledged_sessions,
        transactions_offered=books.offered_transactions,
        transactions_acknowledged=books.acknowledged_transactions,
        sessions_lost=books.lost.sessions,
        transactions_lost=books.lost.transactions,
        met_nobody=books.requests_interrupted,
    )


def closed_forms(parameters: Parameters) -> dict[str, float]:
    """Expected losses, and requests that met nobody; births come at rate b, live m on average, ask at rate r.

    What was asked for in the last w seconds before the fault has not left the primary: w counts from the last
    batch (periodic), is 0 (synchronous), or is that part of all time by which the cable was too slow (queue).
    Of the sessions born in that time b m (1 - e^(-w / m)) are open at the fault. Sessions open at the fault
    have asked for r m times as many transactions in that time. In the W seconds without service b W births
    are refused, and the b m sessions open at the fault ask in vain for b m r m (1 - e^(-W / m)) transactions
    while they live: no birth replaces those that end. With synchronous copies all requests of the last round
    trip before the fault wait in vain, too.
    """
    mean_s, rate = parameters.mean_life_s, parameters.transaction_rate
    window_s = {
        "periodic": parameters.fault_s % parameters.sync_interval_s,
        "synchronous": 0.0,
        "queue": parameters.fault_s * (1 - 1 / parameters.overload),
    }[parameters.copying]
    unanswered_s = 2 * parameters.latency_s if parameters.copying == "synchronous" else 0.0
    last_heard_s = parameters.fault_s // parameters.heartbeat_interval_s * parameters.heartbeat_interval_s
    restored_s = last_heard_s + parameters.latency_s + parameters.hold_s + parameters.convergence_s
    outage_s = restored_s - parameters.fault_s
    sessions = parameters.live_sessions * -math.expm1(-window_s / mean_s)
    asked_in_vain = parameters.live_sessions * rate * mean_s * -math.expm1(-outage_s / mean_s)
    return {
        "sessions_lost": sessions,
        "transactions_lost": sessions * rate * mean_s,
        "met_nobody": parameters.session_rate * outage_s
        + asked_in_vain
        + parameters.change_rate * unanswered_s,
    }


def agreement(parameters: Parameters, seeds: int) -> bool:
    """Print both models' means beside each other, z in standard errors; whether every |z| is at most 3."""
    reference = [asdict(simulate(parameters, seed)) for seed in range(seeds)]
    engine = [asdict(engine_counts(parameters, seed)) for seed in range(seeds)]
    expected = closed_forms(parameters)
    print(f"\n{parameters.copying}, {parameters.live_sessions:,} live sessions, means of {seeds} seeds")
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
    """In standard errors; two that are never anything but equal are 0 apart."""
    return difference / math.hypot(*errors) if difference else 0.0


def compare_speed(copying: Copying, live_sessions: int) -> str:
    """One row of the table."""
    parameters = Parameters(live_sessions, copying)

    def make(seed: int) -> Setup:
        return reference_setup(parameters, seed)

    small = live_sessions < SIZES[-1]
    simpy_s = best_s(lambda seed: simulate(parameters, seed), lambda seed: seed, 5 if small else 1)
    ticks_s, once_s = best_s(engine_tick_by_tick, make, 7), best_s(engine_in_one_go, make, 7)
    return (
        f"| {copying} | {live_sessions:,} | {simpy_s:.3f} | {ticks_s:.3f} | {once_s:.3f} "
        f"| {simpy_s / ticks_s:.1f} | {simpy_s / once_s:.1f} |"
    )


def main() -> int:
    """Compare, then time."""
    print(f"Python {platform.python_version()}, numpy {np.__version__}, SimPy {simpy.__version__}")
    works = [Parameters(size) for size in SEEDS] + [Parameters(SIZES[1], copying) for copying in COPIES[1:]]
    verdicts = [agreement(parameters, SEEDS[parameters.live_sessions]) for parameters in works]
    if not all(verdicts):
        print("\nthe two models disagree: no use in timing them")
        return 1
    print("\n| copies | live sessions | SimPy s | ticks s | one call s | ratio, ticks | ratio, one call |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for size in SIZES:
        print(compare_speed(COPIES[0], size), flush=True)
    for copying in COPIES[1:]:
        print(compare_speed(copying, SIZES[1]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
