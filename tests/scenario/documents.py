"""Random setups of the whole model that obey the rules of the format, and commands for them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from visualizer.sim.command import Command, FeedTarget, LinkTarget, SiteTarget, Strike, UnitTarget
from visualizer.sim.faults import FAULTS
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import (
    ALL,
    NONE,
    AnnouncementSetup,
    ClientSetup,
    FeedSetup,
    GuardSetup,
    HeartbeatSetup,
    LinkSetup,
    Quality,
    Rate,
    RetrySetup,
    Setup,
    Share,
    SiteSetup,
    SyncSetup,
    TierSetup,
    TrafficSetup,
)

DURATION_US = 20_000_000
DELAYS = st.one_of(st.just(0), st.integers(0, 86_400_000_000))
INTERVALS = st.integers(100_000, 3_600_000_000)
LATENCIES = st.one_of(st.just(0), st.integers(0, 60_000_000))
RATES = st.sampled_from([Rate(10), Rate(1, 5_000_000), Rate(7)])
BANDWIDTHS = st.one_of(st.none(), st.integers(1, 10**12))
NAMES = st.from_regex(r"[a-z]x[a-z0-9_-]{0,38}", fullmatch=True)  # no `y` or `no`, which YAML misreads
WORDS = st.from_regex(r"[A-Z][a-z]{2,9} [a-z]{3,9}", fullmatch=True)


def shares(most: Share = ALL) -> st.SearchStrategy[Share]:
    """Shares in lowest terms."""
    fractions = st.fractions(0, Fraction(most.parts, most.of), max_denominator=10**6)
    return fractions.map(lambda one: Share(one.numerator, one.denominator))


def optional(strategy: st.SearchStrategy[int]) -> st.SearchStrategy[int | None]:
    return st.one_of(st.none(), strategy)


@st.composite
def qualities(draw: st.DrawFn, kind: str) -> Quality:
    jitter_us = 0 if kind == "serial" else draw(LATENCIES)
    return Quality(draw(LATENCIES), jitter_us, draw(shares(Share(9, 10))), draw(BANDWIDTHS))


@st.composite
def links(draw: st.DrawFn, name: str) -> LinkSetup:
    kind = draw(st.sampled_from(["network", "serial"]))
    sound, degraded = draw(qualities(kind)), draw(qualities(kind))
    if degraded.bandwidth_bps is None:  # a key left out is as on the sound cable
        degraded = Quality(degraded.latency_us, degraded.jitter_us, degraded.loss, sound.bandwidth_bps)
    return LinkSetup(name, sound.latency_us, kind, sound.jitter_us, sound.loss, sound.bandwidth_bps, degraded)


@st.composite
def syncs(draw: st.DrawFn, link: int) -> SyncSetup:
    name = draw(st.sampled_from(sorted(POLICIES)))
    policy = POLICIES[name]
    datagram = name == "streaming" and draw(st.booleans())
    timeouts = {"semi-sync": INTERVALS, "synchronous": optional(INTERVALS)}
    return SyncSetup(
        policy=name,
        interval_us=draw(INTERVALS),
        phase_us=draw(DELAYS),
        link=link,
        change_bytes=draw(st.integers(0, 1_000_000)),
        transfer_us=draw(DELAYS),
        prepare_us=draw(DELAYS) if name == "snapshot" else 0,
        apply_us=draw(LATENCIES),
        timeout_us=draw(timeouts.get(name, st.none())),
        pickup_us=draw(DELAYS) if policy.copies and not policy.waits else 0,
        never=draw(shares()) if policy.copies and not policy.waits else NONE,
        datagram=datagram,
        refresh_us=draw(st.one_of(st.just(0), INTERVALS)) if datagram else 0,
        resend_us=200_000 if datagram else draw(INTERVALS),
    )


@st.composite
def guards(draw: st.DrawFn) -> GuardSetup:
    kind = draw(st.sampled_from(["none", "witness", "lease", "fencing"]))
    if kind == "lease":
        lease_us = draw(st.integers(1, 86_400_000_000))
        return GuardSetup(kind, lease_us, draw(st.integers(0, lease_us)))
    if kind == "fencing":
        return GuardSetup(kind, fence_us=draw(DELAYS), fence_success=draw(shares()))
    return GuardSetup(kind, draw(DELAYS) if kind == "witness" else 0)


@st.composite
def announcements(draw: st.DrawFn) -> AnnouncementSetup:
    low_us, high_us = sorted((draw(DELAYS), draw(DELAYS)))
    return AnnouncementSetup(draw(st.integers(1, 60)), draw(DELAYS), draw(shares()), low_us, high_us)


@st.composite
def tiers(draw: st.DrawFn, name: str, sites: int) -> TierSetup:
    names = draw(st.sampled_from([("link",), ("heartbeat", "sync"), ("link", "sync"), ("heartbeat", "link")]))
    cables = tuple(draw(links(one)) for one in names)
    places = st.one_of(st.none(), st.integers(0, sites - 1)) if sites else st.none()
    preempt = draw(st.booleans())
    return TierSetup(
        name=name,
        title=draw(WORDS),
        icon=draw(st.sampled_from(["firewall", "server", "database"])),
        heartbeat=HeartbeatSetup(
            draw(INTERVALS),
            draw(st.integers(2, 60)),
            draw(DELAYS),
            0,
            (draw(DELAYS), draw(DELAYS)),
            draw(DELAYS),
        ),
        sync=draw(syncs(len(cables) - 1)),
        links=cables,
        convergence_us=draw(DELAYS),
        demotion_us=draw(DELAYS),
        boot_us=draw(DELAYS),
        guard=draw(guards()),
        announcement=draw(announcements()),
        takeover_us=draw(DELAYS),
        election=draw(st.sampled_from(["newest", "priority"])),
        preempt=preempt,
        preempt_us=draw(DELAYS) if preempt else 0,
        sites=(draw(places), draw(places)),
    )


@st.composite
def traffics(draw: st.DrawFn) -> TrafficSetup:
    closed = draw(st.booleans())
    return TrafficSetup(
        law=draw(st.sampled_from(["fixed", "poisson"])),
        session_rate=None if closed else draw(st.one_of(st.none(), RATES)),
        lifetime_us=draw(optional(INTERVALS)),
        lifetime_law=draw(st.sampled_from(["exponential", "fixed"])),
        transaction_rate=draw(st.one_of(st.none(), RATES)),
        initial_sessions=draw(st.integers(1 if closed else 0, 50)),
        response_us=draw(st.integers(1_000, 60_000_000)) if closed else draw(LATENCIES),
        connections=draw(st.integers(1, 100)) if closed else None,
    )


@st.composite
def clients(draw: st.DrawFn) -> ClientSetup:
    retry = RetrySetup(draw(st.integers(1_000, 1_000_000)), draw(st.integers(1, 3)), draw(st.integers(1, 8)))
    return ClientSetup(
        retry if draw(st.booleans()) else None,
        draw(optional(INTERVALS)),
        draw(optional(INTERVALS)),
        draw(shares()),
    )


@st.composite
def feeds(draw: st.DrawFn, name: str) -> FeedSetup:
    return FeedSetup(name, draw(WORDS), draw(DELAYS), draw(DELAYS), draw(shares()), draw(optional(DELAYS)))


@st.composite
def setups(draw: st.DrawFn) -> Setup:
    """A setup as the format can say it: every site has a unit, every feed a site."""
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    count = draw(st.integers(0, 3))
    pairs = [draw(tiers(name, count)) for name in names]
    used = sorted({site for pair in pairs for site in pair.sites if site is not None})
    number = {site: index for index, site in enumerate(used)} | {None: None}
    pairs = [replace(pair, sites=(number[pair.sites[0]], number[pair.sites[1]])) for pair in pairs]
    places = draw(st.lists(NAMES, min_size=len(used), max_size=len(used), unique=True))
    power = [draw(feeds(name)) for name in draw(st.lists(NAMES, max_size=len(places), unique=True))]
    return Setup(
        name="world",
        title=draw(WORDS),
        description="",
        duration_us=DURATION_US,
        tiers=tuple(pairs),
        traffic=draw(traffics()),
        tick_us=draw(st.integers(1_000, 1_000_000)),
        seed=draw(st.integers(0, 2**63 - 1)),
        path=draw(st.sampled_from(["cross", "parallel"])),
        clients=draw(clients()),
        sites=tuple(
            SiteSetup(name, draw(WORDS), index if index < len(power) else None)
            for index, name in enumerate(places)
        ),
        feeds=tuple(power),
    )


@st.composite
def strikes(draw: st.DrawFn, setup: Setup) -> Command:
    """Any fault at anything it can hit."""
    fits = {
        "unit": [UnitTarget(tier, unit) for tier in range(len(setup.tiers)) for unit in (0, 1)],
        "link": [
            LinkTarget(index, link)
            for index, tier in enumerate(setup.tiers)
            for link in range(len(tier.links))
        ],
        "site": [SiteTarget(index) for index in range(len(setup.sites))],
        "feed": [FeedTarget(index) for index in range(len(setup.feeds))],
    }
    fault = draw(st.sampled_from(sorted(name for name, one in FAULTS.items() if fits[one.target])))
    target = draw(st.sampled_from(fits[FAULTS[fault].target]))
    return Strike(draw(st.integers(0, DURATION_US)), fault, target)
