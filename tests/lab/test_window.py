"""Windows in which each phase is as likely, and how long a run has to last for one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from theory.designs import MS, pair, poisson, world

from visualizer.lab.window import EVEN, fair_durations_us, fair_window, unevenness
from visualizer.sim.setup import (
    US_PER_S,
    AnnouncementSetup,
    GuardSetup,
    Setup,
    Share,
    TrafficSetup,
)

S = US_PER_S


def lasting(setup: Setup, duration_us: int) -> Setup:
    return replace(setup, duration_us=duration_us)


@pytest.mark.parametrize("interval_ms", [300, 1000, 1700, 2300, 3000, 7001])
def test_whole_periods_of_copies_and_nearly_of_heartbeats(interval_ms: int) -> None:
    setup = world(poisson(20), pair(interval_ms=interval_ms), duration_s=120)
    low_us, high_us = fair_window([(setup, 0)])
    assert low_us == interval_ms * MS
    assert (high_us - low_us) % (interval_ms * MS) == 0
    assert high_us <= 117 * S
    assert unevenness([(setup, 0)], (low_us, high_us)) <= EVEN


def test_the_mean_over_a_window_is_that_over_all_phases() -> None:
    """What `unevenness` bounds: the mean of a sawtooth of the heartbeats, in its standard deviations."""
    setup = world(poisson(20), pair(interval_ms=2300), duration_s=25)
    low_us, high_us = fair_window([(setup, 0)])
    phase = np.arange(low_us, high_us, 1000) % S
    off = abs(phase.mean() + 500 - S / 2) / (S / 12**0.5)
    assert off <= unevenness([(setup, 0)], (low_us, high_us)) + 1e-9
    assert 0 < unevenness([(setup, 0)], (low_us, low_us + 2_300_000)) < 1


def test_the_shortest_run_with_a_fair_window() -> None:
    for interval_ms in (300, 1700, 3000, 60_000):
        setup = world(poisson(20), pair(interval_ms=interval_ms))
        (needed_us,) = fair_durations_us([(setup, 0)]) or [0]
        enough = [(lasting(setup, needed_us), 0)]
        assert unevenness(enough, fair_window(enough)) <= EVEN
        less = [(lasting(setup, needed_us - 1), 0)]
        with suppress(ValueError):
            assert unevenness(less, fair_window(less)) > EVEN


def test_several_setups_share_a_window() -> None:
    aims = [(world(poisson(20), pair(interval_ms=s * 1000), duration_s=60), 0) for s in (2, 3, 5)]
    low_us, high_us = fair_window(aims)
    assert low_us == 5 * S
    assert (high_us - low_us) % (30 * S) == 0


def test_rhythms_without_anything_in_common() -> None:
    aims = [(world(poisson(20), pair(interval_ms=ms), duration_s=60), 0) for ms in (1, 3_599_999)]
    assert fair_durations_us(aims) is None


def test_columns_repeat_when_all_their_tiers_do() -> None:
    tiers = [pair(interval_ms=2000), pair(interval_ms=3000, name="database")]
    setup = world(poisson(20), *tiers, duration_s=40)
    low_us, high_us = fair_window([(replace(setup, path="parallel"), 0)])
    assert low_us == 3 * S
    assert (high_us - low_us) % (6 * S) == 0
    assert fair_window([(setup, 0)])[0] == 2 * S


def test_snapshots_count_when_they_are_whole_and_repeat_when_the_last_is() -> None:
    here = pair(policy="snapshot", interval_ms=2000)
    slow = replace(here, sync=replace(here.sync, transfer_us=5 * S, prepare_us=S))
    low_us, high_us = fair_window([(world(poisson(20), slow, duration_s=60), 0)])
    assert low_us == 8 * S
    assert (high_us - low_us) % (6 * S) == 0


def test_what_is_copied_late_and_refreshed_has_settled() -> None:
    here = pair()
    late = replace(here, sync=replace(here.sync, pickup_us=4 * S))
    assert fair_window([(world(poisson(20), late, duration_s=40), 0)])[0] == 7 * S
    stream = pair(policy="streaming")
    datagrams = replace(stream, sync=replace(stream.sync, datagram=True, refresh_us=4 * S))
    low_us, high_us = fair_window([(world(poisson(20), datagrams, duration_s=40), 0)])
    assert low_us == 4 * S
    assert (high_us - low_us) % (4 * S) == 0


@pytest.mark.parametrize(
    ("changes", "outage_us"),
    [
        ({}, 3 * S),
        ({"takeover_us": 7 * S}, 10 * S),
        ({"guard": GuardSetup("fencing", fence_us=2 * S)}, 5 * S),
        ({"announcement": AnnouncementSetup(3, S, Share(1, 2), 6 * S, 9 * S)}, 9 * S),
        ({"announcement": AnnouncementSetup(9, S, Share(1, 2), 6 * S, 9 * S)}, 11 * S),
    ],
)
def test_service_is_back_before_the_end(changes: dict[str, object], outage_us: int) -> None:
    setup = world(poisson(20), replace(pair(), **changes), duration_s=40)  # type: ignore[arg-type]
    low_us, high_us = fair_window([(setup, 0)])
    assert high_us == low_us + (40 * S - outage_us - low_us) // (3 * S) * 3 * S


def test_evenly_spaced_clients_repeat_too() -> None:
    setup = world(TrafficSetup(), pair(policy="none"), duration_s=20)
    low_us, high_us = fair_window([(setup, 0)])
    assert (low_us, (high_us - low_us) % 100_000) == (0, 0)


def test_too_short() -> None:
    with pytest.raises(ValueError, match="world: too short to strike at a random instant"):
        fair_window([(world(poisson(20), pair(), duration_s=5), 0)])
