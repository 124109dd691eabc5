"""Every fault in the registry, in a world in which it can do something, and in worlds in which it cannot."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sim.small import cut, on_feed, on_link, on_site, pair, played, strike, tuned, us, world

from visualizer.sim import State, advance, command
from visualizer.sim.command import Command, FeedTarget, LinkTarget, SiteTarget, Strike, Target, UnitTarget
from visualizer.sim.event import (
    FeedChanged,
    HeartbeatReceived,
    HeartbeatSent,
    LinkChanged,
    Repaired,
    SyncReceived,
    SyncSent,
    Takeover,
    TakeoverBegun,
    UnitChanged,
    UnitStruck,
)
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import FeedSetup, Quality, Setup, SiteSetup

TARGETS: dict[str, Target] = {
    "unit": UnitTarget(0, 0),
    "link": LinkTarget(0, 0),
    "site": SiteTarget(0),
    "feed": FeedTarget(0),
}
TOLD = (UnitStruck, LinkChanged, Repaired, UnitChanged, FeedChanged, TakeoverBegun, Takeover)
ROUTINE = (HeartbeatSent, HeartbeatReceived, SyncSent, SyncReceived)

FIRST: dict[str, Command] = {
    "heal": cut(5),
    "repair": strike(5),
    "restore": on_feed(5),
}
"""What must have happened before a mending fault finds something to mend."""

AFTER: dict[str, list[Command]] = {
    "slow": [strike(5)],
    "isolate": [strike(5)],
    "daemon": [strike(5)],
    "stop": [strike(5)],
    "process": [strike(5)],
    "host": [strike(5)],
    "lightning": [strike(5)],
    "switchover": [strike(5, unit=1)],
    "failback": [strike(5, unit=1)],
    "repair": [],
    "cut": [cut(5)],
    "degrade": [on_link(5, "degrade")],
    "heartbeat-loss": [on_link(5, "heartbeat-loss")],
    "heal": [],
    "site": [on_site(5)],
    "utility": [on_feed(5)],
    "restore": [],
}
"""What leaves each fault with nothing to do."""


def whole_world(*commands: Command) -> Setup:
    """One pair, each unit at its own site, both sites at one feed with a UPS for an hour."""
    tier = tuned(pair(), link={"degraded": Quality(latency_us=us(0.1))}, sites=(0, 1))
    return replace(
        world(tier, commands=commands),
        sites=(SiteSetup("a", "A", 0), SiteSetup("b", "B", 0)),
        feeds=(FeedSetup("utility", "Utility", ups_us=us(3600)),),
    )


def applies(state: State, name: str) -> bool:
    target = TARGETS[FAULTS[name].target]
    match target:
        case UnitTarget(tier, index) | LinkTarget(tier, index):
            return FAULTS[name].applies(state, tier, index)
        case SiteTarget(index) | FeedTarget(index):
            return FAULTS[name].applies(state, 0, index)


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_every_fault_takes_effect_and_says_so(name: str) -> None:
    before = [FIRST[name]] if name in FIRST else []
    state, _ = played(whole_world(*before), until_s=5.5)
    assert applies(state, name)
    command(state, Strike(us(5.5) + 1, name, TARGETS[FAULTS[name].target]))
    events = advance(state, us(5.5) + 1)
    assert any(isinstance(event, TOLD) for event in events)


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_fault_that_can_do_nothing_says_nothing(name: str) -> None:
    state, _ = played(whole_world(*AFTER[name]), until_s=5.5)
    assert not applies(state, name)
    command(state, Strike(us(5.5) + 1, name, TARGETS[FAULTS[name].target]))
    assert advance(state, us(5.5) + 1) == []


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_whether_a_fault_applies_can_be_asked_of_everything_at_any_time(name: str) -> None:
    """Of both units, both cables, all sites and feeds, whatever has happened; and the answer is kept."""
    for at_s in (0, 5.5, 7, 9, 15):
        state, _ = played(whole_world(strike(5), strike(9, unit=1), cut(12)), until_s=at_s)
        indexes = {"unit": (0, 1), "link": (0,), "site": (0, 1), "feed": (0,)}[FAULTS[name].target]
        for index in indexes:
            told = FAULTS[name].applies(state, 0, index)
            twin = state.copy()
            target = replace(TARGETS[FAULTS[name].target], **{FAULTS[name].target: index})
            command(twin, Strike(twin.now_us + 1, name, target))
            events = [event for event in advance(twin, twin.now_us + 1) if not isinstance(event, ROUTINE)]
            assert bool(events) == told
