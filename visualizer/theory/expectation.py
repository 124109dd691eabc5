"""What theory expects of a `Setup`: the figures to put beside what a run really gave."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.sim.setup import US_PER_S, Rate, Setup, TierSetup, TrafficSetup
from visualizer.theory.detection import detection_time, outage_time
from visualizer.theory.even import wait_for_request, wait_for_tick
from visualizer.theory.replication import unsafe_age
from visualizer.theory.session_life import p_no_live_loss
from visualizer.theory.spread import Duration, Spread

CABLE_DIES = {"lightning": True, "host": False}
"""The faults that have closed forms, and whether what is on the cables dies with the unit."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """Means over a strike at a random instant; None where no closed form applies.

    `lost_sessions`: acknowledged sessions that are gone. `requests_interrupted`: requests that met nobody or
    never got their answer. `chance_of_no_loss`: that no state at all is lost.
    """

    lost_sessions: float | None
    requests_interrupted: float | None
    chance_of_no_loss: float | None


def expectation(setup: Setup, *, tier: int = 0, fault: str = "lightning") -> Expectation | None:
    """For one strike on the tier's active unit, at a random instant of an undisturbed run.

    The setup's own commands are left aside. None when the fault, or everything about it, has no closed form.
    """
    here = setup.tiers[tier]
    if fault not in CABLE_DIES or not _stays_up(here):
        return None
    cable_dies = CABLE_DIES[fault]
    result = Expectation(
        _lost_sessions(setup.traffic, here, cable_dies),
        _requests_interrupted(setup.traffic, here, cable_dies),
        _chance_of_no_loss(setup.traffic, here, cable_dies),
    )
    return None if result == Expectation(None, None, None) else result


def _stays_up(tier: TierSetup) -> bool:
    """Without a strike the standby never takes over: its first heartbeat comes within the hold time."""
    beat = tier.heartbeat
    return beat.phase_us + tier.links[beat.link].latency_us <= beat.hold_us


# --- state loss -------------------------------------------------------------------------------------------


def _sync_latency_s(tier: TierSetup, cable_dies: bool) -> float | None:
    """What latency adds to the unsafe age; None if a living cable delivers only after the takeover."""
    latency_s = tier.links[tier.sync.link].latency_us / US_PER_S
    if cable_dies:
        return latency_s
    return 0.0 if latency_s <= _detection(tier, cable_dies).low_s else None


def _unsafe_time(traffic: TrafficSetup, tier: TierSetup, cable_dies: bool) -> Duration | None:
    """How long a new session is exposed to the strike."""
    latency_s = _sync_latency_s(tier, cable_dies)
    if latency_s is None:
        return None
    match tier.sync.policy:
        case "streaming":
            return Spread(latency_s, latency_s)
        case "periodic" if traffic.law == "fixed" and traffic.session_rate is not None:
            return wait_for_tick(traffic.session_rate, *_sync_times(tier)).later(latency_s)
        case "periodic":
            return unsafe_age(_seconds(tier.sync.interval_us), latency_s)
        case _:
            return None


def _sync_times(tier: TierSetup) -> tuple[int, int]:
    return tier.sync.interval_us, tier.sync.phase_us


def _lost_sessions(traffic: TrafficSetup, tier: TierSetup, cable_dies: bool) -> float | None:
    """rate x E[min(time unsafe, life)], the youngest `response_us` of it not acknowledged yet."""
    if tier.sync.policy == "none":
        return _open_sessions(traffic) if not traffic.response_us else None
    unsafe = _unsafe_time(traffic, tier, cable_dies)
    if unsafe is None:
        return None
    rate_per_s = _per_s(traffic.session_rate)
    if traffic.response_us:
        answered_s = unsafe.mean_s - unsafe.mean_min_s(_seconds(traffic.response_us))
        return rate_per_s * answered_s if traffic.lifetime_us is None else None
    return rate_per_s * _while_alive_s(traffic, unsafe)


def _while_alive_s(traffic: TrafficSetup, time: Duration) -> float:
    """E[min(time, life)]."""
    if traffic.lifetime_us is None:
        return time.mean_s
    life_s = _seconds(traffic.lifetime_us)
    if traffic.lifetime_law == "fixed":
        return time.mean_min_s(life_s)
    return life_s * (1 - time.laplace(1 / life_s))


def _chance_of_no_loss(traffic: TrafficSetup, tier: TierSetup, cable_dies: bool) -> float | None:
    """For sessions alone: transactions on old sessions would have to be silent too."""
    latency_s = _sync_latency_s(tier, cable_dies)
    unsafe = _unsafe_time(traffic, tier, cable_dies)
    if traffic.transaction_rate is not None or traffic.response_us or unsafe is None or latency_s is None:
        return None
    rate = traffic.session_rate
    if rate is None or unsafe == Spread(0.0, 0.0):
        return 1.0
    if traffic.law == "poisson":
        return _silent(traffic, tier, unsafe, latency_s)
    if traffic.lifetime_us is not None:
        return None
    if tier.sync.policy == "streaming":
        return max(1 - rate.per_s * latency_s, 0.0)
    interval_s = _seconds(tier.sync.interval_us)
    idle = wait_for_request(rate, *_sync_times(tier))
    return (idle.mean_min_s(interval_s + latency_s) - idle.mean_min_s(latency_s)) / interval_s


def _silent(traffic: TrafficSetup, tier: TierSetup, unsafe: Duration, latency_s: float) -> float | None:
    """No live Poisson session in the window."""
    rate_per_s = _per_s(traffic.session_rate)
    if traffic.lifetime_us is None:
        return unsafe.laplace(rate_per_s)
    if traffic.lifetime_law == "fixed":
        return None
    interval_s = _seconds(tier.sync.interval_us) if tier.sync.policy == "periodic" else 0.0
    return p_no_live_loss(rate_per_s, interval_s, _seconds(traffic.lifetime_us), latency_s)


# --- interruption -----------------------------------------------------------------------------------------


def _detection(tier: TierSetup, cable_dies: bool) -> Spread:
    beat = tier.heartbeat
    latency_s = _seconds(tier.links[beat.link].latency_us)
    return detection_time(_seconds(beat.interval_us), beat.misses, latency_s, cable_dies=cable_dies)


def _outage(traffic: TrafficSetup, tier: TierSetup, cable_dies: bool) -> Duration:
    """How long a request's arrival lies within reach of the strikes that fail it: the outage it meets."""
    beat, rate = tier.heartbeat, traffic.session_rate
    latency_us = tier.links[beat.link].latency_us
    if traffic.law == "poisson" or rate is None:
        return outage_time(
            _seconds(beat.interval_us),
            beat.misses,
            _seconds(latency_us),
            _seconds(tier.convergence_us),
            cable_dies=cable_dies,
        )
    reach_us = beat.hold_us + tier.convergence_us + (0 if cable_dies else latency_us)
    phase_us = beat.phase_us + (latency_us if cable_dies else 0)
    spared = wait_for_tick(rate, beat.interval_us, phase_us + reach_us, strictly=True)
    met_s = _seconds(reach_us) - spared.mean_s
    return Spread(met_s, met_s)


def _requests_interrupted(traffic: TrafficSetup, tier: TierSetup, cable_dies: bool) -> float | None:
    """New sessions in the outage, transactions of sessions open at the strike, and requests left hanging."""
    outage = _outage(traffic, tier, cable_dies)
    hung_s = _seconds(traffic.response_us)
    opens = _per_s(traffic.session_rate) * (outage.mean_s + hung_s)
    if traffic.transaction_rate is None:
        return opens
    open_sessions = _open_sessions(traffic)
    fixed_life = traffic.lifetime_us is not None and traffic.lifetime_law == "fixed"
    if traffic.law == "fixed" or fixed_life or open_sessions is None:
        return None
    asking_s = _while_alive_s(traffic, outage) + hung_s
    return opens + open_sessions * traffic.transaction_rate.per_s * asking_s


def _open_sessions(traffic: TrafficSetup) -> float | None:
    """Sessions open at any instant if that is the same all the time: rate x life (Little), or a fixed set."""
    initial = traffic.initial_sessions
    if traffic.lifetime_us is None:
        return float(initial) if traffic.session_rate is None else None
    steady = _per_s(traffic.session_rate) * _seconds(traffic.lifetime_us)
    return steady if abs(steady - initial) < 1 else None


def _per_s(rate: Rate | None) -> float:
    return 0.0 if rate is None else rate.per_s


def _seconds(time_us: int) -> float:
    return time_us / US_PER_S
