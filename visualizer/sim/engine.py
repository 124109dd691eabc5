"""The tick engine: what is due happens in order of (time, order, serial), and nothing else ever does.

A tick is only the grain of commands and pictures: `advance` handles everything due up to an instant, so the
same scenario gives the same events at every tick size and at every way of cutting a run into advances.
"""

from __future__ import annotations

from heapq import heappop
from typing import assert_never

from visualizer.sim.audit import audit, recount
from visualizer.sim.channel import batch_arrives, copy_due, refresh_channel, send_batch, stream_drained
from visualizer.sim.command import Command, SetParameter, Strike, UnitTarget
from visualizer.sim.event import Event, ParameterSet
from visualizer.sim.faults import FAULTS
from visualizer.sim.heartbeats import hear, heard_before_us, send_heartbeat, watch
from visualizer.sim.knowledge import refresh_era
from visualizer.sim.parameters import PARAMETERS
from visualizer.sim.replication import POLICIES
from visualizer.sim.roles import address_learned, booted, demote, detect
from visualizer.sim.service import offered_digest
from visualizer.sim.setup import Rate, Setup
from visualizer.sim.state import (
    START_US,
    AddressDue,
    Batch,
    Beat,
    BootDone,
    CommandDue,
    CopyDue,
    DemoteDue,
    DetectDue,
    Due,
    HeartbeatDue,
    Link,
    Order,
    Role,
    State,
    StreamDrained,
    SyncDue,
    Tier,
    Unit,
)
from visualizer.sim.traffic import FAR_US, draw

_AUDIT_TICKS = 100


def start(setup: Setup) -> State:
    """The state just before t = 0: every pair active / standby, the standby a true copy."""
    rates = ((0, setup.traffic.session_rate),)
    state = State(setup, rates, draw(setup.traffic, setup.seed, rates, setup.duration_us))
    for tier in range(len(setup.tiers)):
        _start_tier(state, tier)
    for command in setup.commands:
        state.push(command.at_us, Order.FAULT, CommandDue(command))
    return state


def _start_tier(state: State, tier: int) -> None:
    setup = state.setup.tiers[tier]
    copied = POLICIES[setup.sync.policy].copies
    always = ((START_US, FAR_US),)
    primary = Unit(Role.ACTIVE, START_US, always, None, 0, served=always)
    knows = ((START_US, 0),) if copied else ()
    secondary = Unit(
        Role.STANDBY, START_US, knows, 0 if copied else None, heard_before_us(setup, setup.heartbeat.phase_us)
    )
    sync_us = setup.sync.phase_us or setup.sync.interval_us
    state.tiers.append(Tier((primary, secondary), heartbeat_us=setup.heartbeat.phase_us, sync_us=sync_us))
    state.links.append([Link() for _ in setup.links])
    for log in (state.eras, state.deliveries, state.segments):
        log.append([])
    state.push(setup.heartbeat.phase_us, Order.SEND, HeartbeatDue(tier))
    if POLICIES[setup.sync.policy].ticks:
        state.push(sync_us, Order.SEND, SyncDue(tier))
    watch(state, tier, 1)
    refresh_channel(state, tier)
    refresh_era(state, tier)


def command(state: State, act: Command) -> None:
    """Put an act on the agenda; ValueError when its time has passed."""
    if act.at_us <= state.now_us:
        raise ValueError(f"it is {state.now_us} us already; an act at {act.at_us} us comes too late")
    state.push(act.at_us, Order.FAULT, CommandDue(act))


def replace_commands(state: State, commands: tuple[Command, ...]) -> None:
    """Let these, and no others, be the acts still to come; those whose time has passed are left out."""
    state.cancel(lambda due: isinstance(due, CommandDue))
    for act in commands:
        if act.at_us > state.now_us:
            state.push(act.at_us, Order.FAULT, CommandDue(act))


def advance(state: State, until_us: int) -> list[Event]:
    """Handle everything due up to and including `until_us`; returns what happened, in order.

    Raises ConservationError if the books of any tick do not balance (a defect of the engine).
    """
    agenda = state.agenda
    while agenda and agenda[0][0] <= until_us:
        at_us, order, _, due = heappop(agenda)
        if order in (Order.FAULT, Order.TIMER):
            audit(state, at_us)
        state.now_us = max(at_us, state.now_us)
        state.by_fault = order == Order.FAULT
        _happen(state, due)
    state.now_us = max(until_us, state.now_us)
    if state.now_us - state.audited_us >= _AUDIT_TICKS * state.setup.tick_us:
        audit(state, state.now_us + 1)
    if not state.events:
        return []
    events, state.events = state.events, []
    return events


def _happen(state: State, due: Due) -> None:
    match due:
        case CommandDue(act):
            _obey(state, act)
        case Beat():
            hear(state, due)
        case Batch():
            batch_arrives(state, due)
        case StreamDrained(tier):
            stream_drained(state, tier)
        case DetectDue(tier, unit):
            detect(state, tier, unit)
        case AddressDue(tier, unit):
            address_learned(state, tier, unit)
        case BootDone(tier, unit):
            booted(state, tier, unit)
        case DemoteDue(tier, unit):
            demote(state, tier, unit)
        case HeartbeatDue(tier):
            _heartbeat_due(state, tier)
        case SyncDue(tier):
            _sync_due(state, tier)
        case CopyDue(tier):
            copy_due(state, tier)
        case _:
            assert_never(due)


def _obey(state: State, act: Command) -> None:
    match act:
        case Strike(_, fault, target):
            index = target.unit if isinstance(target, UnitTarget) else target.link
            FAULTS[fault].apply(state, target.tier, index)
        case SetParameter(_, parameter, tier, value):
            text = f"{value.events}/{value.per_us}us" if isinstance(value, Rate) else str(value)
            state.emit(ParameterSet(state.now_us, parameter, tier, text))
            PARAMETERS[parameter].apply(state, tier, value)
        case _:
            assert_never(act)


def _heartbeat_due(state: State, tier: int) -> None:
    for unit in (0, 1):
        if state.tiers[tier].units[unit].role is Role.ACTIVE:
            send_heartbeat(state, tier, unit)
    due_us = state.now_us + state.tier_setup(tier).heartbeat.interval_us
    state.change_tier(tier, heartbeat_us=due_us)
    state.push(due_us, Order.SEND, HeartbeatDue(tier))


def _sync_due(state: State, tier: int) -> None:
    send_batch(state, tier, full=False)
    due_us = state.now_us + state.tier_setup(tier).sync.interval_us
    state.change_tier(tier, sync_us=due_us)
    state.push(due_us, Order.SEND, SyncDue(tier))


def finish(state: State) -> None:
    """Check the ticks that are still unchecked up to the state's instant, and count anew what units hold."""
    recount(state)


def trace_sha256(state: State) -> str:
    """The hash of all that happened up to the state's instant: events, and the requests since the last."""
    sessions, transactions, digest = offered_digest(state, state.traced_us, state.now_us + 1)
    trace = state.trace.copy()
    trace.update(f"until {state.now_us} {sessions} {transactions} {digest}\n".encode())
    return trace.hexdigest()
