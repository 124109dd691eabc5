"""All chapters together, and who obeys commands."""

from __future__ import annotations

from collections.abc import Iterable

from property.naive.addresses import Addresses
from property.naive.books import Books
from property.naive.clients import Clients
from property.naive.copying import Copying
from property.naive.faults import Faults
from property.naive.live import Live
from property.naive.losing import Losing
from property.naive.planned import Planned
from property.naive.power import Power
from property.naive.refreshing import Refreshing
from property.naive.streaming import Streaming
from property.naive.waiting import Waiting
from property.naive.watching import Watching
from property.naive.world import FAULT, SEND, STREAMS, Cable, Pair, Queue, Unit

from visualizer.sim.command import Command, FeedTarget, LinkTarget, SetParameter, SiteTarget, UnitTarget
from visualizer.sim.setup import Setup

CONDITIONS = ("slow", "daemon", "isolate")


class Naive(
    Clients,
    Copying,
    Streaming,
    Refreshing,
    Waiting,
    Watching,
    Addresses,
    Faults,
    Planned,
    Power,
    Live,
    Losing,
    Books,
):
    """`advance` handles everything up to and including an instant."""

    def __init__(self, setup: Setup, commands: Iterable[Command] = ()) -> None:
        commands = (*setup.commands, *commands)
        self.setup, self.tiers, self.pairs = setup, list(setup.tiers), []
        self.start_agenda()
        self.start_books()
        self.start_power()
        self.read_columns(commands)
        for tier in range(len(setup.tiers)):
            self._start_pair(tier)
        for command in commands:
            self.push(command.at_us, FAULT, ("command",), lambda command=command: self.obey(command))  # type: ignore[misc]

    def _start_pair(self, tier: int) -> None:
        setup = self.tiers[tier]
        before = [session.opening for session in self.sessions if session.opening.asked_us < 0]
        names = {request.name for request in before}
        latency_us = setup.links[setup.heartbeat.link].latency_us
        heard_us = max(setup.heartbeat.phase_us + latency_us - setup.heartbeat.interval_us, 0)
        units = [Unit("active", memory=names), Unit("standby", heard_us=heard_us, bound_us=0)]
        sync_us = setup.sync.phase_us or setup.sync.interval_us
        cables = [Cable() for _ in setup.links]
        pair = Pair(units, cables, setup.heartbeat.phase_us, sync_us, channel=(0, 1))
        self.pairs.append(pair)
        units[1].memory = {r.name for r in before if self.ready_us(tier, r) is not None}
        self.push(setup.heartbeat.phase_us, SEND, ("beat", tier), lambda: self.beat(tier))
        if setup.sync.policy in ("periodic", "snapshot"):
            self.push(sync_us, SEND, ("sync", tier), lambda: self.sync(tier))
        self.start_refreshing(tier)
        self.watch(tier, 1)
        pair.queue = Queue(tier, 0, 1, -1, streams=setup.sync.policy in STREAMS)

    def obey(self, command: Command) -> None:
        if isinstance(command, SetParameter):
            if command.tier is not None:
                self.set_parameter(command.parameter, command.tier, command.value)
            return
        match command.target:
            case UnitTarget(tier, unit):
                self._to_unit(command.fault, tier, unit)
            case LinkTarget(tier, link):
                self.cable(tier, link, command.fault)
            case SiteTarget(site):
                self.site_struck(site)
            case FeedTarget(feed) if command.fault == "utility":
                self.utility_fails(feed)
            case FeedTarget(feed):
                self.power_back(feed, "utility")

    def _to_unit(self, fault: str, tier: int, unit: int) -> None:
        match fault:
            case "lightning" | "host":
                self.strike([(tier, unit)], cables=fault == "lightning", power=True)
            case "process":
                self.strike([(tier, unit)], cables=False, kernel_goes_on=True)
            case "stop":
                self.stop(tier, unit)
            case "repair":
                self.repair(tier, unit)
            case "switchover":
                self.switch_over(tier)
            case "failback":
                self.fail_back(tier)
            case _ if fault in CONDITIONS:
                self.condition(tier, unit, fault)
