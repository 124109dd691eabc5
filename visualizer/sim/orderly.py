"""What people and the pair itself do on purpose: give up, stop, hand over, come back."""

from __future__ import annotations

from dataclasses import replace

from visualizer.sim.address import announce, is_announcing
from visualizer.sim.agenda import BootDone, HandoverDue, Order
from visualizer.sim.batches import send_batch
from visualizer.sim.channel import policy_of
from visualizer.sim.death import book, count_doubtful, lose_memory, set_column_aside, stop_timers, take_down
from visualizer.sim.event import Booted, Demoted, Repaired, ServiceResumed, TakeoverBegun, UnitChanged
from visualizer.sim.heartbeats import send_heartbeat, watch
from visualizer.sim.knowledge import copied_now_us, end_arrives_us
from visualizer.sim.loss import Blame, settle
from visualizer.sim.office import refresh
from visualizer.sim.service import hang_up
from visualizer.sim.state import WAITING, Role, State
from visualizer.sim.takeover import take_over
from visualizer.sim.traffic import EARLIEST_US
from visualizer.sim.waiting import unanswered_from_us


def demote(state: State, tier: int, unit: int) -> None:
    """A deposed active gives up what only it holds and asks for a full copy."""
    state.change_tier(tier, demoting=False)
    units = state.tiers[tier].units
    if units[unit].role is not Role.ACTIVE or units[1 - unit].role is not Role.ACTIVE:
        return
    state.emit(Demoted(state.now_us, tier, unit))
    hung = hang_up(state, units[unit].own, unanswered_from_us(state, inclusive=False))
    if state.tiers[tier].serving == unit:  # clients have not followed its successor yet
        _service_ends(state, tier)
        if not is_announcing(state, tier, 1 - unit):
            announce(state, tier, 1 - unit)
    lose_memory(state, tier, unit, Role.RESYNCING)
    _wait(state, tier, unit)
    count_doubtful(state, tier, hung)
    settle(state, tier, Blame(discarded=state.tiers[tier].contest))


def _service_ends(state: State, tier: int) -> None:
    """The tier's last failover was without a gap until now."""
    number = state.tiers[tier].failover
    assert number is not None
    state.failovers[number] = replace(state.failovers[number], down_us=state.now_us, restored_us=None)


def stop(state: State, tier: int, unit: int) -> None:
    """An orderly end: what is ready leaves, a farewell behind it, and then the unit is down."""
    here = state.tiers[tier]
    if here.units[unit].role is Role.ACTIVE:
        if here.channel is not None and here.channel[0] == unit and policy_of(state, tier).ticks:
            send_batch(state, tier, full=False)
        if not here.units[unit].mute:
            send_heartbeat(state, tier, unit, farewell=True)
    blame = take_down(state, tier, unit, "stop", cables=False, queue=True)
    assert blame is not None
    book(state, tier, blame)
    set_column_aside(state, tier, unit)


def _moving(state: State, tier: int) -> list[int]:
    """The tiers that change over together: in parallel columns all of them."""
    return list(range(len(state.tiers))) if state.setup.path == "parallel" else [tier]


def can_hand_over(state: State, tier: int) -> bool:
    """Whether there is an active unit with a standby that it can copy to, throughout its column."""
    channels = {state.tiers[one].channel for one in _moving(state, tier)}
    channel = state.tiers[tier].channel
    return (
        channel is not None
        and channels == {channel}
        and all(state.tiers[one].units[channel[1]].role is Role.STANDBY for one in _moving(state, tier))
    )


def switch_over(state: State, tier: int) -> None:
    """The active unit serves no more, sends what is ready, and the standby follows when it has all of it."""
    channel = state.tiers[tier].channel
    assert channel is not None
    due_us = max(_send_the_rest(state, one, channel[1]) for one in _moving(state, tier))
    for one in _moving(state, tier):
        state.change_unit(one, channel[0], suspended="handover")
        state.emit(TakeoverBegun(state.now_us, one, channel[1], "handover", due_us))
        refresh(state, one)
    state.push(due_us, Order.TIMER, HandoverDue(tier, channel[1], state.now_us))


def _send_the_rest(state: State, tier: int, receiver: int) -> int:
    """What is ready leaves; returns when the last of it arrives."""
    if policy_of(state, tier).ticks:
        send_batch(state, tier, full=False)
    return max(end_arrives_us(state, tier, receiver), state.now_us)


def handover_due(state: State, due: HandoverDue) -> None:
    """The standby has it all and takes over; if it has not, everything stays as it was."""
    new, old, tiers = due.unit, 1 - due.unit, _moving(state, due.tier)
    if not any(_hands_over(state, tier, old) for tier in tiers):
        return
    if not all(_has_it_all(state, tier, new, due.bound_us) for tier in tiers):
        for tier in tiers:
            _go_on(state, tier, old)
        return
    unanswered_us = unanswered_from_us(state, inclusive=False)
    take_over(state, due.tier, new, "handover")
    for tier in tiers:
        _become_standby(state, tier, old, due.bound_us, unanswered_us)


def _hands_over(state: State, tier: int, unit: int) -> bool:
    here = state.tiers[tier].units[unit]
    return here.role is Role.ACTIVE and here.suspended == "handover"


def _has_it_all(state: State, tier: int, unit: int, bound_us: int) -> bool:
    arrived = not policy_of(state, tier).copies or copied_now_us(state, tier, unit) >= bound_us
    return state.tiers[tier].units[unit].role in WAITING and arrived and _hands_over(state, tier, 1 - unit)


def _go_on(state: State, tier: int, unit: int) -> None:
    if _hands_over(state, tier, unit):
        state.change_unit(tier, unit, suspended="")
        state.emit(ServiceResumed(state.now_us, tier, unit))
        refresh(state, tier)


def _become_standby(state: State, tier: int, unit: int, handed_us: int, unanswered_us: int) -> None:
    """The old active keeps as its copy what its successor has too, and answers nobody any more."""
    bound_us = handed_us if policy_of(state, tier).copies else EARLIEST_US
    hung = hang_up(state, state.tiers[tier].units[unit].own, unanswered_us)
    stop_timers(state, tier, unit)
    lose_memory(state, tier, unit, Role.STANDBY)
    safe_us = bound_us if bound_us > EARLIEST_US else None
    state.change_unit(tier, unit, copied_us=bound_us, safe_us=safe_us, heard_us=state.now_us)
    watch(state, tier, unit)
    refresh(state, tier)
    count_doubtful(state, tier, hung)
    settle(state, tier, Blame())


def fail_back(state: State, tier: int) -> None:
    """The waiting unit takes over at once with what it has, and the active one gives up at once."""
    units = state.tiers[tier].units
    new = next(unit for unit in (0, 1) if units[unit].role in WAITING)
    take_over(state, tier, new, "failback")
    for one in _moving(state, tier):
        demote(state, one, 1 - new)


def can_fail_back(state: State, tier: int) -> bool:
    """Whether one unit is active and the other waits, throughout its column."""
    roles = [[unit.role for unit in state.tiers[one].units] for one in _moving(state, tier)]
    return any(all(pair[new] in WAITING and pair[1 - new] is Role.ACTIVE for pair in roles) for new in (0, 1))


def repair(state: State, tier: int, unit: int) -> None:
    """Switch a dead unit on again: it boots with empty memory. A living one is made sound."""
    here = state.tiers[tier].units[unit]
    if here.role is Role.DOWN:
        state.change_unit(tier, unit, role=Role.BOOTING, since_us=state.now_us, fault="", isolated=False)
        state.emit(Repaired(state.now_us, tier, unit))
        state.push(state.now_us + state.tier_setup(tier).boot_us, Order.TIMER, BootDone(tier, unit))
    elif is_unsound(state, tier, unit):
        change_condition(state, tier, unit, "repair", slow=False, mute=False, isolated=False)
        if here.mute and here.role in WAITING:
            state.change_unit(tier, unit, heard_us=state.now_us)
            watch(state, tier, unit)


def is_unsound(state: State, tier: int, unit: int) -> bool:
    """Whether a living unit is slow, isolated or without its daemon."""
    here = state.tiers[tier].units[unit]
    return here.slow or here.mute or here.isolated


def change_condition(state: State, tier: int, unit: int, fault: str, **conditions: bool) -> None:
    """A living unit becomes slow, mute, isolated, or sound again."""
    name = next((name for name, value in conditions.items() if value), "sound")
    state.emit(UnitChanged(state.now_us, fault, tier, unit, name))
    state.change_unit(tier, unit, **conditions)
    refresh(state, tier)


def booted(state: State, tier: int, unit: int) -> None:
    """The unit waits for its full copy and listens for heartbeats."""
    if state.tiers[tier].units[unit].role not in (Role.BOOTING, Role.SET_ASIDE):
        return
    state.emit(Booted(state.now_us, tier, unit))
    _wait(state, tier, unit)


def _wait(state: State, tier: int, unit: int) -> None:
    setup = state.tier_setup(tier)
    later_us = setup.preempt_us if setup.preempt and unit == 0 else 0
    heard_us = state.now_us + later_us
    state.change_unit(tier, unit, role=Role.RESYNCING, since_us=state.now_us, heard_us=heard_us)
    watch(state, tier, unit)
    refresh(state, tier)
