"""Conservation, checked at every tick of every run: what was asked for is somewhere, exactly once.

Requests: offered = acknowledged or pending + failed or waiting, from the service log against the columns.
Sessions, in each tier: let in = held + closed + lost, where `held` is counted from what living units know.
After every change of hands, what nobody holds must be booked as lost, to the last transaction.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visualizer.sim.chance import Integers
from visualizer.sim.event import Status
from visualizer.sim.knowledge import held, surely_held_us
from visualizer.sim.reach import mark_stream
from visualizer.sim.service import (
    STATUSES,
    accepted,
    closes_between,
    fold,
    lost_at,
    opens_between,
    served,
    transactions_between,
)
from visualizer.sim.state import State, Tally
from visualizer.sim.traffic import EARLIEST_US, FAR_US, among
from visualizer.sim.waiting import unanswered_from_us

_SERVED = STATUSES.index(Status.SERVED)


class ConservationError(RuntimeError):
    """The books do not balance: a defect of the engine, never of the input."""


@dataclass(frozen=True, slots=True)
class _Counts:
    """Running totals up to and including each of the instants looked at; arrays of shape (instants,)."""

    offered: Integers
    let_in: Integers
    refused: Integers
    put_off: Integers
    closed: Integers
    lost: Integers


def audit(state: State, before_us: int) -> None:
    """Check all ticks not yet checked that lie before `before_us`; no hands have changed since the last."""
    ticks = _ticks(state, before_us)
    if not len(ticks):
        return
    fresh = state.held is None
    instants = ticks if fresh else np.concatenate([[state.audited_us], ticks])
    counts = _counts(state, instants)
    _demand(
        np.array_equal(counts.offered, counts.let_in + counts.refused + counts.put_off),
        state,
        "requests",
        ticks,
    )
    held_now = []
    for tier in range(len(state.tiers)):
        first = _held(state, tier, int(instants[0])) if state.held is None else state.held[tier]
        held = first + _grown(state, tier, counts)
        balance = np.array_equal(counts.let_in, held + counts.closed + counts.lost)
        _demand(balance, state, f"sessions of {state.setup.tiers[tier].name}", ticks)
        held_now.append(int(held[-1]))
    state.held = tuple(held_now)
    state.audited_us = int(ticks[-1])
    unsettled_us = unanswered_from_us(state, inclusive=False)  # what is answered now may still hang now
    settled_us = min(state.audited_us, unsettled_us - 1)
    state.tally = fold(state, state.tally, max(settled_us, state.tally.until_us))
    for tier in range(len(state.tiers)):
        mark_stream(state, tier)


def recount(state: State) -> None:
    """Check all ticks up to the state's instant. Count one by one what each tier holds, and, if clients
    react, what each request met.
    """
    audit(state, state.now_us + 1)
    if state.clients_react and fold(state, Tally(), state.tally.until_us) != state.tally:
        raise ConservationError(f"the requests do not add up to what has been counted, at {state.now_us} us")
    for tier, count in enumerate(state.held or ()):
        if _held(state, tier, state.audited_us) != count:
            name = state.setup.tiers[tier].name
            raise ConservationError(f"{name} does not hold what has been counted, at {state.audited_us} us")


def hands_changed(state: State, tier: int) -> None:
    """Count anew what is held, and demand that what nobody holds has been booked."""
    state.held = None
    unbooked = _unbooked(state, tier)
    if unbooked:
        name = state.setup.tiers[tier].name
        raise ConservationError(
            f"{unbooked} changes of {name} are nowhere and not booked at {state.now_us} us"
        )


def _ticks(state: State, before_us: int) -> Integers:
    tick_us = state.setup.tick_us
    first = (state.audited_us // tick_us + 1) * tick_us
    return np.arange(first, before_us, tick_us, dtype=np.int64)


def _counts(state: State, instants: Integers) -> _Counts:
    low_us, high_us = state.tally.until_us + 1, int(instants[-1]) + 1
    opening = opens_between(state, low_us, high_us)
    opened_us = state.traffic.opens_us[opening]
    let_in = served(state, opened_us, opening)
    closed_us = state.traffic.closes_us[closes_between(state, low_us, high_us)]
    before = state.tally.sessions
    return _Counts(
        offered=np.searchsorted(state.traffic.asked_us, instants, side="right"),
        let_in=before[_SERVED] + np.searchsorted(opened_us[let_in], instants, side="right"),
        refused=sum(before) - before[_SERVED] + np.searchsorted(opened_us[~let_in], instants, side="right"),
        put_off=_put_off(state, instants),
        closed=state.tally.closed + np.searchsorted(closed_us, instants, side="right"),
        lost=np.searchsorted(_loss_times(state), instants, side="right"),
    )


def _put_off(state: State, instants: Integers) -> Integers:
    """Sessions that had asked by each instant, and whose next try was still to come."""
    traffic = state.traffic
    if not traffic.put_off:
        return np.zeros(len(instants), dtype=np.int64)
    moved = np.flatnonzero(traffic.met)
    asked = np.searchsorted(traffic.asked_us[moved], instants, side="right")
    result: Integers = asked - np.searchsorted(np.sort(traffic.opens_us[moved]), instants, side="right")
    return result


def _loss_times(state: State) -> Integers:
    times = [np.full(len(loss.sessions), loss.at_us, dtype=np.int64) for loss in state.losses]
    return np.concatenate([np.zeros(0, dtype=np.int64), *times])


def _grown(state: State, tier: int, counts: _Counts) -> Integers:
    """What the tier holds more at each instant than at the first: only a unit in office can take in more."""
    in_office = any(
        times and times[-1][1] == FAR_US for unit in state.tiers[tier].units for times in unit.own
    )
    grown = (counts.let_in - counts.let_in[0]) * (1 if in_office else 0)
    result: Integers = grown - (counts.closed - counts.closed[0]) - (counts.lost - counts.lost[0])
    return result


def _held(state: State, tier: int, at_us: int) -> int:
    """Live sessions that the living units of the tier know, counted one by one."""
    sessions = opens_between(state, EARLIEST_US, at_us + 1)
    sessions = sessions[state.traffic.closes_us[sessions] > at_us]
    sessions = sessions[accepted(state, sessions) & (lost_at(state, sessions) > at_us)]
    return int(held(state, tier, state.traffic.opens_us[sessions], sessions).sum())


def _unbooked(state: State, tier: int) -> int:
    """Live sessions and transactions that were served, are held by nobody and are not booked."""
    low_us, high_us = surely_held_us(state, tier), state.now_us
    sessions = opens_between(state, low_us, high_us)
    live = accepted(state, sessions) & (state.traffic.closes_us[sessions] >= state.now_us)
    sessions = sessions[live & (lost_at(state, sessions) == FAR_US)]
    open_count = int((~held(state, tier, state.traffic.opens_us[sessions], sessions)).sum())
    times, of = transactions_between(state, low_us, high_us)
    live = served(state, times, of) & (state.traffic.closes_us[of] >= state.now_us)
    live &= lost_at(state, of) >= state.now_us
    live &= ~among(times, of, state.lost_transactions)
    return open_count + int((~held(state, tier, times[live], of[live])).sum())


def _demand(holds: bool, state: State, what: str, ticks: Integers) -> None:
    if not holds:
        span = f"{ticks[0]} to {ticks[-1]} us"
        raise ConservationError(f"the books of the {what} do not balance in {state.setup.name}, {span}")
