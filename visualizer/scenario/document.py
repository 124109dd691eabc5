"""The format of a scenario, as pydantic models: every key, its meaning, its limits and its default.

All times are microseconds and all rates exact once validated. What needs more than one key to be judged
(targets, cables, the size of the run) is in `compile`.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from visualizer.scenario import values
from visualizer.scenario.values import MS, S, group, key


class Part(BaseModel):
    """A group of keys: unknown ones are refused, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Link(Part):
    """A cable between the two units of a tier."""

    latency: values.Latency = key("How long a message travels, one way.", 0, "0s")


class Heartbeat(Part):
    """How the standby learns that the active unit lives."""

    interval: values.Interval = key("The active unit says that it lives once in this time.", S, "1s")
    misses: values.Misses = key("The standby takes over after this many intervals without a heartbeat.", 3, 3)
    phase: values.Delay = key("When the first heartbeat is sent.", 0, "0s")
    link: Link | None = key("A cable for heartbeats alone. Left out: the tier's own cable.", None)


class Sync(Part):
    """How the standby gets its copy of the state."""

    policy: values.PolicyName = key("How state is copied.", "periodic", "periodic")
    interval: values.Interval = key("One batch of changes is sent once in this time.", 3 * S, "3s")
    phase: values.Delay = key("When the first batch is sent; 0 means after one interval.", 0, "0s")
    link: Link | None = key("A cable for copies alone. Left out: the tier's own cable.", None)


class Address(Part):
    """The address that moves to the unit that takes over."""

    convergence: values.Delay = key("From takeover until clients follow the gratuitous ARP.", 0, "0s")


class Tier(Part):
    """A redundant pair of units."""

    title: values.Title | None = key("The name on the screen. Left out: made from the tier's key.", None)
    icon: values.Icon | None = key("The picture. Left out: the one of the tier's key, else a server.", None)
    link: Link | None = key("The cable between the units, for whatever has no cable of its own.", None)
    heartbeat: Heartbeat = group(Heartbeat())
    sync: Sync = group(Sync())
    address: Address = group(Address())
    demotion: values.Delay = key("How long a deposed active unit goes on serving.", 0, "0s")
    boot: values.Delay = key("From repair until the unit asks for a full copy.", 0, "0s")


class Traffic(Part):
    """What the clients ask for."""

    arrivals: values.ArrivalLaw = key("New sessions come evenly spaced, or by chance.", "fixed", "fixed")
    rate: values.PerTime | None = key("New sessions in a time. Left out: none.", None, examples=["10/s"])
    lifetime: values.Lifetime | None = key(
        "How long a session lives on average. Left out: sessions stay open.", None, examples=["20s"]
    )
    lifetimes: values.LifeLaw = key(
        "Lifetimes differ by chance, or are all equal.", "exponential", "exponential"
    )
    transactions: values.PerTime | None = key(
        "Transactions of one session in a time. Left out: none.", None, examples=["0.2/s"]
    )
    initial_sessions: values.Sessions = key("Sessions open and copied before the run starts.", 0, 0)
    response: values.Latency = key("From doing the work until the client hears of it.", 0, "0s")


class FaultEvent(Part):
    """Something breaks, or is repaired."""

    at: values.Delay = key("When it happens, from the start of the run.", examples=["11s"])
    fault: values.FaultKind = key("What happens.", examples=["host"])
    target: values.TargetName = key("The unit or cable that it hits.", examples=["firewall.primary"])


class SetEvent(Part):
    """A parameter changes while the run goes on."""

    at: values.Delay = key("When it changes, from the start of the run.", examples=["15s"])
    set: values.ParameterPath = key("The parameter, by its path.", examples=["tiers.firewall.sync.interval"])
    value: values.Setting = key("Its new value.", examples=["1s"])


def _kind_of_event(data: Any) -> str:
    if isinstance(data, dict):
        return "set" if "set" in data or ("value" in data and "fault" not in data) else "fault"
    return "set" if isinstance(data, SetEvent) else "fault"


Event = Annotated[
    Annotated[FaultEvent, Tag("fault")] | Annotated[SetEvent, Tag("set")], Discriminator(_kind_of_event)
]


class Document(Part):
    """A scenario: who asks for what, through which tiers, and what goes wrong."""

    title: values.Title = key("The name of the scenario.", examples=["The miss"])
    description: values.Description | None = key("What it shows, in a sentence or two.", None)
    duration: values.Length = key("How long the run lasts, at most 24h.", examples=["20s"])
    tick: values.Tick = key("The grain of pictures and commands; it changes nothing else.", 10 * MS, "10ms")
    seed: values.Seed = key("The number that all chance is made from.", 0, 0)
    traffic: Traffic = group(Traffic())
    tiers: dict[values.TierName, Tier] = Field(
        description="The redundant pairs, 1 to 8, in the order in which a request passes them.",
        min_length=1,
        max_length=8,
        examples=[{"firewall": {}}],
        json_schema_extra={"additionalProperties": False},
    )
    events: list[Event] = key("What happens during the run.", [], [])
