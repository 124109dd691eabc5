"""A strike of one's own on a setup: on what, when, and at which instants it may come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from visualizer.lab.window import Window, fair_window
from visualizer.sim.chance import Purpose, keys_of, philox_with
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.setup import Setup

__all__ = ["Window", "strike_instant_us", "strike_instants_us", "strike_window", "struck", "undisturbed"]


def undisturbed(setup: Setup) -> Setup:
    """The setup without its own strikes on units; cut cables and changes of parameters stay."""
    kept = tuple(
        act for act in setup.commands if not (isinstance(act, Strike) and isinstance(act.target, UnitTarget))
    )
    return replace(setup, commands=kept)


def struck(setup: Setup, at_us: int, *, tier: int = 0, fault: str = "lightning", unit: int = 0) -> Setup:
    """The undisturbed setup with one strike on a unit of the tier: as a rule the primary, which is active
    until then.
    """
    strike = Strike(at_us, fault, UnitTarget(tier, unit))
    acts = sorted((*undisturbed(setup).commands, strike), key=lambda act: act.at_us)
    return replace(setup, commands=tuple(acts))


def strike_window(*setups: Setup, tier: int = 0) -> Window:
    """`fair_window` for a strike on this tier in all of these setups."""
    return fair_window([(setup, tier) for setup in setups])


def strike_instant_us(seed: int, window: Window) -> int:
    """The instant of the run with this seed, uniform in the window; keyed by the seed alone."""
    return strike_instants_us([seed], window)[0]


def strike_instants_us(seeds: Sequence[int], window: Window) -> list[int]:
    """The same for many seeds."""
    low_us, high_us = window
    first = np.zeros(1, dtype=np.int64)
    word0, word1, _, _ = philox_with(keys_of(seeds), Purpose.STRIKE, first, (len(seeds),)).tolist()
    drawn = zip(word0, word1, strict=True)
    return [low_us + ((((high << 32) | low) * (high_us - low_us)) >> 64) for high, low in drawn]
