"""Every closed form gives the published figure, to the digits to which it was published."""

from __future__ import annotations

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
from visualizer.theory.spread import Spread

W3 = Spread(2.5, 3.5)
"""Detection U(2, 3), then half a second until the address is followed."""

PUBLISHED = {
    "window loss λ20 S5": (replication.replication_window_loss(20, 5).mean, "50"),
    "its variance": (replication.replication_window_loss(20, 5).variance, "883.3"),
    "live only λ20 S5 life 30": (session_life.live_window_loss(20, 5, 30).mean, "47.33"),
    "ghosts": (session_life.ghost_sessions(20, 5, 30).mean, "47.33"),
    "P(session lost) d1 S3": (replication.p_session_lost(1, 3), "0.667"),
    "P(session lost) d1 S5": (replication.p_session_lost(1, 5), "0.800"),
    "batch X.8, node": (
        replication.inflight_batch_loss(20, 5, 0.3, transfer_s=0.8, cable_dies=False).mean,
        "66",
    ),
    "batch X.8 L.3, site": (
        replication.inflight_batch_loss(20, 5, 0.3, transfer_s=0.8, cable_dies=True).mean,
        "72",
    ),
    "batch X + L > S": (replication.inflight_batch_loss(20, 2, 1, transfer_s=2, cable_dies=True).mean, "80"),
    "pickup 30 s, life 10": (selective.pickup_share_lost(10, 30), "0.950"),
    "pickup 30 s, life 30": (selective.pickup_share_lost(30, 30), "0.632"),
    "pickup 30 s, life 120": (selective.pickup_share_lost(120, 30), "0.221"),
    "pickup with S5, life 30": (selective.pickup_share_lost(30, 30, 5), "0.6611"),
    "FortiGate: 3,000 sessions": (selective.pickup_loss(100, 30, 30), "1896"),
    "stale ν.5 S5": (stale.stale_share(0.5, 5), "0.6328"),
    "detection H1 k3": (detection.detection_time(1, 3).mean_s, "2.5"),
    "detection H.2 k6 L.001": (detection.detection_time(0.2, 6, 0.001, cable_dies=False).mean_s, "1.101"),
    "detection H1 k5 L.005 P.3": (detection.polled_detection(1, 5, 0.005, 0.3).mean, "4.655"),
    "VRRP master down, priority 100": (detection.vrrp_master_down_s(1, 100), "3.609"),
    "VRRP power off: mean": (detection.vrrp_detection(1, 100).mean_s, "3.109"),
    "VRRP power off: least": (detection.vrrp_detection(1, 100).low_s, "2.609"),
    "outage requests λ20": (outage.outage_requests(20, W3).mean, "60"),
    "their variance": (outage.outage_requests(20, W3).variance, "93.3"),
    "SYN back-off W3": (retries.retry_wait_s(3), "2.333"),
    "SYN back-off W6 c3: failed": (retries.share_failed(6, 3), "0.500"),
    "ARP black hole": (announcement.black_hole_s(5, 1, 0.2, Spread(0, 30)), "0.2532"),
    "split brain: old side": (split_brain.old_side_discarded(50, 5, 2.5, 12, stay=0.6), "535"),
    "split brain: new side": (split_brain.new_side_discarded(50, 2.5, 12, stay=0.6), "190"),
    "lease 4 s": (split_brain.lease_discarded(50, 5, 4), "325"),
    "Redis min-replicas-max-lag 2 s": (split_brain.lease_end(3, 1).mean_s, "2.5"),
    "in doubt λ20 s.02 RTT.4": (synchronous.sync_in_doubt(20, 0.02, 0.2).unanswered, "8.4"),
    "applied": (synchronous.sync_in_doubt(20, 0.02, 0.2).applied, "8"),
    "serial commits, RTT 0.2 ms": (synchronous.serial_commits_per_s(0.001, 0.0001), "833"),
    "serial commits, RTT 2 ms": (synchronous.serial_commits_per_s(0.001, 0.001), "333"),
    "serial commits, RTT 80 ms": (synchronous.serial_commits_per_s(0.001, 0.04), "12.3"),
    "semi-sync, crash 14: lost": (synchronous.semi_sync_fallback(20, 14, 10).lost, "280"),
    "semi-sync, crash 6: blocked": (synchronous.semi_sync_fallback(20, 6, 10).blocked, "120"),
    "synchronous, crash 14: blocked": (synchronous.semi_sync_fallback(20, 14, None).blocked, "280"),
    "backlog λ20 C15 60 s": (backlog.backlog(20, 1 / 15, 60), "300"),
    "its age": (backlog.backlog_age_s(20, 1 / 15, 60), "15"),
    "drain P30 ρ.5": (backlog.drain_s(30, 0.5), "30"),
    "PIX serial cable: unsynced": (backlog.backlog(20, 1000 / 14_720, 60), "317"),
    # the scenario's 15.85 s are 317 whole changes at 20 a second; the fluid is 316.8 of them
    "PIX serial cable: RPO": (backlog.backlog_age_s(20, 1000 / 14_720, 60), "15.84"),
    "healed at 50, exposed at 60": (backlog.draining_backlog(20, 1 / 40, 30, 10), "400"),
    "column T2": (cascade.column_flows_lost(20, 5, 2), "66.7"),
    "column T3": (cascade.column_flows_lost(20, 5, 3), "75"),
    "column T5": (cascade.column_flows_lost(20, 5, 5), "83.3"),
    "cross": (cascade.cross_flows_lost(20, 5), "50"),
    "column entries T3": (cascade.column_entries_lost(20, 5, 3), "150"),
    "parallel a.99 T3": (availability.column_unavailability(0.99, 3) * 1e4, "8.82"),
    "cross a.99 T3": (availability.cross_unavailability(0.99, 3) * 1e4, "3.00"),
    "truly stateful y3": (stateful.p_truly_stateful(1, 3), "0.3167"),
    "three tiers, same flow": (stateful.p_truly_stateful_tiers(1, 3, 3), "0.1282"),
    "three tiers, separate state": (stateful.p_truly_stateful_separate(1, 3, 3), "0.0318"),
    "and nobody interrupted": (stateful.p_unnoticed(0.1, 3, W3), "0.6403"),
    "cold standby: mean RPO": (snapshot.snapshot_age(600, 300).mean_s, "600"),
    "cold standby: worst RPO": (snapshot.snapshot_age(600, 300).high_s, "900"),
    "cold standby: RTO": (snapshot.cold_standby_outage(Spread(15, 15), 120, 0).low_s, "135"),
    "beats to a false failover": (false_failover.beats_to_false_failover(0.3, 3), "51.48"),
    "p.1 k3": (false_failover.time_to_false_failover_s(1, 0.1, 3), "1110"),
    "p.1 k5": (false_failover.time_to_false_failover_s(1, 0.1, 5), "111110"),
    "jitter: late beat": (false_failover.p_late_beat(1, 3, 0.5), "0.00916"),
    "VRRP false takeovers p.1": (false_failover.false_takeovers_per_beat(0.1), "0.0009"),
    "failback N3000 t10": (failback.failback_loss(3000, 100, 20, 10), "2200"),
    "failback N3000 t60": (failback.failback_loss(3000, 100, 20, 60), "0"),
    "double failure, column T3": (availability.p_double_failure(0.012, 1, 3), "0.0354"),
    "double failure, cross": (availability.p_double_failure(0.012, 1), "0.0119"),
    "common cause β.1 u.01": (availability.p_common_cause(0.1, 0.01) * 1e3, "1.081"),
    "independent u.01": (availability.p_common_cause(0, 0.01) * 1e4, "1"),
    "a year: 4 pairs, 2 failovers": (availability.annual_loss(4, 2, 20, 5), "400"),
    "active/active": (availability.active_active_loss(20, 5), "25"),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_figure(name: str) -> None:
    found, published = PUBLISHED[name]
    digits = len(published.partition(".")[2])
    assert f"{found:.{digits}f}" == published
