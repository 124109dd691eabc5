"""A quiet tick: what it costs to be asked when nothing is due, beside calling an empty function."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from simpy_model import Parameters
from work import reference_setup, tiers, us

from visualizer.sim import State, advance, start
from visualizer.sim.setup import HeartbeatSetup

LIVE_SESSIONS = 100_000
FINE_US = 100
CALM_US = us(30)
FIRST_US, LAST_US = us(10), us(20)
"""No heartbeat, batch or hold time falls in between: nothing is due but the books every hundred ticks."""

REPEATS = 9


def nothing(_: State, until_us: int) -> list[int]:
    """What a call costs at least."""
    return []


def _loop_s(call: Callable[[State, int], object], state: State, step_us: int) -> float:
    began = time.process_time()
    for until_us in range(FIRST_US + step_us, LAST_US, step_us):
        call(state, until_us)
    return time.process_time() - began


def _ready(count: int, live_sessions: int, tick_us: int) -> State:
    parameters = Parameters(live_sessions)
    setup = reference_setup(parameters, 7)
    pair = setup.tiers[0]
    calm = replace(pair, heartbeat=HeartbeatSetup(CALM_US), sync=replace(pair.sync, interval_us=CALM_US))
    state = start(tiers(count)(replace(setup.with_tier(0, calm), tick_us=tick_us, commands=()), parameters))
    advance(state, FIRST_US)
    return state


def measure(count: int, live_sessions: int, tick_us: int, step_us: int) -> tuple[float, float]:
    """(microseconds of one call in which nothing is due, of an empty call)."""
    state, calls = _ready(count, live_sessions, tick_us), len(range(FIRST_US + step_us, LAST_US, step_us))
    ours_s = empty_s = math.inf
    for _ in range(REPEATS):
        ours_s = min(ours_s, _loop_s(advance, state.copy(), step_us))
        empty_s = min(empty_s, _loop_s(nothing, state, step_us))
    return ours_s / calls * 1e6, empty_s / calls * 1e6


def main() -> int:
    """Calls so fine that there is not even a book to check; then the ticks of the window."""
    print(f"\n| {LIVE_SESSIONS:,} live sessions, nothing due | one call us | an empty call us | ratio |")
    print("|---|---:|---:|---:|")
    for name, count, tick_us, step_us in (
        ("0.1 ms, one tier", 1, us(1), FINE_US),
        ("0.1 ms, four tiers", 4, us(1), FINE_US),
        ("a tick of 10 ms and its part of the books, one tier", 1, us(0.01), us(0.01)),
        ("a tick of 10 ms and its part of the books, four tiers", 4, us(0.01), us(0.01)),
    ):
        ours_us, empty_us = measure(count, LIVE_SESSIONS, tick_us, step_us)
        print(f"| {name} | {ours_us:.2f} | {empty_us:.2f} | {ours_us / empty_us:.1f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
