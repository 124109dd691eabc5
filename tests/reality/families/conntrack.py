"""Two stateful firewalls: which connections the survivor knows, by how conntrackd copies them."""

from __future__ import annotations

from dataclasses import replace

from tests.reality.build import DELAY_MS, Played, cabled, phases, played, rate_of, strike, tier_of, us, world
from tests.reality.families.family import Family
from tests.reality.families.vrrp import NOISE_S, vrrp_tier
from tests.reality.figures import Figure
from tests.reality.rows import Row
from visualizer.sim.setup import US_PER_S, Share, TierSetup

_PRESETS = {"ALARM": "conntrackd-alarm", "NOTRACK": "conntrackd-notrack", "FTFW": "conntrackd-ftfw"}


def firewall(row: Row) -> TierSetup:
    """keepalived moves the address, conntrackd in the row's mode copies the connections, or nobody does."""
    settings = row.parameters
    modes = [word.upper() for word in row.words if word.upper() in _PRESETS]
    tier = vrrp_tier(row) if "advert_s" in settings else tier_of("keepalived")
    if not modes:
        return tier
    copying = tier_of(_PRESETS[modes[0]])
    if copying.sync.refresh_us and "refresh_s" in settings:
        copying = replace(copying, sync=replace(copying.sync, refresh_us=us(settings["refresh_s"])))
    loss = Share(round(settings.get("packet_loss", 0) * 1_000), 1_000)
    return cabled(replace(tier, sync=copying.sync), latency_us=us(settings[DELAY_MS] / 1_000), loss=loss)


def deaths(row: Row, span_us: int, last_us: int, seeds: int = 1) -> list[tuple[int, Played]]:
    """Host and cable die when about as many connections stand as were measured."""
    tier, rate, stood = firewall(row), row.parameters["connections_per_s"], row.measured["established"]
    middle_us = us((stood["min"] + stood["max"]) / 2 / rate)
    return [
        (at_us, _death(tier, at_us, last_us, seed, rate))
        for seed in range(seeds)
        for at_us in phases(middle_us - span_us // 2, span_us, 24)
    ]


def _death(tier: TierSetup, at_us: int, last_us: int, seed: int, rate: float) -> Played:
    bolt = strike(at_us, "lightning")
    return played(world(tier, at_us + last_us, bolt, seed=seed, session_rate=rate_of(rate)))


def copied(row: Row) -> list[Figure]:
    """Strikes at every phase of the refresh; many seeds where messages are lost by chance."""
    settings = row.parameters
    seeds = 8 if settings.get("packet_loss") else 1
    runs = deaths(row, us(settings.get("refresh_s", 1)), US_PER_S, seeds)
    expected = settings["connections_per_s"] * settings[DELAY_MS] / 1_000 if seeds == 1 else None
    step_s = 1 / settings["connections_per_s"]
    return [
        Figure("lost_connections", [run.lost for _, run in runs], closed_form=expected),
        Figure("age_of_oldest_lost_s", [run.oldest_lost_s(at_us) for at_us, run in runs], step_s),
    ]


def whole_pair(row: Row) -> list[Figure]:
    """Death at every phase of the adverts; how long until a new connection gets through."""
    advert_us = us(row.parameters["advert_s"])
    hold_us = firewall(row).heartbeat.hold_of_us(1)
    runs = deaths(row, advert_us, 2 * hold_us)
    rate = row.parameters["connections_per_s"]
    survived = [int((run.state.traffic.opens_us < at_us).sum()) - run.lost for at_us, run in runs]
    return [
        Figure("lost", [run.lost for _, run in runs], 1),
        Figure("survived", survived, 1 if any(survived) else 0),
        Figure(
            "first_new_connection_s",
            [_first_new_s(run, at_us) for at_us, run in runs],
            NOISE_S,
            (hold_us - advert_us / 2) / US_PER_S + 1 / rate / 2,
        ),
    ]


def _first_new_s(run: Played, at_us: int) -> float:
    """From the strike to the first connection that asks when the address has moved."""
    opens_us, restored_us = run.state.traffic.opens_us, run.restored_us
    return float(opens_us[opens_us >= restored_us].min() - at_us) / US_PER_S


PAIR = Family(
    lambda row: "connections_per_s" in row.parameters and "advert_s" in row.parameters,
    whole_pair,
    {
        "established": "when the bolt strikes is given to the world",
        "lost_connections_told": "requests of a session that nobody knows are none to the engine",
        "stall_of_survivors_s": "what a transport makes of an outage is measured by itself, in the rows F",
    },
)
CONNTRACK = Family(
    lambda row: "connections_per_s" in row.parameters and "advert_s" not in row.parameters,
    copied,
    {
        "established": "when the bolt strikes is given to the world",
        "commit_s": "how long conntrackd itself takes to commit its cache",
    },
)
