"""What was set up, part by part: small tables, each figure of a preset with the number of its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from visualizer.report.material import Material
from visualizer.report.setting_tier import tier_lines
from visualizer.report.wording import Line, line, several, share
from visualizer.scene.targets import title_of
from visualizer.scene.wording import duration
from visualizer.sim.command import Command, SetParameter, Strike
from visualizer.sim.faults import FAULTS
from visualizer.sim.parameters import PARAMETERS
from visualizer.sim.setup import US_PER_S, ClientSetup, FeedSetup, Rate, Setup, TrafficSetup
from visualizer.story.words import instant, thousands


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
        _group(material, f"{tier.title} (a pair)", f"tiers.{tier.name}", tier_lines(setup, number))
        for number, tier in enumerate(setup.tiers)
    ]
    groups.append(_group(material, "Traffic", "traffic", _traffic(setup.traffic)))
    groups.append(_group(material, "Clients", "clients", _clients(setup.clients)))
    groups += [_group(material, feed.title, f"feeds.{feed.name}", _feed(setup, feed)) for feed in setup.feeds]
    groups.append(_group(material, "The run", "", _run(setup)))
    acts = tuple(Act(instant(act.at_us), act_words(setup, act)) for act in setup.commands)
    return Setting(tuple(group for group in groups if group.rows), acts)


def _group(material: Material, title: str, path: str, lines: Iterator[Line]) -> Group:
    numbers: dict[str, list[int]] = {}
    for number, taken in enumerate(material.taken, 1):
        numbers.setdefault(taken.path, []).append(number)
    products = [one.preset.title for one in material.taken if path and one.path.startswith(f"{path}.")]
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
        return f"{title_of(setup, act.target)} {fault.past}"
    return _turned(setup, act)


def _turned(setup: Setup, act: SetParameter) -> str:
    parameter = PARAMETERS[act.parameter]
    whose = "" if act.tier is None or len(setup.tiers) == 1 else f"{setup.tiers[act.tier].title}: "
    value = str(act.value)
    if isinstance(act.value, Rate):
        value = rate(act.value)
    elif parameter.unit == "duration":
        value = duration(act.value)
    return f"{whose}{parameter.title}: {value}"


def rate(value: Rate) -> str:
    """ "10 a second", "1 every 20 s"."""
    if value.events * US_PER_S % value.per_us == 0:
        return f"{thousands(value.events * US_PER_S // value.per_us)} a second"
    if value.events == 1:
        return f"1 every {duration(value.per_us)}"
    return f"{thousands(value.events)} every {duration(value.per_us)}"


def _traffic(traffic: TrafficSetup) -> Iterator[Line]:
    if traffic.initial_sessions:
        yield line("Open at the start", thousands(traffic.initial_sessions), "initial_sessions")
    if traffic.session_rate is not None:
        law = "by chance (Poisson)" if traffic.law == "poisson" else "evenly spaced"
        yield line("New sessions", f"{rate(traffic.session_rate)}, {law}", "rate", "arrivals")
    lives = "for ever"
    if traffic.lifetime_us is not None:
        equal = traffic.lifetime_law == "fixed"
        lives = f"{duration(traffic.lifetime_us)}{', all the same' if equal else ' on average, exponential'}"
    yield line("A session lives", lives, "lifetime", "lifetimes")
    if traffic.transaction_rate is not None:
        yield line("Transactions of each session", rate(traffic.transaction_rate), "transactions")
    if traffic.connections is not None:
        number = several(traffic.connections, "connection")
        yield line("Closed loop", f"over {number}; each waits for its answer", "connections")
    if traffic.response_us:
        yield line("Answered after", duration(traffic.response_us), "response")


def _clients(clients: ClientSetup) -> Iterator[Line]:
    retry = clients.retry
    if retry is not None:
        waits = ", ".join(duration(at_us) for at_us in retry.offsets_us())
        yield line("Tries again", f"{waits} after the first attempt", "retry")
    if clients.stall_us is not None:
        again = f"what was not answered after {duration(clients.stall_us)}, then doubling"
        yield line("The transport repeats", again, "stall")
    if clients.timeout_us is not None:
        yield line("Gives up after", duration(clients.timeout_us), "timeout")
    if clients.stay:
        yield line("Keeps to the old unit", f"{share(clients.stay)} of the sessions", "stay_on_old")


def _feed(setup: Setup, feed: FeedSetup) -> Iterator[Line]:
    sites = [site.title for site in setup.sites if site.feed is not None and setup.feeds[site.feed] == feed]
    yield line("Carries", ", ".join(sites) or "nothing")
    yield line("Batteries last", duration(feed.ups_us) if feed.ups_us else "there are none", "ups")
    if feed.generator_us or feed.generator_success:
        starts = f"after {duration(feed.generator_us)}, with a chance of {share(feed.generator_success)}"
        yield line("Generator starts", starts, "generator")
    by_hand = "never" if feed.manual_us is None else f"{duration(feed.manual_us)} after the failure"
    yield line("Back by hand", by_hand, "manual")


_PATHS = {
    "cross": "cross-connected: each unit reaches both units of the next tier",
    "parallel": "parallel: each column stands or falls as one",
}


def _run(setup: Setup) -> Iterator[Line]:
    if len(setup.tiers) > 1:
        yield line("Paths", _PATHS[setup.path])
    yield line("Lasts", duration(setup.duration_us))
    yield line("Tick", f"{duration(setup.tick_us)}, the grain of acts and pictures")
    yield line("Seed", str(setup.seed))
