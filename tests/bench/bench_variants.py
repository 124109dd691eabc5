"""What other designs cost: each mechanism of the model, and more tiers, as a ratio to the reference work."""

from __future__ import annotations

import sys
from functools import partial

from simpy_model import Parameters
from stopwatch import best_s
from work import VARIANTS, Variant, engine_in_one_go, engine_tick_by_tick, reference_setup, tiers

from visualizer.sim.setup import Setup

LIVE_SESSIONS = 10_000
REPEATS = 7
TIERS = (1, 2, 4, 8)


def _make(parameters: Parameters, variant: Variant, seed: int) -> Setup:
    return variant(reference_setup(parameters, seed), parameters)


def compare(variants: dict[str, Variant], live_sessions: int) -> None:
    """A table of costs; the first variant is what the others are compared with."""
    parameters = Parameters(live_sessions)
    print(f"\n| {live_sessions:,} live sessions | one call s | ratio | tick by tick s | ratio |")
    print("|---|---:|---:|---:|---:|")
    reference: list[float] = []
    for name, variant in variants.items():
        make = partial(_make, parameters, variant)
        costs = [best_s(work, make, REPEATS) for work in (engine_in_one_go, engine_tick_by_tick)]
        reference = reference or costs
        cells = (f"{cost:.3f} | {cost / one:.1f}" for cost, one in zip(costs, reference, strict=True))
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def main() -> int:
    """The variants, then more and more tiers, at two sizes."""
    compare(VARIANTS, LIVE_SESSIONS)
    for live_sessions in (LIVE_SESSIONS, 10 * LIVE_SESSIONS):
        compare({f"{count} tiers": tiers(count) for count in TIERS}, live_sessions)
    return 0


if __name__ == "__main__":
    sys.exit(main())
