"""The master's host dies and the backup takes the address over: when, and when do the clients notice."""

from __future__ import annotations

from dataclasses import replace

from tests.reality.build import (
    phases,
    played,
    preset_keys,
    rate_of,
    strike,
    text_of,
    tier_of,
    us,
    world,
)
from tests.reality.families.family import Family
from tests.reality.figures import Figure
from tests.reality.rows import Row
from visualizer.ledger import account
from visualizer.sim.event import AddressLearned, Takeover
from visualizer.sim.setup import ALL, US_PER_S, TierSetup

MASTER_PRIORITY = 200
"""Of the unit that is master at first: its skew of 56/256 s is in every measured failback."""

NOISE_S = 0.014
"""On a takeover and on a gap that probes every 2 ms see (the measurers' own figure: 1 to 14 ms)."""

GAP_NOISE_S = 0.02
"""While the address moves back a few frames are dropped: a gap of 2 to 17 ms."""

START_NOISE_S = 0.08
"""keepalived needs 16 to 76 ms from its start until its timers run."""

_PRESETS = {2: "keepalived", 3: "keepalived-v3"}


def vrrp_tier(row: Row) -> TierSetup:
    """The pair as the row sets it."""
    settings = row.parameters
    priority = {"primary": MASTER_PRIORITY, "secondary": settings.get("backup_priority", 100)}
    heartbeat = {"interval": text_of(settings["advert_s"]), "priority": priority}
    return tier_of(_PRESETS[settings.get("vrrp", 2)], heartbeat=heartbeat)


def announcements_lost(tier: TierSetup) -> TierSetup:
    """Clients with Linux' defaults hear none of the gratuitous ARP."""
    low, high = (
        us(float(age.removesuffix("s")))
        for age in preset_keys("linux-client", "address")["announcements"]["cache"]
    )
    words = replace(tier.announcement, loss=ALL, cache_low_us=low, cache_high_us=high)
    return replace(tier, announcement=words)


def takeover(row: Row) -> list[Figure]:
    tier = vrrp_tier(row)
    advert_us = tier.heartbeat.interval_us
    hold_us, back_us = tier.heartbeat.hold_of_us(1), tier.heartbeat.hold_of_us(0)
    outages, patience, learnt, returns, gaps = [], [], [], [], []
    for phase_us in phases(0, advert_us, 40):
        at_us = 5 * advert_us + phase_us
        restart_us = at_us + 2 * hold_us
        end_us = restart_us + 2 * back_us
        run = played(world(tier, end_us, strike(at_us, "lightning"), strike(restart_us, "repair")))
        first, second = (event for event in run.events if isinstance(event, Takeover))
        outages.append(run.restored_us - at_us)
        patience.append(first.at_us - first.heard_us)
        learnt.append(us(run.first_s(AddressLearned, first.at_us)))
        returns.append(second.at_us - restart_us)
        gaps.append(us(run.no_service_s) - outages[-1])
    mean_s = (hold_us - advert_us / 2) / US_PER_S
    return [
        Figure("outage_s", _in_s(outages), NOISE_S, mean_s),
        Figure("last_advert_to_takeover_s", _in_s(patience), NOISE_S, hold_us / US_PER_S),
        Figure("garp_to_client_s", _in_s(learnt), NOISE_S),
        Figure("failback_after_restart_s", _in_s(returns), START_NOISE_S, back_us / US_PER_S),
        Figure("failback_gap_s", _in_s(gaps), GAP_NOISE_S),
    ]


def _in_s(times_us: list[int]) -> list[float]:
    return [time_us / US_PER_S for time_us in times_us]


def unheard(row: Row) -> list[Figure]:
    """The same, and no client hears the announcement."""
    tier = announcements_lost(vrrp_tier(row))
    outages, takeovers = [], []
    for seed, phase_us in enumerate(phases(0, tier.heartbeat.interval_us, 120)):
        at_us = 5 * tier.heartbeat.interval_us + phase_us
        run = played(world(tier, at_us + us(60), strike(at_us, "lightning"), seed=seed))
        outages.append(run.no_service_s)
        takeovers.append(run.first_s(Takeover, at_us))
    mean_s = (tier.heartbeat.hold_of_us(1) - tier.heartbeat.interval_us / 2) / US_PER_S
    cache_s = (tier.announcement.cache_low_us + tier.announcement.cache_high_us) / 2 / US_PER_S
    return [
        Figure("outage_s", outages, NOISE_S, cache_s),
        Figure("takeover_by_backup_s", takeovers, NOISE_S, mean_s),
    ]


def probed(row: Row, since_advert_s: float, probes_per_s: float) -> tuple[float, int]:
    """(outage in seconds, probes lost) when the host dies so long after the last advert."""
    tier = vrrp_tier(row)
    at_us = 5 * tier.heartbeat.interval_us + us(since_advert_s)
    setup = world(tier, at_us + us(10), strike(at_us, "lightning"), session_rate=rate_of(probes_per_s))
    run = played(setup)
    return run.no_service_s, account(run.state).requests_interrupted


TAKEOVER = Family(
    lambda row: row.group == "A" and "client" not in row.parameters,
    takeover,
    {"residual_per_rep_s": "is the difference between a repetition and the closed form"},
)
UNHEARD = Family(lambda row: row.group == "A" and "client" in row.parameters, unheard)
