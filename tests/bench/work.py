"""What the benchmarks give to the engine: the reference work, its variants, more tiers, a long run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from simpy_model import Parameters

from visualizer.ledger import summarise
from visualizer.sim import State, advance, start
from visualizer.sim.command import Command, Strike, UnitTarget
from visualizer.sim.setup import (
    US_PER_S,
    ClientSetup,
    HeartbeatSetup,
    LinkSetup,
    Rate,
    RetrySetup,
    Setup,
    Share,
    SyncSetup,
    TierSetup,
    TrafficSetup,
)

CHANGE_BYTES = 100
Variant = Callable[[Setup, Parameters], Setup]


def us(seconds: float) -> int:
    """Whole microseconds."""
    return round(seconds * US_PER_S)


def reference_setup(parameters: Parameters, seed: int) -> Setup:
    """The same work for the engine as `simpy_model` does, whatever it copies."""
    tier = TierSetup(
        name="firewall",
        title="Firewall",
        heartbeat=HeartbeatSetup(interval_us=us(parameters.heartbeat_interval_s), misses=3),
        sync=SyncSetup("periodic", interval_us=us(parameters.sync_interval_s)),
        links=(LinkSetup("link", us(parameters.latency_s)),),
        convergence_us=us(parameters.convergence_s),
    )
    traffic = TrafficSetup(
        law="poisson",
        session_rate=Rate(parameters.live_sessions, us(parameters.mean_life_s)),
        lifetime_us=us(parameters.mean_life_s),
        transaction_rate=Rate(1, us(1 / parameters.transaction_rate)),
        initial_sessions=parameters.live_sessions,
    )
    strike = Strike(us(parameters.fault_s), "host", UnitTarget(0, 0))
    setup = Setup(
        name="bench", title="Bench", description="The reference work.", seed=seed,
        duration_us=us(parameters.duration_s), tiers=(tier,), traffic=traffic, commands=(strike,),
    )  # fmt: skip
    return COPYING[parameters.copying](setup, parameters)


def engine_in_one_go(setup: Setup) -> State:
    """The whole run in a single call, with its summary at the end."""
    state = start(setup)
    advance(state, setup.duration_us)
    summarise(state)
    return state


def engine_tick_by_tick(setup: Setup) -> State:
    """The run as the window plays it: one call every tick of 10 ms, with its summary at the end."""
    state = start(setup)
    for until_us in range(setup.tick_us, setup.duration_us + 1, setup.tick_us):
        advance(state, until_us)
    summarise(state)
    return state


def _sync(policy: str, **changes: object) -> Variant:
    def change(setup: Setup, _: Parameters) -> Setup:
        tier = setup.tiers[0]
        sync = replace(tier.sync, policy=policy, **changes)  # type: ignore[arg-type]
        return setup.with_tier(0, replace(tier, sync=sync))

    return change


def _behind(first: Variant, **cable: object) -> Variant:
    """A copying over a cable of another quality."""

    def change(setup: Setup, parameters: Parameters) -> Setup:
        setup = first(setup, parameters)
        tier = setup.tiers[0]
        link = replace(tier.links[0], **cable)  # type: ignore[arg-type]
        return setup.with_tier(0, replace(tier, links=(link,)))

    return change


def _queue(policy: str, overload: float | None = None) -> Variant:
    """Each change occupies the cable; with an overload of 1 exactly until the next one comes."""

    def change(setup: Setup, parameters: Parameters) -> Setup:
        load = overload or parameters.overload
        bandwidth_bps = round(parameters.change_rate * CHANGE_BYTES * 8 / load)
        copying = _sync(policy, change_bytes=CHANGE_BYTES)
        return _behind(copying, bandwidth_bps=bandwidth_bps)(setup, parameters)

    return change


def tiers(count: int, *, parallel: bool = False) -> Variant:
    """The same pair several times in a row."""

    def change(setup: Setup, _: Parameters) -> Setup:
        pairs = tuple(replace(setup.tiers[0], name=f"tier{number}") for number in range(count))
        return replace(setup, tiers=pairs, path="parallel" if parallel else "cross")

    return change


def _clients(clients: ClientSetup) -> Variant:
    return lambda setup, _: replace(setup, clients=clients)


def _closed_loop(setup: Setup, parameters: Parameters) -> Setup:
    connections = max(parameters.live_sessions // 10, 1)
    traffic = replace(setup.traffic, connections=connections, response_us=us(0.4))
    return replace(setup, traffic=traffic)


_PERIODIC, _STREAMING = _sync("periodic"), _sync("streaming")

COPYING: dict[str, Variant] = {
    "periodic": _PERIODIC,
    "synchronous": _sync("synchronous"),
    "queue": _queue("streaming"),
}
"""What `simpy_model` can do too."""

VARIANTS: dict[str, Variant] = {
    "periodic (the reference)": _PERIODIC,
    "snapshot": _sync("snapshot"),
    "streaming": _STREAMING,
    "streaming, the cable 80 % busy": _queue("streaming", 0.8),
    "streaming, the cable 110 % busy": _queue("streaming", 1.1),
    "streaming, 1 % loss and jitter": _behind(_STREAMING, loss=Share(1, 100), jitter_us=2_000),
    "datagrams, 1 % loss, refresh 5 s": _behind(
        _sync("streaming", datagram=True, refresh_us=us(5)), loss=Share(1, 100)
    ),
    "synchronous": _sync("synchronous"),
    "synchronous, the cable 80 % busy": _queue("synchronous", 0.8),
    "semi-synchronous": _sync("semi-sync", timeout_us=us(1)),
    "periodic, 1 % loss and jitter": _behind(_PERIODIC, loss=Share(1, 100), jitter_us=2_000),
    "pickup delay 10 s": _sync("periodic", pickup_us=us(10)),
    "a fifth never copied": _sync("periodic", never=Share(1, 5)),
    "four tiers, cross-connected": tiers(4),
    "four tiers, parallel": tiers(4, parallel=True),
    "clients that try again": _clients(ClientSetup(retry=RetrySetup())),
    "a transport that stalls": _clients(ClientSetup(RetrySetup(), stall_us=us(0.2), timeout_us=us(30))),
    "a fifth stays with the old unit": _clients(ClientSetup(stay=Share(1, 5))),
    "closed loop": _closed_loop,
}

_STRIKES = ((100.7, 0), (200.7, 1), (330.7, 2), (460.7, 3))
"""(seconds, tier): the primary's host dies; it is repaired half a minute later, and boots for 20 s."""


def long_setup(live_sessions: int, count: int, variant: Variant, seed: int) -> Setup:
    """Ten minutes, several tiers, a strike in each of four and its repair."""
    parameters = Parameters(live_sessions)
    setup = variant(reference_setup(parameters, seed), parameters)
    pair = replace(setup.tiers[0], boot_us=us(20))
    commands: list[Command] = []
    for at_s, tier in _STRIKES:
        if tier < count:
            commands.append(Strike(us(at_s), "host", UnitTarget(tier, 0)))
            commands.append(Strike(us(at_s + 30), "repair", UnitTarget(tier, 0)))
    setup = replace(setup.with_tier(0, pair), duration_us=us(600), commands=tuple(commands))
    return tiers(count)(setup, parameters)
