"""Each write is sent to the replica at once: what is lost with the primary, by what dies with it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from tests.reality.build import (
    DELAY_MS,
    FAULT_OF,
    Played,
    cabled,
    phases,
    played,
    rate_of,
    strike,
    tier_of,
    us,
    world,
)
from tests.reality.families.family import Family
from tests.reality.figures import Figure
from tests.reality.rows import Row
from visualizer.sim.setup import US_PER_S, TierSetup

NOISE_WRITES = 2
"""Cutting a host off is no single instant: a few milliseconds, in which writes are still acknowledged."""

NOISE_S = 0.002
"""Times are taken at writes, of which there is one every 2 ms."""

_PRESETS = {"B": "redis-sentinel", "D": "postgresql"}


def offered_per_s(row: Row) -> float:
    settings = row.parameters
    return float(settings.get("writes_per_s") or settings["offered_per_s"])


def stream_tier(row: Row) -> TierSetup:
    """The pair with the row's cable.

    Bytes and bandwidth are multiplied by the same factor until both are whole, so that a write takes exactly
    its time.
    """
    settings = row.parameters
    delay_us = us(settings[DELAY_MS] / 1_000)
    tier = tier_of(_PRESETS[row.group])
    if not settings.get("cable_bps"):
        return cabled(tier, latency_us=delay_us)
    size = Fraction(str(settings["bytes_per_write"]))
    wide = cabled(tier, latency_us=delay_us, bandwidth_bps=settings["cable_bps"] * size.denominator)
    return replace(wide, sync=replace(wide.sync, change_bytes=size.numerator))


def fault_of(row: Row) -> str:
    """By the word in its id; a row that says only that the host dies lets the cable die with it."""
    named = [FAULT_OF[word] for word in sorted(row.words & FAULT_OF.keys())]
    return named[0] if named else "lightning"


def deaths(row: Row, **traffic: Any) -> list[tuple[int, Played]]:
    """Strikes between 3 and 4 s, at every phase of the writes."""
    tier, fault = stream_tier(row), fault_of(row)
    return [
        (at_us, played(world(tier, at_us + US_PER_S, strike(at_us, fault), **traffic)))
        for at_us in phases(3 * US_PER_S, US_PER_S - 1, 16)
    ]


def expected(row: Row, at_s: float) -> float:
    """rate x delay if the cable dies too, and what queues in front of a cable that is too slow."""
    settings, rate = row.parameters, offered_per_s(row)
    on_cable_s = settings[DELAY_MS] / 1_000 if fault_of(row) == "lightning" else 0
    if not settings.get("cable_bps"):
        return rate * on_cable_s
    drained = min(settings["cable_bps"] / 8 / settings["bytes_per_write"], rate)
    return float(at_s * (rate - drained) + drained * on_cable_s)


def figures(row: Row) -> list[Figure]:
    rate = offered_per_s(row)
    runs = deaths(row, session_rate=rate_of(rate))
    until_strike = [int((at_us - 1) * rate) // US_PER_S + 1 for at_us, _ in runs]
    throughput = [made / at_us * US_PER_S for (at_us, _), made in zip(runs, until_strike, strict=True)]
    theory = [expected(row, at_us / US_PER_S) for at_us, _ in runs]
    mean = sum(theory) / len(theory)
    share = sum(
        lost / (rate * at_us / US_PER_S) for (at_us, _), lost in zip(runs, theory, strict=True)
    ) / len(runs)
    return [
        Figure("acked_lost", [run.lost for _, run in runs], NOISE_WRITES, mean),
        Figure("age_of_oldest_lost_s", [run.oldest_lost_s(at_us) for at_us, run in runs], NOISE_S),
        Figure(
            "lost_fraction_of_acked",
            [run.lost / offered for (_, run), offered in zip(runs, until_strike, strict=True)],
            closed_form=share,
        ),
        Figure("unacked_but_present", [run.in_doubt for _, run in runs]),
        Figure("throughput_per_s", throughput, 1),
    ]  # fmt: skip


STREAM = Family(
    lambda row: row.group in "BD" and DELAY_MS in row.parameters,
    figures,
    {
        "commit_latency_s": "the work itself, 0.6 ms of the machine that measured",
        "promotion_s": "how long PostgreSQL itself takes to promote",
    },
)
