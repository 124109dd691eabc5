"""The tick engine: what is due happens in order of (time, order, serial), and nothing else ever does.

A tick is only the grain of commands and pictures: `advance` handles everything due up to an instant, so the
same scenario gives the same events at every tick size and at every way of cutting a run into advances.
"""

from __future__ import annotations

from heapq import heappop
from typing import assert_never

from visualizer.sim.address import address_learned, announce_due
from visualizer.sim.agenda import (
    AddressDue,
    AnnounceDue,
    Batch,
    Beat,
    BootDone,
    CaughtUpDue,
    CommandDue,
    CopyDue,
    DecideDue,
    DemoteDue,
    DetectDue,
    Due,
    FenceDue,
    GeneratorDue,
    HandoverDue,
    HeartbeatDue,
    LeaseDue,
    Order,
    PowerDue,
    RefreshDue,
    StartDue,
    StreamDrained,
    SyncDue,
    UnblockDue,
    UpsDue,
    WaitDue,
)
from visualizer.sim.audit import audit, recount
from visualizer.sim.channel import (
    batch_arrives,
    caught_up_due,
    copy_due,
    refresh_channel,
    refresh_due,
    stream_drained,
    sync_due,
    watch_for_the_standby,
)
from visualizer.sim.clients import react
from visualizer.sim.command import (
    Command,
    FeedTarget,
    LinkTarget,
    SetParameter,
    SiteTarget,
    Strike,
    Target,
    UnitTarget,
)
from visualizer.sim.contact import lease_over
from visualizer.sim.event import Event, ParameterSet
from visualizer.sim.faults import FAULTS
from visualizer.sim.heartbeats import hear, heard_before_us, heartbeat_due, watch
from visualizer.sim.knowledge import refresh_era
from visualizer.sim.office import refresh
from visualizer.sim.orderly import booted, demote, handover_due
from visualizer.sim.parameters import PARAMETERS
from visualizer.sim.power import generator_due, restore_feed, ups_due
from visualizer.sim.replication import POLICIES
from visualizer.sim.service import offered_digest
from visualizer.sim.setup import Rate, Setup
from visualizer.sim.state import Feed, Link, Role, State, Tier, Unit
from visualizer.sim.takeover import decide, detect, fence_due, start_due, unblock
from visualizer.sim.traffic import EARLIEST_US, FAR_US, START_US, draw
from visualizer.sim.waiting import wait_due

_AUDIT_TICKS = 100


def start(setup: Setup) -> State:
    """The state just before t = 0: every pair active / standby, the standby a true copy."""
    rates = ((0, setup.traffic.session_rate),)
    state = State(setup, rates, draw(setup.traffic, setup.seed, rates, setup.duration_us))
    if setup.clients.stay:
        state.service.append(list(state.service[0]))
    state.feeds += [Feed() for _ in setup.feeds]
    for tier in range(len(setup.tiers)):
        _start_tier(state, tier)
    for command in setup.commands:
        state.push(command.at_us, Order.FAULT, CommandDue(command))
    if state.clients_react:
        react(state)
    return state


def _start_tier(state: State, tier: int) -> None:
    setup = state.setup.tiers[tier]
    policy = POLICIES[setup.sync.policy]
    copied_us, safe_us = (0, 0) if policy.copies else (EARLIEST_US, None)
    heard_us = heard_before_us(setup, setup.heartbeat.phase_us)
    primary = Unit(Role.ACTIVE, START_US, (((EARLIEST_US, FAR_US),),) * state.groups, EARLIEST_US, None, 0)
    secondary = Unit(Role.STANDBY, START_US, ((),) * state.groups, copied_us, safe_us, heard_us)
    sync_us = setup.sync.phase_us or setup.sync.interval_us
    state.tiers.append(Tier((primary, secondary), heartbeat_us=setup.heartbeat.phase_us, sync_us=sync_us))
    state.links.append([Link() for _ in setup.links])
    for log in (state.eras, state.deliveries, state.streams, state.bulks, state.refreshes):
        log.append([])
    state.push(setup.heartbeat.phase_us, Order.SEND, HeartbeatDue(tier))
    if policy.ticks:
        state.push(sync_us, Order.SEND, SyncDue(tier))
    if policy.streams and setup.sync.refresh_us:
        state.push(setup.sync.refresh_us, Order.SEND, RefreshDue(tier))
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
    agenda, clients_react = state.agenda, state.clients_react
    while agenda and agenda[0][0] <= until_us:
        at_us, order, _, due = heappop(agenda)
        if order in (Order.FAULT, Order.TIMER):
            audit(state, at_us)
        state.now_us = max(at_us, state.now_us)
        state.by_fault = order == Order.FAULT
        _happen(state, due)
        if clients_react:
            react(state)
    state.now_us = max(until_us, state.now_us)
    if state.now_us - state.audited_us >= _AUDIT_TICKS * state.setup.tick_us:
        audit(state, state.now_us + 1)
    if not state.events:
        return []
    events, state.events = state.events, []
    return events


def _happen(state: State, due: Due) -> None:  # noqa: PLR0912, PLR0915 - a case for each kind
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
        case DecideDue(tier, unit, why):
            decide(state, tier, unit, why)
        case FenceDue():
            fence_due(state, due)
        case StartDue():
            start_due(state, due)
        case AnnounceDue():
            announce_due(state, due)
        case AddressDue(tier, unit):
            address_learned(state, tier, unit)
        case BootDone(tier, unit):
            booted(state, tier, unit)
        case DemoteDue(tier, unit):
            demote(state, tier, unit)
        case LeaseDue(tier):
            if lease_over(state, due):
                refresh(state, tier)
        case UnblockDue(tier, unit):
            unblock(state, tier, unit)
        case WaitDue(tier):
            if wait_due(state, tier):
                watch_for_the_standby(state, tier)
        case CaughtUpDue(tier):
            caught_up_due(state, tier)
        case HandoverDue():
            handover_due(state, due)
        case GeneratorDue():
            generator_due(state, due)
        case UpsDue(feed):
            ups_due(state, feed)
        case PowerDue(feed):
            restore_feed(state, feed)
        case HeartbeatDue(tier):
            _heartbeat_due(state, tier)
        case SyncDue(tier):
            _sync_due(state, tier)
        case RefreshDue(tier):
            refresh_due(state, tier)
        case CopyDue(tier):
            copy_due(state, tier)
        case _:
            assert_never(due)


def _obey(state: State, act: Command) -> None:
    match act:
        case Strike(_, fault, target):
            tier, index = _place(target)
            if FAULTS[fault].applies(state, tier, index):
                FAULTS[fault].apply(state, tier, index)
        case SetParameter(_, parameter, tier, value):
            text = f"{value.events}/{value.per_us}us" if isinstance(value, Rate) else str(value)
            state.emit(ParameterSet(state.now_us, parameter, tier, text))
            PARAMETERS[parameter].apply(state, tier, value)
        case _:
            assert_never(act)


def _place(target: Target) -> tuple[int, int]:
    """(tier, index) of a target; sites and feeds belong to no tier."""
    match target:
        case UnitTarget(tier, index) | LinkTarget(tier, index):
            return tier, index
        case SiteTarget(index) | FeedTarget(index):
            return 0, index
        case _:
            assert_never(target)


def _heartbeat_due(state: State, tier: int) -> None:
    heartbeat_due(state, tier)
    due_us = state.now_us + state.tier_setup(tier).heartbeat.interval_us
    state.change_tier(tier, heartbeat_us=due_us)
    state.push(due_us, Order.SEND, HeartbeatDue(tier))


def _sync_due(state: State, tier: int) -> None:
    sync_due(state, tier)
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
