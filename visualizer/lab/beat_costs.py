"""What a design pays for what it saves: measured on the run that nothing befalls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visualizer.lab.beat_trial import Trial
from visualizer.sim.event import HeartbeatSent, SyncSent
from visualizer.sim.history import acknowledged_us
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import US_PER_S, Setup
from visualizer.sim.state import State
from visualizer.sim.traffic import FAR_US


@dataclass(frozen=True, slots=True)
class Costs:
    """`answer_us`: how much longer the slowest answer took because it waited for a copy. `copies_per_s`,
    `heartbeats_per_s`: frames on the cables of all tiers. `busy`: which share of its time the busiest sync
    cable carries changes (None: it has no limit, or they have no size). `seldom_s`: how far apart false
    failovers are on average (None: there are none). `kept_waiting`: requests that were refused or got no
    answer while the sync cable was cut for 10 s.
    """

    answer_us: int
    copies_per_s: float
    heartbeats_per_s: float
    busy: float | None
    seldom_s: float | None
    kept_waiting: int


def costs_of(trial: Trial, seldom_s: float | None, kept_waiting: int) -> Costs:
    """Of a design's undisturbed run, with what that run does not show."""
    state = trial.state
    run_s = max(state.now_us, 1) / US_PER_S
    beats = sum(isinstance(event, HeartbeatSent) and event.at_us > 0 for event in trial.events)
    batches = sum(isinstance(event, SyncSent) for event in trial.events)
    streams = sum(POLICIES[tier.sync.policy].streams for tier in state.setup.tiers)
    return Costs(
        answer_us=_slowest_us(state),
        copies_per_s=batches / run_s + streams * _changes_per_s(state),
        heartbeats_per_s=beats / run_s,
        busy=_busy(state),
        seldom_s=seldom_s,
        kept_waiting=kept_waiting,
    )


def _slowest_us(state: State) -> int:
    """Beyond what the work itself takes; what waits at the end counts with what it has waited."""
    traffic = state.traffic
    made = np.concatenate([traffic.opens_us, traffic.transaction_us])
    made = made[(made >= 0) & (made <= state.now_us)]
    if not len(made):
        return 0
    answered = acknowledged_us(state, made)
    answered = np.where(answered >= FAR_US, np.maximum(state.now_us, made), answered)
    return max(int((answered - made).max()) - state.setup.traffic.response_us, 0)


def _changes_per_s(state: State) -> float:
    traffic = state.traffic
    made = sum(int(((at_us >= 0) & (at_us <= state.now_us)).sum())
               for at_us in (traffic.opens_us, traffic.transaction_us))  # fmt: skip
    return made * US_PER_S / max(state.now_us, 1)


def _busy(state: State) -> float | None:
    """Of the busiest sync cable."""
    shares = [share for tier in range(len(state.tiers)) if (share := _share(state.setup, tier)) is not None]
    return max(shares) * _changes_per_s(state) if shares else None


def _share(setup: Setup, tier: int) -> float | None:
    """Seconds that one change takes on the cable."""
    sync = setup.tiers[tier].sync
    bandwidth = setup.tiers[tier].links[sync.link].bandwidth_bps
    if bandwidth is None or not sync.change_bytes or not POLICIES[sync.policy].copies:
        return None
    return sync.change_bytes * 8 / bandwidth
