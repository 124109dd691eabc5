"""Small worlds and what can be done to them, in few words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from visualizer.ledger import account
from visualizer.sim import State, advance, command, finish, start
from visualizer.sim.command import (
    Command,
    FeedTarget,
    LinkTarget,
    SetParameter,
    SiteTarget,
    Strike,
    UnitTarget,
)
from visualizer.sim.event import Event
from visualizer.sim.setup import (
    US_PER_S,
    ClientSetup,
    FeedSetup,
    HeartbeatSetup,
    LinkSetup,
    Path,
    Rate,
    Setup,
    SiteSetup,
    SyncSetup,
    TierSetup,
    TrafficSetup,
)

S = US_PER_S
MS = 1_000
E = TypeVar("E")


def pair(
    *,
    name: str = "firewall",
    policy: str = "periodic",
    sync_s: float = 3,
    sync_phase_s: float = 0,
    heartbeat_s: float = 1,
    misses: int = 3,
    latency_s: float = 0,
    sync_latency_s: float | None = None,
    **delays_us: int,
) -> TierSetup:
    """A pair with one shared cable, or with two when `sync_latency_s` is given (0 heartbeats, 1 copies)."""
    links: tuple[LinkSetup, ...] = (LinkSetup("link", us(latency_s)),)
    if sync_latency_s is not None:
        links = (LinkSetup("heartbeat", us(latency_s)), LinkSetup("sync", us(sync_latency_s)))
    return TierSetup(
        name=name,
        title=name,
        heartbeat=HeartbeatSetup(us(heartbeat_s), misses),
        sync=SyncSetup(policy, us(sync_s), us(sync_phase_s), link=len(links) - 1),
        links=links,
        **delays_us,
    )


def tuned(
    tier: TierSetup,
    *,
    sync: dict[str, Any] | None = None,
    heartbeat: dict[str, Any] | None = None,
    link: dict[str, Any] | None = None,
    **fields: Any,
) -> TierSetup:
    """The pair with other values; `link` changes its last cable, the one that carries copies."""
    links = (*tier.links[:-1], replace(tier.links[-1], **(link or {})))
    return replace(
        tier,
        sync=replace(tier.sync, **(sync or {})),
        heartbeat=replace(tier.heartbeat, **(heartbeat or {})),
        links=links,
        **fields,
    )


FOLLOWING = ClientSetup()


def us(seconds: float) -> int:
    return round(seconds * S)


def world(
    *tiers: TierSetup,
    commands: Sequence[Command] = (),
    duration_s: float = 20,
    seed: int = 0,
    path: Path = "cross",
    clients: ClientSetup = FOLLOWING,
    sites: tuple[SiteSetup, ...] = (),
    feeds: tuple[FeedSetup, ...] = (),
    **traffic: Any,
) -> Setup:
    """Ten sessions a second for ever, unless `traffic` says otherwise."""
    return Setup(
        name="world",
        title="World",
        description="",
        duration_us=us(duration_s),
        tiers=tiers or (pair(),),
        traffic=TrafficSetup(**{"session_rate": Rate(10), **traffic}),
        seed=seed,
        commands=tuple(sorted(commands, key=lambda act: act.at_us)),
        path=path,
        clients=clients,
        sites=sites,
        feeds=feeds,
    )


def played(setup: Setup, until_s: float | None = None) -> tuple[State, list[Event]]:
    """The state at the end (or at `until_s`), its books checked, and all that happened."""
    state = start(setup)
    events = advance(state, setup.duration_us if until_s is None else us(until_s))
    finish(state)
    return state, events


def strike(at_s: float, fault: str = "lightning", unit: int = 0, tier: int = 0) -> Strike:
    return Strike(us(at_s), fault, UnitTarget(tier, unit))


def repair(at_s: float, unit: int = 0, tier: int = 0) -> Strike:
    return Strike(us(at_s), "repair", UnitTarget(tier, unit))


def on_link(at_s: float, fault: str, link: int = 0, tier: int = 0) -> Strike:
    return Strike(us(at_s), fault, LinkTarget(tier, link))


def on_site(at_s: float, fault: str = "site", site: int = 0) -> Strike:
    return Strike(us(at_s), fault, SiteTarget(site))


def on_feed(at_s: float, fault: str = "utility", feed: int = 0) -> Strike:
    return Strike(us(at_s), fault, FeedTarget(feed))


def cut(at_s: float, link: int = 0, tier: int = 0) -> Strike:
    return Strike(us(at_s), "cut", LinkTarget(tier, link))


def heal(at_s: float, link: int = 0, tier: int = 0) -> Strike:
    return Strike(us(at_s), "heal", LinkTarget(tier, link))


def change(at_s: float, parameter: str, value: int | Rate, tier: int | None = 0) -> SetParameter:
    return SetParameter(us(at_s), parameter, tier, value)


def lost(state: State) -> dict[str, int]:
    """Lost sessions by cause."""
    return {cause.value: what.sessions for cause, what in account(state).lost_by_cause.items()}


def of(events: Sequence[Event], kind: type[E]) -> list[E]:
    return [event for event in events if isinstance(event, kind)]


def times_s(events: Sequence[Event], kind: type[Any]) -> list[float]:
    """When events of a kind happened."""
    return [event.at_us / S for event in of(events, kind)]


def bolt_costs(state: State, tier: int, unit: int) -> int:
    """Sessions that lightning on a unit costs if it strikes a microsecond from now, first of all."""
    twin = state.copy()
    before = account(twin).lost.sessions
    command(twin, Strike(twin.now_us + 1, "lightning", UnitTarget(tier, unit)))
    advance(twin, twin.now_us + 1)
    return account(twin).lost.sessions - before
