"""Whole snapshots, one after the other: what the last complete one does not show is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.reality.build import DELAY_MS, cabled, phases, played, rate_of, strike, tier_of, us, world
from tests.reality.families.family import Family
from tests.reality.figures import Figure
from tests.reality.rows import Row
from visualizer.sim.setup import TierSetup

NOISE_S = 0.014
"""From the order to the death of a host, as on a takeover."""

SCATTER_S = 0.03
"""The client that fetches a snapshot starts before it and ends after it: single runs were complete 0.257 s
after their start, their transfers took 0.223 s.
"""


@dataclass(frozen=True)
class Snapshots:
    """`instant_s`: from the start of a snapshot to the instant that it shows; `complete_s`: to its end.

    The first starts at `phase_s` (0: after one period).
    """

    period_s: float
    delay_s: float
    instant_s: float
    complete_s: float
    rate_per_s: float
    phase_s: float = 0.0

    @property
    def tier(self) -> TierSetup:
        tier = cabled(tier_of("redis-sentinel"), latency_us=us(self.delay_s))
        transfer_us = us(self.complete_s) - us(self.instant_s) - us(self.delay_s)
        return replace(
            tier,
            sync=replace(
                tier.sync, policy="snapshot", interval_us=us(self.period_s), phase_us=us(self.phase_s),
                prepare_us=us(self.instant_s), transfer_us=transfer_us,
            ),
        )  # fmt: skip

    def lost(self, at_us: int) -> tuple[int, float]:
        """(writes lost, age of the oldest in seconds) when the host dies then."""
        setup = world(self.tier, at_us, strike(at_us, "lightning"), session_rate=rate_of(self.rate_per_s))
        run = played(setup)
        return run.lost, run.oldest_lost_s(at_us)


def snapshots(row: Row) -> Snapshots:
    """As the row says; how long a snapshot takes is measured, like its delay."""
    settings, measured = row.parameters, row.measured
    instant_s = measured["snapshot_instant_after_request_s"]
    return Snapshots(
        settings["period_s"], settings[DELAY_MS] / 1_000, instant_s,
        instant_s + measured["instant_to_complete_s"], settings["writes_per_s"],
    )  # fmt: skip


def figures(row: Row) -> list[Figure]:
    """Death at every phase between one completion and the next."""
    shipping = snapshots(row)
    round_s = max(shipping.period_s, shipping.complete_s)
    first_us = us(shipping.period_s + 2 * round_s + shipping.complete_s)
    found = [shipping.lost(at_us) for at_us in phases(first_us, us(round_s), 40)]
    age_s = shipping.complete_s - shipping.instant_s + round_s / 2
    rate = shipping.rate_per_s
    return [
        Figure("acked_lost", [lost for lost, _ in found], NOISE_S * rate, age_s * rate, SCATTER_S * rate),
        Figure("age_s", [age for _, age in found], NOISE_S, age_s, SCATTER_S),
    ]


SNAPSHOT = Family(
    lambda row: "period_s" in row.parameters and DELAY_MS in row.parameters,
    figures,
    {
        "transfer_s": "is given to the world",
        "snapshot_instant_after_request_s": "is given to the world",
        "instant_to_complete_s": "is given to the world",
        "restart_s": "how long Redis itself takes to start",
    },
)
