"""Many runs: the same Monte-Carlo in SimPy and in the lab, first the same answer, then runs per second.

One process, one thread each, processor time; the ratio is the statement. Then a sweep of 20 x 20 points with
50 seeds each, with one process and with two, in wall time.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import simpy_article
import simpy_model
from bench_engine import closed_forms
from numpy.typing import NDArray
from simpy_article import Article
from simpy_model import Parameters
from stopwatch import once_s
from work import reference_setup

from visualizer.lab import Columns, estimate, strike_window
from visualizer.lab.batch_alike import alike
from visualizer.lab.executors import executor_for
from visualizer.lab.many import one_by_one
from visualizer.lab.playing import play
from visualizer.lab.trials import Blow, Family
from visualizer.opening import open_scenario
from visualizer.sim.setup import US_PER_S
from visualizer.study.axis import axis_of
from visualizer.study.plan import plan_of
from visualizer.theory import expectation

Figures = dict[str, NDArray[np.float64]]
"""By measure, one value a run."""

SWEEP = ("tiers.firewall.sync.interval=0.5s..10s:20", "tiers.firewall.heartbeat.interval=100ms..2s:20")
SWEEP_SEEDS = 50
VARIANTS: dict[str, Sequence[str]] = {
    "the article": (),
    "with jitter: each run has its own failover": ("tiers.firewall.heartbeat.link.jitter=1ms",),
    "with retries: each run is played alone": ("clients.retry.tries=6",),
}
MOST_S = 60.0

_REPEATS = 5
_FRESH = itertools.count(100_000)


@dataclass(frozen=True)
class Work:
    """One Monte-Carlo: in SimPy, and as a family; `expected` by the closed forms. `compared` runs each for
    the answer; for the time `theirs` of SimPy and `ours` of the lab.
    """

    name: str
    simulate: Callable[[int], dict[str, float]]
    family: Callable[[Sequence[int]], Family]
    expected: dict[str, float]
    compared: int
    theirs: int
    ours: int


def article() -> Work:
    """The article with Poisson clients, struck at a random instant."""
    setup = open_scenario("article").setup
    setup = replace(setup, traffic=replace(setup.traffic, law="poisson"))
    window = strike_window(setup)
    asked = Article(window[0] / US_PER_S, window[1] / US_PER_S)
    found = expectation(setup)

    def simulate(seed: int) -> dict[str, float]:
        run = simpy_article.simulate(asked, seed)
        return {"lost sessions": run.lost_sessions, "met nobody": run.interrupted, "outage s": run.outage_s}

    expected = {
        "lost sessions": found.lost_sessions,
        "met nobody": found.requests_interrupted,
        "outage s": found.outage_s,
    }
    return Work(
        "the article, struck at random",
        simulate,
        lambda seeds: Family(setup, seeds, Blow(window)),
        {name: value for name, value in expected.items() if value is not None},
        compared=2000,
        theirs=100,
        ours=20_000,
    )


def reference() -> Work:
    """The reference work at 1,000 live sessions; its closed forms are those of `bench_engine`."""
    parameters = Parameters(1_000)
    setup = reference_setup(parameters, 0)

    def simulate(seed: int) -> dict[str, float]:
        run = simpy_model.simulate(parameters, seed)
        return {
            "lost sessions": run.sessions_lost,
            "lost transactions": run.transactions_lost,
            "met nobody": run.met_nobody,
        }

    forms = closed_forms(parameters)
    names = {
        "sessions_lost": "lost sessions",
        "transactions_lost": "lost transactions",
        "met_nobody": "met nobody",
    }
    return Work(
        "the reference work, 1,000 live sessions",
        simulate,
        lambda seeds: Family(setup, seeds),
        {name: forms[key] for key, name in names.items()},
        compared=60,
        theirs=6,
        ours=1_000,
    )


def figures(columns: Columns) -> Figures:
    """The lab's figures under the names of the models."""
    return {
        "lost sessions": columns.lost_sessions.astype(np.float64),
        "lost transactions": columns.lost_transactions.astype(np.float64),
        "met nobody": columns.interrupted.astype(np.float64),
        "outage s": columns.outage_us / US_PER_S,
    }


def same_answer(work: Work) -> bool:
    """Prints a table; whether all lies within three standard errors."""
    theirs = [work.simulate(seed) for seed in range(work.compared)]
    ours = figures(play([work.family(range(work.compared))]))
    print(f"\n| {work.name}: mean of {work.compared:,} seeds | SimPy | lab | closed form | standard errors |")
    print("|---|---:|---:|---:|---:|")
    agree = True
    for name, expected in work.expected.items():
        here, there = estimate(ours[name]), estimate(np.array([run[name] for run in theirs]))
        apart = (here.mean - there.mean) / max(np.hypot(here.standard_error, there.standard_error), 1e-12)
        errors = (apart, here.errors_from(expected), there.errors_from(expected))
        agree &= max(map(abs, errors)) <= 3
        shown = ", ".join(f"{error:+.1f}" for error in errors)
        print(f"| {name} | {there.mean:,.2f} | {here.mean:,.2f} | {expected:,.2f} | {shown} |", flush=True)
    return agree


def seconds_a_run(work: Callable[[Sequence[int]], object], runs: int) -> float:
    """The least processor time of several goes, each on seeds never used before."""
    best = float("inf")
    for _ in range(_REPEATS):
        first = next(_FRESH) * 1_000_000
        best = min(best, once_s(work, range(first, first + runs)) / runs)
    return best


def rates(work: Work) -> None:
    """Prints a row: runs per second of all three."""
    simpy_s = seconds_a_run(lambda seeds: [work.simulate(seed) for seed in seeds], work.theirs)
    alone_s = seconds_a_run(lambda seeds: one_by_one(work.family(seeds)), work.theirs)
    batch_s = seconds_a_run(lambda seeds: play([work.family(seeds)]), work.ours)
    print(
        f"| {work.name} | {1 / simpy_s:,.0f} | {1 / alone_s:,.0f} | {1 / batch_s:,.0f} "
        f"| {simpy_s / batch_s:,.0f} |",
        flush=True,
    )


def sweep(overrides: Sequence[str], jobs: int) -> tuple[int, int, float]:
    """(runs, points that are counted together, wall seconds), the planning included."""
    began = time.perf_counter()
    axes = [axis_of(text) for text in SWEEP]
    families = plan_of(open_scenario("article", overrides), axes, seeds=range(SWEEP_SEEDS)).families
    with executor_for(jobs) as executor:
        rows = play(families, executor)
    return len(rows), sum(alike(family) is None for family in families), time.perf_counter() - began


def main() -> int:
    """Exit code 1 when the answers differ, or the sweep takes more than a minute on two processors."""
    works = (article(), reference())
    if not all(same_answer(work) for work in works):
        print("the two do not agree", file=sys.stderr)
        return 1
    print("\n| runs per second, one process | SimPy | one by one | together | together / SimPy |")
    print("|---|---:|---:|---:|---:|")
    for work in works:
        rates(work)
    print("\n| 20 x 20 points, 50 seeds each | runs | points counted together | jobs | wall seconds |")
    print("|---|---:|---:|---:|---:|")
    too_long = False
    for name, overrides in VARIANTS.items():
        for jobs in (1, 2):
            runs, together, wall_s = sweep(overrides, jobs)
            print(f"| {name} | {runs:,} | {together} | {jobs} | {wall_s:.1f} |", flush=True)
            too_long |= jobs > 1 and wall_s > MOST_S
    if too_long:
        print(f"a sweep takes longer than {MOST_S:.0f} s", file=sys.stderr)
    return int(too_long)


if __name__ == "__main__":
    sys.exit(main())
