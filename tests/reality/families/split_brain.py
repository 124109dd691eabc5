"""The primary is cut off with a writer beside it, Sentinel promotes the replica, and the cable heals."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.reality.build import Played, phases, played, rate_of, tier_of, us, world
from tests.reality.families.family import Family
from tests.reality.figures import Figure
from tests.reality.rows import Row
from visualizer.sim.command import LinkTarget, Strike
from visualizer.sim.event import Demoted, ServiceSuspended, Takeover
from visualizer.sim.setup import ALL, US_PER_S, ClientSetup, TierSetup

PING_US = US_PER_S
"""Sentinel pings once a second (SENTINEL_PING_PERIOD), and a replica reports once a second."""

NOISE_S = 0.15
"""One turn of Sentinel's timer, and the machine."""

SCATTER_S = 0.2
"""Between heal and demotion several of Sentinel's timers follow each other, each with its own phase."""


def redis(row: Row) -> TierSetup:
    """The pair with the row's down-after and max-lag.

    down-after counts from the first ping without an answer, which is sent a ping period after the last
    answer: the last sign of life is then a period older than down-after. A replica that reported more than
    max-lag ago, in whole seconds, does not count: the primary stops a period after max-lag.
    """
    settings = row.parameters
    guarded = bool(settings.get("min_replicas"))
    tier = tier_of("redis-sentinel-min-replicas" if guarded else "redis-sentinel")
    misses = us(settings["down_after_ms"] / 1_000) // PING_US + 1
    heartbeat = replace(tier.heartbeat, interval_us=PING_US, misses=misses)
    tier = replace(tier, heartbeat=heartbeat)
    if guarded:
        guard = replace(tier.guard, lease_us=us(settings["max_lag_s"]) + PING_US, renewal_us=PING_US)
        tier = replace(tier, guard=guard)
    return tier


@dataclass(frozen=True)
class Split:
    """One split: when the cable was cut, the unit promoted, the cable healed, and the run."""

    cut_us: int
    promoted_us: int
    heal_us: int
    run: Played

    def after_cut_s(self, kind: type) -> float:
        return self.run.first_s(kind, self.cut_us)

    @property
    def demoted_us(self) -> int:
        return self.cut_us + us(self.after_cut_s(Demoted))


def split(row: Row, cut_us: int) -> Split:
    """The heal comes as long after the promotion as in the row; the world without it tells when that is."""
    tier, rate = redis(row), rate_of(row.parameters["writes_per_s"])
    cable = LinkTarget(0, 0)
    cut = Strike(cut_us, "cut", cable)
    last_us = cut_us + tier.heartbeat.hold_us + tier.takeover_us
    promoted_us = us(played(world(tier, last_us, cut)).first_s(Takeover))
    heal_us = promoted_us + us(healed_after_promotion_s(row))
    setup = world(
        tier, heal_us + tier.demotion_us + 2 * PING_US, cut, Strike(heal_us, "heal", cable), session_rate=rate
    )
    return Split(cut_us, promoted_us, heal_us, played(replace(setup, clients=ClientSetup(stay=ALL))))


def healed_after_promotion_s(row: Row) -> float:
    """As it was measured, else as it was asked for."""
    promoted, healed = row.spread("promoted_after_s"), row.spread("healed_at_s")
    if promoted and healed:
        return healed.mean - promoted.mean
    return float(row.parameters["heal_s_after_promotion"])


def figures(row: Row) -> list[Figure]:
    """Cuts at every phase of the pings."""
    splits = [split(row, cut_us) for cut_us in phases(5 * PING_US, PING_US, 12)]
    settings, tier = row.parameters, redis(row)
    promotion_s = (tier.heartbeat.hold_us - PING_US / 2 + tier.takeover_us) / US_PER_S
    serving_s = [_last_ack_s(one) for one in splits]
    found = [
        Figure(
            "promoted_after_s", [(s.promoted_us - s.cut_us) / US_PER_S for s in splits], NOISE_S, promotion_s
        ),
        Figure("healed_at_s", [(s.heal_us - s.cut_us) / US_PER_S for s in splits], NOISE_S),
        Figure(
            "demoted_after_heal_s",
            [(s.demoted_us - s.heal_us) / US_PER_S for s in splits],
            NOISE_S,
            scatter=SCATTER_S,
        ),
        Figure(
            "two_primaries_for_s",
            [(s.demoted_us - s.promoted_us) / US_PER_S for s in splits],
            NOISE_S,
            scatter=SCATTER_S,
        ),
        Figure("acked_then_discarded", [s.run.lost for s in splits], NOISE_S * settings["writes_per_s"]),
        Figure("last_ack_after_cut_s", serving_s, NOISE_S),
    ]
    if settings.get("min_replicas"):
        found.append(Figure("first_refusal_after_s", serving_s, NOISE_S, settings["max_lag_s"] + 0.5))
    return found


def _last_ack_s(one: Split) -> float:
    """From the cut until the old primary stops: suspended, or demoted."""
    suspended = [event.at_us for event in one.run.events if isinstance(event, ServiceSuspended)]
    return (min([one.demoted_us, *suspended]) - one.cut_us) / US_PER_S


SPLIT_BRAIN = Family(lambda row: "heal_s_after_promotion" in row.parameters, figures)
