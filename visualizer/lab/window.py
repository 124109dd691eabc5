"""At which instants a strike may come, so that each phase of all that repeats is as likely."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from visualizer.lab.columns import Integers
from visualizer.lab.measures import Reals
from visualizer.language import say
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import Rate, Setup, SyncSetup, TierSetup

Window = tuple[int, int]
"""Instants [low_us, high_us) at which a strike may come."""

Aim = tuple[Setup, int]
"""A setup, and which of its tiers is struck."""

EVEN = 0.02
"""How far the mean over a window may lie from the mean over all phases: this part of the standard deviation
of one run. Hundreds of runs do not see it.
"""

_MOST_LENGTHS = 20_000


def fair_window(aims: Sequence[Aim]) -> Window:
    """Instants that are fair in all of these setups: the first copies have arrived, and service is back
    before the end. Whole periods of the copies, and of all else as nearly as fits.

    Raises ValueError when a setup is too short for it.
    """
    low_us = max(_settled_us(one) for one in _struck(aims))
    high_us = min(_end_us(setup, tier) for setup, tier in aims)
    base_us, others_us = rhythm_us(aims)
    most = (high_us - low_us) // base_us
    if most < 1:
        names = ", ".join(dict.fromkeys(setup.name for setup, _ in aims))
        raise ValueError(
            say("{scenarios}: too short to strike at a random instant; let it last longer", scenarios=names)
        )
    lengths_us = base_us * np.arange(most, max(most - _MOST_LENGTHS, 0), -1, dtype=np.int64)
    uneven = _unevenness(lengths_us, others_us)
    return low_us, low_us + int(lengths_us[np.argmin(uneven)])


def rhythm_us(aims: Sequence[Aim]) -> tuple[int, tuple[int, ...]]:
    """What repeats in these setups: the period of which a window holds a whole number (that of the first
    copies, where there are none of heartbeats), and all others.
    """
    periods = [period_us for tier in _struck(aims) for period_us in _copies_us(tier.sync)]
    periods += [tier.heartbeat.interval_us for tier in _struck(aims)]
    periods += [tier.heartbeat.poll_us for tier in _struck(aims) if tier.heartbeat.poll_us]
    periods += [_spacing_us(rate) for setup, _ in aims for rate in _evenly(setup)]
    base_us, *others_us = dict.fromkeys(periods)
    return base_us, tuple(others_us)


def unevenness(aims: Sequence[Aim], window: Window) -> float:
    """How far the mean over the window may lie from that over all phases, in standard deviations of a run."""
    base_us, others_us = rhythm_us(aims)
    length_us = np.array([window[1] - window[0]], dtype=np.int64)
    return float(_unevenness(length_us, (base_us, *others_us))[0])


def fair_durations_us(aims: Sequence[Aim]) -> list[int] | None:
    """How long each of these setups has to last at least for a window that is fair in all of them; None when
    their rhythms have nothing in common.
    """
    length_us = _fair_length_us(*rhythm_us(aims))
    if length_us is None:
        return None
    end_us = max(_settled_us(one) for one in _struck(aims)) + length_us
    return [end_us + setup.duration_us - _end_us(setup, tier) for setup, tier in aims]


def lasting_us(aims: Sequence[Aim]) -> list[int] | None:
    """How long each of these setups is to last for `fair_window` to be even: as long as it does, if that is
    enough; None when nothing is.
    """
    try:
        if unevenness(aims, fair_window(aims)) <= EVEN:
            return [setup.duration_us for setup, _ in aims]
    except ValueError:
        pass
    needed_us = fair_durations_us(aims)
    if needed_us is None:
        return None
    return [max(least_us, setup.duration_us) for least_us, (setup, _) in zip(needed_us, aims, strict=True)]


@lru_cache(maxsize=1024)
def _fair_length_us(base_us: int, others_us: tuple[int, ...]) -> int | None:
    """The shortest whole number of the first period that is fair to all of them."""
    lengths_us = base_us * np.arange(1, _MOST_LENGTHS, dtype=np.int64)
    fair = np.nonzero(_unevenness(lengths_us, others_us) <= EVEN)[0]
    return int(lengths_us[fair[0]]) if len(fair) else None


def _moving(aim: Aim) -> tuple[TierSetup, ...]:
    """The tiers that fail over when this one is struck: itself, or its whole column."""
    setup, tier = aim
    return setup.tiers if setup.path == "parallel" else (setup.tiers[tier],)


def _struck(aims: Sequence[Aim]) -> list[TierSetup]:
    return [tier for aim in aims for tier in _moving(aim)]


def _settled_us(tier: TierSetup) -> int:
    """From when on the pair is as it will always be: a heartbeat was heard, a first copy is whole."""
    beat, sync = tier.heartbeat, tier.sync
    heard_us = beat.phase_us + tier.links[beat.link].latency_us
    first_us = (sync.phase_us or sync.interval_us) if POLICIES[sync.policy].ticks else 0
    copied_us = first_us + _taken_us(sync) + tier.links[sync.link].latency_us + sync.apply_us
    return max(heard_us, copied_us + sync.pickup_us, sync.refresh_us)


def _taken_us(sync: SyncSetup) -> int:
    """How long a copy is in the making, whatever its size."""
    policy = POLICIES[sync.policy]
    if not policy.ticks:
        return 0
    return sync.transfer_us + (sync.prepare_us if policy.whole else 0)


def _end_us(setup: Setup, tier: int) -> int:
    return setup.duration_us - max(_longest_outage_us(one) for one in _moving((setup, tier)))


def _longest_outage_us(tier: TierSetup) -> int:
    beat, said = tier.heartbeat, tier.announcement
    fence_us = tier.guard.fence_us if tier.guard.kind == "fencing" else 0
    decided_us = beat.hold_of_us(1) + beat.poll_us + tier.links[beat.link].latency_us
    told_us = (said.count - 1) * said.spacing_us + tier.convergence_us if said.loss else tier.convergence_us
    return max(decided_us + fence_us + tier.takeover_us + told_us, said.cache_high_us if said.loss else 0)


def _copies_us(sync: SyncSetup) -> list[int]:
    policy = POLICIES[sync.policy]
    if policy.ticks:  # the next snapshot waits until the last is whole
        return [max(sync.interval_us, _taken_us(sync)) if policy.whole else sync.interval_us]
    return [sync.refresh_us] if sync.refresh_us else []


def _evenly(setup: Setup) -> list[Rate]:
    rate = setup.traffic.session_rate
    return [rate] if rate is not None and setup.traffic.law == "fixed" else []


def _spacing_us(rate: Rate) -> int:
    """At least a microsecond; seldom exact, but the finer it is the less it matters."""
    return max(rate.per_us // rate.events, 1)


def _unevenness(lengths_us: Integers, periods_us: Sequence[int]) -> Reals:
    """Of each length, shape (lengths,). A length of m periods and a rest r has a mean that lies at most
    r (p - r) / 2 L from that of whole periods, when what repeats goes up or down evenly; its standard
    deviation is p / sqrt(12).
    """
    worst = np.zeros(len(lengths_us), dtype=np.float64)
    for period_us in periods_us:
        rest_us = (lengths_us % period_us).astype(np.float64)
        worst = np.maximum(worst, rest_us * (period_us - rest_us) * 3**0.5 / (lengths_us * float(period_us)))
    return worst
