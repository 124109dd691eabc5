"""What the panel of strike instants knows, found out a little in every picture."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace

import numpy as np

from visualizer.lab.beat_trial import play_on, played
from visualizer.lab.columns import Integers
from visualizer.lab.curve import Curve, curving
from visualizer.lab.curve_proof import proving
from visualizer.lab.curve_spread import Spread
from visualizer.lab.strike import undisturbed
from visualizer.scene.lab_curve import Costs, Known
from visualizer.scene.lab_curve_spread import round_number
from visualizer.sim import exposure_series
from visualizer.sim.setup import US_PER_S, Setup
from visualizer.study.curve import expected_of

_BARS = 60
"""No more bars than can be told apart."""

_PIECES = 24
"""So often is shown how far it is."""

Finding = Generator[Known | None]
"""Steps of some milliseconds: what is known after each, None where that is no more than before."""


def finding(setup: Setup, tier: int) -> Finding:
    """All about strikes on a tier of a setup: soon what is lost; then how long service is gone; then whether
    runs that are struck give just that.
    """
    yield Known(setup.duration_us)
    if setup.path != "parallel":  # there a strike takes more than this tier's exposure
        yield from _losses(setup, tier)
    curve = yield from curving(setup, tier)
    known = _known(setup, curve)
    yield known
    proof = yield from proving(setup, curve)
    yield replace(known, checked=len(proof), wrong=proof.unequal)


def _losses(setup: Setup, tier: int) -> Finding:
    """A strike changes nothing before it: what was exposed just before an instant is lost with it."""
    bare = undisturbed(setup)
    trial = yield from played(bare, 0, *bare.commands, until_us=bare.duration_us)
    strike_us = np.arange(0, bare.duration_us + 1, bare.tick_us, dtype=np.int64)
    lost: list[Integers] = []
    for piece in np.array_split(strike_us, min(_PIECES, len(strike_us))):
        yield from play_on(trial, int(piece[-1]))
        lost.append(exposure_series(trial.state, tier, piece))
        found = np.concatenate(lost)
        yield Known(setup.duration_us, Costs(strike_us[: len(found)], found))


def _known(setup: Setup, curve: Curve) -> Known:
    """All but the check."""
    expected = expected_of(setup, curve)
    lost, outage_s = (expected.lost_sessions, expected.outage_s) if expected else (None, None)
    outage_us = None if outage_s is None else outage_s * US_PER_S
    saw, control = curve.saw, curve.control
    return Known(
        duration_us=setup.duration_us,
        losses=Costs(curve.strike_us, curve.lost_sessions, _at(saw.at), _seen(curve), lost),
        outages=Costs(curve.strike_us, curve.outage_us, _at(control.outages_us), curve.outage, outage_us),
        unit_at=_at(control.units),
        window_us=curve.window_us,
        fair=curve.whole_periods,
        every_us=max(curve.lost_every_us, curve.outage_every_us),
    )


def _at(many: Callable[[Integers], Integers]) -> Callable[[int], int]:
    """The same for one instant."""
    return lambda at_us: int(many(np.array([at_us], dtype=np.int64))[0])


def _seen(curve: Curve) -> Spread:
    """The spread of the loss as fine as it can be seen; what is lost only between two ticks is in the last
    bar.
    """
    most = int(curve.lost_sessions.max())
    width = round_number((most + 1) / _BARS)
    edges = np.arange(0, most + 1 + width, width, dtype=np.int64)
    from_us = np.clip(np.append(curve.saw.from_us + 1, curve.window_us[1]), *curve.window_us)
    counts, _ = np.histogram(np.minimum(curve.saw.value, most), edges, weights=np.diff(from_us))
    return replace(curve.loss, edges=edges, shares=counts / np.diff(curve.window_us))
