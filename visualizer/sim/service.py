"""Who is served, and the counts that follow: the service log over the columns of the traffic."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from visualizer.sim.chance import Integers, hits
from visualizer.sim.event import ServiceChanged, Status
from visualizer.sim.intervals import Intervals, clip
from visualizer.sim.setup import Share
from visualizer.sim.state import RUNNING, Counts, Role, ServiceLog, State, Tally, Tier, Unit
from visualizer.sim.traffic import EARLIEST_US, FAR_US, Traffic, pack

Mask = NDArray[np.bool_]

STATUSES = tuple(Status)
_SERVED = STATUSES.index(Status.SERVED)
_GROUPS = ("follow", "stay")
_FEW = 8
"""One in so many sessions are few enough to be looked up one by one."""

Log = Sequence[tuple[int, Status, int | None]]

Spans = tuple[Intervals, ...]
"""Times of change for each group of clients."""


def refresh_service(state: State) -> None:
    """Write the log of each group of clients on if what its requests would meet has changed."""
    for group, log in enumerate(state.service):
        status, tier = _status_now(state, group)
        if (status, tier) == log[-1][1:]:
            continue
        sessions, transactions, digest = offered_digest(state, state.traced_us, state.now_us)
        log.append((state.now_us, status, tier))
        state.traced_us = state.now_us
        clients = "all" if state.groups == 1 else _GROUPS[group]
        state.emit(ServiceChanged(state.now_us, status, tier, clients, sessions, transactions, digest))


def _status_now(state: State, group: int) -> tuple[Status, int | None]:
    """What the first tier that fails says, or SERVED."""
    for index, tier in enumerate(state.tiers):
        if tier.servers[group] is None:
            return _status_of(tier, tier.units[(tier.directed, tier.stays_at)[group]]), index
    return Status.SERVED, None


def _status_of(tier: Tier, unit: Unit) -> Status:
    if not any(one.role is Role.ACTIVE for one in tier.units):
        return Status.NOBODY_ACTIVE
    if unit.role is not Role.ACTIVE:
        return Status.DEAD_ADDRESS
    return Status.REFUSED if unit.suspended else Status.HUNG


def hang_up(state: State, own: tuple[Intervals, ...], from_us: int) -> Spans:
    """A unit that took in `own` loses its memory: what it applied from `from_us` on is never acknowledged.

    Returns, for each group of clients, when the requests were made that hang now.
    """
    return tuple(_hang_up(state, log, clip(times, max(from_us, 0), state.now_us))
                 for log, times in zip(state.service, own, strict=False))  # fmt: skip


def _hang_up(state: State, log: ServiceLog, hung: Intervals) -> Intervals:
    if not hung:
        return ()
    ends_us = [*(at_us for at_us, _, _ in log[1:]), FAR_US]
    spans = [
        piece
        for (at_us, status, _), end_us in zip(log, ends_us, strict=True)
        if status is Status.SERVED
        for piece in clip(hung, at_us, end_us)
    ]
    for low_us, high_us in spans:
        place = bisect_right(log, low_us, key=itemgetter(0))
        log[place:place] = [(low_us, Status.HUNG, None), (high_us, Status.SERVED, None)]
    return tuple(spans)


def group_of(state: State, sessions: Integers) -> Integers:
    """0 for sessions that follow the gratuitous ARP, 1 for those that stay with the old active."""
    stay = state.setup.clients.stay
    return hits(stay, sessions).astype(np.int64) if stay else np.zeros(len(sessions), dtype=np.int64)


def undisturbed(state: State) -> bool:
    """Whether everybody has always been served and nothing was ever lost: then nothing need be looked up."""
    return all(len(log) == 1 for log in state.service) and not state.losses


def status_codes(state: State, times_us: Integers, sessions: Integers) -> Integers:
    """Index into `STATUSES` of what requests of these sessions at these times met or meet."""
    return _status_codes(state.service, state.setup.clients.stay, times_us, sessions)


def _status_codes(logs: Sequence[Log], stay: Share, times_us: Integers, sessions: Integers) -> Integers:
    codes = _codes(logs[0], times_us)
    for log in logs[1:]:
        codes = np.where(hits(stay, sessions), _codes(log, times_us), codes)
    return codes


def _codes(log: Log, times_us: Integers) -> Integers:
    if len(log) == 1 or not len(times_us):
        return np.zeros(len(times_us), dtype=np.int64)
    starts = np.array([entry[0] for entry in log], dtype=np.int64)
    codes = np.array([STATUSES.index(entry[1]) for entry in log], dtype=np.int64)
    first, last = np.searchsorted(starts, (times_us.min(), times_us.max()), side="right") - 1
    if first == last:  # most looks fall between two changes
        return np.full(len(times_us), codes[first])
    result: Integers = codes[np.searchsorted(starts, times_us, side="right") - 1]
    return result


def served(state: State, times_us: Integers, sessions: Integers) -> Mask:
    """Whether requests of these sessions at these times were served."""
    result: Mask = status_codes(state, times_us, sessions) == _SERVED
    return result


def accepted(state: State, sessions: Integers) -> Mask:
    """Whether these sessions were let in when they asked."""
    if all(len(log) == 1 for log in state.service):
        return np.ones(len(sessions), dtype=np.bool_)
    if len(sessions) < len(state.traffic.opens_us) // _FEW:
        return served(state, state.traffic.opens_us[sessions], sessions)
    logs = tuple(tuple(log) for log in state.service)
    result: Mask = _let_in(state.traffic, logs, state.setup.clients.stay)[sessions]
    return result


@lru_cache(maxsize=4)
def _let_in(traffic: Traffic, logs: tuple[Log, ...], stay: Share) -> Mask:
    """`accepted` for every session; it stays the same until the traffic or a log changes."""
    let_in = _of_ascending(logs[0], traffic.open_us)
    for log in logs[1:]:
        let_in = np.where(hits(stay, traffic.open_session), _of_ascending(log, traffic.open_us), let_in)
    result = np.empty(len(let_in), dtype=np.bool_)
    result[traffic.open_session] = let_in
    return result


def _of_ascending(log: Log, times_us: Integers) -> Mask:
    """Which of these times, ascending, fall into a time of service."""
    ends = np.searchsorted(times_us, [entry[0] for entry in log[1:]])
    served_then = np.array([entry[1] is Status.SERVED for entry in log])
    result: Mask = np.repeat(served_then, np.diff(ends, prepend=0, append=len(times_us)))
    return result


def lost_at(state: State, sessions: Integers) -> Integers:
    """When these sessions were lost, or FAR_US."""
    return _of_loss(state, sessions, [loss.at_us for loss in state.losses])


def ended_at(state: State, sessions: Integers) -> Integers:
    """When the clients of these sessions learnt that they were lost, or FAR_US."""
    return _of_loss(state, sessions, [loss.ended_us for loss in state.losses])


def _of_loss(state: State, sessions: Integers, times_us: list[int]) -> Integers:
    result = np.full(len(sessions), FAR_US, dtype=np.int64)
    if len(state.lost_sessions):
        by = state.lost_by.take(sessions)
        lost = np.flatnonzero(by >= 0)  # few
        result[lost] = np.array(times_us, dtype=np.int64)[by[lost]]
    return result


def opens_between(state: State, low_us: int, high_us: int) -> Integers:
    """Sessions that ask to open in [low, high), in order of time."""
    first, last = np.searchsorted(state.traffic.open_us, (low_us, high_us))
    sessions: Integers = state.traffic.open_session[first:last]
    return sessions


def transactions_between(state: State, low_us: int, high_us: int) -> tuple[Integers, Integers]:
    """(times, sessions) of the transactions really asked for in [low, high): their session had been let in
    and its client had not yet learnt that it was lost.
    """
    traffic = state.traffic
    first, last = np.searchsorted(traffic.transaction_us, (low_us, high_us))
    times, sessions = traffic.transaction_us[first:last], traffic.transaction_session[first:last]
    if undisturbed(state):
        return times, sessions
    real = accepted(state, sessions) & (ended_at(state, sessions) > times)
    return times[real], sessions[real]


def closes_between(state: State, low_us: int, high_us: int) -> Integers:
    """Sessions that close in an orderly way in [low, high): let in, and not lost before."""
    traffic = state.traffic
    first, last = np.searchsorted(traffic.close_us, (low_us, high_us))
    sessions = traffic.close_session[first:last]
    if undisturbed(state):
        return sessions
    orderly = accepted(state, sessions) & (lost_at(state, sessions) > traffic.close_us[first:last])
    return sessions[orderly]


def first_served_us(state: State, low_us: int, high_us: int) -> int | None:
    """When the first served request of [low, high] was made; None if there is none."""
    opening = opens_between(state, low_us, high_us + 1)
    times, of = transactions_between(state, low_us, high_us + 1)
    made = np.concatenate(
        [state.traffic.opens_us[opening][accepted(state, opening)], times[served(state, times, of)]]
    )
    return int(made.min()) if len(made) else None


def open_now(state: State, sessions: Integers) -> Mask:
    """Which of these sessions are open at the state's instant: let in, not closed, not lost."""
    live: Mask = state.traffic.closes_us.take(sessions) > state.now_us
    if not undisturbed(state):
        live &= (lost_at(state, sessions) == FAR_US) & accepted(state, sessions)
    return live


def open_before(state: State, at_us: int) -> Integers:
    """The sessions that were open just before an instant that has passed."""
    sessions = opens_between(state, EARLIEST_US, at_us)
    alive = (state.traffic.closes_us[sessions] >= at_us) & accepted(state, sessions)
    result: Integers = sessions[alive & (lost_at(state, sessions) >= at_us)]
    return result


def fold(state: State, tally: Tally, until_us: int) -> Tally:
    """`tally` carried on up to and including `until_us`; each request is looked at once."""
    low, high = tally.until_us + 1, until_us + 1
    opening = opens_between(state, low, high)
    times, sessions = transactions_between(state, low, high)
    return Tally(
        until_us,
        _add(state, tally.sessions, state.traffic.opens_us[opening], opening),
        _add(state, tally.transactions, times, sessions),
        tally.closed + len(closes_between(state, low, high)),
    )


def _add(state: State, counts: Counts, times_us: Integers, sessions: Integers) -> Counts:
    if undisturbed(state):
        more = [len(times_us) * (status is Status.SERVED) for status in STATUSES]
    else:
        more = np.bincount(status_codes(state, times_us, sessions), minlength=len(STATUSES)).tolist()
    return tuple(old + new for old, new in zip(counts, more, strict=True))


def offered_digest(state: State, low_us: int, high_us: int) -> tuple[int, int, str]:
    """(sessions, transactions, digest) asked for in [low, high); the digest names each by time and number."""
    opens = opens_between(state, low_us, high_us)
    times, sessions = transactions_between(state, low_us, high_us)
    content = hashlib.sha256(state.traffic.opens_us[opens].astype("<i8").data)
    content.update(pack(times, sessions).astype("<i8", copy=False).data)
    return len(opens), len(times), content.hexdigest()[:16]


def running(state: State, tier: int) -> list[int]:
    """The units of a tier that live and hold memory."""
    return [index for index, unit in enumerate(state.tiers[tier].units) if unit.role in RUNNING]
