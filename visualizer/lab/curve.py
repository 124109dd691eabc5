"""The loss as a function of the strike's instant, from a single run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visualizer.lab.columns import Integers
from visualizer.lab.strike import undisturbed
from visualizer.sim import advance, exposure_series, finish, start
from visualizer.sim.setup import Setup


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """int64, shape (instants,): lightning at `strike_us[i]` costs `lost_sessions[i]` sessions."""

    strike_us: Integers
    lost_sessions: Integers

    def as_dict(self) -> dict[str, Integers]:
        """The columns by name."""
        return {"strike_us": self.strike_us, "lost_sessions": self.lost_sessions}


def strike_curve(setup: Setup, tier: int = 0, strike_us: Integers | None = None) -> Curve:
    """What lightning on the tier's active unit would cost at each of these instants (ascending, from 0 to
    the duration; None: at every tick).

    Exact: a strike changes nothing before it, so the exposure of the undisturbed run just before an instant
    is the loss of the run struck then.
    """
    if strike_us is None:
        strike_us = np.arange(0, setup.duration_us + 1, setup.tick_us, dtype=np.int64)
    state = start(undisturbed(setup))
    advance(state, setup.duration_us)
    finish(state)
    return Curve(strike_us, exposure_series(state, tier, strike_us))
