"""Designs to strike, one for each mechanism that `expectation` speaks of; a row for each fault and figure.

A design is struck at a random instant of [`from_s`, `to_s`): whole periods of all that repeats, after the
first copies and refreshes, so that every phase is as likely.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from theory.designs import MS, pair, poisson, world

from visualizer.sim.setup import (
    US_PER_S,
    AnnouncementSetup,
    GuardSetup,
    Rate,
    Setup,
    Share,
    TierSetup,
    TrafficSetup,
)

BOTH = ("lightning", "host")
LOST, CHANCE, OUTAGE = "lost_sessions", "chance_of_no_loss", "outage_s"
MET, DOUBT = "requests_interrupted", "in_doubt"
STATE, SERVICE = (LOST, CHANCE), (OUTAGE, MET)


@dataclass(frozen=True, slots=True)
class Design:
    """`figures` must have a closed form: which ones, so that none is passed over in silence."""

    setup: Setup
    figures: tuple[str, ...]
    faults: tuple[str, ...] = BOTH
    from_s: int = 6
    to_s: int = 12
    runs: int = 120


def _synced(
    policy: str = "periodic", *, latency_ms: int = 0, bandwidth_bps: int | None = None, **sync: object
) -> TierSetup:
    """A pair whose copies are made so: S = 3 s unless `sync` says otherwise."""
    here = pair(policy=policy, latency_ms=latency_ms)
    heartbeat, cable = here.links
    cable = replace(cable, bandwidth_bps=bandwidth_bps)
    return replace(here, sync=replace(here.sync, **sync), links=(heartbeat, cable))  # type: ignore[arg-type]


def _beating(**beat: object) -> TierSetup:
    here = pair(policy="streaming")
    return replace(here, heartbeat=replace(here.heartbeat, **beat))  # type: ignore[arg-type]


def _taking_over(**changes: object) -> TierSetup:
    return replace(pair(policy="streaming"), **changes)  # type: ignore[arg-type]


def _lossy(tier: TierSetup, loss: Share) -> TierSetup:
    heartbeat, cable = tier.links
    return replace(tier, links=(heartbeat, replace(cable, loss=loss)))


def _serial(tier: TierSetup) -> TierSetup:
    heartbeat, cable = tier.links
    return replace(tier, links=(replace(heartbeat, kind="serial"), cable))


def _columns(traffic: TrafficSetup, *tiers: TierSetup) -> Setup:
    named = [replace(tier, name=f"tier{place}") for place, tier in enumerate(tiers)]
    return replace(world(traffic, *named, duration_s=16), path="parallel")


def _one(traffic: TrafficSetup, tier: TierSetup, duration_s: int = 16) -> Setup:
    return world(traffic, tier, duration_s=duration_s)


MORTAL = poisson(20, lifetime_us=2 * US_PER_S, initial_sessions=40)
EVEN = TrafficSetup(session_rate=Rate(7))
WAITS = poisson(20, response_us=20 * MS)

DESIGNS: dict[str, Design] = {
    # the sync cable's bandwidth
    "stream, narrow cable": Design(
        _one(poisson(20), _synced("streaming", latency_ms=300, bandwidth_bps=250_000, change_bytes=1000)),
        (LOST,),
    ),
    "stream, narrow cable, few": Design(
        _one(poisson(2), _synced("streaming", latency_ms=300, bandwidth_bps=40_000, change_bytes=1000)), STATE
    ),
    "stream, narrow cable, mortal": Design(
        _one(MORTAL, _synced("streaming", latency_ms=300, bandwidth_bps=250_000, change_bytes=1000)), (LOST,)
    ),
    "stream, narrow cable, evenly spaced": Design(
        _one(EVEN, _synced("streaming", latency_ms=300, bandwidth_bps=80_000, change_bytes=1000)), STATE
    ),
    "batch, narrow cable": Design(
        _one(poisson(20), _synced(latency_ms=300, bandwidth_bps=800_000, change_bytes=1000)), (LOST,)
    ),
    "batch that takes 0.5 s": Design(_one(poisson(2), _synced(latency_ms=300, transfer_us=500 * MS)), STATE),
    # snapshots
    "snapshot": Design(
        _one(poisson(2), _synced("snapshot", latency_ms=100, prepare_us=200 * MS, transfer_us=500 * MS)),
        STATE,
    ),
    "snapshot, evenly spaced": Design(
        _one(EVEN, _synced("snapshot", latency_ms=100, prepare_us=200 * MS, transfer_us=500 * MS)), STATE
    ),
    "snapshot slower than its interval": Design(
        _one(
            poisson(2),
            _synced(
                "snapshot",
                interval_us=US_PER_S,
                latency_ms=100,
                prepare_us=200 * MS,
                transfer_us=1700 * MS,
            ),
        ),
        (LOST,),
    ),
    "cold standby": Design(
        _one(
            poisson(20),
            replace(_synced("snapshot", transfer_us=1500 * MS), takeover_us=2 * US_PER_S),
            duration_s=20,
        ),
        (LOST, *SERVICE),
    ),
    # what is copied late, or never
    "pickup delay, mortal": Design(_one(MORTAL, _synced(pickup_us=1500 * MS)), (LOST,)),
    "pickup delay, stream": Design(
        _one(poisson(1), _synced("streaming", latency_ms=300, pickup_us=US_PER_S)), STATE
    ),
    "pickup delay, evenly spaced": Design(_one(EVEN, _synced(pickup_us=1500 * MS)), STATE),
    "a fifth never copied": Design(_one(MORTAL, _synced(never=Share(1, 5))), (LOST,)),
    "datagrams, refreshed": Design(
        _one(
            poisson(2),
            _lossy(_synced("streaming", datagram=True, refresh_us=US_PER_S), Share(3, 10)),
        ),
        STATE,
        faults=("host",),
    ),
    # waiting for the standby
    "synchronous": Design(
        _one(WAITS, _synced("synchronous", latency_ms=200, apply_us=50 * MS)),
        (*STATE, *SERVICE, DOUBT),
    ),
    "synchronous, far away, with transactions": Design(
        _one(
            poisson(7, lifetime_us=2 * US_PER_S, initial_sessions=14, transaction_rate=Rate(1)),
            _synced("synchronous", latency_ms=700),
        ),
        (LOST, MET, DOUBT),
    ),
    "semi-sync": Design(
        _one(WAITS, _synced("semi-sync", latency_ms=200, apply_us=50 * MS, timeout_us=10 * US_PER_S)),
        (*STATE, *SERVICE, DOUBT),
    ),
    # detection
    "skew": Design(_one(poisson(20), _beating(skew_us=(0, 609_375))), SERVICE, faults=("lightning",)),
    "poll": Design(
        _one(poisson(20), _beating(poll_us=300 * MS, phase_us=50 * MS)), SERVICE, faults=("lightning",)
    ),
    "poll, evenly spaced": Design(
        _one(EVEN, _beating(poll_us=250 * MS, phase_us=70 * MS)), SERVICE, faults=("lightning",)
    ),
    "the process alone": Design(
        _one(poisson(20), pair(latency_ms=300, heartbeat_latency_ms=100)),
        (LOST, *SERVICE),
        faults=("process",),
    ),
    "serial cable": Design(
        _one(poisson(20), _serial(replace(pair(latency_ms=300), takeover_us=US_PER_S))),
        (LOST, *SERVICE),
        faults=("lightning", "host", "process"),
    ),
    # from the decision to service
    "fenced first": Design(
        _one(poisson(20), _taking_over(guard=GuardSetup("fencing", fence_us=700 * MS))), SERVICE
    ),
    "under a witness": Design(
        _one(poisson(20), _taking_over(guard=GuardSetup("witness", lease_us=US_PER_S))), SERVICE
    ),
    "under a lease": Design(
        _one(poisson(20), _taking_over(guard=GuardSetup("lease", US_PER_S))), SERVICE, faults=("lightning",)
    ),
    "announcements lost": Design(
        _one(
            poisson(20),
            _taking_over(
                convergence_us=200 * MS,
                announcement=AnnouncementSetup(3, 500 * MS, Share(1, 2), 6 * US_PER_S, 9 * US_PER_S),
            ),
            duration_s=24,
        ),
        SERVICE,
    ),
    "announcements lost, evenly spaced": Design(
        _one(
            EVEN,
            _taking_over(
                announcement=AnnouncementSetup(2, 700 * MS, Share(1, 2), 5 * US_PER_S, 8 * US_PER_S),
            ),
            duration_s=22,
        ),
        SERVICE,
        faults=("lightning",),
    ),
    # columns
    "columns": Design(
        _columns(poisson(20), pair(), pair(phase_ms=1000), pair(phase_ms=1700, latency_ms=200)),
        (LOST, *SERVICE),
    ),
    "columns, few": Design(
        _columns(poisson(1), pair(interval_ms=2000, latency_ms=300), pair(phase_ms=500, latency_ms=600)),
        STATE,
    ),
    "columns, mortal": Design(_columns(MORTAL, pair(), pair(phase_ms=1000)), (LOST,)),
    "columns, evenly spaced": Design(_columns(EVEN, pair(), pair(phase_ms=1300)), (LOST, *SERVICE)),
    "columns, quick and slow": Design(
        _columns(poisson(20), _beating(), _beating(interval_us=1500 * MS, misses=2, phase_us=100 * MS)),
        (*STATE, *SERVICE),
    ),
    "cross connected": Design(
        replace(_columns(poisson(20), pair(), pair(phase_ms=1000), pair(phase_ms=1700)), path="cross"),
        (LOST, *SERVICE),
    ),
}
