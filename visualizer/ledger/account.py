"""The three books of a run at one instant: state loss, interruption, in doubt. Never added together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from visualizer.sim import exposure_series
from visualizer.sim.chance import Integers
from visualizer.sim.event import LossCause, Status
from visualizer.sim.knowledge import copied_now_us, holds, in_own
from visualizer.sim.outcome import Interruption, interruption
from visualizer.sim.queueing import is_hole, ready_us
from visualizer.sim.service import (
    STATUSES,
    accepted,
    fold,
    open_now,
    opens_between,
    served,
    transactions_between,
)
from visualizer.sim.state import Failover, Loss, Role, State
from visualizer.sim.traffic import EARLIEST_US
from visualizer.sim.waiting import unanswered_from_us

_SERVED = STATUSES.index(Status.SERVED)


@dataclass(frozen=True, slots=True)
class Lost:
    """Acknowledged state that is gone: sessions, transactions, and entries of state tables."""

    sessions: int = 0
    transactions: int = 0
    entries: int = 0

    def __add__(self, other: Lost) -> Lost:
        return Lost(
            self.sessions + other.sessions,
            self.transactions + other.transactions,
            self.entries + other.entries,
        )


@dataclass(frozen=True, slots=True)
class FailoverRecord:
    """One change of the active unit, with what it cost. RPO and RTO are the achieved ones (None: not yet)."""

    failover: Failover
    lost: Lost
    achieved_rpo_us: int | None
    achieved_rto_us: int | None


@dataclass(frozen=True, slots=True)
class Account:
    """All counts up to and including `at_us`. Initial sessions count as offered and let in before t = 0.

    `interruption`: requests (sessions that asked to open and transactions) that were not served at once;
    offered = acknowledged + pending + its `failed` + its `waiting`. `open_sessions` are those alive now.
    `at_stake`: what only a deposed active holds in a split brain; it is discarded when that unit is demoted.
    """

    at_us: int
    offered_sessions: int
    offered_transactions: int
    acknowledged_sessions: int
    acknowledged_transactions: int
    pending: int
    open_sessions: int
    lost: Lost
    lost_by_cause: dict[LossCause, Lost]
    interruption: Interruption
    no_service_us: int
    in_doubt: int
    at_stake: Lost
    failovers: tuple[FailoverRecord, ...]

    @property
    def stateful(self) -> bool:
        """Whether no acknowledged state was lost, nor is doomed by a split brain that still lasts."""
        return self.lost == Lost() and self.at_stake == Lost()

    @property
    def interrupted(self) -> dict[Status, int]:
        """Requests by what they met first, if they were not served at once."""
        return self.interruption.met

    @property
    def requests_interrupted(self) -> int:
        """Requests that met nobody, or never got their answer."""
        return self.interruption.requests


def account(state: State) -> Account:
    """The books at the state's own instant."""
    tally = fold(state, state.tally, state.now_us)
    pending_sessions, pending_transactions = _pending(state)
    interrupted = interruption(state, tally)
    lost_by_cause = {
        cause: _total(loss for loss in state.losses if loss.cause is cause) for cause in LossCause
    }
    lost = _total(state.losses)
    return Account(
        at_us=state.now_us,
        offered_sessions=sum(tally.sessions) + interrupted.sessions_ahead,
        offered_transactions=sum(tally.transactions) + interrupted.transactions_ahead,
        acknowledged_sessions=tally.sessions[_SERVED] - pending_sessions,
        acknowledged_transactions=tally.transactions[_SERVED] - pending_transactions,
        pending=pending_sessions + pending_transactions,
        open_sessions=tally.sessions[_SERVED] - tally.closed - lost.sessions,
        lost=lost,
        lost_by_cause={cause: value for cause, value in lost_by_cause.items() if value != Lost()},
        interruption=interrupted,
        no_service_us=no_service_us(state),
        in_doubt=sum(count for _, _, count in state.in_doubt),
        at_stake=sum((_at_stake(state, tier) for tier in range(len(state.tiers))), Lost()),
        failovers=tuple(_record(state, number) for number in range(len(state.failovers))),
    )


def _pending(state: State) -> tuple[int, int]:
    """(sessions, transactions) applied, but not yet acknowledged."""
    low_us, high_us = max(unanswered_from_us(state, inclusive=True), 0), state.now_us + 1
    if low_us >= high_us:
        return 0, 0
    opening = opens_between(state, low_us, high_us)
    times, of = transactions_between(state, low_us, high_us)
    return int(accepted(state, opening).sum()), int(served(state, times, of).sum())


def _at_stake(state: State, tier: int) -> Lost:
    """What only that one of two active units holds that will have to give up."""
    units = state.tiers[tier].units
    if any(unit.role is not Role.ACTIVE for unit in units):
        return Lost()
    by_priority = state.tier_setup(tier).election == "priority"
    loser = 1 if by_priority or units[1].term < units[0].term else 0
    answered_us = unanswered_from_us(state, inclusive=True)
    opening = opens_between(state, EARLIEST_US, max(answered_us, 0))
    opening = opening[open_now(state, opening)]
    times, of = transactions_between(state, EARLIEST_US, max(answered_us, 0))
    live = open_now(state, of) & served(state, times, of)
    sessions = _only(state, tier, loser, state.traffic.opens_us[opening], opening)
    return Lost(sessions, _only(state, tier, loser, times[live], of[live]), sessions)


def _only(state: State, tier: int, loser: int, times_us: Integers, sessions: Integers) -> int:
    """How many of these changes the loser alone holds."""
    mine = holds(state, tier, loser, times_us, sessions)
    return int((mine & ~holds(state, tier, 1 - loser, times_us, sessions)).sum())


def _total(losses: Iterable[Loss]) -> Lost:
    return sum((Lost(len(x.sessions), len(x.transaction_us), x.entries) for x in losses), Lost())


def no_service_us(state: State) -> int:
    """Time in which a new request would have failed, so far; a request hung on a dying unit is not such a
    time.
    """
    changes = [entry for entry in state.service[0] if entry[1:] != (Status.HUNG, None)]
    ends = [*(at_us for at_us, _, _ in changes[1:]), state.now_us]
    return sum(
        end_us - at_us for (at_us, status, _), end_us in zip(changes, ends, strict=True)
        if status is not Status.SERVED
    )  # fmt: skip


def _record(state: State, number: int) -> FailoverRecord:
    failover = state.failovers[number]
    lost = _total(loss for loss in state.losses if loss.failover == number)
    rpo_us = None if failover.safe_us is None else max(_accepted_until_us(failover) - failover.safe_us, 0)
    rto_us = None
    if failover.restored_us is not None:
        rto_us = 0 if failover.down_us is None else failover.restored_us - failover.down_us
    return FailoverRecord(failover, lost, rpo_us, rto_us)


def _accepted_until_us(failover: Failover) -> int:
    """Until when the old active acknowledged work: its death, or its last answer if it waited for the
    standby, or, when it never died, until clients followed.
    """
    if failover.answered_us is not None:
        return failover.answered_us
    if failover.down_us is None and failover.restored_us is not None:
        return failover.restored_us
    return failover.fault_us


def held_sessions(state: State, open_sessions: int) -> list[tuple[int, int]]:
    """Live sessions that each unit of each tier holds, all of this instant included: shape (tiers, 2)."""
    held = []
    after = np.array([state.now_us + 1], dtype=np.int64)
    for tier, here in enumerate(state.tiers):
        holder = state.eras[tier][-1].holder
        row = [0, 0]
        if holder is not None:
            row[holder] = open_sessions
            other = here.units[1 - holder]
            if any(other.own) or other.copied_us > EARLIEST_US or here.streams:
                row[1 - holder] = open_sessions - int(exposure_series(state, tier, after)[0])
                row[1 - holder] -= _unknown(state, tier, 1 - holder)
        held.append((row[0], row[1]))
    return held


def _unknown(state: State, tier: int, unit: int) -> int:
    """Open sessions without their answer that have not reached a unit: not exposed, as nobody was promised
    them.
    """
    low_us = max(unanswered_from_us(state, inclusive=True), 0)
    if low_us > state.now_us:
        return 0
    opening = opens_between(state, low_us, state.now_us + 1)
    opening = opening[open_now(state, opening)]
    times = state.traffic.opens_us[opening]
    here, ready = state.tiers[tier].units[unit], ready_us(state, tier, times, opening)
    known = (ready < copied_now_us(state, tier, unit)) & ~is_hole(state, tier, unit, here.holes, ready)
    known |= in_own(state, here.own, times, opening)
    return int((~known).sum())
