"""From a valid document to a `Setup`, and the problems that only two keys together can show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from visualizer.scenario.document import Document, Link, Tier
from visualizer.scenario.estimate import sizes
from visualizer.scenario.events import WrongKeyError, command_of, in_order
from visualizer.scenario.problem import MAX_PROBLEMS
from visualizer.scenario.tree import Path
from visualizer.scenario.values import ICONS
from visualizer.sim.command import Command, SetParameter
from visualizer.sim.parameters import PARAMETERS
from visualizer.sim.setup import HeartbeatSetup, LinkSetup, Rate, Setup, SyncSetup, TierSetup, TrafficSetup

Finding = tuple[Path, str, str]
"""Which key, what is wrong with it, what to do."""


def compile_setup(document: Document, file: str) -> Setup:
    """The setup of a document, still without its events. `file` gives the setup its name."""
    stem = re.sub(r"[^a-z0-9_-]+", "-", PurePath(file).stem.lower()).strip("-")
    return Setup(
        name=stem or "scenario",
        title=document.title,
        description=" ".join((document.description or "").split()),
        duration_us=document.duration,
        tiers=tuple(_tier(name, tier) for name, tier in document.tiers.items()),
        traffic=_traffic(document),
        tick_us=document.tick,
        seed=document.seed,
    )


def with_events(setup: Setup, document: Document, numbers: Sequence[int]) -> tuple[Setup, list[Finding]]:
    """The setup with the document's events as commands, and what is wrong with any of them.

    `numbers` says which event of the file each one is.
    """
    commands: list[tuple[Command, int]] = []
    found: list[Finding] = []
    for number, event in zip(numbers, document.events, strict=True):
        if len(found) > MAX_PROBLEMS:
            break
        try:
            commands.append((command_of(event, setup), number))
        except WrongKeyError as error:
            found.append((("events", number, error.key), error.what, error.todo))
    commands.sort(key=lambda pair: pair[0].at_us)
    for index, tier in enumerate(setup.tiers):
        found += _deadline_findings(index, tier, commands)
    return replace(setup, commands=in_order([command for command, _ in commands])), found


def tier_findings(document: Document) -> list[Finding]:
    """A cable that carries nothing."""
    return [
        (
            ("tiers", name, "link"),
            "nothing uses this cable: heartbeat and sync each have their own",
            "take one of the three away",
        )
        for name, tier in document.tiers.items()
        if tier.link and tier.heartbeat.link and tier.sync.link
    ]


def size_findings(setup: Setup) -> list[Finding]:
    """What makes the run too large."""
    return [
        (size.path, f"about {size.amount:,} {size.what}, the limit is {size.limit:,}", size.todo)
        for size in sizes(setup)
        if size.amount > size.limit
    ]


def _traffic(document: Document) -> TrafficSetup:
    traffic = document.traffic
    return TrafficSetup(
        law=traffic.arrivals,
        session_rate=traffic.rate,
        lifetime_us=traffic.lifetime,
        lifetime_law=traffic.lifetimes,
        transaction_rate=traffic.transactions,
        initial_sessions=traffic.initial_sessions,
        response_us=traffic.response,
    )


def _tier(name: str, tier: Tier) -> TierSetup:
    heartbeat, sync = tier.heartbeat, tier.sync
    links, heartbeat_link, sync_link = _links(tier)
    words = re.sub(r"[_-]+", " ", name)
    icon = name.replace("-", "_")
    return TierSetup(
        name=name,
        title=tier.title or words[0].upper() + words[1:],
        icon=tier.icon or (icon if icon in ICONS else "server"),
        heartbeat=HeartbeatSetup(heartbeat.interval, heartbeat.misses, heartbeat.phase, heartbeat_link),
        sync=SyncSetup(sync.policy, sync.interval, sync.phase, sync_link),
        links=links,
        convergence_us=tier.address.convergence,
        demotion_us=tier.demotion,
        boot_us=tier.boot,
    )


def _links(tier: Tier) -> tuple[tuple[LinkSetup, ...], int, int]:
    """The cables of a tier, and which of them carries heartbeats and which copies.

    What has no cable of its own goes over the tier's, `link`; when both have none they share it.
    """
    shared = LinkSetup("link", (tier.link or Link()).latency)
    own_heartbeat = LinkSetup("heartbeat", tier.heartbeat.link.latency) if tier.heartbeat.link else shared
    own_sync = LinkSetup("sync", tier.sync.link.latency) if tier.sync.link else shared
    links = tuple(dict.fromkeys((own_heartbeat, own_sync)))
    return links, links.index(own_heartbeat), links.index(own_sync)


def _deadline_findings(index: int, tier: TierSetup, commands: list[tuple[Command, int]]) -> Iterator[Finding]:
    """One miss and no latency: every heartbeat would come at the very instant of its deadline."""
    what = "with 1 miss and no latency every heartbeat comes at the very instant of its deadline"
    todo = "say 2 misses, or give the heartbeat's cable a latency"
    cable = tier.links[tier.heartbeat.link]
    misses, latency_us = tier.heartbeat.misses, cable.latency_us
    if misses == 1 and latency_us == 0:
        yield ("tiers", tier.name, "heartbeat", "misses"), what, todo
        return
    latency_path = "link.latency" if cable.name == "link" else f"{cable.name}.link.latency"
    for command, number in commands:
        if not isinstance(command, SetParameter) or command.tier != index or isinstance(command.value, Rate):
            continue
        path = PARAMETERS[command.parameter].path
        misses = command.value if path == "heartbeat.misses" else misses
        latency_us = command.value if path == latency_path else latency_us
        if misses == 1 and latency_us == 0:
            yield ("events", number, "value"), what, todo
            return
