"""What can be changed while a run goes on. To add one: its line in `PARAMETERS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from visualizer.sim.agenda import HeartbeatDue, Order, SyncDue
from visualizer.sim.channel import restart_stream
from visualizer.sim.heartbeats import heard_before_us, watch
from visualizer.sim.setup import Rate, TierSetup
from visualizer.sim.state import WAITING, State

Value = int | Rate


@dataclass(frozen=True, slots=True)
class Parameter:
    """`path` is where the scenario file has it (below `tiers.NAME` or `traffic`), `unit` what its value is.

    `apply(state, tier, value)` makes the change at the state's instant; `tier` is None for the traffic.
    """

    unit: Literal["duration", "count", "rate"]
    scope: Literal["tier", "traffic"]
    path: str
    title: str
    apply: Callable[[State, int | None, Value], None]


def _set_tier(state: State, tier: int | None, change: Callable[[TierSetup], TierSetup]) -> int:
    assert tier is not None
    state.setup = state.setup.with_tier(tier, change(state.setup.tiers[tier]))
    return tier


def _integer(value: Value) -> int:
    assert isinstance(value, int)
    return value


def _sync_interval(state: State, tier: int | None, value: Value) -> None:
    interval_us = _integer(value)
    old_us = state.setup.tiers[tier or 0].sync.interval_us
    tier = _set_tier(state, tier, lambda t: replace(t, sync=replace(t.sync, interval_us=interval_us)))
    due_us = max(state.tiers[tier].sync_us - old_us + interval_us, state.now_us)
    state.change_tier(tier, sync_us=due_us)
    if state.cancel(lambda due: due == SyncDue(tier)):
        state.push(due_us, Order.SEND, SyncDue(tier))


def _heartbeat_interval(state: State, tier: int | None, value: Value) -> None:
    interval_us = _integer(value)
    old_us = state.setup.tiers[tier or 0].heartbeat.interval_us
    tier = _set_tier(
        state, tier, lambda t: replace(t, heartbeat=replace(t.heartbeat, interval_us=interval_us))
    )
    due_us = max(state.tiers[tier].heartbeat_us - old_us + interval_us, state.now_us)
    state.change_tier(tier, heartbeat_us=due_us)
    if state.cancel(lambda due: due == HeartbeatDue(tier)):
        state.push(due_us, Order.SEND, HeartbeatDue(tier))
    for unit, here in enumerate(state.tiers[tier].units):  # a shorter one must not condemn a unit that lives
        if here.role in WAITING:
            heard_us = max(here.heard_us, heard_before_us(state.setup.tiers[tier], due_us))
            state.change_unit(tier, unit, heard_us=heard_us)
    _watch_again(state, tier)


def _misses(state: State, tier: int | None, value: Value) -> None:
    misses = _integer(value)
    tier = _set_tier(state, tier, lambda t: replace(t, heartbeat=replace(t.heartbeat, misses=misses)))
    _watch_again(state, tier)


def _watch_again(state: State, tier: int) -> None:
    for unit in (0, 1):
        if state.tiers[tier].units[unit].role in WAITING:
            watch(state, tier, unit)


def _convergence(state: State, tier: int | None, value: Value) -> None:
    _set_tier(state, tier, lambda t: replace(t, convergence_us=_integer(value)))


def _latency_of(name: str) -> Callable[[State, int | None, Value], None]:
    def apply(state: State, tier: int | None, value: Value) -> None:
        def change(setup: TierSetup) -> TierSetup:
            links = tuple(
                replace(link, latency_us=_integer(value)) if link.name == name else link
                for link in setup.links
            )
            return replace(setup, links=links)

        tier = _set_tier(state, tier, change)
        if state.sync_link(tier).name == name:
            restart_stream(state, tier)

    return apply


def _rate(state: State, tier: int | None, value: Value) -> None:
    assert isinstance(value, Rate)
    state.rates = (*(piece for piece in state.rates if piece[0] < state.now_us), (state.now_us, value))
    state.redraw()


PARAMETERS: dict[str, Parameter] = {
    parameter.path if parameter.scope == "tier" else f"traffic.{parameter.path}": parameter
    for parameter in (
        Parameter("duration", "tier", "sync.interval", "Sync every", _sync_interval),
        Parameter("duration", "tier", "heartbeat.interval", "Heartbeat every", _heartbeat_interval),
        Parameter("count", "tier", "heartbeat.misses", "Misses to declare dead", _misses),
        Parameter("duration", "tier", "link.latency", "Link latency", _latency_of("link")),
        Parameter("duration", "tier", "sync.link.latency", "Sync link latency", _latency_of("sync")),
        Parameter(
            "duration", "tier", "heartbeat.link.latency", "Heartbeat link latency", _latency_of("heartbeat")
        ),
        Parameter("duration", "tier", "address.convergence", "Clients follow after", _convergence),
        Parameter("rate", "traffic", "rate", "New sessions", _rate),
    )
}
"""The settable parameters by path."""
