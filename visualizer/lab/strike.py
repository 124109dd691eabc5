"""A strike of one's own on a setup: on what, when, and at which instants it may come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from visualizer.lab.columns import Integers
from visualizer.lab.window import Window, fair_window
from visualizer.sim.chance import Purpose, Words, keys_of, philox_with
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import Setup

__all__ = [
    "Window",
    "first_strike",
    "strike_instant_us",
    "strike_instants_us",
    "strike_window",
    "struck",
    "undisturbed",
]

_HALF, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)


def first_strike(setup: Setup) -> tuple[int, str] | None:
    """The tier of which the setup strikes a unit first, and with which fault; None where it strikes none."""
    for act in setup.commands:
        if isinstance(act, Strike) and isinstance(act.target, UnitTarget) and not FAULTS[act.fault].mends:
            return act.target.tier, act.fault
    return None


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
    return int(strike_instants_us([seed], window)[0])


def strike_instants_us(seeds: Sequence[int] | Words, window: Window) -> Integers:
    """The same for many seeds, shape (seeds,)."""
    low_us, high_us = window
    first = np.zeros(1, dtype=np.int64)
    high, low, _, _ = philox_with(keys_of(seeds), Purpose.STRIKE, first, (len(seeds),))
    whole, part = divmod(high_us - low_us, 1 << 32)
    upper = high * part + (low * part >> _HALF)  # that width times 64 bits of a fraction, without overflow
    rest = (upper & _LOW) + low * whole
    result: Integers = low_us + (high * whole + (upper >> _HALF) + (rest >> _HALF)).astype(np.int64)
    return result
