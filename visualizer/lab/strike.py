"""A strike of one's own on a setup: on what, when, and at which instants it may come."""

from __future__ import annotations

from dataclasses import replace
from math import lcm

import numpy as np

from visualizer.sim.chance import Purpose, philox
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import Setup, TierSetup

Window = tuple[int, int]
"""Instants [low_us, high_us) at which a strike may come."""


def undisturbed(setup: Setup) -> Setup:
    """The setup without its own strikes on units; cut cables and changes of parameters stay."""
    kept = tuple(
        act for act in setup.commands if not (isinstance(act, Strike) and isinstance(act.target, UnitTarget))
    )
    return replace(setup, commands=kept)


def struck(setup: Setup, at_us: int, *, tier: int = 0, fault: str = "lightning", unit: int = 0) -> Setup:
    """The undisturbed setup with one strike on a unit of the tier: as a rule the primary, which is active
    until then.
    """
    strike = Strike(at_us, fault, UnitTarget(tier, unit))
    acts = sorted((*undisturbed(setup).commands, strike), key=lambda act: act.at_us)
    return replace(setup, commands=tuple(acts))


def strike_window(*setups: Setup, tier: int = 0) -> Window:
    """Instants that are fair to strike in all of these setups: the first copy has arrived, and service is
    back before the end. Whole periods of sync and heartbeat if they fit, so that every phase is as likely.

    Raises ValueError when a setup is too short for it.
    """
    low_us = max(_settled_us(setup.tiers[tier]) for setup in setups)
    high_us = min(setup.duration_us - _longest_outage_us(setup.tiers[tier]) for setup in setups)
    for period_us in (_period_us(setups, tier, beats=True), _period_us(setups, tier, beats=False)):
        if low_us + period_us <= high_us:
            return low_us, low_us + (high_us - low_us) // period_us * period_us
    names = ", ".join(setup.name for setup in setups)
    raise ValueError(f"{names}: too short to strike at a random instant; let it last longer")


def strike_instant_us(seed: int, window: Window) -> int:
    """The instant of the run with this seed, uniform in the window; keyed by the seed alone."""
    low_us, high_us = window
    word0, word1, _, _ = philox(seed, Purpose.STRIKE, np.zeros(1, dtype=np.int64))
    return low_us + ((((int(word0[0]) << 32) | int(word1[0])) * (high_us - low_us)) >> 64)


def _settled_us(tier: TierSetup) -> int:
    beat, sync = tier.heartbeat, tier.sync
    heard_us = beat.phase_us + tier.links[beat.link].latency_us
    first_us = (sync.phase_us or sync.interval_us) if POLICIES[sync.policy].ticks else 0
    return max(heard_us, first_us + tier.links[sync.link].latency_us)


def _longest_outage_us(tier: TierSetup) -> int:
    beat = tier.heartbeat
    return beat.hold_us + tier.links[beat.link].latency_us + tier.convergence_us


def _period_us(setups: tuple[Setup, ...], tier: int, *, beats: bool) -> int:
    """After so long the phases repeat: of syncs, and of heartbeats too if asked."""
    here = [setup.tiers[tier] for setup in setups]
    syncs = [one.sync.interval_us for one in here if POLICIES[one.sync.policy].ticks]
    return lcm(*syncs, *(one.heartbeat.interval_us for one in here if beats))
