"""Requests that wait for the standby: until when they have been answered, and when they wait no longer."""

from __future__ import annotations

from dataclasses import replace

from visualizer.sim.agenda import Batch, Order, WaitDue
from visualizer.sim.cable import quality
from visualizer.sim.event import AcknowledgementsBack, AcknowledgementsHeld, FellBack
from visualizer.sim.queueing import ready_delay_us
from visualizer.sim.reach import bulk_reach_us, streams_reach_us
from visualizer.sim.replication import POLICIES
from visualizer.sim.service import first_served_us
from visualizer.sim.state import AnswersCut, State, Wait


def answered_until_us(state: State, tier: int, at_us: int, *, delivered: bool) -> int:
    """Requests made before this have their answer from the standby at `at_us`; `delivered` counts those
    answered at that very instant.
    """
    here = state.tiers[tier]
    if not here.streams and here.channel is None:
        return here.acked_us
    delay_us = ready_delay_us(state, tier)
    earlier_us = at_us - _way_back_us(state, tier)
    bound_us = here.acked_us + delay_us
    for arrived_us, copied_us in reversed(state.deliveries[tier]):
        if arrived_us < earlier_us + (1 if delivered else 0):
            bound_us = max(bound_us, copied_us)
            break
    if any(isinstance(due, Batch) and due.tier == tier and due.in_pieces for _, _, _, due in state.agenda):
        bound_us = max(bound_us, bulk_reach_us(state.bulks[tier][-1], earlier_us, delivered=delivered))
    bound_us = streams_reach_us(state, tier, bound_us, earlier_us, delivered=delivered)
    return max(here.acked_us, bound_us - delay_us)


def _way_back_us(state: State, tier: int) -> int:
    sync, streams = state.tier_setup(tier).sync, state.tiers[tier].streams
    latency_us = streams[-1].latency_us if streams else quality(state, tier, sync.link).latency_us
    return latency_us + sync.apply_us


def unanswered_from_us(state: State, *, inclusive: bool) -> int:
    """Requests made from this instant on have not been acknowledged by now (`inclusive`: this instant
    over).
    """
    from_us = state.now_us - state.setup.traffic.response_us + (1 if inclusive else 0)
    for tier, here in enumerate(state.tiers):
        if here.requests_wait:
            answered_us = answered_until_us(state, tier, state.now_us, delivered=inclusive)
            from_us = min(from_us, max(answered_us, here.waits[-1].from_us))
    return from_us


def freeze_answers(state: State, tier: int, *, delivered: bool) -> None:
    """The way to the standby changes or ends: what has been answered by now stays answered. What becomes
    ready at this very instant does not leave any more.
    """
    here = state.tiers[tier]
    if here.waits:
        answered_us = answered_until_us(state, tier, state.now_us, delivered=delivered)
        left_us = state.now_us - ready_delay_us(state, tier)
        state.change_tier(tier, acked_us=max(here.acked_us, min(answered_us, left_us)))


def cut_answers(state: State, tier: int, *, delivered: bool) -> int:
    """The same, and the answers that are still on their way never come; returns before when they came."""
    freeze_answers(state, tier, delivered=delivered)
    cut_us = state.now_us + (1 if delivered else 0)
    if state.tiers[tier].waits:
        cut = AnswersCut(cut_us, len(state.deliveries[tier]), len(state.bulks[tier]))
        state.change_tier(tier, answers_cut=(*state.tiers[tier].answers_cut, cut))
    return cut_us


def begin_waiting(state: State, tier: int) -> None:
    """The standby answers: from now on requests wait for it, if they did not all the time."""
    here = state.tiers[tier]
    if not POLICIES[state.tier_setup(tier).sync.policy].waits:
        return
    if here.answers_held or (here.waits and not here.requests_wait):
        state.emit(AcknowledgementsBack(state.now_us, tier))
    state.change_tier(tier, answers_held=False)
    if here.requests_wait:
        return
    from_us = max(state.now_us, 0)
    state.change_tier(tier, waits=(*here.waits, Wait(from_us)), acked_us=max(here.acked_us, from_us))
    _watch_oldest(state, tier, from_us)


def wait_in_vain(state: State, tier: int) -> None:
    """A unit goes on serving without a standby: its requests wait until there is one."""
    waits = (*state.tiers[tier].waits, Wait(state.now_us))
    state.change_tier(tier, waits=waits, acked_us=state.now_us)
    hold_answers(state, tier)
    _watch_oldest(state, tier, state.now_us)


def stop_waiting(state: State, tier: int) -> None:
    """All that waits is answered now, and nothing waits from now on."""
    if not state.tiers[tier].requests_wait:
        return
    *before, last = state.tiers[tier].waits
    waits = (*before, replace(last, to_us=state.now_us, released_us=state.now_us))
    state.change_tier(tier, waits=waits, acked_us=state.now_us, answers_held=False)
    state.cancel(lambda due: due == WaitDue(tier))


def hold_answers(state: State, tier: int) -> None:
    """The standby cannot be reached: say so once."""
    if state.tiers[tier].requests_wait and not state.tiers[tier].answers_held:
        state.change_tier(tier, answers_held=True)
        state.emit(AcknowledgementsHeld(state.now_us, tier))


def wait_due(state: State, tier: int) -> bool:
    """Fall back if the oldest request has waited long enough; else look again when it will have. Returns
    whether it fell back.
    """
    here = state.tiers[tier]
    if not here.requests_wait:
        return False
    timeout_us = state.tier_setup(tier).sync.timeout_us
    answered_us = max(answered_until_us(state, tier, state.now_us, delivered=True), here.waits[-1].from_us)
    oldest_us = first_served_us(state, answered_us, state.now_us)
    delay_us = ready_delay_us(state, tier)
    if timeout_us is not None and oldest_us is not None and oldest_us + delay_us + timeout_us <= state.now_us:
        stop_waiting(state, tier)
        state.emit(FellBack(state.now_us, tier))
        return True
    _watch_oldest(state, tier, state.now_us if oldest_us is None else oldest_us)
    return False


def _watch_oldest(state: State, tier: int, from_us: int) -> None:
    timeout_us = state.tier_setup(tier).sync.timeout_us
    if timeout_us is None:
        return
    due_us = from_us + ready_delay_us(state, tier) + timeout_us
    state.push(max(due_us, state.now_us + 1), Order.TIMER, WaitDue(tier))
