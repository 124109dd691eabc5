"""Who is active: takeover, addresses, death, boot and demotion of units."""

from __future__ import annotations

from dataclasses import replace

from visualizer.sim.channel import kill_frames, kill_streams, refresh_channel
from visualizer.sim.event import (
    AddressLearned,
    Booted,
    Demoted,
    InDoubt,
    LossCause,
    Repaired,
    Takeover,
    UnitStruck,
)
from visualizer.sim.heartbeats import send_heartbeat, watch
from visualizer.sim.intervals import Intervals, clip, union
from visualizer.sim.knowledge import prospective_safe_us, prospects, refresh_era, trim_tenure
from visualizer.sim.loss import Blame, settle, tell_clients
from visualizer.sim.replication import POLICIES
from visualizer.sim.service import hang_up, opens_between, refresh_service, running, transactions_between
from visualizer.sim.state import (
    WAITING,
    AddressDue,
    Batch,
    BootDone,
    DemoteDue,
    DetectDue,
    Failover,
    Order,
    Role,
    State,
)
from visualizer.sim.traffic import FAR_US


def refresh(state: State, tier: int) -> None:
    """After any change of a unit or cable: who serves, who copies, who holds what."""
    here = state.tiers[tier]
    serving = here.directed if here.units[here.directed].role is Role.ACTIVE else None
    if serving != here.serving:
        _hand_over(state, tier, here.serving, serving)
    refresh_channel(state, tier)
    refresh_era(state, tier)
    refresh_service(state)


def _hand_over(state: State, tier: int, old: int | None, new: int | None) -> None:
    """The old server's tenure ends, the new one's begins; an interrupted tier serves again."""
    if old is not None:
        trim_tenure(state, tier, old)
    state.change_tier(tier, serving=new)
    state.held = None
    if new is None:
        return
    tenure, unit = [(state.now_us, FAR_US)], state.tiers[tier].units[new]
    state.change_unit(tier, new, knows=union(unit.knows, tenure), served=union(unit.served, tenure))
    for number, failover in enumerate(state.failovers):
        if failover.tier == tier and failover.restored_us is None:
            state.failovers[number] = replace(failover, restored_us=state.now_us)
    tell_clients(state, tier)


def detect(state: State, tier: int, unit: int) -> None:
    """Take over if the hold time has passed without a heartbeat; else look again when it may have."""
    watcher = state.tiers[tier].units[unit]
    if watcher.role not in WAITING:
        return
    due_us = watcher.heard_us + state.tier_setup(tier).heartbeat.hold_us
    if due_us > state.now_us:
        state.push(due_us, Order.TIMER, DetectDue(tier, unit))
    else:
        take_over(state, tier, unit)


def take_over(state: State, tier: int, unit: int) -> None:
    """The standby becomes active: it takes no more state from the other and announces the address."""
    now_us = state.now_us
    flying = kill_frames(state, tier, lambda frame: isinstance(frame, Batch) and frame.receiver == unit)
    flying = union(flying, kill_streams(state, tier, delivered=True))
    _open_failover(state, tier, unit)
    heard_us = state.tiers[tier].units[unit].heard_us
    term = state.tiers[tier].term + 1
    state.change_tier(tier, term=term)
    state.change_unit(tier, unit, role=Role.ACTIVE, since_us=now_us, term=term)
    state.emit(Takeover(now_us, tier, unit, heard_us))
    _took_over(state, tier, unit)
    settle(state, tier, Blame(in_flight=flying))
    _announce(state, tier, unit)
    if state.tiers[tier].heartbeat_us > now_us:  # a new active says so at once
        send_heartbeat(state, tier, unit)


def _open_failover(state: State, tier: int, unit: int) -> None:
    """A takeover without a dead active is false: its story began when the heartbeat cable failed."""
    number = state.tiers[tier].failover
    if number is not None and state.failovers[number].takeover_us is None:
        return
    link = state.links[tier][state.tier_setup(tier).heartbeat.link]
    fault = None if link.up else link.fault
    fault_us = state.now_us if link.up else link.changed_us
    down_us = None if state.tiers[tier].serving is not None else state.now_us
    state.change_tier(tier, failover=len(state.failovers))
    state.failovers.append(Failover(tier, fault, 1 - unit, fault_us, None, down_us))


def _took_over(state: State, tier: int, unit: int) -> None:
    """From now on nothing more reaches the new active: how far its copy goes is final."""
    number = state.tiers[tier].failover
    assert number is not None
    safe_us = prospective_safe_us(state, tier, unit)
    state.failovers[number] = replace(state.failovers[number], takeover_us=state.now_us, safe_us=safe_us)


def _announce(state: State, tier: int, unit: int) -> None:
    state.cancel(lambda due: isinstance(due, AddressDue) and due.tier == tier)  # clients believe the last one
    convergence_us = state.tier_setup(tier).convergence_us
    if convergence_us:
        state.push(state.now_us + convergence_us, Order.TIMER, AddressDue(tier, unit))
        refresh(state, tier)
    else:
        address_learned(state, tier, unit)


def address_learned(state: State, tier: int, unit: int) -> None:
    """Those before the tier follow, unless the announcer has died meanwhile."""
    if state.tiers[tier].units[unit].role is not Role.ACTIVE:
        return
    state.emit(AddressLearned(state.now_us, tier, unit))
    state.change_tier(tier, directed=unit)
    refresh(state, tier)


def strike_unit(state: State, tier: int, unit: int, fault: str, *, cables: bool) -> None:
    """The unit dies with its memory; with `cables` also what is on them. A dead unit stays dead."""
    here = state.tiers[tier]
    if here.units[unit].role is Role.DOWN:
        return
    state.emit(UnitStruck(state.now_us, fault, tier, unit))
    flying = kill_frames(state, tier, lambda frame: cables or frame.receiver == unit)
    receives = bool(here.streams) and here.streams[0].receiver == unit
    if cables or receives:
        flying = union(flying, kill_streams(state, tier))
    if here.units[unit].role is Role.ACTIVE and here.serving in (unit, None):
        _begin_failover(state, tier, unit, fault)
    hung = hang_up(state, here.units[unit].served)
    backlog = not state.links[tier][state.tier_setup(tier).sync.link].up
    _stop_timers(state, tier, unit)
    _lose_memory(state, tier, unit, Role.DOWN)
    other = 1 - unit
    split = here.units[other].role is Role.ACTIVE
    if split and here.serving == unit:  # the other one is active already and need not take over
        _took_over(state, tier, other)
        if not any(due == AddressDue(tier, other) for _, _, _, due in state.agenda):
            _announce(state, tier, other)
    refresh(state, tier)
    _count_doubtful(state, tier, hung)
    cause = _cause(state, tier, backlog=backlog, split=split and here.serving == other)
    settle(state, tier, Blame(cause, flying))


def _stop_timers(state: State, tier: int, unit: int) -> None:
    """What a unit was about to do dies with it; and with either active unit ends a split brain."""
    state.cancel(lambda due: due in (BootDone(tier, unit), DetectDue(tier, unit), AddressDue(tier, unit)))
    state.cancel(lambda due: isinstance(due, DemoteDue) and due.tier == tier)
    state.change_tier(tier, demoting=False)


def _cause(state: State, tier: int, *, backlog: bool, split: bool) -> LossCause:
    """Why what only the dead unit held had not been copied."""
    if split:
        return LossCause.SPLIT_BRAIN
    if not POLICIES[state.tier_setup(tier).sync.policy].copies:
        return LossCause.NEVER_SYNCED
    return LossCause.BACKLOG if backlog else LossCause.UNSYNCED


def _begin_failover(state: State, tier: int, unit: int, fault: str) -> None:
    other = 1 - unit
    safe_us = prospective_safe_us(state, tier, other) if other in running(state, tier) else None
    state.change_tier(tier, failover=len(state.failovers))
    state.failovers.append(Failover(tier, fault, unit, state.now_us, safe_us, state.now_us))


def _lose_memory(state: State, tier: int, unit: int, role: Role) -> None:
    state.change_unit(tier, unit, role=role, since_us=state.now_us, knows=(), safe_us=None, served=())


def _count_doubtful(state: State, tier: int, hung: Intervals) -> None:
    """Requests never acknowledged that the survivor nevertheless holds (or will)."""
    held: Intervals = union(*(prospects(state, tier, unit) for unit in running(state, tier)))
    count = 0
    for low, high in (piece for span in hung for piece in clip(held, *span)):
        count += len(opens_between(state, low, high)) + len(transactions_between(state, low, high)[0])
    if count:
        state.in_doubt.append((state.now_us, tier, count))
        state.emit(InDoubt(state.now_us, tier, count))


def repair(state: State, tier: int, unit: int) -> None:
    """Switch a dead unit on again; it boots with empty memory."""
    if state.tiers[tier].units[unit].role is not Role.DOWN:
        return
    state.change_unit(tier, unit, role=Role.BOOTING, since_us=state.now_us)
    state.emit(Repaired(state.now_us, tier, unit))
    state.push(state.now_us + state.tier_setup(tier).boot_us, Order.TIMER, BootDone(tier, unit))


def booted(state: State, tier: int, unit: int) -> None:
    """The unit waits for its full copy and listens for heartbeats."""
    if state.tiers[tier].units[unit].role is not Role.BOOTING:
        return
    state.emit(Booted(state.now_us, tier, unit))
    _wait(state, tier, unit)


def demote(state: State, tier: int, unit: int) -> None:
    """A deposed active gives up what only it holds and asks for a full copy."""
    state.change_tier(tier, demoting=False)
    units = state.tiers[tier].units
    if units[unit].role is not Role.ACTIVE or units[1 - unit].role is not Role.ACTIVE:
        return
    state.emit(Demoted(state.now_us, tier, unit))
    hang_up(state, units[unit].served)
    if state.tiers[tier].serving == unit:  # clients have not followed its successor yet
        _service_ends(state, tier)
    _lose_memory(state, tier, unit, Role.RESYNCING)
    _wait(state, tier, unit)
    settle(state, tier, Blame(LossCause.SPLIT_BRAIN))


def _service_ends(state: State, tier: int) -> None:
    """The tier's last failover was without a gap until now."""
    number = state.tiers[tier].failover
    assert number is not None
    state.failovers[number] = replace(state.failovers[number], down_us=state.now_us)


def _wait(state: State, tier: int, unit: int) -> None:
    state.change_unit(tier, unit, role=Role.RESYNCING, since_us=state.now_us, heard_us=state.now_us)
    watch(state, tier, unit)
    refresh(state, tier)
