"""Who is served, and the counts that follow: the service log over the columns of the traffic."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from visualizer.sim.chance import Integers
from visualizer.sim.event import ServiceChanged, Status
from visualizer.sim.intervals import Intervals, clip
from visualizer.sim.state import RUNNING, START_US, Role, State, Tally
from visualizer.sim.traffic import FAR_US, pack

Mask = NDArray[np.bool_]

STATUSES = tuple(Status)
_SERVED = STATUSES.index(Status.SERVED)


def refresh_service(state: State) -> None:
    """Write the log on if what a request would meet has changed."""
    status, tier = _status_now(state)
    if (status, tier) == state.service[-1][1:]:
        return
    sessions, transactions, digest = offered_digest(state, state.traced_us, state.now_us)
    state.service.append((state.now_us, status, tier))
    state.traced_us = state.now_us
    state.emit(ServiceChanged(state.now_us, status, tier, sessions, transactions, digest))


def _status_now(state: State) -> tuple[Status, int | None]:
    """What the first tier that fails says, or SERVED."""
    for index, tier in enumerate(state.tiers):
        if tier.serving is None:
            active = any(unit.role is Role.ACTIVE for unit in tier.units)
            return (Status.DEAD_ADDRESS if active else Status.NOBODY_ACTIVE), index
    return Status.SERVED, None


def hang_up(state: State, served: Intervals) -> Intervals:
    """A unit that served in these times loses its memory: what it applied less than the response time ago is
    never acknowledged. Returns when the requests were made that hang now.
    """
    from_us = max(state.now_us - state.setup.traffic.response_us, START_US + 1)
    log, hung = state.service, clip(served, from_us, state.now_us)
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


def undisturbed(state: State) -> bool:
    """Whether everybody has always been served and nothing was ever lost: then nothing need be looked up."""
    return len(state.service) == 1 and not state.losses


def status_codes(state: State, times_us: Integers) -> Integers:
    """Index into `STATUSES` of what requests at these times met or meet."""
    if len(state.service) == 1:
        return np.zeros(len(times_us), dtype=np.int64)
    starts = np.array([entry[0] for entry in state.service], dtype=np.int64)
    codes = np.array([STATUSES.index(entry[1]) for entry in state.service], dtype=np.int64)
    result: Integers = codes[np.searchsorted(starts, times_us, side="right") - 1]
    return result


def served(state: State, times_us: Integers) -> Mask:
    """Whether requests at these times were served."""
    result: Mask = status_codes(state, times_us) == _SERVED
    return result


def accepted(state: State, sessions: Integers) -> Mask:
    """Whether these sessions were let in when they asked."""
    if len(state.service) == 1:
        return np.ones(len(sessions), dtype=np.bool_)
    return served(state, state.traffic.opens_us[sessions])


def lost_at(state: State, sessions: Integers) -> Integers:
    """When these sessions were lost, or FAR_US."""
    return _of_loss(state, sessions, [loss.at_us for loss in state.losses])


def ended_at(state: State, sessions: Integers) -> Integers:
    """When the clients of these sessions learnt that they were lost, or FAR_US."""
    return _of_loss(state, sessions, [loss.ended_us for loss in state.losses])


def _of_loss(state: State, sessions: Integers, times_us: list[int]) -> Integers:
    if not len(state.lost_sessions):
        return np.full(len(sessions), FAR_US, dtype=np.int64)
    place = np.searchsorted(state.lost_sessions, sessions)
    place[place == len(state.lost_sessions)] = 0
    found = state.lost_sessions[place] == sessions
    by_loss = np.array(times_us, dtype=np.int64)
    return np.where(found, by_loss[state.lost_by[place]], FAR_US)


def opens_between(state: State, low_us: int, high_us: int) -> Integers:
    """Sessions that ask to open in [low, high)."""
    first, last = np.searchsorted(state.traffic.opens_us, (low_us, high_us))
    return np.arange(first, last, dtype=np.int64)


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


def open_changes(state: State, pieces: Intervals) -> tuple[int, int]:
    """(sessions, transactions) among the changes made in these intervals, of sessions that are open now."""
    sessions = transactions = 0
    for low, high in pieces:
        sessions += int(_are_open(state, opens_between(state, low, high)).sum())
        times, of = transactions_between(state, low, high)
        transactions += int((_are_open(state, of) & served(state, times)).sum())
    return sessions, transactions


def _are_open(state: State, sessions: Integers) -> Mask:
    live: Mask = (state.traffic.closes_us[sessions] > state.now_us) & (lost_at(state, sessions) == FAR_US)
    return live & accepted(state, sessions)


def fold(state: State, tally: Tally, until_us: int) -> Tally:
    """`tally` carried on up to and including `until_us`; each request is looked at once."""
    low, high = tally.until_us + 1, until_us + 1
    opens = state.traffic.opens_us[slice(*np.searchsorted(state.traffic.opens_us, (low, high)))]
    times, _ = transactions_between(state, low, high)
    return Tally(
        until_us,
        _add(tally.sessions, status_codes(state, opens)),
        _add(tally.transactions, status_codes(state, times)),
        tally.closed + len(closes_between(state, low, high)),
    )


def _add(counts: tuple[int, int, int, int], codes: Integers) -> tuple[int, int, int, int]:
    a, b, c, d = np.bincount(codes, minlength=4).tolist()
    return counts[0] + a, counts[1] + b, counts[2] + c, counts[3] + d


def offered_digest(state: State, low_us: int, high_us: int) -> tuple[int, int, str]:
    """(sessions, transactions, digest) asked for in [low, high); the digest names each by time and number."""
    opens = opens_between(state, low_us, high_us)
    times, sessions = transactions_between(state, low_us, high_us)
    content = hashlib.sha256(state.traffic.opens_us[opens].astype("<i8").tobytes())
    content.update(pack(times, sessions).astype("<i8").tobytes())
    return len(opens), len(times), content.hexdigest()[:16]


def running(state: State, tier: int) -> list[int]:
    """The units of a tier that live and hold memory."""
    return [index for index, unit in enumerate(state.tiers[tier].units) if unit.role in RUNNING]
