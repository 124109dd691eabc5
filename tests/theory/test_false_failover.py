"""How far apart the false failovers of a whole setup are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from theory.designs import MS, pair, world

from visualizer.scenario import load
from visualizer.sim.setup import HeartbeatSetup, LinkSetup, Share, TierSetup, TrafficSetup
from visualizer.theory.false_failover import false_failover_s, p_late_beat


def watched(misses: int = 3, interval_ms: int = 1000, **link: object) -> TierSetup:
    """A pair with these heartbeats on such a cable, 1 ms long unless said otherwise."""
    cable = replace(LinkSetup("heartbeat", MS), **link)
    return replace(
        pair(), heartbeat=HeartbeatSetup(interval_ms * MS, misses), links=(cable, LinkSetup("sync"))
    )


def apart_s(*tiers: TierSetup) -> float | None:
    return false_failover_s(world(TrafficSetup(), *tiers))


def test_a_good_cable_has_none() -> None:
    assert apart_s(watched()) is None
    assert apart_s(watched(latency_us=0)) is None


def test_three_in_a_row_are_lost_once_in_1110_heartbeats() -> None:
    assert apart_s(watched(loss=Share(1, 10))) == pytest.approx(1110)
    assert false_failover_s(load("jitter").setup) == pytest.approx(1110)
    assert apart_s(watched(5, loss=Share(1, 10))) == pytest.approx(111_110)
    assert apart_s(watched(5, 200, loss=Share(1, 10))) == pytest.approx(22_222)


def test_without_latency_one_loss_fewer_is_enough() -> None:
    assert apart_s(watched(3, latency_us=0, loss=Share(1, 10))) == pytest.approx(110)
    assert apart_s(watched(1, latency_us=0)) == 1


def test_a_cable_that_loses_all_is_a_failover_at_once() -> None:
    assert apart_s(watched(loss=Share(1, 1))) == 1


def test_each_tier_has_its_own_and_loss_and_jitter_add_up() -> None:
    lossy, late = watched(loss=Share(1, 10)), watched(1, jitter_us=300 * MS)
    assert apart_s(lossy, lossy) == pytest.approx(555)
    assert apart_s(late) == pytest.approx(1 / p_late_beat(1, 1, 0.3))
    assert apart_s(lossy, late) == pytest.approx(1 / (1 / 1110 + p_late_beat(1, 1, 0.3)))


def test_skew_is_more_patience() -> None:
    """A hold time of 3.6 heartbeats is over after three that were lost, or after four."""
    skewed = replace(
        watched(loss=Share(1, 10)), heartbeat=HeartbeatSetup(1000 * MS, 3, skew_us=(0, 600 * MS))
    )
    assert apart_s(skewed) == pytest.approx(1110)
