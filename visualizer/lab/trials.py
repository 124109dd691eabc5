"""Runs that are alike: one setup, many seeds. What a sweep, a comparison and a curve are made of.

A family is plain data: it can be sent to another process or machine, and any part of it can be played there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from visualizer.lab.strike import Window, strike_instant_us, struck
from visualizer.sim.setup import Setup


@dataclass(frozen=True, slots=True)
class Blow:
    """One strike on the primary of `tier`, instead of the setup's own strikes on units: for each seed at
    another instant of [low_us, high_us) = `window_us`, uniform and keyed by the seed alone.
    """

    window_us: Window
    tier: int = 0
    fault: str = "lightning"


@dataclass(frozen=True, slots=True)
class Family:
    """The runs of one setup with each of `seeds`, in their order. `blow`: what befalls them (None: what the
    setup says).
    """

    setup: Setup
    seeds: Sequence[int]
    blow: Blow | None = None

    def __len__(self) -> int:
        return len(self.seeds)

    def run(self, index: int) -> Setup:
        """One run, to be played on its own."""
        seed, blow = self.seeds[index], self.blow
        seeded = replace(self.setup, seed=seed)
        if blow is None:
            return seeded
        return struck(seeded, strike_instant_us(seed, blow.window_us), tier=blow.tier, fault=blow.fault)

    def runs(self) -> Iterator[Setup]:
        """All of them, in order."""
        return (self.run(index) for index in range(len(self)))

    def part(self, first: int, last: int) -> Family:
        """The runs [first, last)."""
        return replace(self, seeds=self.seeds[first:last])
