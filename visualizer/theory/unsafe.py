"""How long a new session stays exposed to a strike, under each way of copying."""

from __future__ import annotations

from math import lcm

from visualizer.sim.setup import US_PER_S, Rate, Setup, TierSetup, TrafficSetup
from visualizer.theory.even import wait_for_tick
from visualizer.theory.expected_outage import detection
from visualizer.theory.given import SET_ASIDE, WAITING, Blow, message_s, moving, seconds, waits_always
from visualizer.theory.replication import unsafe_age
from visualizer.theory.snapshot import snapshot_age
from visualizer.theory.spread import Duration, Mixture, Spread, point
from visualizer.theory.walk import Periodic, time_from_least

_MOST_REQUESTS = 20_000
"""Beyond this many requests in a common period of all tiers there is no answer."""

_MISSED_REFRESHES = 40
"""A hole that has outlived so many refreshes is left out of the sum."""


def delay_s(setup: Setup, tier: int, blow: Blow) -> float | None:
    """From a copy's start until it is safe; None if it may arrive before or after the takeover.

    Serialisation counts if the queue dies with the unit, latency if the cable dies. A unit that takes over
    always so long after the strike takes what has arrived by then.
    """
    here = setup.tiers[tier]
    transfer_s = seconds(here.sync.transfer_us) if here.sync.policy in ("periodic", "snapshot") else 0.0
    way_s = transfer_s + seconds(here.links[here.sync.link].latency_us)
    if blow.cable_dies:
        return way_s
    decided = detection(setup, tier, blow)
    leaves_s = transfer_s if blow.queue_dies else 0.0
    if decided is None or (way_s > decided.low_s and decided.low_s < decided.high_s):
        return None
    return max(leaves_s, way_s - decided.low_s)


def unsafe_time(setup: Setup, tier: int, blow: Blow) -> Duration | None:
    """From the opening of a session that is copied at all until it is safe. None: no closed form."""
    if len(moving(setup, tier)) > 1:
        return _unsafe_in_columns(setup, tier, blow)
    here = setup.tiers[tier]
    if here.sync.policy in WAITING:
        return point(0.0) if waits_always(here) and not here.sync.pickup_us else None
    late_s = delay_s(setup, tier, blow)
    return _copied(setup.traffic, here, late_s) if late_s is not None and _plain(here) else None


def _copied(traffic: TrafficSetup, tier: TierSetup, late_s: float) -> Duration | None:
    match tier.sync.policy:
        case "streaming":
            return _streamed(traffic, tier, late_s)
        case "periodic":
            return _ticked(traffic, tier, tier.sync.interval_us, 0, late_s)
        case "snapshot":
            return _snapshot(traffic, tier, late_s)
        case _:
            return None


def _plain(tier: TierSetup) -> bool:
    """The cable is steady and not overloaded, and what a copy takes does not depend on what is in it (else
    `expected_loss`).
    """
    link, sync = tier.links[tier.sync.link], tier.sync
    if link.jitter_us or (link.loss and not (sync.datagram and sync.policy == "streaming")):
        return False
    if sync.policy == "periodic" and sync.transfer_us > sync.interval_us:
        return False
    return not message_s(tier) or sync.policy == "streaming"


def _ticked(
    traffic: TrafficSetup, tier: TierSetup, interval_us: int, prepare_us: int, late_s: float
) -> Duration:
    """Copies of all that was ready `prepare_us` after each tick."""
    sync, rate = tier.sync, traffic.session_rate
    after_s = late_s + seconds(sync.pickup_us)
    if traffic.law == "fixed" and rate is not None:
        ready_us = sync.phase_us + prepare_us - sync.pickup_us
        return wait_for_tick(rate, interval_us, ready_us).later(after_s)
    return unsafe_age(seconds(interval_us), after_s)


def _snapshot(traffic: TrafficSetup, tier: TierSetup, late_s: float) -> Duration | None:
    """The cable's latency belongs to the copy: the next does not start before this one is complete."""
    sync = tier.sync
    whole_us = sync.prepare_us + sync.transfer_us + tier.links[sync.link].latency_us
    if whole_us <= sync.interval_us:
        return _ticked(traffic, tier, sync.interval_us, sync.prepare_us, late_s)
    if traffic.law == "fixed":
        return None
    age = snapshot_age(seconds(whole_us), late_s)
    return age.later(seconds(sync.pickup_us))


def _streamed(traffic: TrafficSetup, tier: TierSetup, late_s: float) -> Duration | None:
    """Evenly spaced changes never queue if the cable carries them; Poisson ones do: `expected_loss`."""
    sync, rate = tier.sync, traffic.session_rate
    always_s = late_s + seconds(sync.pickup_us)
    each_s = message_s(tier)
    loss = tier.links[sync.link].loss
    if loss:
        return (
            None if each_s or traffic.law == "fixed" else _with_holes(loss.value, sync.refresh_us, always_s)
        )
    if not each_s:
        return point(always_s)
    if sync.refresh_us:  # it takes the cable, too
        return None
    alone = rate is not None and traffic.law == "fixed" and traffic.transaction_rate is None
    return point(always_s + each_s) if alone and rate and rate.per_s * each_s <= 1 else None


def _with_holes(loss: float, refresh_us: int, always_s: float) -> Duration | None:
    """A lost datagram is a hole until a refresh is not lost: U((j - 1) R, j R) with chance p^j (1 - p)."""
    if not refresh_us or loss >= 1:
        return None
    refresh_s = seconds(refresh_us)
    parts: list[tuple[float, Duration]] = [(1 - loss, point(always_s))]
    for missed in range(1, _MISSED_REFRESHES):
        repaired = Spread((missed - 1) * refresh_s, missed * refresh_s).later(always_s)
        parts.append((loss**missed * (1 - loss), repaired))
    rest = loss**_MISSED_REFRESHES
    parts.append((rest, point(always_s + refresh_s * _MISSED_REFRESHES)))
    return Mixture(tuple(parts))


# --- columns: unsafe until every tier has its copy ----------------------------------------------------------


def _unsafe_in_columns(setup: Setup, tier: int, blow: Blow) -> Duration | None:
    """The longest of the windows of all tiers. What is on the cables of tiers that are only set aside
    arrives.
    """
    late_us = _delays_us(setup, tier, blow)
    if late_us is None:
        return None
    ticking = [place for place, one in enumerate(setup.tiers) if one.sync.policy == "periodic"]
    if not ticking:
        return point(seconds(max(late_us)))
    if any(late_us[place] for place in range(len(setup.tiers)) if place not in ticking):
        return None
    rate = setup.traffic.session_rate
    if setup.traffic.law == "fixed" and rate is not None:
        return _evenly_in_columns([setup.tiers[place] for place in ticking], late_us, ticking, rate)
    return time_from_least([_safe_until(setup.tiers[place], late_us[place]) for place in ticking])


def _delays_us(setup: Setup, tier: int, blow: Blow) -> list[int] | None:
    """For each tier; None where one has no closed form here."""
    delays = []
    for place in range(len(setup.tiers)):
        late_s = _delay_in_column_s(setup, place, blow if place == tier else SET_ASIDE)
        if late_s is None:
            return None
        delays.append(round(late_s * US_PER_S))
    return delays


def _delay_in_column_s(setup: Setup, tier: int, blow: Blow) -> float | None:
    here = setup.tiers[tier]
    sync = here.sync
    if sync.pickup_us or message_s(here) or here.links[sync.link].loss or not _plain(here):
        return None
    if sync.policy in WAITING:
        return 0.0 if waits_always(here) else None
    return delay_s(setup, tier, blow) if sync.policy in ("periodic", "streaming") else None


def _safe_until(tier: TierSetup, late_us: int) -> Periodic:
    return Periodic(tier.sync.interval_us, tier.sync.phase_us + late_us, lambda jump_us: jump_us - late_us)


def _evenly_in_columns(
    tiers: list[TierSetup], late_us: list[int], places: list[int], rate: Rate
) -> Duration | None:
    """Each request of a common period on its own; times in 1 / `events` microseconds, to be exact."""
    unit = rate.events
    common = lcm(rate.per_us, *(tier.sync.interval_us * unit for tier in tiers))
    if common // rate.per_us > _MOST_REQUESTS:
        return None
    waits = [
        max(
            (tier.sync.phase_us * unit - at) % (tier.sync.interval_us * unit) + late_us[place] * unit
            for tier, place in zip(tiers, places, strict=True)
        )
        for at in range(0, common, rate.per_us)
    ]
    each = 1 / len(waits)
    return Mixture(tuple((each, point(wait / (unit * US_PER_S))) for wait in waits))
