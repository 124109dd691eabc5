"""A world as the text of a scenario file: the inverse of what `scenario` reads, without the events."""

from __future__ import annotations

from visualizer.scenario.units import rate_text
from visualizer.sim.setup import (
    AnnouncementSetup,
    ClientSetup,
    FeedSetup,
    GuardSetup,
    HeartbeatSetup,
    LinkSetup,
    Quality,
    Rate,
    Setup,
    Share,
    SyncSetup,
    TierSetup,
    TrafficSetup,
)

Value = str | int | bool | Rate | Share | dict[str, "Value"] | None


def text_of(setup: Setup) -> str:
    """The scenario of a setup, without its events. Every cable says what degrading makes of it."""
    feeds, sites = setup.feeds, setup.sites
    names = [site.name for site in sites]
    whole: dict[str, Value] = {
        "title": setup.title,
        "duration": us(setup.duration_us),
        "tick": us(setup.tick_us),
        "seed": setup.seed,
        "path": setup.path,
        "traffic": _traffic(setup.traffic),
        "clients": _clients(setup.clients),
        "feeds": {feed.name: _feed(feed) for feed in feeds},
        "sites": {
            site.name: {"title": site.title, "feed": None if site.feed is None else feeds[site.feed].name}
            for site in sites
        },
    }
    lines = [f"{name}: {_flow(value)}" for name, value in whole.items()]
    tiers = [f"  {tier.name}: {_flow(_tier(tier, names))}" for tier in setup.tiers]
    return "\n".join([*lines, "tiers:", *tiers]) + "\n"


def us(time_us: int | None) -> str | None:
    """A duration in microseconds."""
    return None if time_us is None else f"{time_us}us"


def _flow(value: Value) -> str:
    """A value in YAML's flow style; keys without a value are left out."""
    match value:
        case dict():
            held = ((name, one) for name, one in value.items() if one is not None)
            return "{" + ", ".join(f"{name}: {_flow(one)}" for name, one in held) + "}"
        case bool():
            return "true" if value else "false"
        case Share():
            return f"{value.parts}/{value.of}"
        case Rate():
            return rate_text(value)
    return str(value)


def _traffic(traffic: TrafficSetup) -> Value:
    return {
        "arrivals": traffic.law,
        "rate": traffic.session_rate,
        "lifetime": us(traffic.lifetime_us),
        "lifetimes": traffic.lifetime_law,
        "transactions": traffic.transaction_rate,
        "initial_sessions": traffic.initial_sessions,
        "response": us(traffic.response_us),
        "connections": traffic.connections,
    }


def _clients(clients: ClientSetup) -> Value:
    retry = clients.retry
    return {
        "retry": {"first": us(retry.first_us), "factor": retry.factor, "tries": retry.tries}
        if retry
        else None,
        "stall": us(clients.stall_us),
        "timeout": us(clients.timeout_us),
        "stay_on_old": clients.stay,
    }


def _feed(feed: FeedSetup) -> Value:
    return {
        "title": feed.title,
        "ups": us(feed.ups_us),
        "generator": {"start": us(feed.generator_us), "probability": feed.generator_success},
        "manual": us(feed.manual_us),
    }


def _tier(tier: TierSetup, sites: list[str]) -> Value:
    places = [None if site is None else sites[site] for site in tier.sites]
    links = {link.name: _link(link) for link in tier.links}
    return {
        "title": tier.title,
        "icon": tier.icon,
        "link": links.get("link"),
        "heartbeat": _heartbeat(tier.heartbeat, links.get("heartbeat")),
        "sync": _sync(tier.sync, links.get("sync")),
        "guard": _guard(tier.guard),
        "address": {
            "convergence": us(tier.convergence_us),
            "announcements": _announcements(tier.announcement),
        },
        "takeover": us(tier.takeover_us),
        "election": tier.election,
        "preempt": tier.preempt,
        "preempt_delay": us(tier.preempt_us),
        "demotion": us(tier.demotion_us),
        "boot": us(tier.boot_us),
        "sites": {"primary": places[0], "secondary": places[1]},
    }


def _link(link: LinkSetup) -> Value:
    degraded = link.degraded
    return {"kind": link.kind, **_quality(link.quality), "degraded": _quality(degraded) if degraded else None}


def _quality(quality: Quality) -> dict[str, Value]:
    bandwidth = quality.bandwidth_bps
    return {
        "latency": us(quality.latency_us),
        "jitter": us(quality.jitter_us),
        "loss": quality.loss,
        "bandwidth": None if bandwidth is None else f"{bandwidth}bit/s",
    }


def _heartbeat(heartbeat: HeartbeatSetup, link: Value) -> Value:
    primary_us, secondary_us = heartbeat.skew_us
    return {
        "interval": us(heartbeat.interval_us),
        "misses": heartbeat.misses,
        "phase": us(heartbeat.phase_us),
        "link": link,
        "skew": {"primary": us(primary_us), "secondary": us(secondary_us)}
        if any(heartbeat.skew_us)
        else None,
        "poll": us(heartbeat.poll_us),
    }


def _sync(sync: SyncSetup, link: Value) -> Value:
    return {
        "policy": sync.policy,
        "interval": us(sync.interval_us),
        "phase": us(sync.phase_us),
        "link": link,
        "change_size": f"{sync.change_bytes}B",
        "transfer": us(sync.transfer_us),
        "prepare": us(sync.prepare_us),
        "apply": us(sync.apply_us),
        "timeout": us(sync.timeout_us),
        "pickup_delay": us(sync.pickup_us),
        "never": sync.never,
        "transport": "datagram" if sync.datagram else "reliable",
        "refresh": us(sync.refresh_us) if sync.refresh_us else None,
        "resend": us(sync.resend_us),
    }


def _guard(guard: GuardSetup) -> Value:
    return {
        "kind": guard.kind,
        "lease": us(guard.lease_us),
        "renewal": us(guard.renewal_us),
        "fence": us(guard.fence_us),
        "success": guard.fence_success,
    }


def _announcements(announcement: AnnouncementSetup) -> Value:
    return {
        "count": announcement.count,
        "spacing": us(announcement.spacing_us),
        "loss": announcement.loss,
        "cache": f"[{us(announcement.cache_low_us)}, {us(announcement.cache_high_us)}]",
    }
