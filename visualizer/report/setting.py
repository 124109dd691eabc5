"""What was set up, part by part: small tables, each figure of a preset with the number of its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from visualizer.language import decimal, marked, say, say_as, say_many, thousands, translated
from visualizer.report.material import Material
from visualizer.report.setting_tier import tier_lines
from visualizer.report.wording import Line, line, share
from visualizer.scene.targets import title_of
from visualizer.scene.wording import duration
from visualizer.sim.command import Command, SetParameter, Strike
from visualizer.sim.faults import FAULTS
from visualizer.sim.parameters import PARAMETERS
from visualizer.sim.setup import US_PER_S, ClientSetup, FeedSetup, Rate, Setup, TrafficSetup
from visualizer.story.words import instant


@dataclass(frozen=True, slots=True)
class Row:
    """`notes`: the numbers of the sources of its figures, as `sources.py` numbers them."""

    label: str
    value: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """`product`: the preset that it takes figures from, "" for none."""

    title: str
    rows: tuple[Row, ...]
    product: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that the scenario does, and when."""

    at: str
    what: str


@dataclass(frozen=True, slots=True)
class Setting:
    """`acts` are the scenario's events, in order."""

    groups: tuple[Group, ...]
    acts: tuple[Act, ...]


def setting(material: Material) -> Setting:
    """Tiers first, in the order in which a request passes them."""
    setup = material.setup
    groups = [
        _group(
            material,
            say("{tier} (a pair)", tier=translated(tier.title)),
            f"tiers.{tier.name}",
            tier_lines(setup, number),
        )
        for number, tier in enumerate(setup.tiers)
    ]
    groups.append(_group(material, say("Traffic"), "traffic", _traffic(setup.traffic)))
    groups.append(_group(material, say("Clients"), "clients", _clients(setup.clients)))
    groups += [
        _group(material, translated(feed.title), f"feeds.{feed.name}", _feed(setup, feed))
        for feed in setup.feeds
    ]
    groups.append(_group(material, say("The run"), "", _run(setup)))
    acts = tuple(Act(instant(act.at_us), act_words(setup, act)) for act in setup.commands)
    return Setting(tuple(group for group in groups if group.rows), acts)


def _group(material: Material, title: str, path: str, lines: Iterator[Line]) -> Group:
    numbers: dict[str, list[int]] = {}
    for number, taken in enumerate(material.taken, 1):
        numbers.setdefault(taken.path, []).append(number)
    products = [
        translated(one.preset.title) for one in material.taken if path and one.path.startswith(f"{path}.")
    ]
    rows = []
    for one in lines:
        paths = [f"{path}.{key}" for key in one.keys]
        notes = [
            note for key in paths for said, them in numbers.items() if _covers(key, said) for note in them
        ]
        if notes or not one.usual:
            rows.append(Row(one.label, one.value, tuple(sorted(notes))))
    return Group(title, tuple(rows), products[0] if products else "")


def _covers(key: str, said: str) -> bool:
    """Whether a line of `key` shows the figure that a preset `said`: itself, or a part of it."""
    return said == key or said.startswith(f"{key}.")


def act_words(setup: Setup, act: Command) -> str:
    """An event in words: "Firewall primary is struck by lightning"."""
    if isinstance(act, Strike):
        fault = FAULTS[act.fault]
        unit = title_of(setup, act.target)
        return say_as("what befalls a unit", "{unit} {happens}", unit=unit, happens=translated(fault.past))
    return _turned(setup, act)


def _turned(setup: Setup, act: SetParameter) -> str:
    parameter = PARAMETERS[act.parameter]
    alone = act.tier is None or len(setup.tiers) == 1
    whose = "" if alone else f"{translated(setup.tiers[act.tier or 0].title)}: "
    value = decimal(str(act.value))
    if isinstance(act.value, Rate):
        value = rate(act.value)
    elif parameter.unit == "duration":
        value = duration(act.value)
    return f"{whose}{translated(parameter.title)}: {value}"


def rate(value: Rate) -> str:
    """ "10 a second", "1 every 20 s"."""
    if value.events * US_PER_S % value.per_us == 0:
        return say("{n} a second", n=thousands(value.events * US_PER_S // value.per_us))
    return say("{n} every {duration}", n=thousands(value.events), duration=duration(value.per_us))


def _traffic(traffic: TrafficSetup) -> Iterator[Line]:
    if traffic.initial_sessions:
        yield line(say("Open at the start"), thousands(traffic.initial_sessions), "initial_sessions")
    if traffic.session_rate is not None:
        said = rate(traffic.session_rate)
        if traffic.law == "poisson":
            said = say("{rate}, by chance (Poisson)", rate=said)
        else:
            said = say("{rate}, evenly spaced", rate=said)
        yield line(say("New sessions"), said, "rate", "arrivals")
    yield line(say("A session lives"), _lives(traffic), "lifetime", "lifetimes")
    if traffic.transaction_rate is not None:
        yield line(say("Transactions of each session"), rate(traffic.transaction_rate), "transactions")
    if traffic.connections is not None:
        over = say_many(
            "over {n} connection; each waits for its answer",
            "over {n} connections; each waits for its answer",
            traffic.connections,
            n=thousands(traffic.connections),
        )
        yield line(say("Closed loop"), over, "connections")
    if traffic.response_us:
        yield line(say("Answered after"), duration(traffic.response_us), "response")


def _lives(traffic: TrafficSetup) -> str:
    if traffic.lifetime_us is None:
        return say("for ever")
    lifetime = duration(traffic.lifetime_us)
    if traffic.lifetime_law == "fixed":
        return say("{lifetime}, all the same", lifetime=lifetime)
    return say("{lifetime} on average, exponential", lifetime=lifetime)


def _clients(clients: ClientSetup) -> Iterator[Line]:
    retry = clients.retry
    if retry is not None:
        waits = ", ".join(duration(at_us) for at_us in retry.offsets_us())
        yield line(say("Tries again"), say("{waits} after the first attempt", waits=waits), "retry")
    if clients.stall_us is not None:
        stall = duration(clients.stall_us)
        again = say("what was not answered after {stall}, then doubling", stall=stall)
        yield line(say("The transport repeats"), again, "stall")
    if clients.timeout_us is not None:
        yield line(say("Gives up after"), duration(clients.timeout_us), "timeout")
    if clients.stay:
        stay = say("{share} of the sessions", share=share(clients.stay))
        yield line(say("Keeps to the old unit"), stay, "stay_on_old")


def _feed(setup: Setup, feed: FeedSetup) -> Iterator[Line]:
    sites = [
        translated(site.title)
        for site in setup.sites
        if site.feed is not None and setup.feeds[site.feed] == feed
    ]
    yield line(say("Carries"), ", ".join(sites) or say("nothing"))
    yield line(say("Batteries last"), duration(feed.ups_us) if feed.ups_us else say("there are none"), "ups")
    if feed.generator_us or feed.generator_success:
        starts = say(
            "after {duration}, with a chance of {share}",
            duration=duration(feed.generator_us),
            share=share(feed.generator_success),
        )
        yield line(say("Generator starts"), starts, "generator")
    by_hand = say("never")
    if feed.manual_us is not None:
        by_hand = say("{duration} after the failure", duration=duration(feed.manual_us))
    yield line(say("Back by hand"), by_hand, "manual")


_PATHS = {
    "cross": marked("cross-connected: each unit reaches both units of the next tier"),
    "parallel": marked("parallel: each column stands or falls as one"),
}


def _run(setup: Setup) -> Iterator[Line]:
    if len(setup.tiers) > 1:
        yield line(say("Paths"), translated(_PATHS[setup.path]))
    yield line(say("Lasts"), duration(setup.duration_us))
    tick = duration(setup.tick_us)
    yield line(say("Tick"), say("{duration}, the grain of acts and pictures", duration=tick))
    yield line(say("Seed"), str(setup.seed))
