"""What theory expects of the state that a strike takes, and of what is left in doubt."""

from __future__ import annotations

from math import sqrt

from visualizer.sim.setup import Setup, SyncSetup, TierSetup, TrafficSetup
from visualizer.theory import backlog
from visualizer.theory.even import wait_for_request
from visualizer.theory.given import (
    WAITING,
    Blow,
    message_s,
    moving,
    open_sessions,
    per_s,
    seconds,
    waits_always,
    while_alive_s,
)
from visualizer.theory.replication import p_no_hole
from visualizer.theory.session_life import p_no_live_loss
from visualizer.theory.spread import Duration, Lattice, Mixture, point
from visualizer.theory.synchronous import sync_in_doubt
from visualizer.theory.unsafe import delay_s, unsafe_time

_FULL_BATCH_ERRORS = 6
"""A batch this many standard deviations larger than the mean must still leave before the next."""


def lost_sessions(setup: Setup, tier: int, blow: Blow) -> float | None:
    """rate x E[min(time unsafe, life)], and all open sessions of the part that is never copied."""
    sync = setup.tiers[tier].sync
    column = len(moving(setup, tier)) > 1
    if (column and any(one.sync.never for one in setup.tiers)) or _answered_elsewhere(setup, tier):
        return None
    if sync.never and sync.policy in WAITING:
        return None
    if sync.policy == "none" or sync.never.value == 1:
        return open_sessions(setup.traffic) if not setup.traffic.response_us else None
    copied = _lost_of_copied(setup, tier, blow)
    if not sync.never or copied is None:
        return copied
    there = open_sessions(setup.traffic)
    if there is None or setup.traffic.law == "fixed" or setup.traffic.response_us:
        return None
    return sync.never.value * there + (1 - sync.never.value) * copied


def chance_of_no_loss(setup: Setup, tier: int, blow: Blow) -> float | None:
    """For sessions alone: transactions on old sessions would have to be silent too."""
    traffic, unsafe = setup.traffic, unsafe_time(setup, tier, blow)
    if any(one.sync.never for one in moving(setup, tier)) or _answered_elsewhere(setup, tier):
        return None
    if unsafe == point(0.0):
        return 1.0
    if traffic.transaction_rate is not None or traffic.response_us:
        return None
    if unsafe is None:
        return _no_queue(setup, tier, blow)
    return 1.0 if traffic.session_rate is None else _no_session(setup, tier, blow, unsafe)


def _no_session(setup: Setup, tier: int, blow: Blow, unsafe: Duration) -> float | None:
    here, traffic = setup.tiers[tier], setup.traffic
    if here.links[here.sync.link].loss:
        return _no_hole(traffic, here, unsafe)
    if traffic.law == "poisson":
        return _silent(traffic, unsafe)
    return _evenly_silent(setup, tier, blow, unsafe) if traffic.lifetime_us is None else None


def in_doubt(setup: Setup, tier: int, blow: Blow) -> float | None:
    """Requests that live on without an answer; 0 where the answer does not come after the copy."""
    traffic = setup.traffic
    waiting = any(one.sync.policy in WAITING for one in setup.tiers)
    if not waiting:
        return 0.0 if not traffic.response_us else None
    waited = _waited(setup, tier, blow)
    return None if waited is None or len(setup.tiers) > 1 else _requests_within(traffic, waited[1])


def unanswered_s(setup: Setup, tier: int, blow: Blow) -> float | None:
    """How long before the strike a request may have come to be left without an answer."""
    if not any(one.sync.policy in WAITING for one in setup.tiers):
        return seconds(setup.traffic.response_us)
    waited = _waited(setup, tier, blow)
    return None if waited is None or len(setup.tiers) > 1 else waited[0]


# --- the parts ----------------------------------------------------------------------------------------------


def _lost_of_copied(setup: Setup, tier: int, blow: Blow) -> float | None:
    traffic = setup.traffic
    unsafe = unsafe_time(setup, tier, blow)
    if unsafe is None:
        return _lost_in_queue(setup, tier, blow)
    rate_per_s = per_s(traffic.session_rate)
    if unsafe == point(0.0):
        return 0.0
    if traffic.response_us:
        answered_s = unsafe.mean_s - unsafe.mean_min_s(seconds(traffic.response_us))
        return rate_per_s * answered_s if traffic.lifetime_us is None else None
    return rate_per_s * while_alive_s(traffic, unsafe)


def _lost_in_queue(setup: Setup, tier: int, blow: Blow) -> float | None:
    """Poisson changes on a cable of finite bandwidth."""
    here, late_s = setup.tiers[tier], delay_s(setup, tier, blow)
    if late_s is None or not _queues(setup, here):
        return None
    rate_per_s, each_s = per_s(setup.traffic.session_rate), message_s(here)
    if here.sync.policy == "periodic":
        return _lost_with_batch(setup.traffic, here, late_s, blow)
    if rate_per_s * each_s >= 1 or not blow.queue_dies:
        return None
    late_s += seconds(here.sync.pickup_us)
    if setup.traffic.lifetime_us is None:
        return backlog.streaming_queue_loss(rate_per_s, each_s, late_s)
    if setup.traffic.lifetime_law == "fixed" or here.sync.pickup_us:
        return None
    life_s = seconds(setup.traffic.lifetime_us)
    safe = backlog.queue_laplace(rate_per_s, each_s, 1 / life_s) * point(late_s).laplace(1 / life_s)
    return rate_per_s * life_s * (1 - safe)


def _queues(setup: Setup, tier: TierSetup) -> bool:
    link, traffic = tier.links[tier.sync.link], setup.traffic
    alone = setup.path == "cross" or len(setup.tiers) == 1
    poisson = traffic.law == "poisson" and traffic.session_rate is not None and not traffic.response_us
    steady = not link.loss and not link.jitter_us and not tier.sync.refresh_us
    one_way = tier.sync.policy in ("periodic", "streaming")
    return (
        one_way and alone and poisson and steady and traffic.transaction_rate is None and message_s(tier) > 0
    )


def _lost_with_batch(traffic: TrafficSetup, tier: TierSetup, late_s: float, blow: Blow) -> float | None:
    """A change travels with rate S others on average, and x longer for each: rate (S / 2 + (1 + rate S)
    x).
    """
    sync, each_s, rate_per_s = tier.sync, message_s(tier), per_s(traffic.session_rate)
    interval_s = seconds(sync.interval_us)
    made = rate_per_s * interval_s
    longest_s = (made + _FULL_BATCH_ERRORS * sqrt(made)) * each_s + seconds(sync.transfer_us)
    if traffic.lifetime_us is not None or sync.pickup_us or not blow.queue_dies or longest_s > interval_s:
        return None
    return rate_per_s * (interval_s / 2 + late_s + (1 + made) * each_s)


def _no_queue(setup: Setup, tier: int, blow: Blow) -> float | None:
    """Nothing queued and nothing on the cable."""
    here, late_s = setup.tiers[tier], delay_s(setup, tier, blow)
    plain = here.sync.policy == "streaming" and not here.sync.pickup_us and blow.queue_dies
    if late_s is None or not plain or not _queues(setup, here) or setup.traffic.lifetime_us is not None:
        return None
    rate_per_s, each_s = per_s(setup.traffic.session_rate), message_s(here)
    return backlog.p_stream_empty(rate_per_s, each_s, late_s) if rate_per_s * each_s < 1 else None


def _no_hole(traffic: TrafficSetup, tier: TierSetup, unsafe: Duration) -> float | None:
    if unsafe.low_s or traffic.lifetime_us is not None:
        return None
    loss = tier.links[tier.sync.link].loss.value
    return p_no_hole(per_s(traffic.session_rate), loss, seconds(tier.sync.refresh_us))


def _silent(traffic: TrafficSetup, unsafe: Duration) -> float | None:
    """No live Poisson session in the window."""
    rate_per_s = per_s(traffic.session_rate)
    if traffic.lifetime_us is None:
        return unsafe.laplace(rate_per_s)
    if traffic.lifetime_law == "fixed":
        return None
    life_s = seconds(traffic.lifetime_us)
    parts = unsafe.parts if isinstance(unsafe, Mixture) else ((1.0, unsafe),)
    return sum(
        chance * p_no_live_loss(rate_per_s, part.high_s - part.low_s, life_s, part.low_s)
        for chance, part in parts
    )


def _evenly_silent(setup: Setup, tier: int, blow: Blow, unsafe: Duration) -> float | None:
    """No evenly spaced session in the window: after a copy's instant the next comes later than the strike."""
    rate, late_s = setup.traffic.session_rate, delay_s(setup, tier, blow)
    if rate is None or late_s is None:
        return None
    if unsafe.low_s == unsafe.high_s:
        return max(1 - rate.per_s * unsafe.low_s, 0.0)
    if not isinstance(unsafe, Lattice):
        return None
    sync = setup.tiers[tier].sync
    interval_s, late_s = seconds(sync.interval_us), late_s + seconds(sync.pickup_us)
    idle = wait_for_request(rate, sync.interval_us, _ready_us(sync))
    return (idle.mean_min_s(interval_s + late_s) - idle.mean_min_s(late_s)) / interval_s


def _ready_us(sync: SyncSetup) -> int:
    """A change made at this phase of the ticks, or before, goes with the copy of the tick."""
    return sync.phase_us - sync.pickup_us + (sync.prepare_us if sync.policy == "snapshot" else 0)


def _requests_within(traffic: TrafficSetup, time_s: float) -> float | None:
    """Sessions opened, and transactions of those acknowledged before: who opened meanwhile asks for none."""
    if traffic.connections is not None:
        return None
    opens = per_s(traffic.session_rate) * time_s
    if traffic.transaction_rate is None:
        return opens
    there = open_sessions(traffic)
    fixed_life = traffic.lifetime_us is not None and traffic.lifetime_law == "fixed"
    if there is None or fixed_life or traffic.law == "fixed":
        return None
    return opens + there * traffic.transaction_rate.per_s * while_alive_s(traffic, point(time_s))


def _waited(setup: Setup, tier: int, blow: Blow) -> tuple[float, float] | None:
    """Seconds without an answer, and seconds of those after the request left for the standby."""
    here = setup.tiers[tier]
    sync, link = here.sync, here.links[here.sync.link]
    if sync.policy not in WAITING or sync.never or sync.pickup_us or link.loss or link.jitter_us:
        return None
    if message_s(here) or not waits_always(here):
        return None
    service_s, latency_s, apply_s = (
        seconds(time_us) for time_us in (setup.traffic.response_us, link.latency_us, sync.apply_us)
    )
    one_a_second = sync_in_doubt(1.0, service_s, latency_s, apply_s, cable_dies=blow.cable_dies)
    return one_a_second.unanswered, one_a_second.applied


def _answered_elsewhere(setup: Setup, tier: int) -> bool:
    """Another tier holds the acknowledgement back: what this one loses may not be acknowledged yet."""
    waits = any(one.sync.policy in WAITING for one in setup.tiers)
    return waits and any(one.sync.policy not in WAITING for one in moving(setup, tier))
