"""Why was this one lost? The chain of every lost change: accepted, last safe sync, fault, takeover."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visualizer.sim.chain import Chain
from visualizer.sim.chance import Integers
from visualizer.sim.service import Mask, lost_at
from visualizer.sim.state import State

__all__ = ["Chain", "LostChanges", "chain", "chain_of_transaction", "lost_changes"]


@dataclass(frozen=True, slots=True, eq=False)
class LostChanges:
    """All that was lost, each an index into arrays of shape (n,): by the instant of the loss, sessions before
    transactions, then by `accepted_us`.

    `loss`: index into `State.losses`. `is_transaction`: of a session that lived on; those of a lost session
    are part of it.
    """

    loss: Integers
    session: Integers
    accepted_us: Integers
    is_transaction: Mask

    def __len__(self) -> int:
        return len(self.session)


def lost_changes(state: State) -> LostChanges:
    """What has been lost up to the state's instant."""
    nothing = np.zeros(0, dtype=np.int64)
    found = [(nothing, nothing, nothing, nothing, nothing)]
    for number, loss in enumerate(state.losses):
        of, times = loss.transaction_session, loss.transaction_us
        lived_on = lost_at(state, of) != loss.at_us
        session = np.concatenate([loss.sessions, of[lived_on]])
        accepted_us = np.concatenate([state.traffic.opens_us[loss.sessions], times[lived_on]])
        kind = np.repeat([0, 1], [len(loss.sessions), int(lived_on.sum())])
        found.append(
            (np.full(len(session), number), session, accepted_us, kind, np.full(len(session), loss.at_us))
        )
    number_of, session, accepted_us, kind, at_us = (
        np.concatenate(column) for column in zip(*found, strict=True)
    )
    order = np.lexsort((session, accepted_us, kind, at_us))
    return LostChanges(number_of[order], session[order], accepted_us[order], kind[order] == 1)


def chain(state: State, session: int) -> Chain:
    """The chain of one lost session; KeyError when it was not lost."""
    number = int(state.lost_by[session]) if 0 <= session < len(state.lost_by) else -1
    if number < 0:
        raise KeyError(f"session {session} was not lost")
    with_it = int((state.losses[number].transaction_session == session).sum())
    return _chain(state, number, session, None, int(state.traffic.opens_us[session]), with_it)


def chain_of_transaction(state: State, session: int, at_us: int) -> Chain:
    """The chain of one lost transaction, that of `session` at `at_us`; KeyError when it was not lost."""
    for number, loss in enumerate(state.losses):
        if ((loss.transaction_session == session) & (loss.transaction_us == at_us)).any():
            return _chain(state, number, session, at_us, at_us, 0)
    raise KeyError(f"no transaction of session {session} at {at_us} us was lost")


def _chain(  # noqa: PLR0917
    state: State, number: int, session: int, transaction_us: int | None, accepted_us: int, transactions: int
) -> Chain:
    loss = state.losses[number]
    failover = None if loss.failover is None else state.failovers[loss.failover]
    return Chain(
        session=session,
        transaction_us=transaction_us,
        tier=loss.tier,
        unit=None if failover is None else failover.unit,
        cause=loss.cause,
        accepted_us=accepted_us,
        safe_us=loss.safe_us,
        fault=None if failover is None else failover.fault,
        fault_us=loss.at_us if failover is None else failover.fault_us,
        lost_us=loss.at_us,
        takeover_us=None if failover is None else failover.takeover_us,
        transactions=transactions,
    )
