"""Seeking anywhere in ten minutes of 10,000 live sessions in four tiers, beside one frame at 60 a second."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

from stopwatch import once_s, spread_ms
from work import VARIANTS, Variant, long_setup, us

from visualizer.ledger import account
from visualizer.ledger.account import held_sessions
from visualizer.sim import State, exposure
from visualizer.sim.command import Strike, UnitTarget
from visualizer.timeline import Run

LIVE_SESSIONS, TIERS = 10_000, 4
SEEKS = 300
FRAME_MS = 1_000 / 60
DESIGNS = (
    "periodic (the reference)",
    "streaming, the cable 80 % busy",
    "synchronous, the cable 80 % busy",
    "clients that try again",
)


def _timed(work: Callable[[], object]) -> float:
    return once_s(lambda _: work(), None)


def read(state: State) -> None:
    """What the window shows beside the picture: the books, the exposure, who holds what."""
    books = account(state)
    exposure(state)
    held_sessions(state, books.open_sessions)


def measure(name: str, variant: Variant, seed: int) -> None:
    """One design: open, compute, seek, read, act, fork."""
    setup = long_setup(LIVE_SESSIONS, TIERS, variant, seed)
    began = time.process_time()
    run = Run(setup)
    open_s = time.process_time() - began
    compute_s = _timed(run.finish)
    places = random.Random(seed)
    seeks, reads = [], []
    for _ in range(SEEKS):
        at_us = places.randrange(setup.duration_us)
        seeks.append(_timed(lambda at_us=at_us: run.seek(at_us)))
        reads.append(_timed(lambda: read(run.state)))
    _show(f"{name}: seek", seeks)
    _show(f"{name}: read the books", reads)
    middle_us = us(300)
    run.seek(middle_us)
    acts = [_timed(lambda: run.act(Strike(middle_us, "host", UnitTarget(1, 1))))]
    acts += [_timed(run.undo), _timed(run.fork)]
    cells = " | ".join(f"{1_000 * second:.1f}" for second in (open_s, compute_s, *acts))
    _LATER.append(f"| {name} | {cells} |")


_LATER: list[str] = []


def _show(name: str, seconds: list[float]) -> None:
    median, p95, largest = spread_ms(seconds)
    print(f"| {name} | {median:.2f} | {p95:.2f} | {largest:.2f} | {p95 / FRAME_MS:.2f} |", flush=True)


def main() -> int:
    """Two tables."""
    print(f"\n| {TIERS} tiers, {LIVE_SESSIONS:,} live sessions, 10 min | median ms | 95 % ms | max ms "
          "| 95 % in frames |")  # fmt: skip
    print("|---|---:|---:|---:|---:|")
    for seed, name in enumerate(DESIGNS):
        measure(name, VARIANTS[name], seed)
    print("\n| ms | open | compute all of it | act in the middle | undo | fork |")
    print("|---|---:|---:|---:|---:|---:|")
    print("\n".join(_LATER))
    return 0


if __name__ == "__main__":
    sys.exit(main())
