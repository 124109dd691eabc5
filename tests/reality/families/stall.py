"""A path is dead for exactly so long; the transport under the client repeats itself on a doubling timer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.reality.build import phases, played, strike, tier_of, us, world
from tests.reality.families.family import Family
from tests.reality.figures import Figure
from tests.reality.rows import Row
from visualizer.sim.setup import US_PER_S, ClientSetup, LinkSetup, Rate

MESSAGES = Rate(100)

LEAST_RTO_S = 0.208
"""Linux repeats after 200 ms and a round trip; at a round trip of 2 ms it was measured as 0.21 s."""

NOISE_S = 0.014


def rto_s(row: Row) -> float:
    return float(LEAST_RTO_S + row.parameters["rtt_ms"] / 1_000)


def ladder_s(row: Row) -> float:
    """The first repeat that finds the path alive: RTO x (2^k - 1) >= T."""
    reached_s, wait_s = 0.0, rto_s(row)
    while reached_s < row.parameters["outage_s"]:
        reached_s, wait_s = reached_s + wait_s, 2 * wait_s
    return reached_s


def figures(row: Row) -> list[Figure]:
    """A pair that loses nothing and takes over after exactly T, at every phase of the messages.

    Linux rounds a timer up, by an eighth of it at most: by a sixteenth on average.
    """
    tier = replace(
        tier_of("f5-network"),
        links=(LinkSetup("link", kind="serial"),),
        takeover_us=us(row.parameters["outage_s"]),
    )
    stalls = []
    for at_us in phases(3 * US_PER_S, US_PER_S // 100, 16):
        setup = world(
            tier,
            at_us + 4 * us(ladder_s(row)),
            strike(at_us, "host"),
            initial_sessions=1,
            transaction_rate=MESSAGES,
        )
        run = played(replace(setup, clients=ClientSetup(stall_us=us(rto_s(row)))))
        made_us = run.state.traffic.transaction_us
        stalls.append(float(np.diff(made_us).max()) / US_PER_S)
    rounding_s = ladder_s(row) / 16
    return [Figure("stall_s", stalls, rounding_s + NOISE_S, ladder_s(row), scatter=rounding_s)]


STALL = Family(lambda row: "outage_s" in row.parameters and "rtt_ms" in row.parameters, figures)
