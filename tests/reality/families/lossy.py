"""Both hosts live, but the cable between them loses adverts: takeovers that nobody needed."""

from __future__ import annotations

from dataclasses import replace

from tests.reality.build import played, us, world
from tests.reality.families.family import Family
from tests.reality.families.vrrp import NOISE_S, vrrp_tier
from tests.reality.figures import Figure
from tests.reality.rows import Row
from visualizer.sim.event import Demoted, Event, Takeover
from visualizer.sim.setup import US_PER_S, LinkSetup, Share

SEEDS = 5


def figures(row: Row) -> list[Figure]:
    settings = row.parameters
    p = settings["packet_loss"]
    tier = vrrp_tier(row)
    tier = replace(tier, links=(LinkSetup("link", loss=Share(round(p * 1_000), 1_000)),))
    duration_us = us(settings["seconds"])
    splits = [
        _splits_us(played(world(tier, duration_us, seed=seed)).events, duration_us) for seed in range(SEEDS)
    ]
    advert_s, hold_s = settings["advert_s"], tier.heartbeat.hold_of_us(1) / US_PER_S
    slots = settings["seconds"] / advert_s
    counted = int(hold_s / advert_s)
    return [
        Figure("false_takeovers", [len(found) for found in splits], closed_form=slots * (1 - p) * p**counted),
        Figure(
            "both_masters_s",
            [us_ / US_PER_S for found in splits for us_ in found],
            NOISE_S,
            _mean_split_s(p, advert_s, hold_s),
        ),
        Figure("both_masters_fraction", [sum(found) / duration_us for found in splits]),
    ]


def _mean_split_s(p: float, advert_s: float, hold_s: float) -> float:
    """Until the next advert that arrives: the first after the takeover, one more for each that is lost."""
    return (-hold_s) % advert_s + advert_s * p / (1 - p)


def _splits_us(events: list[Event], end_us: int) -> list[int]:
    """How long both units were master, each time."""
    begun = [event.at_us for event in events if isinstance(event, Takeover)]
    ended = [event.at_us for event in events if isinstance(event, Demoted)]
    return [end - begin for begin, end in zip(begun, [*ended, end_us], strict=False)]


LOSSY = Family(lambda row: row.group == "H" and "packet_loss" in row.parameters, figures)
