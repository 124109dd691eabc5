"""What a valid text compiles to."""

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

import pytest
from scenario.full import FULL

from visualizer.scenario import load, parse
from visualizer.scenario.events import event_line
from visualizer.sim.command import FeedTarget, LinkTarget, SetParameter, SiteTarget, Strike, UnitTarget
from visualizer.sim.parameters import PARAMETERS
from visualizer.sim.setup import (
    NONE,
    AnnouncementSetup,
    ClientSetup,
    FeedSetup,
    GuardSetup,
    HeartbeatSetup,
    LinkSetup,
    Quality,
    Rate,
    RetrySetup,
    Setup,
    Share,
    SiteSetup,
    SyncSetup,
    TierSetup,
    TrafficSetup,
)

TENTH = Share(1, 10)
PLAIN = Quality(50_000, 50_000, TENTH)
"""What `degrade` makes of a cable without latency."""


def test_every_key_arrives_in_the_setup() -> None:
    assert parse(FULL, "dir/All of it!.yaml").setup == Setup(
        name="all-of-it",
        title="All of it",
        description="Two lines of words.",
        duration_us=20_000_000,
        tiers=(
            TierSetup(
                "load_balancer", "Load balancer", "load_balancer",
                HeartbeatSetup(200_000, 6, 10_000, 0, (43_750, 121_875), 50_000),
                SyncSetup(
                    "streaming", 1_000_000, 500_000, 1, change_bytes=44, transfer_us=3_000, apply_us=1_000,
                    pickup_us=30_000_000, never=Share(1, 5), datagram=True, refresh_us=15_000_000,
                ),
                (
                    LinkSetup("heartbeat", 2_000, "serial", degraded=Quality(2_000, 0, Share(1, 2))),
                    LinkSetup(
                        "link", 1_000, "network", 2_000, Share(1, 1_000), 1_000_000,
                        Quality(60_000, 60_000, TENTH, 100_000),
                    ),
                ),
                3_000_000, 10_000_000, 60_000_000,
                GuardSetup("lease", 4_000_000, 1_000_000),
                AnnouncementSetup(5, 8_000_000, Share(1, 1), 23_000_000, 53_000_000),
                135_000_000, "priority", preempt=True, preempt_us=60_000_000, sites=(0, 1),
            ),
            TierSetup(
                "web-farm", "Web", "application",
                HeartbeatSetup(link=0, skew_us=(0, 609_000)),
                SyncSetup("snapshot", link=1, prepare_us=2_000_000, resend_us=1_000_000),
                (
                    LinkSetup("link", degraded=PLAIN),
                    LinkSetup("sync", 50, degraded=Quality(50_500, 50_500, TENTH)),
                ),
                guard=GuardSetup("fencing", fence_us=2_000_000, fence_success=Share(3, 4)),
                sites=(None, 0),
            ),
            TierSetup(
                "database", "Database", "database", sync=SyncSetup("semi-sync", timeout_us=2_000_000),
                links=(LinkSetup("link", degraded=PLAIN),),
            ),
        ),
        traffic=TrafficSetup("poisson", Rate(10), 20_000_000, "fixed", Rate(1, 5_000_000), 7, 5_000),
        tick_us=50_000,
        seed=1_000,
        commands=(
            Strike(11_000_000, "cut", LinkTarget(1, 1)),
            Strike(11_000_000, "host", UnitTarget(0, 1)),
            SetParameter(12_000_000, "traffic.rate", None, Rate(20)),
            Strike(12_000_000, "site", SiteTarget(1)),
            Strike(13_000_000, "utility", FeedTarget(1)),
            SetParameter(15_000_000, "sync.link.latency", 1, 1_000),
            SetParameter(20_000_000, "heartbeat.misses", 0, 9),
        ),
        path="parallel",
        clients=ClientSetup(RetrySetup(2_000_000, 3, 4), 200_000, 30_000_000, Share(3, 5)),
        sites=(SiteSetup("dublin", "Dublin", 0), SiteSetup("cork", "Cork", 1)),
        feeds=(
            FeedSetup("esb", "Esb", 300_000_000, 10_000_000, Share(9, 10), 4_380_000_000),
            FeedSetup("north-feed", "From the north"),
        ),
    )  # fmt: skip


def parts(value: Any) -> Iterator[Any]:
    """Every dataclass instance of a setup, itself included."""
    if is_dataclass(value):
        yield value
        for one in fields(value):
            yield from parts(getattr(value, one.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from parts(item)


def test_every_parameter_of_the_engine_can_be_written() -> None:
    """No field of the setup keeps its default in all of the file that says everything."""
    closed_loop = "title: T\nduration: 20s\ntraffic: {connections: 8, response: 1ms}\ntiers: {a: {}}\n"
    everything = [*parts(parse(FULL, "t.yaml").setup), *parts(parse(closed_loop, "t.yaml").setup)]
    of_class: dict[str, list[Any]] = {}
    for part in everything:
        of_class.setdefault(type(part).__name__, []).append(part)
    untouched = {
        f"{name}.{one.name}"
        for name, those in of_class.items()
        for one in fields(those[0])
        if one.default is not MISSING and all(getattr(part, one.name) == one.default for part in those)
    }
    assert untouched == {"HeartbeatSetup.link"}  # the cable of heartbeats is always a tier's first


def test_two_words_for_crossed_paths() -> None:
    text = "title: a\nduration: 9s\ntiers: {a: {}, b: {}}\npath: "
    setups = [parse(text + word, "f.yaml").setup for word in ("cross", "cross-connected", "parallel")]
    assert [setup.path for setup in setups] == ["cross", "cross", "parallel"]


def test_what_is_left_out_has_its_default() -> None:
    setup = parse("title: T\nduration: 20s\ntiers: {edge: {}}\n", "t.yaml").setup
    tier = TierSetup("edge", "Edge", "server", links=(LinkSetup("link", degraded=PLAIN),))
    assert setup == Setup("t", "T", "", 20_000_000, (tier,), TrafficSetup(session_rate=None))


def tier_of(keys: str) -> TierSetup:
    return parse(f"title: T\nduration: 20s\ntiers: {{a: {{{keys}}}}}\n", "t.yaml").setup.tiers[0]


@pytest.mark.parametrize(
    ("keys", "quality"),
    [
        ("{}", PLAIN),
        ("{latency: 1ms, bandwidth: 14720B/s}", Quality(60_000, 60_000, TENTH, 11_776)),
        ("{bandwidth: 5bit/s}", Quality(50_000, 50_000, TENTH, 1)),
        ("{loss: 30%}", Quality(50_000, 50_000, Share(3, 10))),
        ("{loss: 5%}", PLAIN),
        ("{kind: serial}", Quality(50_000, 0, TENTH)),
        ("{latency: 1ms, jitter: 3ms, loss: 5%, degraded: {}}", Quality(1_000, 3_000, Share(1, 20))),
        ("{latency: 1ms, bandwidth: 9B/s, degraded: {latency: 0}}", Quality(0, 0, NONE, 72)),
        ("{bandwidth: 1Mbit/s, degraded: {bandwidth: 1kB/s}}", Quality(0, 0, NONE, 8_000)),
    ],
)  # fmt: skip
def test_what_degrading_makes_of_a_cable(keys: str, quality: Quality) -> None:
    assert tier_of(f"link: {keys}").links[0].degraded == quality


@pytest.mark.parametrize(
    ("keys", "skew_us"),
    [
        # priority 100, adverts of 1 s: 3 s + 0.609375 s until the backup is master
        ("vrrp: 2, priority: {secondary: 100}", (609_375, 609_375)),
        ("vrrp: 3, priority: {primary: 200, secondary: 100}", (218_750, 609_375)),
        ("vrrp: 3, interval: 100ms, priority: {primary: 255}", (390, 60_937)),
        ("vrrp: 2, interval: 100ms, priority: {primary: 255}", (3_906, 609_375)),
        ("skew: {primary: 1s}", (1_000_000, 0)),
        ("interval: 2s", (0, 0)),
    ],
)
def test_the_skew_of_vrrp(keys: str, skew_us: tuple[int, int]) -> None:
    assert tier_of(f"heartbeat: {{{keys}}}").heartbeat.skew_us == skew_us


@pytest.mark.parametrize(
    ("keys", "timeout_us"),
    [
        ("policy: semi-sync", 10_000_000), ("policy: semi-sync, timeout: 1ms", 1_000),
        ("policy: synchronous", None), ("policy: synchronous, timeout: 1s", 1_000_000),
        ("policy: streaming", None),
    ],
)  # fmt: skip
def test_how_long_requests_wait_for_the_standby(keys: str, timeout_us: int | None) -> None:
    assert tier_of(f"sync: {{{keys}}}").sync.timeout_us == timeout_us


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
