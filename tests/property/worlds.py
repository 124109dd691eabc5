"""Random small worlds and what happens to them: a few seconds, up to four tiers, dozens of requests.

Times are drawn from a coarse grid on purpose, so that strikes, copies, heartbeats and timers often fall on
the same instant, and now and then from single microseconds.
"""

from __future__ import annotations

from hypothesis import strategies as st

from visualizer.sim.command import Command, LinkTarget, SetParameter, Strike, UnitTarget
from visualizer.sim.setup import (
    US_PER_S,
    HeartbeatSetup,
    LinkSetup,
    Quality,
    Rate,
    Setup,
    SyncSetup,
    TierSetup,
    TrafficSetup,
)

Story = tuple[Setup, tuple[Command, ...]]

DURATION_US = 12 * US_PER_S
GRID_US = 250_000

PERIODS = st.sampled_from([250_000, 500_000, 750_000, US_PER_S])
LATENCIES = st.sampled_from([0, 0, 1, 1_000, 100_000, 250_000, 500_000, 1_300_000])
DELAYS = st.sampled_from([0, 0, 250_000, 400_000, US_PER_S, 2_500_000])
INSTANTS = st.one_of(
    st.integers(0, DURATION_US // GRID_US).map(lambda steps: steps * GRID_US),
    st.integers(0, DURATION_US // GRID_US - 1).map(lambda steps: steps * GRID_US + 1),
    st.integers(0, DURATION_US),
)
RATES = st.sampled_from([Rate(7), Rate(3), Rate(16), Rate(1, 3 * US_PER_S)])


@st.composite
def traffics(draw: st.DrawFn) -> TrafficSetup:
    return TrafficSetup(
        law=draw(st.sampled_from(["fixed", "poisson"])),
        session_rate=draw(st.one_of(RATES, RATES, RATES, st.none())),
        lifetime_us=draw(st.sampled_from([None, 400_000, 2 * US_PER_S, 5 * US_PER_S])),
        lifetime_law=draw(st.sampled_from(["exponential", "fixed"])),
        transaction_rate=draw(st.sampled_from([None, Rate(1), Rate(4)])),
        initial_sessions=draw(st.integers(0, 6)),
        response_us=draw(st.sampled_from([0, 0, 1, 100_000, 600_000])),
    )


@st.composite
def tiers(draw: st.DrawFn, name: str) -> TierSetup:
    shared = draw(st.booleans())
    names = ("link",) if shared else ("heartbeat", "sync")
    links = tuple(LinkSetup(link, draw(LATENCIES), degraded=Quality(500_000)) for link in names)
    interval_us = draw(PERIODS)
    phase = st.sampled_from([0, 0, 100_000, 250_000])
    heartbeat = HeartbeatSetup(interval_us, draw(st.integers(2, 4)), draw(phase), link=0)
    policy = draw(st.sampled_from(["periodic", "periodic", "streaming", "streaming", "none"]))
    sync_interval = draw(st.sampled_from([500_000, US_PER_S, 1_500_000, 3 * US_PER_S]))
    return TierSetup(
        name=name,
        title=name,
        heartbeat=heartbeat,
        sync=SyncSetup(policy, sync_interval, draw(phase), link=len(links) - 1),
        links=links,
        convergence_us=draw(DELAYS),
        demotion_us=draw(DELAYS),
        boot_us=draw(DELAYS),
    )


@st.composite
def setups(draw: st.DrawFn) -> Setup:
    count = draw(st.integers(1, 4))
    return Setup(
        name="world",
        title="World",
        description="",
        duration_us=DURATION_US,
        tiers=tuple(draw(tiers(f"tier{number}")) for number in range(count)),
        traffic=draw(traffics()),
        tick_us=50_000,
        seed=draw(st.integers(0, 3)),
    )


@st.composite
def commands_at(draw: st.DrawFn, setup: Setup, instants: st.SearchStrategy[int] = INSTANTS) -> Command:
    at_us = draw(instants)
    tier = draw(st.integers(0, len(setup.tiers) - 1))
    kind = draw(st.sampled_from(["unit", "unit", "repair", "link", "link", "set"]))
    if kind == "unit":
        fault = draw(st.sampled_from(["lightning", "host"]))
        return Strike(at_us, fault, UnitTarget(tier, draw(st.sampled_from([0, 0, 1]))))
    if kind == "repair":
        return Strike(at_us, "repair", UnitTarget(tier, draw(st.integers(0, 1))))
    if kind == "link":
        link = draw(st.integers(0, len(setup.tiers[tier].links) - 1))
        return Strike(at_us, draw(st.sampled_from(["cut", "heal"])), LinkTarget(tier, link))
    return draw(changes(setup, tier, at_us))


@st.composite
def changes(draw: st.DrawFn, setup: Setup, tier: int, at_us: int) -> Command:
    link = draw(st.sampled_from(setup.tiers[tier].links)).name
    latency = "link.latency" if link == "link" else f"{link}.link.latency"
    values = {
        "traffic.rate": RATES,
        "sync.interval": PERIODS,
        "heartbeat.interval": PERIODS,
        "heartbeat.misses": st.integers(2, 4),
        "address.convergence": DELAYS,
        latency: LATENCIES,
    }
    name = draw(st.sampled_from(sorted(values)))
    value = draw(values[name])
    return SetParameter(at_us, name, None if name == "traffic.rate" else tier, value)


@st.composite
def histories(draw: st.DrawFn, setup: Setup, most: int = 8) -> tuple[Command, ...]:
    """Commands in order of time."""
    acts = draw(st.lists(commands_at(setup), min_size=most // 2, max_size=most))
    acts += [act for troubles in draw(st.lists(plots(setup), max_size=2)) for act in troubles]
    return tuple(sorted(acts, key=lambda act: act.at_us))


@st.composite
def plots(draw: st.DrawFn, setup: Setup) -> list[Command]:
    """What seldom comes about by chance: a split brain that heals, a unit that dies and comes back."""
    tier = draw(st.integers(0, len(setup.tiers) - 1))
    first_us, second_us = sorted((draw(INSTANTS), draw(INSTANTS)))
    if draw(st.booleans()):
        link = LinkTarget(tier, setup.tiers[tier].heartbeat.link)
        return [Strike(first_us, "cut", link), Strike(second_us, "heal", link)]
    unit = UnitTarget(tier, draw(st.integers(0, 1)))
    fault = draw(st.sampled_from(["lightning", "host"]))
    return [Strike(first_us, fault, unit), Strike(second_us, "repair", unit)]


@st.composite
def stories(draw: st.DrawFn, most: int = 8) -> Story:
    """A world and what happens to it."""
    setup = draw(setups())
    return setup, draw(histories(setup, most))
