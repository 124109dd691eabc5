"""The format of a scenario, as pydantic models: every key, its meaning, its limits and its default.

All times are microseconds, and all rates and shares exact once validated. What needs more than one key to be
judged (targets, cables, the size of the run) is in `checks`, `events` and `estimate`.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from visualizer.scenario import choices, values
from visualizer.scenario.lesson import Lesson
from visualizer.scenario.part import Part, group, key
from visualizer.scenario.story import Story
from visualizer.scenario.tier import Tier
from visualizer.scenario.values import MS, S
from visualizer.sim.setup import ALL, NONE


class Traffic(Part):
    """What the clients ask for."""

    arrivals: choices.ArrivalLaw = key(
        "New sessions come evenly spaced, or by chance.", "fixed", "fixed", examples=["poisson"]
    )
    rate: values.PerTime | None = key("New sessions in a time. Left out: none.", None, examples=["10/s"])
    lifetime: values.Lifetime | None = key(
        "How long a session lives on average. Left out: sessions stay open.", None, examples=["20s"]
    )
    lifetimes: choices.LifeLaw = key(
        "Lifetimes differ by chance, or are all equal.", "exponential", "exponential", examples=["fixed"]
    )
    transactions: values.PerTime | None = key(
        "Transactions of one session in a time. Left out: none.", None, examples=["0.2/s"]
    )
    initial_sessions: values.Sessions = key(
        "Sessions open and copied before the run starts.", 0, 0, examples=[1000]
    )
    response: values.Latency = key(
        "From doing the work until the client hears of it.", 0, "0s", examples=["2ms"]
    )
    connections: values.Connections | None = key(
        "Closed loop: all transactions come over so many connections, each of which asks again when it has "
        "its answer. Left out: open loop, nobody waits for anybody.",
        None,
        examples=[8],
    )


class Retry(Part):
    """A request that met nobody is tried again, after longer and longer waits."""

    first: values.Interval = key("The wait before the first retry.", S, "1s", examples=["500ms"])
    factor: values.Factor = key("How many times as long each wait is as the one before.", 2, 2, examples=[3])
    tries: values.Tries = key("How many retries there are.", 6, 6, examples=[4])


class ClientKeys(Part):
    """What a preset can say of the clients."""

    retry: Retry | None = key(
        "What was not served is tried again. Left out: it fails.",
        None,
        examples=[{"first": "1s", "tries": 6}],
    )
    stall: values.Interval | None = key(
        "The transport under an open session repeats what was not answered after this time, then doubling. "
        "Left out: each transaction is on its own.",
        None,
        examples=["200ms"],
    )
    timeout: values.Interval | None = key(
        "A request older than this has failed. Left out: clients wait for ever.", None, examples=["30s"]
    )
    stay_on_old: values.Part = key(
        "The share of sessions that keep to the old active unit as long as it serves.", NONE, "0%", ["60%"]
    )


class Clients(ClientKeys):
    """How clients bear a failover."""

    preset: values.PresetName | None = key(
        "A preset whose figures hold for all keys that are not written here.", None, examples=["linux-client"]
    )


class Generator(Part):
    """What takes over from the UPS."""

    start: values.Delay = key(
        "From the failure of the feed until the generator carries.", 0, "0s", examples=["30s"]
    )
    probability: values.Part = key("How often it starts.", ALL, "100%", ["90%"])


class Feed(Part):
    """A utility feed, which can fail."""

    title: values.Title | None = key(
        "The name on the screen. Left out: made from the feed's key.", None, examples=["Grid"]
    )
    ups: values.Delay = key("How long the batteries carry its sites.", 0, "0s", ["5min"])
    generator: Generator | None = key(
        "The generator. Left out: there is none.", None, examples=[{"start": "30s", "probability": "90%"}]
    )
    manual: values.Delay | None = key(
        "From the failure until somebody brings power back by hand. Left out: nobody does.",
        None,
        examples=["73min"],
    )


class Site(Part):
    """A place where units stand."""

    title: values.Title | None = key(
        "The name on the screen. Left out: made from the site's key.", None, examples=["Dublin"]
    )
    feed: values.FeedName | None = key(
        "The utility feed of the site. Left out: its power never fails.", None, examples=["esb"]
    )


class FaultEvent(Part):
    """Something breaks, or is repaired."""

    at: values.Delay = key("When it happens, from the start of the run.", examples=["11s"])
    fault: choices.FaultKind = key("What happens.", examples=["host"])
    target: values.TargetName = key(
        "What it hits: a unit (`firewall.primary`), a cable (`firewall.sync`), a site (`site.dublin`) or a "
        "feed (`feed.esb`).",
        examples=["firewall.primary"],
    )


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


def _groups(description: str, example: dict[str, Any], minimum: int, maximum: int, default: Any = ...) -> Any:
    """A mapping of names to groups of keys."""
    extra = {} if default is ... else {"default": default}
    return Field(
        default,
        description=description,
        min_length=minimum,
        max_length=maximum,
        examples=[example],
        json_schema_extra={"additionalProperties": False, **extra},
    )


class Document(Part):
    """A scenario: who asks for what, through which tiers, and what goes wrong."""

    title: values.Title = key("The name of the scenario.", examples=["The miss"])
    description: values.Description | None = key(
        "What it shows, in a sentence or two.",
        None,
        examples=["A session that opens just before the strike is gone."],
    )
    duration: values.Length = key("How long the run lasts, at most 24h.", examples=["20s"])
    tick: values.Tick = key(
        "The grain of pictures and commands; it changes nothing else.", 10 * MS, "10ms", examples=["50ms"]
    )
    seed: values.Seed = key("The number that all chance is made from.", 0, 0, examples=[7])
    path: choices.PathDesign = key(
        "How the units of the tiers are connected.", "cross", "cross", examples=["parallel"]
    )
    traffic: Traffic = group(Traffic(), {"rate": "10/s"})
    clients: Clients = group(Clients(), {"timeout": "30s"})
    feeds: dict[values.FeedName, Feed] = _groups(
        "The utility feeds of the sites, 16 at most.", {"esb": {"ups": "5min"}}, 0, 16, {}
    )
    sites: dict[values.SiteName, Site] = _groups(
        "The places where units stand, 16 at most.", {"dublin": {"feed": "esb"}}, 0, 16, {}
    )
    tiers: dict[values.TierName, Tier] = _groups(
        "The redundant pairs, 1 to 8, in the order in which a request passes them.", {"firewall": {}}, 1, 8
    )
    events: list[Event] = key(
        "What happens during the run.",
        [],
        [],
        examples=[[{"at": "11s", "fault": "lightning", "target": "firewall.primary"}]],
    )
    story: Story | None = key(
        "What is told about the run: the window's chapters, and the script of a film.",
        None,
        examples=[
            {
                "chapters": [
                    {"title": "The strike", "beats": [{"at": "first lightning", "say": "{lost} fall."}]}
                ]
            }
        ],
    )
    lesson: Lesson | None = key(
        "What makes the scenario a lesson: a page for the teacher, a sheet for students.",
        None,
        examples=[
            {
                "aim": "Tell which sessions are lost, and why.",
                "alone": "Strike right after a sync.",
                "misconceptions": [{"belief": "The standby has all.", "instead": "It has what was copied."}],
                "otherwise": [{"when": "Nothing is lost.", "say": "Strike again, a second later."}],
                "sources": [{"figure": "State is copied on ticks", "source": "man: conntrackd.conf(5)"}],
            }
        ],
    )
