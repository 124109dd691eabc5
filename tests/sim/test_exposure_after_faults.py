"""The number on the screen is what one more bolt costs now, even if something was struck just now."""

from __future__ import annotations

import pytest

from visualizer.scenario import load
from visualizer.sim import exposure
from visualizer.sim.command import LinkTarget, Strike, UnitTarget
from visualizer.timeline import Run

BOLTS = [
    Strike(0, "lightning", UnitTarget(0, 1)),
    Strike(0, "host", UnitTarget(0, 1)),
    Strike(0, "lightning", UnitTarget(0, 0)),
    Strike(0, "host", UnitTarget(0, 0)),
    Strike(0, "cut", LinkTarget(0, 0)),
]


@pytest.mark.parametrize("at_us", [4_890_000, 6_000_000, 9_000_000, 9_200_000])
@pytest.mark.parametrize("first", BOLTS, ids=lambda bolt: f"{bolt.fault}-{bolt.target}")
def test_one_more_bolt_costs_what_was_shown(first: Strike, at_us: int) -> None:
    run = Run(load("article").setup)
    run.act(Strike(at_us, first.fault, first.target))
    shown = exposure(run.state).worst
    lost = len(run.state.lost_sessions)
    holder = run.state.eras[0][-1].holder
    assert holder is not None
    run.act(Strike(at_us, "lightning", UnitTarget(0, holder)))
    assert len(run.state.lost_sessions) - lost == shown
    assert shown > 0
