"""Formulas refuse what has no meaning, and agree with each other where one is the limit of another."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, inf, nan

import numpy as np
import pytest

from visualizer.theory import (
    announcement,
    availability,
    backlog,
    cascade,
    detection,
    failback,
    false_failover,
    outage,
    replication,
    retries,
    selective,
    session_life,
    snapshot,
    split_brain,
    stale,
    stateful,
    synchronous,
)
from visualizer.theory.spread import Lattice, Mixture, Spread, poisson_count

NONSENSE: dict[str, Callable[[], object]] = {
    "a negative rate": lambda: replication.replication_window_loss(-1, 5),
    "a rate that is no number": lambda: replication.replication_window_loss(nan, 5),
    "an endless interval": lambda: replication.replication_window_loss(1, inf),
    "a session from the future": lambda: replication.p_session_lost(-1, 3),
    "no interval for one session": lambda: replication.p_session_lost(1, 0),
    "a negative transfer": lambda: replication.inflight_batch_loss(1, 5, 0, transfer_s=-1, cable_dies=True),
    "a stream back in time": lambda: replication.streaming_loss(1, -0.1),
    "every datagram lost": lambda: replication.refreshed_stream_loss(1, 1, 5),
    "no refresh": lambda: replication.p_no_hole(1, 0.1, 0),
    "a life of nothing": lambda: session_life.live_window_loss(1, 5, 0),
    "a negative count of the living": lambda: session_life.p_no_live_loss(-1, 5, 1),
    "a negative pickup": lambda: selective.pickup_share_lost(10, -1),
    "more than all never copied": lambda: selective.never_synced_loss(1, 10, 1.1),
    "updates backwards": lambda: stale.stale_share(-1, 5),
    "no misses": lambda: detection.detection_time(1, 0),
    "half a miss": lambda: detection.detection_time(1, 1.5),  # type: ignore[arg-type]
    "no interval of heartbeats": lambda: detection.detection_time(0, 3),
    "a negative skew": lambda: detection.detection_time(1, 3, skew_s=-0.1),
    "a negative poll": lambda: detection.polled_detection(1, 3, 0, -1),
    "all heartbeats lost": lambda: detection.detection_time_with_loss(1, 3, 1),
    "VRRP priority 0": lambda: detection.vrrp_skew_s(1, 0),
    "VRRP priority 256": lambda: detection.vrrp_skew_s(1, 256),
    "a negative fence": lambda: outage.outage_time(1, 3, fence_s=-1),
    "no outage to wait for": lambda: retries.retry_wait_s(0),
    "an outage longer than the tries": lambda: retries.retry_wait_s(64),
    "tries out of order": lambda: retries.share_failed(3, None, (3, 1)),
    "a negative time-out": lambda: retries.share_failed(3, -1),
    "no announcement": lambda: announcement.black_hole(0, 1, 0.1, Spread(0, 30)),
    "a loss of 2": lambda: announcement.black_hole(1, 1, 2, Spread(0, 30)),
    "a cut shorter than detection": lambda: split_brain.old_side_discarded(1, 5, 3, 2, stay=0.5),
    "more than all stay": lambda: split_brain.new_side_discarded(1, 3, 4, stay=1.5),
    "a lease renewed too late": lambda: split_brain.lease_end(1, 2),
    "a negative detection": lambda: split_brain.fenced_discarded(1, 5, -1),
    "a negative round trip": lambda: synchronous.sync_in_doubt(1, 0, -1),
    "commits in no time": lambda: synchronous.serial_commits_per_s(0, 0),
    "a crash before the cut": lambda: synchronous.semi_sync_fallback(1, -1, 10),
    "messages in no time": lambda: backlog.backlog(1, 0, 10),
    "an overload that drains": lambda: backlog.drain_s(1, 1),
    "an overload in equilibrium": lambda: backlog.queue_s(20, 0.05),
    "a column without tiers": lambda: cascade.column_flows_lost(1, 5, 0),
    "no phases": lambda: cascade.oldest_window(5, []),
    "availability above 1": lambda: availability.cross_unavailability(1.1, 3),
    "a negative beta": lambda: availability.p_common_cause(-0.1, 0.1),
    "no unit to fail": lambda: availability.p_double_failure(1, 1, 0),
    "no time between failures": lambda: availability.steady_availability(0, 1),
    "a generator beyond certainty": lambda: availability.p_feed_dark(2, 1, 1),
    "no pairs": lambda: availability.annual_loss(0, 1, 1, 1),
    "a copy in negative time": lambda: snapshot.snapshot_age(600, -1),
    "a negative boot": lambda: snapshot.cold_standby_outage(Spread(0, 1), -1, 0),
    "no loss, no run of losses": lambda: false_failover.beats_to_false_failover(0, 3),
    "only losses": lambda: false_failover.beats_to_false_failover(1, 3),
    "a hold shorter than the interval": lambda: false_failover.p_late_beat(1, 0.5, 0.1),
    "a negative table": lambda: failback.failback_loss(-1, 100, 20, 10),
    "a copy that never catches up": lambda: failback.resync_s(3000, 20, 20),
    "separate tiers without one": lambda: stateful.p_truly_stateful_separate(1, 3, 0),
    "a time that ends before it begins": lambda: Spread(2, 1),
    "chances beyond certainty": lambda: Mixture(((0.7, Spread(0, 1)), (0.7, Spread(0, 1)))),
    "nothing to choose from": lambda: Mixture(()),
    "a negative count": lambda: poisson_count(-1, Spread(0, 1)),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        NONSENSE[name]()


# --- one form as the limit of another ---------------------------------------------------------------------


def test_no_pickup_delay_is_the_live_window() -> None:
    live = session_life.live_window_loss(20, 5, 30).mean
    assert selective.pickup_loss(20, 30, 0, 5) == pytest.approx(live)
    assert selective.pickup_saving(30, 30) == pytest.approx(1 - exp(-1))


def test_nothing_left_out_is_the_share_lost() -> None:
    assert selective.never_synced_loss(20, 30, 0, 0.25) == pytest.approx(150)
    assert selective.never_synced_loss(20, 30, 1, 0.25) == pytest.approx(600)


def test_a_lossless_network_detects_as_without_loss() -> None:
    lossy = detection.detection_time_with_loss(1, 3, 0.0)
    assert (lossy.mean_s, lossy.low_s, lossy.high_s) == (2.5, 2, 3)
    assert detection.detection_time_with_loss(1, 3, 0.3).low_s == 0


def test_a_stream_without_loss_has_no_holes() -> None:
    assert replication.refreshed_stream_loss(20, 0, 5).mean == 0
    assert replication.p_no_hole(20, 0, 5) == 1


def test_a_wide_cable_has_no_queue() -> None:
    assert backlog.streaming_queue_loss(20, 1e-9, 0.4) == pytest.approx(
        replication.streaming_loss(20, 0.4).mean
    )
    assert backlog.p_stream_empty(1, 0, 0.4) == pytest.approx(exp(-0.4))
    assert backlog.queue_laplace(10, 0.05, 0) == 1
    slope = (1 - backlog.queue_laplace(10, 0.05, 1e-6)) / 1e-6
    assert slope == pytest.approx(backlog.queue_s(10, 0.05), rel=1e-4)


def test_no_backlog_without_overload() -> None:
    assert backlog.backlog(10, 0.05, 60) == 0
    assert backlog.backlog_age_s(10, 0.05, 60) == 0
    drained_s = backlog.drain_s(30, 0.5)
    assert backlog.draining_backlog(20, 1 / 40, 30, drained_s) == pytest.approx(0)


def test_phases_between_all_at_once_and_evenly_staggered() -> None:
    assert cascade.oldest_window(5, [1, 1, 1]).mean_s == pytest.approx(2.5)
    assert cascade.oldest_window(5, [0, 5 / 3, 10 / 3]).mean_s == pytest.approx(5 - 5 / 6)
    phases = np.random.default_rng(3).uniform(0, 5, (4000, 3))
    independent_s = np.mean([cascade.oldest_window(5, row).mean_s for row in phases.tolist()])
    assert independent_s * 20 == pytest.approx(cascade.column_flows_lost(20, 5, 3), rel=0.01)


def test_common_causes_between_none_and_all() -> None:
    assert availability.p_common_cause(0, 0.01) == pytest.approx(1e-4)
    assert availability.p_common_cause(1, 0.01) == pytest.approx(0.01)
    assert availability.column_unavailability(0.99, 1) == pytest.approx(
        availability.cross_unavailability(0.99, 1)
    )
    assert availability.steady_availability(99, 1) == 0.99


def test_power_fails_when_the_generator_is_late_or_does_not_start() -> None:
    assert availability.p_feed_dark(0.9, 10, 600) == pytest.approx(0.1)
    assert availability.p_feed_dark(0.9, 601, 600) == 1


def test_a_snapshot_that_takes_longer_than_its_interval_sets_the_pace() -> None:
    assert snapshot.snapshot_age(600, 700, 50) == Spread(700, 1450)
    assert snapshot.snapshot_age(600, 0) == Spread(0, 600)


def test_failback_waits_out_the_copy() -> None:
    assert failback.resync_s(3000, 100, 20) == pytest.approx(37.5)
    assert failback.failback_loss(3000, 100, 20, 37.5) == 0


def test_a_cache_that_forgets_late_or_early() -> None:
    assert announcement.black_hole_s(1, 1, 1, Spread(10, 20)) == 15
    assert announcement.black_hole_s(5, 1, 1, Spread(0, 3)) == 4
    assert announcement.black_hole_s(5, 1, 0, Spread(0, 3)) == 0


def test_who_stays_loses_on_one_side_only() -> None:
    all_stay = split_brain.old_side_discarded(50, 5, 2.5, 12, stay=1, demotion_s=10)
    assert all_stay == 50 * (2.5 + 12 + 10)
    assert split_brain.new_side_discarded(50, 2.5, 12, stay=1, demotion_s=10) == 0
    assert split_brain.fenced_discarded(50, 5, 2.5) == split_brain.old_side_discarded(50, 5, 2.5, 2.5, stay=0)


@pytest.mark.parametrize(
    "time",
    [Spread(1, 4), Lattice(1, 0.5, 7), Mixture(((0.25, Spread(1, 2)), (0.75, Lattice(3, 0.25, 5))))],
)
def test_a_mixture_of_one_is_that_one(time: Spread | Lattice | Mixture) -> None:
    wrapped = Mixture(((1.0, time),))
    assert wrapped.later(1).mean_s == pytest.approx(time.mean_s + 1)
    assert wrapped.variance_s2 == pytest.approx(time.variance_s2)
    assert (wrapped.low_s, wrapped.high_s) == (time.low_s, time.high_s)
    for cap_s in (0.5, 2.2, 9):
        assert wrapped.mean_min_s(cap_s) == pytest.approx(time.mean_min_s(cap_s))
    assert wrapped.laplace(0.7) == pytest.approx(time.laplace(0.7))
    assert wrapped.later(1).laplace(0.7) == pytest.approx(time.laplace(0.7) * exp(-0.7))
