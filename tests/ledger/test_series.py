"""The sawtooth: rising with every arrival, falling with every copy."""

from __future__ import annotations

import numpy as np
import pytest
from sim.small import pair, played, strike, us, world

from visualizer.ledger import sawtooth
from visualizer.sim import exposure_series
from visualizer.sim.setup import Rate


def at(teeth: object, time_us: int) -> int:
    times, rows = teeth.times_us, teeth.by_tier  # type: ignore[attr-defined]
    place = int(np.flatnonzero(times == time_us)[0])
    return int(rows[0, place])


def test_the_teeth_stand_straight_whatever_the_step() -> None:
    """At each copy the peak and, a microsecond later, the fall; the peak is rate x interval."""
    state, _ = played(world())
    for step_us in (us(0.1), us(0.7), us(5)):
        teeth = sawtooth(state, step_us)
        assert [at(teeth, us(second)) for second in (3, 6, 9)] == [30, 29, 29]
        assert [at(teeth, us(second) + 1) for second in (3, 6, 9)] == [0, 0, 0]


def test_after_a_failover_everything_is_on_one_unit() -> None:
    state, _ = played(world(commands=[strike(11)]))
    teeth = sawtooth(state, us(1))
    assert at(teeth, us(11)) == 19
    assert at(teeth, us(11) + 1) == 91
    assert at(teeth, us(20)) == 91 + 70


def test_a_stream_exposes_what_is_on_its_cable() -> None:
    state, _ = played(world(pair(policy="streaming", latency_s=0.5), session_rate=Rate(20)))
    teeth = sawtooth(state, us(0.37))
    settled = teeth.by_tier[0, teeth.times_us > us(1)]
    assert set(settled.tolist()) <= {9, 10, 11}


def test_the_worst_is_that_of_the_most_exposed_tier() -> None:
    tiers = [pair(name="a", sync_s=2), pair(name="b", sync_s=5)]
    teeth = sawtooth(played(world(*tiers))[0], us(0.5))
    assert np.array_equal(teeth.worst, teeth.by_tier.max(axis=0))
    assert teeth.worst.max() == 50


def test_the_times_ascend_within_the_run() -> None:
    teeth = sawtooth(played(world(commands=[strike(11)]), until_s=15.5)[0], us(0.25))
    assert (np.diff(teeth.times_us) > 0).all()
    assert (teeth.times_us[0], teeth.times_us[-1]) == (0, us(15.5))


@pytest.mark.parametrize("count", [0, 1])
def test_a_series_of_no_time_or_one(count: int) -> None:
    state, _ = played(world())
    assert len(exposure_series(state, 0, np.full(count, us(5), dtype=np.int64))) == count
