"""What the formulas read from a `Setup`, and what a fault takes with it."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.sim.setup import US_PER_S, Rate, Setup, TierSetup, TrafficSetup
from visualizer.theory.spread import Duration


@dataclass(frozen=True, slots=True)
class Blow:
    """`cable_dies`: what is on the cables is gone. `queue_dies`: what queues in front of them is gone.
    `senses`: the host has lost its power, which a serial heartbeat cable says at once.
    """

    cable_dies: bool
    queue_dies: bool
    senses: bool


BLOWS = {
    "lightning": Blow(cable_dies=True, queue_dies=True, senses=True),
    "host": Blow(cable_dies=False, queue_dies=True, senses=True),
    "process": Blow(cable_dies=False, queue_dies=False, senses=False),
}
"""The faults of one unit that have closed forms."""


def per_s(rate: Rate | None) -> float:
    """Events a second; 0 for none."""
    return 0.0 if rate is None else rate.per_s


def seconds(time_us: int) -> float:
    """Microseconds as seconds."""
    return time_us / US_PER_S


SET_ASIDE = Blow(cable_dies=False, queue_dies=True, senses=False)
"""What a healthy unit loses when its column is given up: all that has not left it."""

WAITING = frozenset({"synchronous", "semi-sync"})
"""Policies that acknowledge only what the standby has."""


def moving(setup: Setup, tier: int) -> tuple[TierSetup, ...]:
    """The tiers that fail over when this one is struck: itself, or its whole column."""
    return setup.tiers if setup.path == "parallel" else (setup.tiers[tier],)


def waits_always(tier: TierSetup) -> bool:
    """Whether an undisturbed tier that waits for its standby never falls back, and never waits in vain."""
    sync, link = tier.sync, tier.links[tier.sync.link]
    if link.loss and sync.datagram:
        return False
    if sync.timeout_us is None:
        return sync.policy == "synchronous"
    if link.loss or link.jitter_us or message_s(tier):
        return False
    return 2 * link.latency_us + sync.apply_us <= sync.timeout_us


def message_s(tier: TierSetup) -> float:
    """How long one change takes on the tier's sync cable; 0 without a limit."""
    bandwidth = tier.links[tier.sync.link].bandwidth_bps
    return 0.0 if bandwidth is None else tier.sync.change_bytes * 8 / bandwidth


def open_sessions(traffic: TrafficSetup) -> float | None:
    """Sessions open at any instant if that is the same all the time: rate x life (Little), or a fixed set."""
    initial = traffic.initial_sessions
    if traffic.lifetime_us is None:
        return float(initial) if traffic.session_rate is None else None
    steady = per_s(traffic.session_rate) * seconds(traffic.lifetime_us)
    return steady if abs(steady - initial) < 1 else None


def while_alive_s(traffic: TrafficSetup, time: Duration) -> float:
    """E[min(time, life)] in seconds."""
    if traffic.lifetime_us is None:
        return time.mean_s
    life_s = seconds(traffic.lifetime_us)
    if traffic.lifetime_law == "fixed":
        return time.mean_min_s(life_s)
    return life_s * (1 - time.laplace(1 / life_s))
