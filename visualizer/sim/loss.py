"""Booking what is lost: a change is lost when no living unit of its tier holds it, nor a cable to one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import numpy as np

from visualizer.sim.audit import hands_changed
from visualizer.sim.chance import Integers
from visualizer.sim.event import LossCause, StateLost
from visualizer.sim.knowledge import copied_ever_us, held, surely_held_us
from visualizer.sim.queueing import Mask, ready_us
from visualizer.sim.replication import POLICIES
from visualizer.sim.service import Spans, accepted, lost_at, opens_between, running, served
from visualizer.sim.state import Loss, State
from visualizer.sim.traffic import EARLIEST_US, FAR_US, among, pack


@dataclass(frozen=True, slots=True)
class Blame:
    """Names the cause. Changes ready in [`arrived_us`, `left_us`) were on the cable that died; `queue`: those
    after them stood in front of it. `discarded`: what became of the unit that held them. `backlog`: the sync
    cable was down. `hung`: requests of the unit that never get their answer.
    """

    arrived_us: int = FAR_US
    left_us: int = FAR_US
    queue: bool = False
    discarded: LossCause | None = None
    backlog: bool = False
    hung: Spans = ()


@dataclass(frozen=True, slots=True)
class _Gone:
    """Lost changes: sessions, sessions that another tier lost at this same instant (their entry here is lost
    too), and transactions.
    """

    sessions: Integers
    again: Integers
    times_us: Integers
    of_session: Integers

    @property
    def anything(self) -> bool:
        """Whether there are any."""
        return bool(len(self.sessions) or len(self.again) or len(self.times_us))


def settle(state: State, tier: int, blame: Blame) -> None:
    """Book everything that the tier acknowledged and that is nowhere any more at this instant."""
    gone = _gone(state, tier)
    if gone.anything:
        _book_by_cause(state, tier, blame, gone)
    hands_changed(state, tier)


def _book_by_cause(state: State, tier: int, blame: Blame, gone: _Gone) -> None:
    opened_us = state.traffic.opens_us
    of_sessions = _causes(state, tier, blame, opened_us[gone.sessions], gone.sessions)
    of_again = _causes(state, tier, blame, opened_us[gone.again], gone.again)
    of_times = _causes(state, tier, blame, gone.times_us, gone.of_session)
    for number, cause in enumerate(_CAUSES):
        mine, again, times = (of == number for of in (of_sessions, of_again, of_times))
        part = _Gone(gone.sessions[mine], gone.again[again], gone.times_us[times], gone.of_session[times])
        if part.anything:
            _book(state, tier, cause, part)


_CAUSES = (
    LossCause.NO_SURVIVOR,
    LossCause.IN_FLIGHT,
    LossCause.NEVER_SYNCED,
    LossCause.SPLIT_BRAIN,
    LossCause.FAILBACK,
    LossCause.CASCADE,
    LossCause.STALE_SNAPSHOT,
    LossCause.BACKLOG,
    LossCause.UNSYNCED,
)
"""In the order in which they are told."""


def _causes(state: State, tier: int, blame: Blame, times_us: Integers, sessions: Integers) -> Integers:
    """Index into `_CAUSES` for each lost change."""
    setup, policy = state.tier_setup(tier), POLICIES[state.tier_setup(tier).sync.policy]
    alive = running(state, tier)
    ready = ready_us(state, tier, times_us, sessions)
    arrived_us = max((copied_ever_us(state, tier, unit) for unit in alive), default=EARLIEST_US)
    hole = ready < arrived_us if setup.sync.datagram else np.zeros(len(ready), dtype=np.bool_)
    too_young = (ready >= state.now_us) & bool(setup.sync.pickup_us or setup.sync.never)
    queued = blame.backlog | (blame.queue & (ready >= blame.left_us) & (ready < state.now_us))
    rest = blame.discarded
    rules: list[tuple[LossCause, Mask | bool]] = [
        (LossCause.NO_SURVIVOR, not alive),
        (LossCause.IN_FLIGHT, ((ready >= blame.arrived_us) & (ready < blame.left_us)) | hole),
        (LossCause.NEVER_SYNCED, too_young | (not policy.copies)),
        *((cause, rest is cause) for cause in (LossCause.SPLIT_BRAIN, LossCause.FAILBACK, LossCause.CASCADE)),
        (LossCause.STALE_SNAPSHOT, policy.whole),
        (LossCause.BACKLOG, queued),
    ]
    codes = np.full(len(ready), _CAUSES.index(LossCause.UNSYNCED), dtype=np.int64)
    for cause, holds in reversed(rules):
        codes = np.where(holds, _CAUSES.index(cause), codes)
    return codes


def _gone(state: State, tier: int) -> _Gone:
    traffic, now_us = state.traffic, state.now_us
    low_us = surely_held_us(state, tier)
    sessions = opens_between(state, low_us, now_us)
    sessions = sessions[accepted(state, sessions) & (traffic.closes_us[sessions] >= now_us)]
    when = lost_at(state, sessions)
    sessions, when = sessions[when >= now_us], when[when >= now_us]
    nowhere = ~held(state, tier, traffic.opens_us[sessions], sessions)
    first, last = np.searchsorted(traffic.transaction_us, (low_us, now_us))
    times, of = traffic.transaction_us[first:last], traffic.transaction_session[first:last]
    live = (
        accepted(state, of)
        & (traffic.closes_us[of] >= now_us)
        & served(state, times, of)
        & (lost_at(state, of) >= now_us)
        & ~among(times, of, state.lost_transactions)
    )
    times, of = times[live], of[live]
    lost = ~held(state, tier, times, of)
    again = sessions[nowhere & (when == now_us)]
    booked = _entries_booked_now(state, tier)
    return _Gone(sessions[nowhere & (when == FAR_US)], again[~np.isin(again, booked)], times[lost], of[lost])


def _entries_booked_now(state: State, tier: int) -> Integers:
    """Sessions whose entry in this tier was booked as lost at this very instant already."""
    found = [loss.entry_sessions for loss in state.losses if (loss.at_us, loss.tier) == (state.now_us, tier)]
    return np.concatenate([np.zeros(0, dtype=np.int64), *found])


def _book(state: State, tier: int, cause: LossCause, gone: _Gone) -> None:
    failover = state.tiers[tier].failover
    safe_us = None if failover is None else state.failovers[failover].safe_us
    serving = any(server is not None for server in state.tiers[tier].servers[: state.groups])
    ended_us = state.now_us if serving else FAR_US
    entries = np.concatenate([gone.sessions, gone.again])
    sessions, times = gone.sessions, gone.times_us
    loss = Loss(
        state.now_us, tier, cause, failover, safe_us, ended_us, sessions, entries, times, gone.of_session
    )  # fmt: skip
    _remember(state, loss)
    digest = hashlib.sha256(sessions.astype("<i8").tobytes() + times.astype("<i8").tobytes()).hexdigest()[:16]
    state.emit(StateLost(state.now_us, tier, cause, len(sessions), len(times), len(entries), safe_us, digest))


def _remember(state: State, loss: Loss) -> None:
    number = len(state.losses)
    state.losses.append(loss)
    state.lost_sessions = np.sort(np.concatenate([state.lost_sessions, loss.sessions]))
    if not len(state.lost_by):
        state.lost_by = np.full(len(state.traffic.opens_us), -1, dtype=np.int64)
    state.lost_by = state.lost_by.copy()  # copies of the state share the old one
    state.lost_by[loss.sessions] = number
    state.lost_transactions = np.sort(
        np.concatenate([state.lost_transactions, pack(loss.transaction_us, loss.transaction_session)])
    )


def tell_clients(state: State, tier: int) -> None:
    """The tier serves again: clients of lost sessions learn it with their next request."""
    for number, loss in enumerate(state.losses):
        if loss.tier == tier and loss.ended_us == FAR_US:
            state.losses[number] = replace(loss, ended_us=state.now_us)
