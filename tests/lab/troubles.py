"""What befalls random worlds beside a strike: cables cut and healed, other heartbeats, power that fails."""

from __future__ import annotations

from property.mechanisms import Dice, instant
from theory.designs import MS

from visualizer.sim.command import FeedTarget, LinkTarget, SetParameter, Strike
from visualizer.sim.setup import US_PER_S, Setup


def troubles(dice: Dice, setup: Setup) -> tuple[Strike | SetParameter, ...]:  # type: ignore[type-arg]
    """None to three of them."""
    acts: list[Strike | SetParameter] = []
    for _ in range(dice((0, 0, 1, 2, 3))):
        tier, at_us = dice(range(len(setup.tiers))), instant(dice)
        kind = dice(("cut", "heal", "set", "utility"))
        if kind == "set":
            acts.append(SetParameter(at_us, "heartbeat.interval", tier, dice((250 * MS, US_PER_S))))
        elif kind != "utility":
            acts.append(Strike(at_us, kind, LinkTarget(tier, dice(range(len(setup.tiers[tier].links))))))
        elif setup.feeds:
            acts.append(Strike(at_us, kind, FeedTarget(dice(range(len(setup.feeds))))))
    return tuple(sorted(acts, key=lambda act: act.at_us))
