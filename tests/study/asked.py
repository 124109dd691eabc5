"""What the tests of the study ask."""

from __future__ import annotations

from collections.abc import Sequence

from visualizer.opening import Opened, open_scenario, open_text
from visualizer.study.axis import axis_of
from visualizer.study.plan import Plan, StrikeAt, plan_of
from visualizer.study.sweep import Sweep, sweep_of

PAIR = """\
title: A pair
duration: 20s
traffic: {arrivals: poisson, rate: 20/s}
tiers:
  firewall:
    heartbeat: {interval: 1s, misses: 3}
    sync: {interval: 3s}
events:
  - {at: 11s, fault: lightning, target: firewall.primary}
"""


def opened(text: str = PAIR, *overrides: str) -> Opened:
    return open_text(text, None, overrides, (), "pair")


def planned(
    *vary: str, seeds: int = 4, strike: StrikeAt = "random", scenario: Opened | str | None = None
) -> Plan:
    """A plan of the pair, or of a scenario that is shipped or open."""
    one = open_scenario(scenario) if isinstance(scenario, str) else scenario or opened()
    return plan_of(one, [axis_of(text) for text in vary], seeds=range(seeds), strike=strike)


def swept(
    *vary: str, seeds: int = 4, strike: StrikeAt = "random", scenario: Opened | str | None = None
) -> Sweep:
    return sweep_of(planned(*vary, seeds=seeds, strike=strike, scenario=scenario))


def windows(plan: Plan) -> list[tuple[int, int]]:
    return [point.family.blow.window_us for point in plan.points if point.family.blow]


def sets(plan: Plan) -> Sequence[tuple[str, ...]]:
    return [point.sets for point in plan.points]
