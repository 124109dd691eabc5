"""A million live sessions, in a process of its own: time for each session beside SimPy's, and peak memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

from simpy_model import Parameters, simulate
from stopwatch import once_s
from work import engine_in_one_go, reference_setup

LIVE_SESSIONS = 1_000_000
SIMPY_SESSIONS = 100_000
"""SimPy's cost for each session is measured here; it only grows from here on."""

SEED = 7
_CHILD = "--child"


def child() -> None:
    """One run; prints what it took."""
    setup = reference_setup(Parameters(LIVE_SESSIONS), SEED)
    began = time.perf_counter()
    processor_s = once_s(engine_in_one_go, setup)
    wall_s = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak_mb = peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)  # bytes there, kilobytes elsewhere
    print(json.dumps({"processor_s": processor_s, "wall_s": wall_s, "peak_mb": peak_mb}))


def main() -> int:
    """Print the row."""
    command = [sys.executable, __file__, _CHILD]
    ours = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    theirs_s = once_s(lambda seed: simulate(Parameters(SIMPY_SESSIONS), seed), SEED)
    each_us, theirs_us = ours["processor_s"] / LIVE_SESSIONS * 1e6, theirs_s / SIMPY_SESSIONS * 1e6
    print("\n| live sessions | processor s | wall s | us for each session | SimPy's | ratio | peak MB |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    print(
        f"| {LIVE_SESSIONS:,} | {ours['processor_s']:.1f} | {ours['wall_s']:.1f} | {each_us:.1f} "
        f"| {theirs_us:.0f} | {theirs_us / each_us:.0f} | {ours['peak_mb']:.0f} |"
    )
    return 0


if __name__ == "__main__":
    sys.exit(child() if _CHILD in sys.argv else main())
