"""What the panel of strike instants knows, found out a little in every picture."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from visualizer.lab.beat_trial import play_on, played
from visualizer.lab.columns import Integers
from visualizer.lab.strike import strike_window, undisturbed
from visualizer.scene.lab_curve import Costs, Known
from visualizer.sim import exposure_series
from visualizer.sim.setup import Setup
from visualizer.theory.expectation import expectation

_PIECES = 24
"""So often is shown how far it is."""

_NOTHING = np.zeros(0, dtype=np.int64)

Finding = Generator[Known | None]
"""Steps of some milliseconds: what is known after each, None where that is no more than before."""


def finding(setup: Setup, tier: int) -> Finding:
    """All about strikes on a tier of a setup."""
    nothing = _costs(setup, tier, _NOTHING, _NOTHING)
    yield Known(nothing, nothing, 0, setup.duration_us)
    yield from _losses(setup, tier)


def _losses(setup: Setup, tier: int) -> Finding:
    """A strike changes nothing before it: what was exposed just before an instant is lost with it."""
    bare, nothing = undisturbed(setup), _costs(setup, tier, _NOTHING, _NOTHING)
    trial = yield from played(bare, 0, *bare.commands, until_us=bare.duration_us)
    strike_us = np.arange(0, bare.duration_us + 1, bare.tick_us, dtype=np.int64)
    lost: list[Integers] = []
    for piece in np.array_split(strike_us, min(_PIECES, len(strike_us))):
        yield from play_on(trial, int(piece[-1]))
        lost.append(exposure_series(trial.state, tier, piece))
        found = np.concatenate(lost)
        losses = _costs(setup, tier, strike_us[: len(found)], found)
        yield Known(losses, nothing, int(piece[-1]), setup.duration_us)


def _costs(setup: Setup, tier: int, at_us: Integers, values: Integers) -> Costs:
    """What is known of the losses."""
    try:
        low_us, high_us = strike_window(setup, tier=tier)
    except ValueError:
        return Costs(at_us, values, np.ones(len(at_us), dtype=np.bool_))
    found = expectation(setup, tier=tier)
    return Costs(at_us, values, (at_us >= low_us) & (at_us < high_us), found.lost_sessions if found else None)
