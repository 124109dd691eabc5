"""One strike on a copy of a run: when the other unit takes over, and when everybody is served again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from visualizer.lab.beat_trial import Steps
from visualizer.lab.columns import NEVER_US
from visualizer.sim import State, advance, command
from visualizer.sim.agenda import (
    Batch,
    CaughtUpDue,
    CopyDue,
    Due,
    HeartbeatDue,
    RefreshDue,
    StreamDrained,
    SyncDue,
    WaitDue,
)
from visualizer.sim.command import SetParameter, Strike, UnitTarget
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import Setup
from visualizer.sim.state import Role

NOBODY = -1
"""Stands for the unit that is struck where there is none."""

_INSTANTS_A_STEP = 30
_HARMLESS = (HeartbeatDue, SyncDue, RefreshDue, CopyDue, Batch, StreamDrained, WaitDue, CaughtUpDue)
"""What makes nobody active."""


@dataclass(frozen=True, slots=True)
class Target:
    """Which fault on which tier; `unit`: which of its units, None: the one that holds the state then."""

    tier: int
    fault: str
    unit: int | None


class Found(NamedTuple):
    """Instants; NEVER_US: not as long as was waited."""

    takeover_us: int
    restored_us: int


def needs_traffic(setup: Setup) -> bool:
    """Whether what clients ask for can move the control plane: only where requests wait for the standby, and
    a unit may block because it waits.
    """
    return any(POLICIES[tier.sync.policy].waits for tier in setup.tiers)


def quiet(setup: Setup) -> Setup:
    """The setup without clients, if the control plane is the same without them."""
    if needs_traffic(setup):
        return setup
    nobody = replace(
        setup.traffic, session_rate=None, transaction_rate=None, initial_sessions=0, connections=None
    )
    clients = replace(setup.clients, retry=None, stall_us=None)
    acts = tuple(act for act in setup.commands if not (isinstance(act, SetParameter) and act.tier is None))
    return replace(setup, traffic=nobody, clients=clients, commands=acts)


def is_served(state: State, tier: int) -> bool:
    """Whether all clients are served by a tier."""
    return all(server is not None for server in state.tiers[tier].servers[: state.groups])


def strike(state: State, at_us: int, target: Target, unit: int, until_us: int) -> Steps[Found]:
    """A copy of `state`, which is earlier than `at_us`, struck then and played on until everybody is served
    again, at most until `until_us`.
    """
    copy, tier = state.copy(), target.tier
    known = len(copy.failovers)
    command(copy, Strike(at_us, target.fault, UnitTarget(tier, unit)))
    advance(copy, at_us)
    begun = _begun(copy, known, target, unit)
    instants = 0
    while (restored_us := _restored_us(copy, tier, begun)) is None:
        if not copy.agenda or copy.agenda[0][0] > until_us or _is_over(copy, tier):
            break
        advance(copy, copy.agenda[0][0])
        instants += 1
        if instants % _INSTANTS_A_STEP == 0:
            yield
    takeover_us = None if begun is None else copy.failovers[begun].takeover_us
    return Found(*(NEVER_US if one is None else one for one in (takeover_us, restored_us)))


def _begun(state: State, known: int, target: Target, unit: int) -> int | None:
    """The failover that the strike began, if any."""
    for number, one in enumerate(state.failovers[known:], known):
        if (one.tier, one.unit, one.fault) == (target.tier, unit, target.fault):
            return number
    return None


def _restored_us(state: State, tier: int, begun: int | None) -> int | None:
    if begun is not None:
        return state.failovers[begun].restored_us
    return state.now_us if is_served(state, tier) else None


def _is_over(state: State, tier: int) -> bool:
    """Nothing that is still to happen can change who serves: nobody is active, nor will be."""
    tiers = range(len(state.tiers)) if state.setup.path == "parallel" else (tier,)
    if any(unit.role is Role.ACTIVE for one in tiers for unit in state.tiers[one].units):
        return False
    return not any(_concerns(due, tiers) for _, _, _, due in state.agenda)


def _concerns(due: Due, tiers: range | tuple[int, ...]) -> bool:
    return not isinstance(due, _HARMLESS) and getattr(due, "tier", tiers[0]) in tiers
