"""What a person did, as a line of text: exact, by name, and refused where it fits no longer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from visualizer.scenario import act_line, act_of, carried, load
from visualizer.sim.command import (
    Command,
    FeedTarget,
    LinkTarget,
    SetParameter,
    SiteTarget,
    Strike,
    UnitTarget,
)
from visualizer.sim.setup import FeedSetup, Rate, SiteSetup

S = 1_000_000
COLUMNS = load("parallel").setup
WORLD = replace(
    COLUMNS,
    sites=(SiteSetup("one", "Dublin", 0), SiteSetup("two", "Cork", 0)),
    feeds=(FeedSetup("esb", "ESB"),),
)
ACTS = (
    Strike(0, "lightning", UnitTarget(0, 0)),
    Strike(1_234_567, "process", UnitTarget(2, 1)),
    Strike(S, "cut", LinkTarget(1, 0)),
    Strike(S, "site", SiteTarget(1)),
    Strike(S, "utility", FeedTarget(0)),
    SetParameter(S, "sync.interval", 1, 2_500_000),
    SetParameter(S, "heartbeat.misses", 0, 5),
    SetParameter(S, "traffic.rate", None, Rate(40)),
)


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_a_line_says_exactly_what_was_done(act: Command) -> None:
    assert act_of(act_line(act, WORLD), WORLD) == act


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_it_goes_with_the_name_when_the_tiers_change_places(act: Command) -> None:
    turned = replace(WORLD, tiers=WORLD.tiers[::-1], sites=WORLD.sites[::-1])
    there = carried(act, WORLD, turned)
    assert there is not None
    assert act_line(there, turned) == act_line(act, WORLD)
    assert carried(there, turned, WORLD) == act


def test_what_has_no_place_there_is_none() -> None:
    one = load("article").setup
    kept = [act for act in ACTS if carried(act, WORLD, one) is not None]
    assert kept == [act for act in ACTS if getattr(act, "tier", 0) is None or _at_the_firewall(act)]
    late = Strike(19 * S, "lightning", UnitTarget(0, 0))
    assert carried(late, WORLD, replace(WORLD, duration_us=10 * S)) is None


def _at_the_firewall(act: Command) -> bool:
    tier = act.tier if isinstance(act, SetParameter) else getattr(act.target, "tier", None)
    return tier is not None and WORLD.tiers[tier].name == "firewall"


@pytest.mark.parametrize(
    "line", ["", "{", "lightning", "{at: 1s}", "{at: 1s, fault: x, target: y}", "[" * 99, "{}, {}"]
)
def test_a_line_that_says_nothing_is_none(line: str) -> None:
    assert act_of(line, WORLD) is None
