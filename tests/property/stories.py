"""What happens to a world with mechanisms: faults of all kinds and live changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from property.mechanisms import DELAYS, LATENCIES, MECHANISMS, PERIODS, Dice, instant, plain_world

from visualizer.sim.command import (
    Command,
    FeedTarget,
    LinkTarget,
    SetParameter,
    SiteTarget,
    Strike,
    UnitTarget,
)
from visualizer.sim.faults import FAULTS
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import Rate, Setup

PLAIN_FAULTS = ("lightning", "lightning", "host", "repair", "repair", "cut", "cut", "heal", "heal", "set")


def live_change(dice: Dice, setup: Setup, at_us: int, tier: int) -> Command:  # type: ignore[type-arg]
    name = dice(setup.tiers[tier].links).name
    values: dict[str, Sequence[object]] = {
        "traffic.rate": (Rate(7), Rate(3), Rate(16)),
        "sync.interval": PERIODS,
        "heartbeat.interval": PERIODS,
        "heartbeat.misses": (2, 3, 4),
        "address.convergence": DELAYS,
        "link.latency" if name == "link" else f"{name}.link.latency": LATENCIES,
    }
    parameter = dice(sorted(values))
    return SetParameter(
        at_us, parameter, None if parameter == "traffic.rate" else tier, dice(values[parameter])
    )


def trouble(dice: Dice, setup: Setup, faults: Sequence[str]) -> Command | None:  # type: ignore[type-arg]
    at_us, fault, tier = instant(dice), dice(faults), dice(range(len(setup.tiers)))
    if fault == "set":
        return live_change(dice, setup, at_us, tier)
    match FAULTS[fault].target if fault in FAULTS else None:
        case "unit":
            return Strike(at_us, fault, UnitTarget(tier, dice((0, 0, 1))))
        case "link":
            return Strike(at_us, fault, LinkTarget(tier, dice(range(len(setup.tiers[tier].links)))))
        case "site":
            return Strike(at_us, fault, SiteTarget(dice((0, 1))))
        case "feed":
            return Strike(at_us, fault, FeedTarget(dice((0, 1))))
    return None


def story(dice: Dice, names: Sequence[str]) -> Setup:  # type: ignore[type-arg]
    """A world with these mechanisms and what happens to it."""
    setup = plain_world(dice)
    faults = list(PLAIN_FAULTS)
    for name in names:
        change, own = MECHANISMS[name]
        setup = change(dice, setup)
        faults += own * 2
    acts = [trouble(dice, setup, faults) for _ in range(dice(range(2, 13)))]
    known = sorted((act for act in acts if act is not None), key=lambda act: act.at_us)
    return replace(setup, commands=tuple(known))


def playable(setup: Setup) -> bool:
    """Whether the engine has all policies of this world."""
    return all(tier.sync.policy in POLICIES for tier in setup.tiers)
