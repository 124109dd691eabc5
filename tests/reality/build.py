"""Worlds from a product's preset and a row's own parameters, and what is read off a run."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from visualizer.ledger import account
from visualizer.scenario import load_preset, parse
from visualizer.sim import State, advance, finish, start
from visualizer.sim.command import Command, LinkTarget, Strike, UnitTarget
from visualizer.sim.event import Event
from visualizer.sim.setup import US_PER_S, LinkSetup, Rate, Setup, TierSetup, TrafficSetup

FAULT_OF = {"drop": "lightning", "keep": "host", "proc": "process", "cut": "cut"}
"""What the word in a row's id means: host and cable, host alone, process alone, cable alone."""

DELAY_MS = "one_way_delay_ms"


def us(seconds: float) -> int:
    return round(seconds * US_PER_S)


def text_of(seconds: float) -> str:
    """A duration in the words of the scenario format."""
    return f"{us(seconds)}us"


def rate_of(per_s: float) -> Rate:
    """Exact: 43.9 a second is 439 in ten seconds."""
    exact = Fraction(str(per_s))
    return Rate(exact.numerator, exact.denominator * US_PER_S)


def tier_of(preset: str, **keys: Any) -> TierSetup:
    """A pair with the preset's figures, but for `keys`, which are written as in a scenario."""
    tiers = {"pair": {"preset": preset, **keys}}
    text = json.dumps({"title": "measured", "duration": "1s", "tiers": tiers})
    return parse(text, "measured").setup.tiers[0]


def preset_keys(preset: str, group: str) -> Any:
    """One group of a preset's tier, as it is written there."""
    return load_preset(preset).tier[group]


def cabled(tier: TierSetup, **quality: Any) -> TierSetup:
    """The pair with a cable of its own for copies, index 1; heartbeats go over another one without delay."""
    links = (LinkSetup("heartbeat"), LinkSetup("sync", **quality))
    return replace(tier, links=links, sync=replace(tier.sync, link=1))


def world(tier: TierSetup, duration_us: int, *commands: Command, seed: int = 0, **traffic: Any) -> Setup:
    """Requests at a fixed rate from t = 0 on: each is a session that stays."""
    return Setup(
        name="measured", title="Measured", description="", duration_us=duration_us, tiers=(tier,), seed=seed,
        commands=commands, traffic=TrafficSetup(**{"session_rate": None, **traffic}),
    )  # fmt: skip


def strike(at_us: int, fault: str, unit: int = 0) -> Strike:
    """A fault of a unit, or of the cable for copies."""
    return Strike(at_us, fault, LinkTarget(0, 1) if fault in ("cut", "heal") else UnitTarget(0, unit))


@dataclass(frozen=True)
class Played:
    """A run at its end."""

    state: State
    events: list[Event]

    @property
    def lost(self) -> int:
        return account(self.state).lost.sessions

    @property
    def acknowledged(self) -> int:
        return account(self.state).acknowledged_sessions

    @property
    def in_doubt(self) -> int:
        return account(self.state).in_doubt

    @property
    def no_service_s(self) -> float:
        return account(self.state).no_service_us / US_PER_S

    @property
    def restored_us(self) -> int:
        """When the first failover was over for the clients."""
        restored_us = self.state.failovers[0].restored_us
        assert restored_us is not None
        return restored_us

    def first_s(self, kind: type[Any], after_us: int = 0) -> float:
        """When an event of that kind first happened, counted from `after_us`."""
        first_us: int = next(e.at_us for e in self.events if isinstance(e, kind) and e.at_us >= after_us)
        return (first_us - after_us) / US_PER_S

    def oldest_lost_s(self, at_us: int) -> float:
        """How old the oldest lost session was at that instant; 0 if none was lost."""
        lost = self.state.lost_sessions
        return float(at_us - self.state.traffic.opens_us[lost].min()) / US_PER_S if len(lost) else 0.0


def played(setup: Setup) -> Played:
    """The whole run, its books checked."""
    state = start(setup)
    events = advance(state, setup.duration_us)
    finish(state)
    return Played(state, events)


def phases(low_us: int, span_us: int, count: int) -> list[int]:
    """`count` instants evenly spread over a span, and both its ends, a microsecond inside."""
    middles = low_us + (2 * np.arange(count) + 1) * span_us // (2 * count)
    return [low_us + 1, *middles.tolist(), low_us + span_us - 1]
