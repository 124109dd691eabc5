"""Random worlds over the whole model: a plain pair, two or three mechanisms, and a handful of troubles.

A world is made with `Dice`, which either a seed or Hypothesis throws, so that the same worlds can be found by
the thousand (`fuzz.py`) and shrunk (`test_naive.py`).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from property.worlds import DURATION_US, GRID_US

from visualizer.sim.setup import (
    US_PER_S,
    AnnouncementSetup,
    ClientSetup,
    FeedSetup,
    GuardSetup,
    HeartbeatSetup,
    LinkSetup,
    Quality,
    Rate,
    RetrySetup,
    Setup,
    Share,
    SiteSetup,
    SyncSetup,
    TierSetup,
    TrafficSetup,
)

T = TypeVar("T")
Dice = Callable[[Sequence[T]], T]

SHARES = (Share(1, 10), Share(1, 3), Share(1, 2), Share(3, 5), Share(1, 1))
DELAYS = (0, 0, 1, 100_000, 250_000, 400_000, US_PER_S, 2_500_000)
LATENCIES = (0, 0, 1, 1_000, 100_000, 250_000, 500_000)
PERIODS = (250_000, 500_000, 750_000, US_PER_S)
INSTANTS = tuple(range(0, DURATION_US + 1, GRID_US))


def dice_of(seed: int) -> Dice[T]:
    """Thrown by a seed."""
    return random.Random(seed).choice


def instant(dice: Dice[int]) -> int:
    """On the grid, just beside it, or anywhere."""
    if dice((0, 0, 1)):
        return dice(range(DURATION_US))
    return dice(INSTANTS) + dice((0, 0, 0, 1))


# --- a plain world ---


def plain_tier(dice: Dice, name: str) -> TierSetup:  # type: ignore[type-arg]
    shared = dice((True, False))
    links = tuple(
        LinkSetup(link, dice(LATENCIES)) for link in (("link",) if shared else ("heartbeat", "sync"))
    )
    phases = (0, 0, 100_000, 250_000)
    heartbeat = HeartbeatSetup(dice(PERIODS), dice((2, 3, 4)), dice(phases))
    policy = dice(("periodic", "streaming", "streaming", "none"))
    interval_us = dice((500_000, US_PER_S, 1_500_000, 3 * US_PER_S))
    sync = SyncSetup(policy, interval_us, dice(phases), link=len(links) - 1)
    delays = {"convergence_us": dice(DELAYS), "demotion_us": dice(DELAYS), "boot_us": dice(DELAYS)}
    return TierSetup(name, name, heartbeat=heartbeat, sync=sync, links=links, **delays)


def plain_world(dice: Dice) -> Setup:  # type: ignore[type-arg]
    traffic = TrafficSetup(
        law=dice(("fixed", "poisson")),
        session_rate=dice((Rate(7), Rate(3), Rate(16), Rate(1, 3 * US_PER_S), None)),
        lifetime_us=dice((None, 400_000, 2 * US_PER_S, 5 * US_PER_S)),
        lifetime_law=dice(("exponential", "fixed")),
        transaction_rate=dice((None, Rate(1), Rate(4))),
        initial_sessions=dice((0, 0, 2, 6)),
        response_us=dice((0, 0, 1, 100_000, 600_000)),
    )
    tiers = tuple(plain_tier(dice, f"tier{number}") for number in range(dice((1, 1, 1, 2, 2, 3))))
    return Setup("world", "World", "", DURATION_US, tiers, traffic, tick_us=50_000, seed=dice(range(4)))


# --- mechanisms: each changes a world, and may bring faults of its own ---

Change = Callable[[Dice, Setup], Setup]  # type: ignore[type-arg]


def in_a_tier(change: Callable[[Dice, TierSetup], TierSetup]) -> Change:  # type: ignore[type-arg]
    def apply(dice: Dice, setup: Setup) -> Setup:  # type: ignore[type-arg]
        tier = dice(range(len(setup.tiers)))
        return setup.with_tier(tier, change(dice, setup.tiers[tier]))

    return apply


def sync_with(**options: Sequence[object]) -> Change:
    """Of one tier; with each option thrown from its values."""

    def change(dice: Dice, tier: TierSetup) -> TierSetup:  # type: ignore[type-arg]
        thrown = {name: dice(values) for name, values in options.items()}
        return replace(tier, sync=replace(tier.sync, **thrown))

    return in_a_tier(change)


def heartbeat_with(**options: Sequence[object]) -> Change:
    def change(dice: Dice, tier: TierSetup) -> TierSetup:  # type: ignore[type-arg]
        thrown = {name: dice(values) for name, values in options.items()}
        return replace(tier, heartbeat=replace(tier.heartbeat, **thrown))

    return in_a_tier(change)


def tier_with(**options: Sequence[object]) -> Change:
    def change(dice: Dice, tier: TierSetup) -> TierSetup:  # type: ignore[type-arg]
        return replace(tier, **{name: dice(values) for name, values in options.items()})

    return in_a_tier(change)


def links_with(**options: Sequence[object]) -> Change:
    def change(dice: Dice, tier: TierSetup) -> TierSetup:  # type: ignore[type-arg]
        links = [
            replace(link, **{name: dice(values) for name, values in options.items()}) for link in tier.links
        ]
        return replace(tier, links=tuple(links))

    return in_a_tier(change)


def guard_with(kind: str, **options: Sequence[object]) -> Change:
    def change(dice: Dice, tier: TierSetup) -> TierSetup:  # type: ignore[type-arg]
        return replace(tier, guard=GuardSetup(kind, **{n: dice(v) for n, v in options.items()}))

    return in_a_tier(change)


def narrow(dice: Dice, tier: TierSetup) -> TierSetup:  # type: ignore[type-arg]
    """A bandwidth that the traffic now and then fills."""
    links = tuple(replace(link, bandwidth_bps=dice((3_000, 10_000, 117_760))) for link in tier.links)
    policy = dice(("streaming", "streaming", "periodic"))
    sync = replace(tier.sync, policy=policy, change_bytes=dice((50, 100, 333)), transfer_us=dice((0, 70_000)))
    return replace(tier, links=links, sync=sync)


def announcing(dice: Dice, tier: TierSetup) -> TierSetup:  # type: ignore[type-arg]
    low_us = dice((0, 250_000, US_PER_S))
    announcement = AnnouncementSetup(
        dice((1, 2, 5)), dice((250_000, US_PER_S)), dice(SHARES), low_us, low_us + dice((0, 1, 3 * US_PER_S))
    )
    return replace(tier, announcement=announcement)


def waiting(policy: str) -> Change:
    """A policy that waits; semi-sync needs a time-out."""
    timeouts = (250_000, US_PER_S, 2_500_000)
    return sync_with(
        policy=(policy,),
        timeout_us=timeouts if policy == "semi-sync" else (None, None, *timeouts),
        apply_us=(0, 0, 1, 100_000),
    )


def staying(dice: Dice, setup: Setup) -> Setup:  # type: ignore[type-arg]
    return replace(setup, clients=replace(setup.clients, stay=dice(SHARES)))


def retrying(dice: Dice, setup: Setup) -> Setup:  # type: ignore[type-arg]
    retry = RetrySetup(dice((250_000, US_PER_S)), dice((1, 2)), dice((1, 3, 6)))
    clients = ClientSetup(
        retry, dice((None, 200_000, US_PER_S)), dice((None, 3 * US_PER_S)), setup.clients.stay
    )
    return replace(setup, clients=clients)


def placed(dice: Dice, setup: Setup) -> Setup:  # type: ignore[type-arg]
    """Two sites, with a feed each or one for both."""
    feeds = tuple(
        FeedSetup(
            name, name, dice(DELAYS), dice(DELAYS), dice((Share(0, 1), *SHARES)), dice((None, 3 * US_PER_S))
        )
        for name in ("north", "south")
    )
    sites = tuple(SiteSetup(name, name, dice((0, 1, None))) for name in ("left", "right"))
    where = ((0, 1), (0, 1), (0, 0), (1, 0), (None, 1))
    tiers = tuple(replace(tier, sites=dice(where)) for tier in setup.tiers)
    return replace(setup, tiers=tiers, sites=sites, feeds=feeds)


def parallel(dice: Dice, setup: Setup) -> Setup:  # type: ignore[type-arg]
    tiers = (plain_tier(dice, f"tier{number}") for number in range(len(setup.tiers), dice((2, 3))))
    return replace(setup, tiers=(*setup.tiers, *tiers), path="parallel")


NO_FAULTS: tuple[str, ...] = ()

MECHANISMS: dict[str, tuple[Change, tuple[str, ...]]] = {
    "pickup": (sync_with(policy=("periodic", "streaming"), pickup_us=(1, 250_000, US_PER_S)), NO_FAULTS),
    "never": (sync_with(never=SHARES), NO_FAULTS),
    "snapshot": (sync_with(policy=("snapshot",), prepare_us=DELAYS, transfer_us=DELAYS[2:]), NO_FAULTS),
    "transfer": (sync_with(policy=("periodic",), transfer_us=DELAYS), NO_FAULTS),
    "bandwidth": (in_a_tier(narrow), ("process",)),
    "loss": (links_with(loss=SHARES[:3]), NO_FAULTS),
    "datagram": (sync_with(policy=("streaming",), datagram=(True,), refresh_us=(0, 700_000)), NO_FAULTS),
    "jitter": (links_with(jitter_us=(1_000, 100_000, 400_000)), NO_FAULTS),
    "synchronous": (waiting("synchronous"), NO_FAULTS),
    "semi-sync": (waiting("semi-sync"), NO_FAULTS),
    "stay": (staying, NO_FAULTS),
    "witness": (guard_with("witness", lease_us=DELAYS), ("isolate",)),
    "lease": (guard_with("lease", lease_us=DELAYS, renewal_us=(0, 300_000)), ("isolate",)),
    "fencing": (guard_with("fencing", fence_us=DELAYS, fence_success=SHARES), NO_FAULTS),
    "skew": (heartbeat_with(skew_us=((0, 609_000), (100_000, 300_000))), ("stop",)),
    "poll": (heartbeat_with(poll_us=(100_000, 300_000, US_PER_S)), NO_FAULTS),
    "serial": (links_with(kind=("serial",)), ("process",)),
    "takeover": (tier_with(takeover_us=DELAYS), NO_FAULTS),
    "preempt": (tier_with(preempt=(True,), preempt_us=DELAYS), NO_FAULTS),
    "priority": (tier_with(election=("priority",)), NO_FAULTS),
    "announcements": (in_a_tier(announcing), NO_FAULTS),
    "degraded": (
        links_with(degraded=(Quality(300_000), Quality(1, 200_000, Share(1, 3)))),
        ("degrade", "degrade", "heartbeat-loss"),
    ),
    "conditions": (lambda _, setup: setup, ("slow", "daemon", "isolate", "process")),
    "orderly": (lambda _, setup: setup, ("stop", "switchover", "failback")),
    "places": (placed, ("site", "utility", "utility", "restore")),
    "parallel": (parallel, NO_FAULTS),
    "retry": (retrying, NO_FAULTS),
}
