"""What a curve of all strike instants costs, as a ratio to one run, and to a run for each of its ticks."""

from __future__ import annotations

import sys

from stopwatch import best_s

from visualizer.lab import measure, prove, strike_curve, undisturbed
from visualizer.scenario import load, shipped_names
from visualizer.sim.setup import Setup

REPEATS = 3


def main() -> int:
    """A row a shipped scenario, its first tier."""
    print("\n| scenario | ticks | one run ms | curve, in runs | copies struck | a run a tick, in curves |")
    print("|---|---:|---:|---:|---:|---:|")
    for name in shipped_names():
        setup = load(name).setup
        run_s = best_s(_run, lambda _, given=setup: given, REPEATS)
        curve_s = best_s(strike_curve, lambda _, given=setup: given, REPEATS)
        curve = strike_curve(setup)
        if wrong := prove(setup, curve, 4).unequal:
            print(f"{name}: the curve is wrong at {wrong} of 4 instants", file=sys.stderr)
            return 1
        ticks, strikes = len(curve.strike_us), curve.control.strikes
        cells = (f"{run_s * 1000:.1f}", f"{curve_s / run_s:.1f}", strikes, f"{ticks * run_s / curve_s:.0f}")
        print(f"| {name} | {ticks:,} | {' | '.join(map(str, cells))} |", flush=True)
    return 0


def _run(setup: Setup) -> object:
    return measure([undisturbed(setup)])


if __name__ == "__main__":
    sys.exit(main())
