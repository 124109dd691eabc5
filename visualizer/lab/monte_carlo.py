"""One design struck at many random instants."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace

from visualizer.lab.columns import Columns
from visualizer.lab.many import measure
from visualizer.lab.strike import Window, strike_instant_us, strike_window, struck
from visualizer.sim.setup import Setup

StrikeAt = int | Window | None
"""Always this instant; uniform in [low_us, high_us); or None: uniform in `strike_window`."""


def monte_carlo(
    setup: Setup,
    seeds: Sequence[int],
    strike_at: StrikeAt = None,
    executor: Executor | None = None,
    *,
    tier: int = 0,
    fault: str = "lightning",
) -> Columns:
    """One run for each seed, the tier's primary struck once: seed by seed other clients and another instant.

    The setup's own strikes on units are left out. Row i belongs to `seeds[i]` and can be played again as
    `struck(replace(setup, seed=seed), strike_us)`. Raises ValueError when the setup is too short.
    """
    window = strike_window(setup, tier=tier) if strike_at is None else strike_at
    return measure(_trials(setup, seeds, window, tier, fault), executor)


def _trials(setup: Setup, seeds: Sequence[int], at: int | Window, tier: int, fault: str) -> list[Setup]:
    return [
        struck(
            replace(setup, seed=seed),
            at if isinstance(at, int) else strike_instant_us(seed, at),
            tier=tier,
            fault=fault,
        )
        for seed in seeds
    ]
