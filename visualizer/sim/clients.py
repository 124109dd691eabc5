"""What clients do when a unit is there again: who met nobody asks again, at the next of its fixed instants.

A request that will find a unit at a later try (to be served, or to hang) is moved in the columns to that
instant. Only what is to come is written; when each was made first, and what it met then, stays beside it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np

from visualizer.sim.chance import Integers
from visualizer.sim.closed_loop import keep_pace
from visualizer.sim.columns import delay_openings, delay_transactions
from visualizer.sim.event import RequestsRetried
from visualizer.sim.patience import RETRIED, ladders_of, next_try_us, unserved_openings, unserved_transactions
from visualizer.sim.service import STATUSES, ended_at, status_codes
from visualizer.sim.state import Counts, State
from visualizer.sim.traffic import FAR_US, START_US, pack


def react(state: State) -> None:
    """After each thing that happens: who finds a unit again tries again, closed loops keep their pace."""
    seen = tuple(log[-1] for log in state.service)
    if seen != state.service_seen:
        old, state.service_seen = state.service_seen, seen
        for group, entry in enumerate(seen):
            if entry[1] not in RETRIED and entry not in old[group : group + 1]:
                _try_again(state, group)
    if state.setup.traffic.connections is not None:
        keep_pace(state)


def _try_again(state: State, group: int) -> None:
    openings = _openings_again(state, group)
    transactions = _transactions_again(state, group)
    if not len(openings) and not len(transactions):
        return
    digest = hashlib.sha256(openings.astype("<i8").tobytes() + transactions.astype("<i8").tobytes())
    counts = len(openings), len(transactions)
    state.emit(RequestsRetried(state.now_us, *counts, digest.hexdigest()[:16]))


def _openings_again(state: State, group: int) -> Integers:
    """Sessions that could not open do so at their next try; returns which and when, packed."""
    now_us, ladder = state.now_us, ladders_of(state)[0]
    sessions = unserved_openings(state, group, now_us - ladder.patience_us, now_us)
    tries_us = next_try_us(ladder, state.traffic.asked_us[sessions], now_us)
    sessions, tries_us = sessions[tries_us < FAR_US], tries_us[tries_us < FAR_US]
    if not len(sessions):
        return sessions
    times = state.traffic.opens_us[sessions]
    met = status_codes(state, times, sessions)
    counted = met[times <= state.tally.until_us]
    state.tally = replace(state.tally, sessions=_less(state.tally.sessions, counted))
    state.traffic = delay_openings(state.traffic, sessions, tries_us, met, state.setup.duration_us)
    return pack(tries_us, sessions)


def _transactions_again(state: State, group: int) -> Integers:
    """The same for transactions."""
    now_us, ladder = state.now_us, ladders_of(state)[1]
    unserved = unserved_transactions(state, group, now_us - ladder.patience_us, now_us)
    traffic = state.traffic
    of = traffic.transaction_session[unserved]
    tries_us = next_try_us(ladder, traffic.transaction_asked_us[unserved], now_us)
    able = (tries_us < FAR_US) & (ended_at(state, of) > now_us) & (traffic.closes_us[of] > now_us)
    places, tries_us = unserved[able], tries_us[able]
    if state.setup.clients.stall_us is not None:
        places, tries_us, met = _in_line(state, unserved, places, tries_us)
    else:
        in_time = tries_us < traffic.closes_us[traffic.transaction_session[places]]
        places, tries_us = places[in_time], tries_us[in_time]
        met = _met(state, places)
    if not len(places):
        return places
    counted = met[traffic.transaction_us[places] <= state.tally.until_us]
    state.tally = replace(state.tally, transactions=_less(state.tally.transactions, counted))
    state.traffic = delay_transactions(traffic, places, tries_us, met)
    return pack(tries_us, traffic.transaction_session[places])


def _met(state: State, places: Integers) -> Integers:
    """What these transactions met at their last attempt."""
    traffic = state.traffic
    return status_codes(state, traffic.transaction_us[places], traffic.transaction_session[places])


def _in_line(
    state: State, unserved: Integers, able: Integers, tries_us: Integers
) -> tuple[Integers, Integers, Integers]:
    """(places, times, met) when a transport keeps the order: the first of a session that has a try left holds
    up all later ones until it succeeds, those still to be made too.
    """
    traffic = state.traffic
    heads, first = np.unique(traffic.transaction_session[able], return_index=True)
    until = np.full(len(traffic.opens_us), START_US, dtype=np.int64)
    from_place, met = until.copy(), until.copy()
    until[heads], from_place[heads] = tries_us[first], able[first]
    met[heads] = _met(state, able[first])
    ahead = np.searchsorted(traffic.transaction_us, (state.now_us, int(until.max(initial=START_US))))
    places = np.concatenate([unserved, np.arange(*ahead)])
    times, of = traffic.transaction_us[places], traffic.transaction_session[places]
    closes_first = until[of] >= traffic.closes_us[of]  # then what is still to be made never gets through
    held_up = (times < until[of]) & (places >= from_place[of]) & (~closes_first | (times >= state.now_us))
    places, of, times, closes_first = places[held_up], of[held_up], times[held_up], closes_first[held_up]
    codes = np.where(times < state.now_us, _met(state, places), met[of])
    return places, np.where(closes_first, state.setup.duration_us + 1, until[of]), codes


def _less(counts: Counts, codes: Integers) -> Counts:
    """These requests are counted again when their next try comes."""
    fewer = np.bincount(codes, minlength=len(STATUSES)).tolist()
    return tuple(old - gone for old, gone in zip(counts, fewer, strict=True))
