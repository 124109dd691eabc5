"""What theory expects of the outage of a struck pair (or of the column that moves with it)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from visualizer.sim.setup import ALL, US_PER_S, Setup, TierSetup, TrafficSetup
from visualizer.theory.detection import detection_time
from visualizer.theory.even import wait_for_poll, wait_for_tick
from visualizer.theory.given import Blow, moving, open_sessions, per_s, seconds, while_alive_s
from visualizer.theory.spread import Duration, Lattice, Mixture, Spread, point
from visualizer.theory.walk import Periodic, time_from_least

_MOST_POLLS = 1000
"""A wait of more steps than this is taken as this many: finer than anything seen."""


@dataclass(frozen=True, slots=True)
class Outage:
    """`time`: how long it lasts. `met`: how long before a request strikes may come that make it meet nobody;
    for Poisson requests the same, for evenly spaced ones a little less. None where there is no closed form.
    """

    time: Duration
    met: Duration | None


def stays_up(tier: TierSetup) -> bool:
    """Without a strike the standby never takes over: its heartbeats cannot be late or lost.

    One that is sent at the very end of the hold time is late even without latency: sending comes last.
    """
    beat = tier.heartbeat
    link = tier.links[beat.link]
    if link.loss or link.jitter_us:
        return False
    in_time = beat.interval_us < beat.hold_of_us(1) or link.latency_us > 0
    return in_time and beat.phase_us + link.latency_us <= beat.hold_of_us(1)


def detection(setup: Setup, tier: int, blow: Blow) -> Duration | None:
    """From the strike to the decision to take over; in parallel columns the first decision of any tier."""
    here, alone = setup.tiers[tier], len(moving(setup, tier)) == 1
    if _senses(here, blow):
        told_us = here.links[here.heartbeat.link].latency_us
        return point(seconds(told_us)) if alone or not told_us else None
    if alone:
        return _of_one(here, blow)
    watched = [_deadlines(one, blow.cable_dies or place != tier) for place, one in enumerate(setup.tiers)]
    return time_from_least(watched)


def outage(setup: Setup, tier: int, blow: Blow) -> Outage | None:
    """None when nobody need ever take over (a fence may fail), or when the pieces have no common end."""
    tiers = moving(setup, tier)
    work_s, decided = _work_s(tiers), detection(setup, tier, blow)
    if work_s is None or decided is None or _may_forget_early(tiers[0], decided.high_s + work_s):
        return None
    first = decided.later(work_s)
    time = _told(tiers[0], first.later)
    if time is None or setup.traffic.law == "poisson" or setup.traffic.session_rate is None:
        return None if time is None else Outage(time, time)
    return Outage(time, _told(tiers[0], lambda late_s: _met_evenly(setup, tier, blow, work_s + late_s)))


def requests_interrupted(traffic: TrafficSetup, met: Duration, unanswered_s: float) -> float | None:
    """New sessions in the outage and those left hanging; transactions, from then on, of sessions acknowledged
    before. Who hangs from the start asks for no transactions.
    """
    if traffic.connections is not None:
        return None
    opens = per_s(traffic.session_rate) * (met.mean_s + unanswered_s)
    if traffic.transaction_rate is None:
        return opens
    there = open_sessions(traffic)
    fixed_life = traffic.lifetime_us is not None and traffic.lifetime_law == "fixed"
    if traffic.law == "fixed" or fixed_life or there is None:
        return None
    return opens + there * traffic.transaction_rate.per_s * while_alive_s(traffic, met.later(unanswered_s))


def _senses(tier: TierSetup, blow: Blow) -> bool:
    return blow.senses and tier.links[tier.heartbeat.link].kind == "serial"


def _of_one(tier: TierSetup, blow: Blow) -> Duration:
    beat = tier.heartbeat
    hold = detection_time(
        seconds(beat.interval_us),
        beat.misses,
        seconds(tier.links[beat.link].latency_us),
        skew_s=seconds(beat.skew_us[1]),
        cable_dies=blow.cable_dies,
    )
    if not beat.poll_us:
        return hold
    wait = _wait_for_poll(tier)
    steps = min(wait.count, _MOST_POLLS)
    step_s = wait.step_s * wait.count / steps
    first_s = wait.first_s + (step_s - wait.step_s) / 2
    return Mixture(tuple((1 / steps, hold.later(first_s + step * step_s)) for step in range(steps)))


def _wait_for_poll(tier: TierSetup) -> Lattice:
    beat = tier.heartbeat
    deadline_us = beat.phase_us + tier.links[beat.link].latency_us + beat.hold_of_us(1)
    return wait_for_poll(beat.interval_us, beat.poll_us, deadline_us)


def _deadlines(tier: TierSetup, cable_dies: bool) -> Periodic:
    """The watcher's deadline: it jumps with each heartbeat that will be heard, whatever strikes next."""
    beat = tier.heartbeat
    latency_us = tier.links[beat.link].latency_us
    counted_us = latency_us if cable_dies else 0  # a dying cable takes the heartbeat on it along
    wait_us = beat.hold_of_us(1) + latency_us - counted_us
    poll_us = beat.poll_us or 1

    def deadline_us(jump_us: int) -> int:
        return -(-(jump_us + wait_us) // poll_us) * poll_us

    return Periodic(beat.interval_us, beat.phase_us + counted_us, deadline_us)


def _work_s(tiers: tuple[TierSetup, ...]) -> float | None:
    """From the decision until the last tier is announced; None if a fence may fail, or one waits for
    another.
    """
    fenced = [tier.guard for tier in tiers if tier.guard.kind == "fencing"]
    if any(guard.fence_success != ALL for guard in fenced) or (fenced and len(tiers) > 1):
        return None
    if len(tiers) > 1 and any(tier.announcement.loss for tier in tiers):
        return None
    fence_us = fenced[0].fence_us if fenced else 0
    return seconds(fence_us + max(tier.takeover_us + tier.convergence_us for tier in tiers))


def _may_forget_early(tier: TierSetup, announced_s: float) -> bool:
    """Whether a cache may age out before the last announcement: then clients follow neither."""
    said = tier.announcement
    return bool(said.loss) and seconds(said.cache_low_us - (said.count - 1) * said.spacing_us) < announced_s


def _told(tier: TierSetup, after: Callable[[float], Duration | None]) -> Duration | None:
    """`after(0)` if the first announcement is heard, after its delay if another is; if none is, the cache's
    age, which counts from the strike.
    """
    said = tier.announcement
    if not said.loss:
        return after(0.0)
    chance = said.loss.value
    aged = Spread(seconds(said.cache_low_us), seconds(said.cache_high_us))
    parts: list[tuple[float, Duration]] = [(chance**said.count, aged)]
    for number in range(said.count if chance < 1 else 0):
        heard = after(seconds(number * said.spacing_us))
        if heard is None:
            return None
        parts.append((chance**number * (1 - chance), heard))
    return Mixture(tuple(parts))


def _met_evenly(setup: Setup, tier: int, blow: Blow, work_s: float) -> Duration | None:
    """Evenly spaced requests, exactly: one heartbeat process, deadlines at one phase of the poll, all
    heard.
    """
    here, rate = setup.tiers[tier], setup.traffic.session_rate
    if rate is None or not _beat_as_one(moving(setup, tier)):
        return None
    beat = here.heartbeat
    latency_us = here.links[beat.link].latency_us
    if _senses(here, blow):
        return point(seconds(latency_us) + work_s)
    unheard = blow.cable_dies or len(moving(setup, tier)) > 1  # the last heartbeat does not arrive everywhere
    reach_us = beat.hold_of_us(1) + round(work_s * US_PER_S) + (0 if unheard else latency_us)
    if beat.poll_us:
        wait = _wait_for_poll(here)
        if wait.count > 1:
            return None
        reach_us += round(wait.first_s * US_PER_S)
    phase_us = beat.phase_us + (latency_us if unheard else 0)
    spared = wait_for_tick(rate, beat.interval_us, phase_us + reach_us, strictly=True)
    return point(seconds(reach_us) - spared.mean_s)


def _beat_as_one(tiers: tuple[TierSetup, ...]) -> bool:
    """All have the same heartbeats, so that the first verdict is everybody's."""
    return len({(tier.heartbeat, tier.links[tier.heartbeat.link].latency_us) for tier in tiers}) == 1
