"""A curve is proved by striking: at some instants the run is played anew, from its start, and struck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visualizer.lab.beat_trial import Steps as Work
from visualizer.lab.beat_trial import after_us, play_on, played
from visualizer.lab.columns import NEVER_US, Integers
from visualizer.lab.control import at_once
from visualizer.lab.control_strike import NOBODY, is_served
from visualizer.lab.curve import Curve
from visualizer.lab.curve_loss import taken_by_strike
from visualizer.lab.strike import undisturbed
from visualizer.sim import State, advance, finish
from visualizer.sim.command import FeedTarget, SiteTarget, Strike
from visualizer.sim.setup import Setup

SAMPLES = 12


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """What runs gave that were struck at `strike_us`, and what the curve says of these instants; int64, shape
    (samples,).
    """

    strike_us: Integers
    lost_sessions: Integers
    outage_us: Integers
    expected_lost: Integers
    expected_outage_us: Integers

    def __len__(self) -> int:
        return len(self.strike_us)

    @property
    def unequal(self) -> int:
        """At how many instants the curve is wrong."""
        same = (self.lost_sessions == self.expected_lost) & (self.outage_us == self.expected_outage_us)
        return int((~same).sum())


def prove(setup: Setup, curve: Curve, samples: int | Integers = SAMPLES) -> Proof:
    """`proving` at once."""
    return at_once(proving(setup, curve, samples))


def proving(setup: Setup, curve: Curve, samples: int | Integers = SAMPLES) -> Work[Proof]:
    """Play the struck run anew for some instants of a curve of `setup`, in steps of some milliseconds: these,
    or so many of the curve's own, chosen by `sample_instants`.
    """
    instants = sample_instants(curve, samples) if isinstance(samples, int) else samples
    rows: list[tuple[int, int]] = []
    for at_us in instants.tolist():
        row = yield from _struck(setup, curve, at_us)
        rows.append(row)
    lost, outage_us = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    return Proof(instants, lost, outage_us, curve.saw.at(instants), curve.control.outages_us(instants))


def sample_instants(curve: Curve, samples: int) -> Integers:
    """So many instants that were tried for the curve, or all there are: half of them where it falls or jumps
    and just after that, the worst ones, the rest evenly; ascending.
    """
    every_us = max(curve.lost_every_us, curve.outage_every_us, 1)
    able = np.flatnonzero(curve.strike_us % every_us == 0)
    if len(able) <= samples:
        return curve.strike_us[able]
    lost = curve.lost_sessions[able]
    falls = np.flatnonzero(np.diff(lost) < 0)
    falls = falls[np.linspace(0, len(falls) - 1, min(samples // 4, len(falls))).astype(np.int64)]
    chosen = dict.fromkeys([int(np.argmax(lost)), int(np.argmax(curve.outage_us[able]))])
    chosen.update(dict.fromkeys([*falls.tolist(), *(falls + 1).tolist()]))
    places = list(chosen)[:samples]
    evenly = np.setdiff1d(np.arange(len(able)), places)
    evenly = evenly[np.linspace(0, len(evenly) - 1, samples - len(places)).astype(np.int64)]
    found: Integers = curve.strike_us[able[np.sort(np.append(evenly, places))]]
    return found


def _struck(setup: Setup, curve: Curve, at_us: int) -> Work[tuple[int, int]]:
    """(sessions lost, outage) of one run, which goes on until service is back, or long enough to be sure that
    it never is.
    """
    run, end_us = curve.run_at(setup, at_us), setup.duration_us + after_us(undisturbed(setup))
    trial = yield from played(run, at_us - 1, *run.commands, until_us=end_us)
    before = trial.state.copy()
    advance(trial.state, at_us)
    served_us = yield from _served_us(trial.state.copy(), curve.tier, end_us)
    yield from play_on(trial, end_us)
    finish(trial.state)
    unit = int(curve.control.units(np.array([at_us], dtype=np.int64))[0])
    if unit == NOBODY:
        return 0, NEVER_US if served_us == NEVER_US else served_us - at_us
    takeover_us, restored_us = _failover(trial.state, len(before.failovers), curve.tier, unit, served_us)
    before.cancel(lambda due: getattr(getattr(due, "command", None), "at_us", None) == at_us)
    lost = taken_by_strike(before, at_us, curve.tier, unit, takeover_us)
    if not curve.lost_otherwise and not _is_fed(setup):
        lost = len(trial.state.lost_sessions)
    return lost, NEVER_US if restored_us == NEVER_US else restored_us - at_us


def _served_us(state: State, tier: int, end_us: int) -> Work[int]:
    """When everybody is served next; NEVER_US: not by then."""
    while not is_served(state, tier):
        if not state.agenda or state.agenda[0][0] > end_us:
            return NEVER_US
        advance(state, state.agenda[0][0])
        yield
    return state.now_us


def _failover(state: State, known: int, tier: int, unit: int, served_us: int) -> tuple[int, int]:
    """(takeover, restored) of the failover that the strike began; without one nobody took over, and everybody
    was served when they were.
    """
    for one in state.failovers[known:]:
        if (one.tier, one.unit, one.fault) == (tier, unit, "lightning"):
            found = (one.takeover_us, one.restored_us)
            takeover_us, restored_us = (NEVER_US if at_us is None else at_us for at_us in found)
            return takeover_us, restored_us
    return NEVER_US, served_us


def _is_fed(setup: Setup) -> bool:
    """Whether units fall out later that a strike before makes worse."""
    return any(
        isinstance(act, Strike) and isinstance(act.target, (SiteTarget, FeedTarget)) for act in setup.commands
    )
