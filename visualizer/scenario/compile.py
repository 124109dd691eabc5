"""From a valid document to a `Setup`: what is left out gets its meaning here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from visualizer.scenario.choices import ICONS
from visualizer.scenario.document import Clients, Document, Feed, Traffic
from visualizer.scenario.tier import Announcements, Guard, Heartbeat, Link, Skew, Sync, Tier
from visualizer.sim.setup import (
    NONE,
    US_PER_S,
    AnnouncementSetup,
    ClientSetup,
    FeedSetup,
    GuardSetup,
    HeartbeatSetup,
    LinkSetup,
    Quality,
    RetrySetup,
    Setup,
    Share,
    SiteSetup,
    SyncSetup,
    TierSetup,
    TrafficSetup,
)

TIMEOUTS_US = {"semi-sync": 10 * US_PER_S}
"""How long a policy waits for the standby when the file does not say it; others wait until it is back.

10 s is MySQL's `rpl_semi_sync_source_timeout`.
"""


def compile_setup(document: Document, file: str) -> Setup:
    """The setup of a document, still without its events. `file` gives the setup its name."""
    stem = re.sub(r"[^a-z0-9_-]+", "-", PurePath(file).stem.lower()).strip("-")
    feeds, sites = list(document.feeds), list(document.sites)
    return Setup(
        name=stem or "scenario",
        title=document.title,
        description=" ".join((document.description or "").split()),
        duration_us=document.duration,
        tiers=tuple(_tier(name, tier, sites) for name, tier in document.tiers.items()),
        traffic=_traffic(document.traffic),
        tick_us=document.tick,
        seed=document.seed,
        path=document.path,
        clients=_clients(document.clients),
        sites=tuple(
            SiteSetup(name, site.title or _words(name), _index(feeds, site.feed))
            for name, site in document.sites.items()
        ),
        feeds=tuple(_feed(name, feed) for name, feed in document.feeds.items()),
    )


def skew_us(heartbeat: Heartbeat) -> tuple[int, int]:
    """How much longer than the hold time the primary and the secondary wait.

    VRRP: (256 - priority) / 256 of a second in version 2 (RFC 3768, 6.1), of the interval in version 3
    (RFC 5798, 6.1), rounded down to a microsecond.
    """
    if heartbeat.vrrp is None:
        skew = heartbeat.skew or Skew()
        return skew.primary, skew.secondary
    whole_us = US_PER_S if heartbeat.vrrp == 2 else heartbeat.interval
    priority = heartbeat.priority
    priorities = (priority.primary, priority.secondary) if priority else (256, 256)
    first, second = ((256 - one) * whole_us // 256 for one in priorities)
    return first, second


def _traffic(traffic: Traffic) -> TrafficSetup:
    return TrafficSetup(
        law=traffic.arrivals,
        session_rate=traffic.rate,
        lifetime_us=traffic.lifetime,
        lifetime_law=traffic.lifetimes,
        transaction_rate=traffic.transactions,
        initial_sessions=traffic.initial_sessions or traffic.connections or 0,
        response_us=traffic.response,
        connections=traffic.connections,
    )


def _clients(clients: Clients) -> ClientSetup:
    retry = clients.retry
    return ClientSetup(
        retry=RetrySetup(retry.first, retry.factor, retry.tries) if retry else None,
        stall_us=clients.stall,
        timeout_us=clients.timeout,
        stay=clients.stay_on_old,
    )


def _feed(name: str, feed: Feed) -> FeedSetup:
    generator = feed.generator
    return FeedSetup(
        name,
        feed.title or _words(name),
        ups_us=feed.ups,
        generator_us=generator.start if generator else 0,
        generator_success=generator.probability if generator else NONE,
        manual_us=feed.manual,
    )


def _tier(name: str, tier: Tier, sites: Sequence[str]) -> TierSetup:
    links, heartbeat_link, sync_link = _links(tier)
    icon = name.replace("-", "_")
    return TierSetup(
        name=name,
        title=tier.title or _words(name),
        icon=tier.icon or (icon if icon in ICONS else "server"),
        heartbeat=_heartbeat(tier.heartbeat, heartbeat_link),
        sync=_sync(tier.sync, sync_link),
        links=links,
        convergence_us=tier.address.convergence,
        demotion_us=tier.demotion,
        boot_us=tier.boot,
        guard=_guard(tier.guard),
        announcement=_announcement(tier.address.announcements),
        takeover_us=tier.takeover,
        election=tier.election,
        preempt=tier.preempt,
        preempt_us=tier.preempt_delay,
        sites=(_index(sites, tier.sites.primary), _index(sites, tier.sites.secondary)),
    )


def _heartbeat(heartbeat: Heartbeat, link: int) -> HeartbeatSetup:
    return HeartbeatSetup(
        interval_us=heartbeat.interval,
        misses=heartbeat.misses,
        phase_us=heartbeat.phase,
        link=link,
        skew_us=skew_us(heartbeat),
        poll_us=heartbeat.poll,
    )


def _sync(sync: Sync, link: int) -> SyncSetup:
    return SyncSetup(
        policy=sync.policy,
        interval_us=sync.interval,
        phase_us=sync.phase,
        link=link,
        change_bytes=sync.change_size,
        transfer_us=sync.transfer,
        prepare_us=sync.prepare,
        apply_us=sync.apply,
        timeout_us=TIMEOUTS_US.get(sync.policy) if sync.timeout is None else sync.timeout,
        pickup_us=sync.pickup_delay,
        never=sync.never,
        datagram=sync.transport == "datagram",
        refresh_us=sync.refresh or 0,
        resend_us=sync.resend,
    )


def _guard(guard: Guard) -> GuardSetup:
    return GuardSetup(guard.kind, guard.lease, guard.renewal, guard.fence, guard.success)


def _announcement(announcements: Announcements) -> AnnouncementSetup:
    low_us, high_us = announcements.cache or (0, 0)
    return AnnouncementSetup(announcements.count, announcements.spacing, announcements.loss, low_us, high_us)


def _links(tier: Tier) -> tuple[tuple[LinkSetup, ...], int, int]:
    """The cables of a tier, and which of them carries heartbeats and which copies.

    What has no cable of its own goes over the tier's, `link`; when both have none they share it.
    """
    shared = _link("link", tier.link or Link())
    own_heartbeat = _link("heartbeat", tier.heartbeat.link) if tier.heartbeat.link else shared
    own_sync = _link("sync", tier.sync.link) if tier.sync.link else shared
    links = tuple(dict.fromkeys((own_heartbeat, own_sync)))
    return links, links.index(own_heartbeat), links.index(own_sync)


def _link(name: str, link: Link) -> LinkSetup:
    return LinkSetup(
        name, link.latency, link.kind, link.jitter, link.loss, link.bandwidth, degraded=_degraded(link)
    )


def _degraded(link: Link) -> Quality:
    """How a cable carries when it is degraded: what the file says of it, else a tenth as well."""
    said = link.degraded
    if said is not None:
        return Quality(
            link.latency if said.latency is None else said.latency,
            link.jitter if said.jitter is None else said.jitter,
            link.loss if said.loss is None else said.loss,
            link.bandwidth if said.bandwidth is None else said.bandwidth,
        )
    latency_us = 10 * link.latency + 50_000
    jitter_us = 0 if link.kind == "serial" else latency_us
    bandwidth_bps = None if link.bandwidth is None else max(1, link.bandwidth // 10)
    return Quality(latency_us, jitter_us, _larger(link.loss, Share(1, 10)), bandwidth_bps)


def _larger(one: Share, other: Share) -> Share:
    return one if one.parts * other.of > other.parts * one.of else other


def _index(names: Sequence[str], name: str | None) -> int | None:
    """Where a name stands; None when none is given, or none is so called (which `checks` reports)."""
    return names.index(name) if name is not None and name in names else None


def _words(name: str) -> str:
    """A key as a title: `web-farm` is "Web farm"."""
    words = re.sub(r"[_-]+", " ", name)
    return words[0].upper() + words[1:]
