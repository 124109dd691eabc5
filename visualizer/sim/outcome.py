"""What has become of the requests that were not served at once: delayed, failed, or still trying."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from visualizer.sim.chance import Integers
from visualizer.sim.event import Status
from visualizer.sim.patience import RETRIED, ladders_of, unserved_openings, unserved_transactions
from visualizer.sim.service import STATUSES, Mask, ended_at, status_codes
from visualizer.sim.state import State, Tally
from visualizer.sim.traffic import Codes

_SERVED = STATUSES.index(Status.SERVED)
_NOBODY = tuple(STATUSES.index(status) for status in STATUSES if status in RETRIED)


@dataclass(frozen=True, slots=True)
class Interruption:
    """Requests that were not served at once, at one instant.

    `met`: by what each met first. `delayed` were served at a later try, after `delay_us` in all and at most
    `longest_delay_us`. `waiting` still try or will. `sessions_ahead`, `transactions_ahead`: requests made
    whose place in the columns is still ahead or fell away with their session.
    """

    met: dict[Status, int] = field(default_factory=dict)
    waiting: int = 0
    delayed: int = 0
    delay_us: int = 0
    longest_delay_us: int | None = None
    sessions_ahead: int = 0
    transactions_ahead: int = 0

    @property
    def requests(self) -> int:
        """All of them."""
        return sum(self.met.values())

    @property
    def failed(self) -> int:
        """Those that gave up, cannot succeed any more, or never got their answer."""
        return self.requests - self.delayed - self.waiting

    @property
    def mean_delay_us(self) -> int | None:
        """Of those that were delayed, rounded down; None: none was."""
        return self.delay_us // self.delayed if self.delayed else None


@dataclass(frozen=True, slots=True, eq=False)
class _Moved:
    """Requests that have been put off: arrays of one shape. `code`: what each met or meets at its present
    place in the columns. `fell`: before that place came its session closed, or its client knew it lost.
    """

    asked_us: Integers
    at_us: Integers
    met: Codes
    code: Integers
    fell: Mask


def interruption(state: State, tally: Tally) -> Interruption:
    """At the state's instant, up to which `tally` counts the columns."""
    by_place = np.array(tally.sessions, dtype=np.int64) + np.array(tally.transactions, dtype=np.int64)
    by_place[_SERVED] = 0
    openings, transactions = _openings(state), _transactions(state)
    waiting = _still_trying(state)
    delays = []
    for moved in (openings, transactions):
        here = (moved.at_us <= state.now_us) & ~moved.fell
        late = here & (moved.code == _SERVED)
        delays.append(moved.at_us[late] - moved.asked_us[late])
        waiting += int((~here & ~moved.fell).sum())
        by_place -= np.bincount(moved.code[here & ~late], minlength=len(STATUSES))
        by_place += np.bincount(moved.met, minlength=len(STATUSES))
    delay = np.concatenate(delays)
    return Interruption(
        met={status: count for status, count in zip(STATUSES, by_place.tolist(), strict=True) if count},
        waiting=waiting,
        delayed=len(delay),
        delay_us=int(delay.sum()),
        longest_delay_us=int(delay.max()) if len(delay) else None,
        sessions_ahead=_ahead(state, openings),
        transactions_ahead=_ahead(state, transactions),
    )


def _ahead(state: State, moved: _Moved) -> int:
    return int(((moved.at_us > state.now_us) | moved.fell).sum())


def _openings(state: State) -> _Moved:
    traffic = state.traffic
    sessions = np.flatnonzero(traffic.met)
    at_us = traffic.opens_us[sessions]
    codes = status_codes(state, at_us, sessions)
    return _Moved(
        traffic.asked_us[sessions],
        at_us,
        traffic.met[sessions],
        codes,
        np.zeros(len(sessions), dtype=np.bool_),
    )


def _transactions(state: State) -> _Moved:
    """Those held up behind another count from the instant at which they would have been made. What they would
    have met then says why, or, if service was back, what the first in line had met.
    """
    traffic = state.traffic
    places = np.flatnonzero(traffic.transaction_met)
    of, asked = traffic.transaction_session[places], traffic.transaction_asked_us[places]
    ended = ended_at(state, of)
    made = (asked <= state.now_us) & (ended > asked)
    places, of, asked = places[made], of[made], asked[made]
    over_us = np.minimum(ended[made], traffic.closes_us[of])
    at_us = traffic.transaction_us[places]
    fell = (over_us <= at_us) & (over_us <= state.now_us)
    then = status_codes(state, asked, of)
    met = np.where(np.isin(then, _NOBODY), then, traffic.transaction_met[places])
    return _Moved(asked, at_us, met, status_codes(state, at_us, of), fell)


def _still_trying(state: State) -> int:
    """Requests whose last try met nobody and whose patience is not over."""
    if not state.clients_react:
        return 0
    now_us, traffic = state.now_us, state.traffic
    opening, transaction = ladders_of(state)
    count = 0
    for group in range(state.groups):
        sessions = unserved_openings(state, group, now_us - opening.patience_us, now_us + 1)
        count += int((traffic.asked_us[sessions] + opening.patience_us > now_us).sum())
        places = unserved_transactions(state, group, now_us - transaction.patience_us, now_us + 1)
        of = traffic.transaction_session[places]
        patient = traffic.transaction_asked_us[places] + transaction.patience_us > now_us
        alive = (traffic.closes_us[of] > now_us) & (ended_at(state, of) > now_us)
        count += int((patient & alive).sum())
    return count
