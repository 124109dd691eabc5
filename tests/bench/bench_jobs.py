"""What other processes cost and give: one job against two, and a batch handed over, here and to Dask.

The hand-over is timed with work that waits instead of computing: a busy machine bends that little.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from lab.cluster import cluster
from lab.families import family
from stopwatch import FRESH_SEEDS

from visualizer.lab.executors import Cluster, Executor, Here, Processes
from visualizer.lab.playing import play
from visualizer.lab.trials import Family

JOBS = 2
ROUNDS = 2
BATCHES = 12
LONG_S = 0.6
"""Longer than any executor wants a batch to be: so each is one task."""


def one_by_one(seeds: int) -> list[Family]:
    """Three designs whose cable has jitter: their runs are played one by one."""
    return fresh([family(500 + 100 * number, seeds, chance=True) for number in range(3)])


def together(designs: int) -> list[Family]:
    """So many designs with 50 seeds each, which are counted together."""
    return fresh([family(500 + 2 * number, 50, chance=False) for number in range(designs)])


def fresh(asked: list[Family]) -> list[Family]:
    """With seeds that were never used before."""
    first = next(FRESH_SEEDS) * 100_000
    return [replace(one, seeds=range(first, first + len(one))) for one in asked]


def wall_s(work: Callable[[], object]) -> float:
    """How long somebody waits for it."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def processor_s() -> float:
    """Of this process and of those that it started and that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def alone(asked: list[Family]) -> tuple[float, float]:
    """(wall, processor) seconds in this process."""
    began_s = processor_s()
    return wall_s(lambda: play(asked, Here())), processor_s() - began_s


def by_two(asked: list[Family], again: list[Family]) -> tuple[float, float, float]:
    """Wall seconds with the start of two processes and when they run already; processor seconds of a play."""
    began_s = processor_s()
    with Processes(JOBS) as executor:
        first_s = wall_s(lambda: play(asked, executor))
        again_s = wall_s(lambda: play(again, executor))
    return first_s, again_s, (processor_s() - began_s) / 2


def jobs(name: str, make: Callable[[], list[Family]], rounds: int) -> None:
    """One job against two, in turns; the best of each."""
    one, two = [], []
    for _ in range(rounds):
        one.append(alone(make()))
        two.append(by_two(make(), make()))
    (wall, used), (first, then, used_by_two) = (
        tuple(map(min, zip(*found, strict=True))) for found in (one, two)
    )
    row = f"{wall:.2f} | {used:.2f} | {wall / first:.2f} | {wall / then:.2f} | {used_by_two / used:.2f}"
    print(f"| {sum(map(len, make())):,}, {name} | {row} |", flush=True)


def handing_over(name: str, make: Callable[[], AbstractContextManager[Executor]]) -> None:
    """What a batch takes longer than its work, with two workers."""
    with make() as executor:
        begin_s = wall_s(lambda: list(executor.each(time.sleep, [0.0] * 4)))
        found = [wall_s(lambda: list(executor.each(time.sleep, [LONG_S] * BATCHES))) for _ in range(ROUNDS)]
    longer_s = min(found) * JOBS / BATCHES - LONG_S
    print(f"| {name} | {begin_s:.2f} | {1_000 * longer_s:.1f} | {longer_s / LONG_S:.4f} |")


def main() -> int:
    """Measure and print."""
    print("\n| runs | one process: s | processor s | two: times as fast | two that run already | processor |")
    print("|---|---:|---:|---:|---:|---:|")
    jobs("one by one", lambda: one_by_one(50), ROUNDS)
    jobs("one by one", lambda: one_by_one(200), ROUNDS)
    jobs("together: 20 x 20 points", lambda: together(400), 1)
    print("\n| two workers | until the first are done: s | a batch: ms longer | in batches of 0.6 s |")
    print("|---|---:|---:|---:|")
    handing_over("processes", lambda: Processes(JOBS))
    with tempfile.TemporaryDirectory() as folder, cluster(Path(folder), workers=JOBS) as here:
        with Cluster(here.address) as executor:
            while executor.workers < JOBS:
                time.sleep(0.2)
        handing_over("Dask", lambda: Cluster(here.address))
    return 0


if __name__ == "__main__":
    sys.exit(main())
