"""The keys of a tier, as pydantic models: a redundant pair of units, its cables and its habits."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from visualizer.scenario import choices, values
from visualizer.scenario.part import Part, group, key
from visualizer.scenario.values import S
from visualizer.sim.setup import ALL, NONE


class Degraded(Part):
    """How a cable carries messages while it is degraded. A key left out: as on the sound cable."""

    latency: values.Latency | None = key("How long a message travels, one way.", None, examples=["60ms"])
    jitter: values.Latency | None = key(
        "How much longer it travels by chance, on average.", None, examples=["20ms"]
    )
    loss: values.Loss | None = key("The share of messages that are lost.", None, examples=["10%"])
    bandwidth: values.Bandwidth | None = key("How much it carries in a second.", None, examples=["1Mbit/s"])


class Link(Part):
    """A cable between the two units of a tier."""

    kind: choices.CableKind = key("What kind of cable it is.", "network", "network", examples=["serial"])
    latency: values.Latency = key("How long a message travels, one way.", 0, "0s", examples=["5ms"])
    jitter: values.Latency = key(
        "How much longer it travels by chance, on average.", 0, "0s", examples=["2ms"]
    )
    loss: values.Loss = key(
        "The share of messages that are lost, at most 90%.", NONE, "0%", ["10%", "1/1000"]
    )
    bandwidth: values.Bandwidth | None = key(
        "How much it carries in a second. Left out: no limit.", None, examples=["1Mbit/s", "14720B/s"]
    )
    degraded: Degraded | None = key(
        "What the fault `degrade` makes of it. Left out: ten times the latency and 50 ms more, as much "
        "jitter (a serial cable has none), a tenth of the messages lost, a tenth of the bandwidth.",
        None,
        examples=[{"latency": "60ms", "loss": "10%"}],
    )


class Priorities(Part):
    """The VRRP priority of each unit; the higher one takes over sooner."""

    primary: values.Priority = key("The priority of the primary.", 100, 100, examples=[150])
    secondary: values.Priority = key("The priority of the secondary.", 100, 100, examples=[100])


class Skew(Part):
    """How much longer than the hold time each unit waits before it takes over."""

    primary: values.Delay = key("How much longer the primary waits.", 0, "0s", examples=["0s"])
    secondary: values.Delay = key("How much longer the secondary waits.", 0, "0s", examples=["609375us"])


class Heartbeat(Part):
    """How the standby learns that the active unit lives."""

    interval: values.Interval = key(
        "The active unit says that it lives once in this time.", S, "1s", examples=["200ms"]
    )
    misses: values.Misses = key(
        "The standby takes over after this many intervals without a heartbeat.", 3, 3, examples=[5]
    )
    phase: values.Delay = key("When the first heartbeat is sent.", 0, "0s", examples=["500ms"])
    link: Link | None = key(
        "A cable for heartbeats alone. Left out: the tier's own cable.", None, examples=[{"kind": "serial"}]
    )
    vrrp: values.Vrrp | None = key(
        "The version of VRRP: each unit waits (256 - priority) / 256 of a second (2) or of the interval (3) "
        "longer. Left out: no VRRP.",
        None,
        examples=[3],
    )
    priority: Priorities | None = key(
        "The priorities of VRRP.", None, examples=[{"primary": 150, "secondary": 100}]
    )
    skew: Skew | None = key(
        "How much longer each unit waits, where VRRP does not say it.",
        None,
        examples=[{"secondary": "609375us"}],
    )
    poll: values.Delay = key(
        "The standby looks only at multiples of this time; 0 means always.", 0, "0s", examples=["15s"]
    )


class Sync(Part):
    """How the standby gets its copy of the state."""

    policy: choices.PolicyName = key("How state is copied.", "periodic", "periodic", examples=["streaming"])
    interval: values.Interval = key(
        "One batch or snapshot is sent once in this time.", 3 * S, "3s", examples=["10s"]
    )
    phase: values.Delay = key("When the first is sent; 0 means after one interval.", 0, "0s", examples=["1s"])
    link: Link | None = key(
        "A cable for copies alone. Left out: the tier's own cable.",
        None,
        examples=[{"bandwidth": "100Mbit/s"}],
    )
    change_size: values.Bytes = key("What one change takes on the cable, at most 1MB.", 0, "0B", ["44B"])
    transfer: values.Delay = key(
        "How much longer than its bytes a batch or snapshot takes.", 0, "0s", examples=["5min"]
    )
    prepare: values.Delay = key(
        "From the start of a snapshot until the instant that it shows.", 0, "0s", examples=["1s"]
    )
    apply: values.Latency = key("From receipt until the standby can use a change.", 0, "0s", examples=["2ms"])
    timeout: values.Interval | None = key(
        "How long requests wait for the standby before they go on without it. "
        "Left out: 10s for semi-sync, for ever for synchronous.",
        None,
        examples=["10s"],
    )
    pickup_delay: values.Delay = key("Only sessions that have lived as long are copied.", 0, "0s", ["30s"])
    never: values.Part = key("The share of sessions that are never copied.", NONE, "0%", ["20%"])
    transport: choices.Transport = key(
        "What becomes of a lost message of a stream.", "reliable", "reliable", examples=["datagram"]
    )
    refresh: values.Refresh | None = key(
        "All state is sent again once in this time, at most 1h. Left out: never.", None, examples=["15s"]
    )
    resend: values.Interval = key(
        "A lost message is sent again after this time.", values.MS * 200, "200ms", examples=["100ms"]
    )


class Guard(Part):
    """What keeps the pair from being active twice."""

    kind: choices.GuardKind = key("What kind of guard it is.", "none", "none", examples=["fencing"])
    lease: values.Delay = key(
        "How long the active unit serves on after its last contact with the standby (lease), "
        "or after it lost sight of the witness (witness).",
        0,
        "0s",
        examples=["4s"],
    )
    renewal: values.Delay = key(
        "A lease is renewed once in this time; 0 means always.", 0, "0s", examples=["1s"]
    )
    fence: values.Delay = key("How long it takes to switch the other unit off.", 0, "0s", examples=["2s"])
    success: values.Part = key(
        "How often fencing works. When it fails nobody takes over.", ALL, "100%", examples=["95%"]
    )


class Announcements(Part):
    """Gratuitous ARP: the unit that takes over tells whose address it has now."""

    count: values.Announced = key("How many announcements there are.", 1, 1, examples=[5])
    spacing: values.Delay = key("The time between two of them.", S, "1s", examples=["200ms"])
    loss: values.Part = key("The share of announcements that nobody hears.", NONE, "0%", examples=["20%"])
    cache: Annotated[list[values.Delay], Field(min_length=2, max_length=2)] | None = key(
        "Who heard none follows when its ARP cache has aged out: after the shortest to the longest time.",
        None,
        examples=[["23s", "53s"]],
    )


class Address(Part):
    """The address that moves to the unit that takes over."""

    convergence: values.Delay = key(
        "From takeover until clients follow the gratuitous ARP that they have heard.",
        0,
        "0s",
        examples=["100ms"],
    )
    announcements: Announcements = group(Announcements(), {"count": 5})


class Places(Part):
    """In which site each unit stands."""

    primary: values.SiteName | None = key("The site of the primary.", None, examples=["dublin"])
    secondary: values.SiteName | None = key("The site of the secondary.", None, examples=["dublin"])


class TierKeys(Part):
    """What a preset can say of a tier."""

    title: values.Title | None = key(
        "The name on the screen. Left out: made from the tier's key.", None, examples=["Edge firewall"]
    )
    icon: choices.Icon | None = key(
        "The picture. Left out: the one of the tier's key, else a server.", None, examples=["firewall"]
    )
    link: Link | None = key(
        "The cable between the units, for whatever has no cable of its own.",
        None,
        examples=[{"latency": "1ms"}],
    )
    heartbeat: Heartbeat = group(Heartbeat(), {"interval": "1s", "misses": 3})
    sync: Sync = group(Sync(), {"interval": "3s"})
    guard: Guard = group(Guard(), {"kind": "lease", "lease": "4s"})
    address: Address = group(Address(), {"convergence": "100ms"})
    takeover: values.Delay = key(
        "From the decision to take over until the unit is active: a cold standby boots and restores.",
        0,
        "0s",
        examples=["2min"],
    )
    election: choices.ElectionLaw = key(
        "Which of two active units goes on.", "newest", "newest", examples=["priority"]
    )
    preempt: values.Flag = key("A primary that is back takes over again.", False, False, examples=[True])
    preempt_delay: values.Delay = key(
        "How long the primary is back before it takes over.", 0, "0s", examples=["60s"]
    )
    demotion: values.Delay = key("How long a deposed active unit goes on serving.", 0, "0s", examples=["10s"])
    boot: values.Delay = key("From repair until the unit asks for a full copy.", 0, "0s", examples=["90s"])


class Tier(TierKeys):
    """A redundant pair of units."""

    preset: values.PresetName | None = key(
        "A product whose figures hold for all keys that are not written here.", None, examples=["keepalived"]
    )
    sites: Places = group(Places(), {"primary": "dublin", "secondary": "dublin"})
