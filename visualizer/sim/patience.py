"""How long clients keep asking: the tries of a request, and which requests are still without success."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from visualizer.sim.chance import Integers
from visualizer.sim.event import Status
from visualizer.sim.intervals import Intervals, clip
from visualizer.sim.service import accepted, ended_at, group_of, opens_between
from visualizer.sim.setup import ClientSetup
from visualizer.sim.state import State
from visualizer.sim.traffic import FAR_US

RETRIED = frozenset({Status.NOBODY_ACTIVE, Status.DEAD_ADDRESS, Status.REFUSED})
"""A client notices these; a request that hangs keeps it waiting."""


@dataclass(frozen=True, slots=True, eq=False)
class Ladder:
    """When a request tries again, counted from its first attempt: `offsets_us`, ascending. It has failed when
    it is `patience_us` old without success.
    """

    offsets_us: Integers
    patience_us: int


@lru_cache(maxsize=8)
def ladders(clients: ClientSetup, horizon_us: int) -> tuple[Ladder, Ladder]:
    """For openings, and for transactions. One try later than the horizon stands for all of them."""
    timeout_us = FAR_US if clients.timeout_us is None else clients.timeout_us
    offsets = () if clients.retry is None else clients.retry.offsets_us()
    opening = _ladder(offsets, min(max(offsets, default=0), timeout_us), horizon_us)
    if clients.stall_us is None:
        return opening, opening
    doublings = (horizon_us // clients.stall_us + 1).bit_length() + 1
    repeats = tuple(clients.stall_us * ((1 << number) - 1) for number in range(1, doublings + 1))
    return opening, _ladder(repeats, timeout_us, horizon_us)


def _ladder(offsets: tuple[int, ...], patience_us: int, horizon_us: int) -> Ladder:
    count = 1 + sum(offset <= horizon_us for offset in offsets)
    kept = [offset for offset in offsets[:count] if offset <= patience_us]
    return Ladder(np.array(kept, dtype=np.int64), patience_us)


def ladders_of(state: State) -> tuple[Ladder, Ladder]:
    """Those of this run."""
    return ladders(state.setup.clients, state.setup.duration_us)


def next_try_us(ladder: Ladder, asked_us: Integers, now_us: int) -> Integers:
    """The first try at `now_us` or later of requests first made at these times; FAR_US: there is none."""
    ahead = np.append(ladder.offsets_us, FAR_US)[np.searchsorted(ladder.offsets_us, now_us - asked_us)]
    return np.where(ahead < FAR_US, asked_us + ahead, FAR_US)


def unserved_openings(state: State, group: int, low_us: int, high_us: int) -> Integers:
    """Sessions of a group whose last attempt to open, in [low, high), met nobody."""
    spans = _unserved(state, group, low_us, high_us)
    sessions = np.concatenate([np.zeros(0, dtype=np.int64), *(opens_between(state, *span) for span in spans)])
    return _of_group(state, group, sessions, sessions)


def unserved_transactions(state: State, group: int, low_us: int, high_us: int) -> Integers:
    """Places in the columns of transactions of a group, really made, whose last attempt in [low, high) met
    nobody; ascending.
    """
    traffic = state.traffic
    bounds = [
        np.searchsorted(traffic.transaction_us, span) for span in _unserved(state, group, low_us, high_us)
    ]
    places = np.concatenate([np.zeros(0, dtype=np.int64), *(np.arange(*bound) for bound in bounds)])
    places = _of_group(state, group, places, traffic.transaction_session[places])
    times, of = traffic.transaction_us[places], traffic.transaction_session[places]
    return places[accepted(state, of) & (ended_at(state, of) > times)]


def _unserved(state: State, group: int, low_us: int, high_us: int) -> Intervals:
    """When requests of a group met nobody."""
    log = state.service[group]
    ends = [*(at_us for at_us, _, _ in log[1:]), FAR_US]
    spans = [
        (at_us, end_us) for (at_us, status, _), end_us in zip(log, ends, strict=True) if status in RETRIED
    ]
    return clip(spans, low_us, high_us)


def _of_group(state: State, group: int, chosen: Integers, sessions: Integers) -> Integers:
    return chosen if state.groups == 1 else chosen[group_of(state, sessions) == group]
