"""Units that die, and what goes with them: frames, memory, requests without an answer, the column."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from visualizer.sim.address import announce, is_announcing
from visualizer.sim.agenda import (
    AddressDue,
    AnnounceDue,
    Batch,
    Beat,
    BootDone,
    DecideDue,
    DemoteDue,
    DetectDue,
    FenceDue,
    LeaseDue,
    Order,
    StartDue,
    UnblockDue,
)
from visualizer.sim.channel import drop_queue, has_queue, kill_frames, kill_streams, on_the_cable_us
from visualizer.sim.event import InDoubt, LossCause, SetAside, UnitStruck
from visualizer.sim.knowledge import copied_ever_us, forget, held, prospective_safe_us
from visualizer.sim.loss import Blame, settle
from visualizer.sim.office import refresh
from visualizer.sim.service import Spans, group_of, hang_up, opens_between, running, transactions_between
from visualizer.sim.state import WAITING, Failover, Role, State
from visualizer.sim.waiting import answered_until_us, unanswered_from_us, wait_in_vain

_OF_UNIT = (
    BootDone,
    DetectDue,
    DecideDue,
    AddressDue,
    AnnounceDue,
    FenceDue,
    StartDue,
    LeaseDue,
)


def strike_unit(state: State, tier: int, unit: int, fault: str, *, cables: bool, queue: bool = False) -> None:
    """The unit dies with its memory. A dead unit stays dead.

    `cables`: what is on its cables dies too. `queue`: the kernel lives and sends what queues in it.
    """
    blame = take_down(state, tier, unit, fault, cables=cables, queue=queue)
    if blame is not None:
        book(state, tier, blame)
        set_column_aside(state, tier, unit)


def book(state: State, tier: int, blame: Blame) -> None:
    """What the death of a unit costs, once all that die at this instant are down."""
    count_doubtful(state, tier, blame.hung)
    settle(state, tier, blame)
    _forget_safe_copy(state, tier)


def _forget_safe_copy(state: State, tier: int) -> None:
    """With the last unit of a tier goes the copy from which the other would have gone on."""
    number = state.tiers[tier].failover
    if number is not None and not running(state, tier) and state.failovers[number].takeover_us is None:
        state.failovers[number] = replace(state.failovers[number], safe_us=None)


def take_down(
    state: State, tier: int, unit: int, fault: str, *, cables: bool, queue: bool = False
) -> Blame | None:
    """The same without booking what it costs, so that several units can die at one instant; None: it was
    down.
    """
    here, other = state.tiers[tier], 1 - unit
    if here.units[unit].role is Role.DOWN:
        return None
    state.emit(UnitStruck(state.now_us, fault, tier, unit))
    link_down = not state.links[tier][state.tier_setup(tier).sync.link].up
    unanswered_us = unanswered_from_us(state, inclusive=False)
    answered_us = _answered_us(state, tier)
    left_us, queue_waits = on_the_cable_us(state, tier, other), has_queue(state, tier)
    _kill_messages(state, tier, unit, cables=cables, queue=queue)
    arrived_us = copied_ever_us(state, tier, other)
    if here.units[unit].role is Role.ACTIVE and _was_needed(state, tier, unit):
        _begin_failover(state, tier, unit, fault, answered_us)
    hung = hang_up(state, here.units[unit].own, unanswered_us)
    stop_timers(state, tier, unit)
    lose_memory(state, tier, unit, Role.DOWN, fault)
    _announce_survivor(state, tier, unit)
    refresh(state, tier)
    if not queue:
        _sense_power_loss(state, tier, unit)
    split = here.units[other].role is Role.ACTIVE and here.serving == other
    discarded = LossCause.SPLIT_BRAIN if split else None
    return Blame(arrived_us, left_us, queue_waits, discarded, link_down, hung)


def _was_needed(state: State, tier: int, unit: int) -> bool:
    """Whether a failover begins with its death: it served somebody, or nobody did."""
    servers = state.tiers[tier].servers[: state.groups]
    return unit in servers or all(server is None for server in servers)


def _sense_power_loss(state: State, tier: int, dead: int) -> None:
    """A serial cable tells the other end at once that its peer has no power."""
    number, other = state.tier_setup(tier).heartbeat.link, 1 - dead
    link = state.tier_setup(tier).links[number]
    if (
        link.kind == "serial"
        and state.links[tier][number].up
        and state.tiers[tier].units[other].role in WAITING
    ):
        due_us = state.now_us + link.latency_us
        state.push(due_us, Order.TIMER, DecideDue(tier, other, "power"))


def _kill_messages(state: State, tier: int, unit: int, *, cables: bool, queue: bool) -> None:
    if queue:
        kill_frames(state, tier, lambda frame: _is_unborn(state, frame, unit))
    else:
        drop_queue(state, tier, unit)
    kill_frames(state, tier, lambda frame: cables or frame.receiver == unit)
    streams = state.tiers[tier].streams
    if streams and (cables or streams[0].receiver == unit):
        kill_streams(state, tier)


def _is_unborn(state: State, frame: Beat | Batch, sender: int) -> bool:
    """A snapshot that its sender is still preparing."""
    return isinstance(frame, Batch) and frame.sender == sender and frame.cut_us > state.now_us


def _announce_survivor(state: State, tier: int, dead: int) -> None:
    """In a split brain the other one is active already and need not take over, but clients must learn it."""
    here, other = state.tiers[tier], 1 - dead
    if here.units[other].role is Role.ACTIVE and here.directed == dead:
        number = state.tiers[tier].failover
        if number is not None and state.failovers[number].takeover_us is None:
            note_takeover(state, tier, other)
        if not is_announcing(state, tier, other):
            announce(state, tier, other)


def stop_timers(state: State, tier: int, unit: int) -> None:
    """What a unit was about to do dies with it; and with either active unit ends a split brain."""
    state.cancel(lambda due: isinstance(due, _OF_UNIT) and (due.tier, due.unit) == (tier, unit))
    state.cancel(lambda due: isinstance(due, DemoteDue) and due.tier == tier)
    state.change_tier(tier, demoting=False)


def lose_memory(state: State, tier: int, unit: int, role: Role, fault: str = "") -> None:
    """The unit holds nothing any more and is sound again, or dead; a peer that it blocked is free."""
    empty = forget(state.tiers[tier].units[unit], state.groups)
    keeps = role not in (Role.DOWN, Role.BOOTING)
    whole = empty._replace(
        role=role,
        since_us=state.now_us,
        fault=fault,
        slow=keeps and empty.slow,
        mute=keeps and empty.mute,
        blocked=False,
        suspended="",
    )
    units = list(state.tiers[tier].units)
    units[unit] = whole
    state.change_tier(tier, units=(units[0], units[1]))
    state.cancel(lambda due: isinstance(due, UnblockDue) and due.tier == tier)
    if units[1 - unit].blocked:
        state.change_unit(tier, 1 - unit, blocked=False)
        wait_in_vain(state, tier)


def _answered_us(state: State, tier: int) -> int:
    """Work done before this had been acknowledged, as far as the tier's own standby is concerned."""
    if not state.tiers[tier].requests_wait:
        return state.now_us
    return answered_until_us(state, tier, state.now_us, delivered=False)


def _begin_failover(state: State, tier: int, unit: int, fault: str, answered_us: int) -> None:
    other = 1 - unit
    safe_us = prospective_safe_us(state, tier, other) if other in running(state, tier) else None
    state.change_tier(tier, failover=len(state.failovers))
    now_us = state.now_us
    state.failovers.append(
        Failover(tier, fault, unit, now_us, safe_us, now_us, answered_us=min(answered_us, now_us))
    )


def note_takeover(state: State, tier: int, unit: int) -> None:
    """From now on nothing more reaches the new active: how far its copy goes is final."""
    number = state.tiers[tier].failover
    assert number is not None
    safe_us = prospective_safe_us(state, tier, unit)
    state.failovers[number] = replace(state.failovers[number], takeover_us=state.now_us, safe_us=safe_us)


def count_doubtful(state: State, tier: int, hung: Spans) -> None:
    """Requests never acknowledged that the survivor nevertheless holds (or will)."""
    count = 0
    for group, spans in enumerate(hung):
        for low_us, high_us in spans:
            opening = opens_between(state, low_us, high_us)
            times, of = transactions_between(state, low_us, high_us)
            made = np.concatenate([state.traffic.opens_us[opening], times])
            sessions = np.concatenate([opening, of])
            mine = group_of(state, sessions) == group
            count += int(held(state, tier, made[mine], sessions[mine]).sum())
    if count:
        state.in_doubt.append((state.now_us, tier, count))
        state.emit(InDoubt(state.now_us, tier, count))


def set_column_aside(state: State, struck: int, unit: int) -> None:
    """Parallel columns: with one active unit the others of its column are out of the path at once."""
    if state.setup.path != "parallel":
        return
    for tier, here in enumerate(state.tiers):
        if tier != struck and here.units[unit].role is Role.ACTIVE and here.serving == unit:
            _set_aside(state, tier, unit, state.tiers[struck].failover)


def _set_aside(state: State, tier: int, unit: int, failover: int | None) -> None:
    now_us = state.now_us
    state.emit(SetAside(now_us, tier, unit))
    fault = None if failover is None else state.failovers[failover].fault
    unanswered_us = unanswered_from_us(state, inclusive=False)
    answered_us = _answered_us(state, tier)
    drop_queue(state, tier, unit)
    _begin_failover(state, tier, unit, fault or "cascade", answered_us)
    hung = hang_up(state, state.tiers[tier].units[unit].own, unanswered_us)
    stop_timers(state, tier, unit)
    lose_memory(state, tier, unit, Role.SET_ASIDE)
    refresh(state, tier)
    count_doubtful(state, tier, hung)
    settle(state, tier, Blame(discarded=LossCause.CASCADE))


def come_back(state: State, unit: int) -> None:
    """The path leads through the other column now: units that were set aside can be its standby."""
    for tier, here in enumerate(state.tiers):
        if here.units[unit].role is Role.SET_ASIDE:
            state.push(state.now_us, Order.TIMER, BootDone(tier, unit))


def column_is_whole(state: State, unit: int) -> bool:
    """Whether every tier could serve through this column."""
    return all(here.units[unit].role in (*WAITING, Role.ACTIVE, Role.STARTING) for here in state.tiers)
