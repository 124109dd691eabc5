"""Loss and outage as functions of the instant of a strike, from one run and a few strikes on copies of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visualizer.lab.beat_trial import Steps as Work
from visualizer.lab.beat_trial import played
from visualizer.lab.columns import Integers
from visualizer.lab.control import at_once, controlling
from visualizer.lab.control_result import Control
from visualizer.lab.control_strike import NOBODY
from visualizer.lab.curve_loss import exposed_steps, is_exposure, struck_steps
from visualizer.lab.curve_spread import Spread, Steps, spread_of_outage, spread_of_steps
from visualizer.lab.strike import Window, strike_window, struck, undisturbed
from visualizer.sim import State
from visualizer.sim.setup import Setup


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """What lightning on the active unit of `tier` costs at each instant; int64, shape (instants,).

    A strike at `strike_us[i]` falls on unit `unit[i]` (NOBODY: there is nobody to strike), takes
    `lost_sessions[i]`, and everybody is served again `outage_us[i]` later (NEVER_US: not as long as was
    waited, and near the end of the scenario that is longer than it lasts). `loss` and `outage` say how these
    are spread over strikes at all instants of `window_us`, those between the ticks too: of whole periods, if
    `whole_periods`, as a sweep strikes them; else of the whole run.

    `saw`: the loss between the instants too. `lost_otherwise`: sessions that the run loses without the
    strike; they are not in `lost_sessions`. `lost_every_us`, `outage_every_us`: 0 where every instant is
    exact, else how far apart the instants are that were tried.
    """

    tier: int
    strike_us: Integers
    unit: Integers
    lost_sessions: Integers
    outage_us: Integers
    loss: Spread
    outage: Spread
    window_us: Window
    whole_periods: bool
    saw: Steps
    control: Control
    lost_otherwise: int
    lost_every_us: int

    @property
    def outage_every_us(self) -> int:
        """See the class."""
        return self.control.every_us

    def as_dict(self) -> dict[str, Integers]:
        """The columns by name."""
        names = ("strike_us", "unit", "lost_sessions", "outage_us")
        return {name: getattr(self, name) for name in names}

    def run_at(self, setup: Setup, strike_us: int) -> Setup:
        """The run behind a point of this curve of `setup`."""
        unit = int(self.control.units(np.array([strike_us], dtype=np.int64))[0])
        if unit == NOBODY:
            return undisturbed(setup)
        return struck(setup, strike_us, tier=self.tier, unit=unit)


def strike_curve(setup: Setup, tier: int = 0, strike_us: Integers | None = None) -> Curve:
    """What lightning on the tier's active unit would cost at each of these instants (ascending, from 0 to
    the duration; None: at every tick).

    The loss is exact: a strike changes nothing before it, so the exposure of the undisturbed run just before
    an instant is the loss of the run struck then. (In columns whose copies may still be on their way when the
    other column takes over, copies of the run are struck.)
    """
    return at_once(curving(setup, tier, strike_us))


def curving(setup: Setup, tier: int = 0, strike_us: Integers | None = None) -> Work[Curve]:
    """The same in steps of some milliseconds."""
    if strike_us is None:
        strike_us = np.arange(0, setup.duration_us + 1, setup.tick_us, dtype=np.int64)
    control = yield from controlling(setup, tier)
    state = yield from _played(setup)
    saw, every_us = yield from _saw(state, setup, tier, control)
    window_us, whole_periods = _window(setup, tier)
    yield
    return Curve(
        tier=tier,
        strike_us=strike_us,
        unit=control.units(strike_us),
        lost_sessions=saw.at(strike_us),
        outage_us=control.outages_us(strike_us),
        loss=spread_of_steps(saw, window_us, setup.duration_us),
        outage=spread_of_outage(control, window_us),
        window_us=window_us,
        whole_periods=whole_periods,
        saw=saw,
        control=control,
        lost_otherwise=len(state.lost_sessions),
        lost_every_us=every_us,
    )


def _played(setup: Setup) -> Work[State]:
    bare = undisturbed(setup)
    trial = yield from played(bare, setup.duration_us, *bare.commands)
    return trial.state


def _saw(state: State, setup: Setup, tier: int, control: Control) -> Work[tuple[Steps, int]]:
    if is_exposure(state, tier, control):
        return exposed_steps(state, tier), 0
    return (yield from struck_steps(undisturbed(setup), tier, control))


def _window(setup: Setup, tier: int) -> tuple[Window, bool]:
    try:
        return strike_window(setup, tier=tier), True
    except ValueError:
        return (0, setup.duration_us + 1), False
