"""How long clients are without service after one bolt, at the heartbeats' worst phase and at their best."""

from __future__ import annotations

from dataclasses import dataclass, replace

from visualizer.lab.beat_ideal import GAP_IDEALS, Term, waterfall
from visualizer.lab.beat_trial import Steps, Trial, after_us, holder_at, play_on, played
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.event import HeartbeatReceived
from visualizer.sim.outcome import Interruption, interruption
from visualizer.sim.service import fold
from visualizer.sim.setup import Setup
from visualizer.sim.state import State

_BEATS = 6
_BEATS_OF_A_POLL = 60
"""Heartbeats that are listened to, to find the phase at which a silence lasts longest."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Lightning on the unit of `tier` that is active at `at_us`: `longest_us` without service (None: for
    ever), `interrupted` requests that were not served at once; `shortest_us`: at the luckiest instant.
    """

    tier: int
    at_us: int
    longest_us: int | None
    shortest_us: int | None
    interrupted: int


def worst_gap(setup: Setup) -> Steps[Gap]:
    """The longest gap that one bolt on any tier can cause."""
    worst = yield from gap_of_tier(setup, 0)
    for tier in range(1, len(setup.tiers)):
        gap = yield from gap_of_tier(setup, tier)
        worst = max(worst, gap, key=lambda one: float("inf") if one.longest_us is None else one.longest_us)
    return worst


def gap_of_tier(setup: Setup, tier: int) -> Steps[Gap]:
    """The same for one tier."""
    quiet = replace(setup.traffic, session_rate=None, transaction_rate=None, initial_sessions=0)
    beats = _BEATS_OF_A_POLL if any(one.heartbeat.poll_us for one in setup.tiers) else _BEATS
    trial = yield from played(replace(setup, traffic=quiet), _listening_us(setup, beats))
    late_us, early_us = _phases(trial, tier)
    longest_us, met = yield from _struck(setup, trial.state, tier, late_us)
    shortest_us, _ = yield from _struck(setup, trial.state, tier, early_us)
    return Gap(tier, late_us, longest_us, shortest_us, met.requests)


def gap_terms(setup: Setup, gap: Gap) -> Steps[tuple[Term, ...]]:
    """What makes up the longest gap of a design."""

    def measure(better: Setup) -> Steps[int | None]:
        found = yield from gap_of_tier(better, gap.tier)
        return found.longest_us

    return (yield from waterfall(setup, gap.longest_us, GAP_IDEALS, measure))


def _listening_us(setup: Setup, beats: int) -> int:
    heard_us = max(
        tier.heartbeat.phase_us + tier.links[tier.heartbeat.link].latency_us for tier in setup.tiers
    )
    return heard_us + beats * max(tier.heartbeat.interval_us for tier in setup.tiers)


def _phases(trial: Trial, tier: int) -> tuple[int, int]:
    """Just after the heartbeat with the longest silence behind it, and at the instant of the one whose
    forerunner leaves the shortest: a strike comes before a delivery of the same instant.
    """
    setup = trial.state.setup
    watched = range(len(setup.tiers)) if setup.path == "parallel" else (tier,)
    heard = {one: _heard_us(trial, one) for one in watched}
    own = heard[tier][1:] or [trial.state.now_us]
    late = max(own, key=lambda at_us: _silence_us(setup, heard, at_us + 1))
    early = min(own, key=lambda at_us: _silence_us(setup, heard, at_us))
    return late + 1, early


def _heard_us(trial: Trial, tier: int) -> list[int]:
    return [
        event.at_us for event in trial.events if isinstance(event, HeartbeatReceived) and event.tier == tier
    ]


def _silence_us(setup: Setup, heard: dict[int, list[int]], strike_us: int) -> int:
    """From a strike until the first of the watchers has waited long enough."""
    verdicts = []
    for tier, instants in heard.items():
        beat = setup.tiers[tier].heartbeat
        last_us = max((at_us for at_us in instants if at_us < strike_us), default=0)
        poll_us = beat.poll_us or 1
        verdicts.append(-(-(last_us + beat.hold_of_us(1)) // poll_us) * poll_us)
    return min(verdicts) - strike_us


def _struck(setup: Setup, state: State, tier: int, at_us: int) -> Steps[tuple[int | None, Interruption]]:
    """Strike, and wait until everybody is served again who ever will be."""
    unit = holder_at(state, tier, at_us)
    end_us = at_us + after_us(setup)
    trial = yield from played(
        setup, at_us, Strike(at_us, "lightning", UnitTarget(tier, unit)), until_us=end_us
    )
    met = _met(trial.state)
    while trial.state.now_us < end_us and (_restored_us(trial.state, at_us) is None or met.waiting):
        yield from play_on(trial, min(trial.state.now_us + setup.tiers[tier].heartbeat.hold_us, end_us))
        met = _met(trial.state)
    restored_us = _restored_us(trial.state, at_us)
    if restored_us is None:
        return None, met
    return max(restored_us - at_us, met.longest_delay_us or 0), met


def _met(state: State) -> Interruption:
    return interruption(state, fold(state, state.tally, state.now_us))


def _restored_us(state: State, at_us: int) -> int | None:
    """When the last tier of those that failed over served again; None while one does not."""
    ends = [one.restored_us for one in state.failovers if one.fault_us >= at_us]
    known = [end_us for end_us in ends if end_us is not None]
    return max(known) if known and len(known) == len(ends) else None
