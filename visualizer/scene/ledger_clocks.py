"""The lower rows of the ledger: how long and how far back, what theory expects, how the tier is set."""

from __future__ import annotations

from functools import lru_cache
from math import log10

from visualizer.language import decimal, marked, say, say_as, thousands, translated
from visualizer.ledger import FailoverRecord
from visualizer.scene.frame import Frame
from visualizer.scene.ledger_lines import Row, heading, value, was
from visualizer.scene.wording import duration, span
from visualizer.sim import Setup
from visualizer.sim.replication import POLICIES
from visualizer.theory import Expectation, expectation

_RARE = 0.001
"""A chance below this is said as one in so many."""

_ROUND = 1_000_000
"""From here on only the power of ten is said."""


def clock_rows(frame: Frame, tier: int) -> list[Row]:
    """How long, how far back; and what is to be expected of a strike on `tier`, until one has struck."""
    last = frame.failover
    rpo_us, rto_us = _rpo_us(last), _rto_us(last)
    waiting = "–" if last is None else say("not yet")
    return [
        heading(say("Clocks")),
        *unserved_rows(frame),
        value(
            marked("Achieved RPO"), "–" if rpo_us is None else span(rpo_us),
            beside=was(frame, rpo_us, lambda before: _rpo_us(before.failover), span),
        ),
        value(
            marked("Achieved RTO"), waiting if rto_us is None else span(rto_us),
            beside=was(frame, rto_us, lambda before: _rto_us(before.failover), span),
        ),
        *_theory_rows(frame, tier),
    ]  # fmt: skip


def unserved_rows(frame: Frame) -> list[Row]:
    """For how long nobody was served."""
    unserved_us = frame.account.no_service_us
    then = was(frame, unserved_us, lambda before: before.account.no_service_us, span)
    return [value(marked("No service for"), span(unserved_us), beside=then)]


def setting_rows(frame: Frame) -> list[Row]:
    """How the tier that matters is set."""
    setup = frame.setup.tiers[frame.tier]
    title = say("Settings")
    if len(frame.setup.tiers) > 1:
        title = say("Settings · {tier}", tier=translated(setup.title))
    policy = POLICIES[setup.sync.policy]
    every = (
        duration(setup.sync.interval_us)
        if policy.ticks
        else (say("at once") if policy.streams else say_as("a copy", "never"))
    )
    latency = sorted({link.latency_us for link in setup.links})
    return [
        heading(title),
        value(marked("Copying"), translated(setup.sync.policy), "regular"),
        value(marked("Sync every") if policy.ticks else marked("Sync"), every, "regular"),
        value(marked("Heartbeat every"), duration(setup.heartbeat.interval_us), "regular"),
        value(marked("Misses to declare dead"), str(setup.heartbeat.misses), "regular"),
        value(marked("Link latency"), " / ".join(duration(us) for us in latency), "regular"),
    ]


def _theory_rows(frame: Frame, tier: int) -> list[Row]:
    """Closed forms for the strike that was, else for lightning on `tier` at a random instant."""
    fault = "lightning"
    if frame.failover is not None:
        tier, fault = frame.failover.failover.tier, frame.failover.failover.fault or fault
    found = _expected(frame.setup, tier, fault)
    lost = found.lost_sessions if found else None
    chance = found.chance_of_no_loss if found else None
    law = frame.setup.traffic.law
    return [
        value(
            marked("Expected by theory"),
            "–" if lost is None else say("{count} lost", count=expected_text(lost)),
        ),
        value(
            marked("Chance of losing nothing"),
            "–" if chance is None else chance_text(chance, exact=law == "fixed"),
        ),
    ]


@lru_cache(maxsize=32)
def _expected(setup: Setup, tier: int, fault: str) -> Expectation | None:
    return expectation(setup, tier=tier, fault=fault)


def expected_text(mean: float) -> str:
    """A mean as people read it: "36.6", "1 915", "0.0002"."""
    if mean >= 1000:
        return thousands(round(mean))
    said = f"{mean:.1f}".removesuffix(".0") if mean >= 0.05 or not mean else f"{mean:.4f}".rstrip("0")
    return decimal(said)


def chance_text(chance: float, *, exact: bool = True) -> str:
    """A chance as people read it: "3.3 %", "1 in 6 250", "1 in 10¹⁶". `exact`: 0 is none at all, and not less
    than can be computed.
    """
    if chance <= 0:
        return say_as("a chance", "none") if exact else say("under 1 in 10³⁰⁰")
    if chance < _RARE:
        times = 1 / chance
        said = thousands(round(times)) if times < _ROUND else f"10{_raised(round(log10(times)))}"
        return say("1 in {times}", times=said)
    if 1 > chance > 0.9999:
        return say("over {share}", share=decimal("99.99 %"))
    said = f"{100 * chance:.2f}".rstrip("0").rstrip(".") if chance > 0.99 else f"{100 * chance:.1f}"
    return decimal(said) + " %"


def _raised(power: int) -> str:
    return str(power).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _rpo_us(record: FailoverRecord | None) -> int | None:
    return None if record is None else record.achieved_rpo_us


def _rto_us(record: FailoverRecord | None) -> int | None:
    return None if record is None else record.achieved_rto_us
