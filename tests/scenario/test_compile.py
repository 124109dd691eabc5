"""What a valid text compiles to."""

import pytest

from visualizer.scenario import load, parse
from visualizer.scenario.events import event_line
from visualizer.sim.command import LinkTarget, SetParameter, Strike, UnitTarget
from visualizer.sim.parameters import PARAMETERS
from visualizer.sim.setup import (
    HeartbeatSetup,
    LinkSetup,
    Rate,
    Setup,
    SyncSetup,
    TierSetup,
    TrafficSetup,
)

FULL = """\
title: "All of it"
description: |
  Two lines
  of words.
duration: 20s
tick: 50ms
seed: 1e3
traffic:
  arrivals: poisson
  rate: 10/s
  lifetime: 20s
  lifetimes: fixed
  transactions: 0.2/s
  initial_sessions: 7
  response: 5ms
tiers:
  load_balancer:
    link: {latency: 1ms}
    heartbeat: {interval: 200ms, misses: 6, phase: 10ms, link: {latency: 2ms}}
    sync: {policy: streaming, interval: 1s, phase: 0.5s}
    address: {convergence: 3s}
    demotion: 10s
    boot: 1min
  web-farm:
    title: Web
    icon: application
    sync: {link: {latency: 50us}}
events:
  - {at: 15s, set: tiers.web-farm.sync.link.latency, value: 1ms}
  - {at: 12s, set: traffic.rate, value: 20/s}
  - {at: 11s, fault: cut, target: web-farm.sync}
  - {at: 11s, fault: host, target: load_balancer.secondary}
  - {at: 20s, set: tiers.load_balancer.heartbeat.misses, value: 9}
"""


def test_every_key_arrives_in_the_setup() -> None:
    assert parse(FULL, "dir/All of it!.yaml").setup == Setup(
        name="all-of-it",
        title="All of it",
        description="Two lines of words.",
        duration_us=20_000_000,
        tiers=(
            TierSetup(
                "load_balancer", "Load balancer", "load_balancer",
                HeartbeatSetup(200_000, 6, 10_000, link=0),
                SyncSetup("streaming", 1_000_000, 500_000, link=1),
                (LinkSetup("heartbeat", 2_000), LinkSetup("link", 1_000)),
                convergence_us=3_000_000, demotion_us=10_000_000, boot_us=60_000_000,
            ),
            TierSetup(
                "web-farm", "Web", "application",
                HeartbeatSetup(link=0), SyncSetup(link=1), (LinkSetup("link"), LinkSetup("sync", 50)),
            ),
        ),
        traffic=TrafficSetup("poisson", Rate(10), 20_000_000, "fixed", Rate(1, 5_000_000), 7, 5_000),
        tick_us=50_000,
        seed=1_000,
        commands=(
            Strike(11_000_000, "cut", LinkTarget(1, 1)),
            Strike(11_000_000, "host", UnitTarget(0, 1)),
            SetParameter(12_000_000, "traffic.rate", None, Rate(20)),
            SetParameter(15_000_000, "sync.link.latency", 1, 1_000),
            SetParameter(20_000_000, "heartbeat.misses", 0, 9),
        ),
    )  # fmt: skip


def test_what_is_left_out_has_its_default() -> None:
    setup = parse("title: T\nduration: 20s\ntiers: {edge: {}}\n", "t.yaml").setup
    assert setup == Setup(
        "t", "T", "", 20_000_000, (TierSetup("edge", "Edge", "server"),), TrafficSetup(session_rate=None)
    )


@pytest.mark.parametrize(
    ("keys", "names", "heartbeat", "sync"),
    [
        ("", ["link"], 0, 0),
        ("link: {latency: 1ms}", ["link"], 0, 0),
        ("heartbeat: {link: {}}", ["heartbeat", "link"], 0, 1),
        ("sync: {link: {}}", ["link", "sync"], 0, 1),
        ("heartbeat: {link: {}}, sync: {link: {}}", ["heartbeat", "sync"], 0, 1),
    ],
)
def test_a_cable_is_there_only_if_something_uses_it(
    keys: str, names: list[str], heartbeat: int, sync: int
) -> None:
    tier = parse(f"title: T\nduration: 20s\ntiers: {{a: {{{keys}}}}}\n", "t.yaml").setup.tiers[0]
    assert [link.name for link in tier.links] == names
    assert (tier.heartbeat.link, tier.sync.link) == (heartbeat, sync)


@pytest.mark.parametrize("key", PARAMETERS)
def test_every_parameter_of_the_engine_can_be_set_and_written(key: str) -> None:
    parameter = PARAMETERS[key]
    own = "heartbeat: {link: {latency: 1ms}}, sync: {link: {latency: 1ms}}"
    tier = "link: {latency: 1ms}" if parameter.path == "link.latency" else own
    where = "tiers.a." if parameter.scope == "tier" else "traffic."
    value = {"duration": "5s", "count": "5", "rate": "5/s"}[parameter.unit]
    event = f"{{at: 1s, set: {where}{parameter.path}, value: {value}}}"
    setup = parse(f"title: T\nduration: 20s\ntiers: {{a: {{{tier}}}}}\nevents: [{event}]\n", "t.yaml").setup
    (command,) = setup.commands
    expected = {"duration": 5_000_000, "count": 5, "rate": Rate(5)}[parameter.unit]
    assert command == SetParameter(1_000_000, key, 0 if parameter.scope == "tier" else None, expected)
    assert event_line(command, setup) == event


def test_one_scenario_for_each_row_of_the_facts() -> None:
    rows = {
        name: (tier.heartbeat.interval_us, tier.heartbeat.misses, tier.sync.policy, tier.sync.interval_us,
               setup.commands[0].at_us, setup.traffic.session_rate)
        for name in ("article", "article-5s", "f5", "srx", "asa-default", "asa-fastest", "fortigate")
        for setup in (load(name).setup,)
        for tier in setup.tiers
    }  # fmt: skip
    assert rows == {
        "article": (1_000_000, 3, "periodic", 3_000_000, 11_000_000, Rate(10)),
        "article-5s": (1_000_000, 3, "periodic", 5_000_000, 11_000_000, Rate(10)),
        "f5": (1_000_000, 3, "streaming", 3_000_000, 10_500_000, Rate(100)),
        "srx": (1_000_000, 3, "periodic", 1_000_000, 10_400_000, Rate(100)),
        "asa-default": (1_000_000, 15, "periodic", 1_000_000, 10_400_000, Rate(100)),
        "asa-fastest": (200_000, 4, "periodic", 1_000_000, 10_400_000, Rate(100)),
        "fortigate": (200_000, 6, "periodic", 1_000_000, 10_100_000, Rate(100)),
    }
