"""What depends on a whole run and not on the playhead: looked up once for each version of history."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from visualizer.ledger import Sawtooth
from visualizer.scene.directions import Directions, directions
from visualizer.sim import State
from visualizer.sim.chance import Integers
from visualizer.sim.event import Event, HeartbeatReceived, Status
from visualizer.sim.service import (
    STATUSES,
    group_of,
    open_before,
    opens_between,
)
from visualizer.sim.setup import US_PER_S, Setup
from visualizer.sim.state import Role
from visualizer.story.chapters import Chapter, chapters
from visualizer.timeline.run import Run

_STEPS = 600
"""Grid points of the sawtooth: about one for every two pixels of the timeline."""

Small = NDArray[np.int8]
E = TypeVar("E", bound=Event)
Span = tuple[int, int]
"""[from, to) in microseconds."""


class EventIndex:
    """All events of a run by kind, in order of time."""

    def __init__(self, events: list[Event]) -> None:
        self._by_kind: dict[type, tuple[list[int], list[Event]]] = {}
        for event in events:
            times, found = self._by_kind.setdefault(type(event), ([], []))
            times.append(event.at_us)
            found.append(event)

    def between(self, kind: type[E], low_us: int, high_us: int) -> list[E]:
        """Those of one kind in [low, high)."""
        times, events = self._by_kind.get(kind, ([], []))
        return events[bisect_left(times, low_us) : bisect_left(times, high_us)]  # type: ignore[return-value]

    def all(self, kind: type[E]) -> list[E]:
        """All of one kind."""
        return self._by_kind.get(kind, ([], []))[1]  # type: ignore[return-value]

    def until(self, at_us: int) -> EventIndex:
        """Those up to an instant, itself included."""
        found = EventIndex([])
        for kind, (times, events) in self._by_kind.items():
            count = bisect_right(times, at_us)
            found._by_kind[kind] = (times[:count], events[:count])
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Requests:
    """All that the clients ask for, in order of time: arrays of shape (n,).

    What was put off is in here twice: when it was asked first, and when it found a unit.
    `status`: index into `STATUSES`; `fails_at`: the tier that did not serve, -1 when all did; `group`: 0 for
    those who follow the gratuitous ARP, 1 for those who stay; `number`: which of its group it is.
    `peak_per_s`: the most in any second.
    """

    times_us: Integers
    status: Small
    fails_at: Small
    group: Small
    number: NDArray[np.int32]
    peak_per_s: int

    def every(self, size: int, first: int, last: int) -> Integers:
        """Of those from `first` to before `last` every `size`-th of each group."""
        return first + np.flatnonzero(self.number[first:last] % size == 0)


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """One version of history, as it stands if nobody acts, until `end`: the end of the scenario once all of
    it has been computed.

    `copied`: shape (n,), whether every pair was redundant just before `sawtooth.times_us`. `scale`: the most
    that was exposed while they were. `outages`, `alone`: when nobody was served, and when one bolt would
    have taken everything; `troubles`: the outages in pieces, by what a request met. `heard_us`: when
    heartbeats were heard, for each tier. `open_at`: live sessions just before each loss. `chapters`: what the
    run tells, in order, none before its end is known.
    """

    end: State
    events: EventIndex
    sawtooth: Sawtooth
    copied: NDArray[np.bool_]
    scale: int
    outages: tuple[Span, ...]
    troubles: tuple[tuple[int, int, Status], ...]
    alone: tuple[Span, ...]
    requests: Requests
    directions: Directions
    heard_us: tuple[tuple[int, ...], ...]
    open_at: dict[int, int]
    chapters: tuple[Chapter, ...]

    def until(self, at_us: int) -> History:
        """The same as somebody knows it who has not seen what comes after an instant: what happened, when
        nobody was served, and when there was no second copy.
        """
        return replace(
            self,
            events=self.events.until(at_us),
            outages=tuple((low, min(high, at_us)) for low, high in self.outages if low < at_us),
            alone=tuple((low, min(high, at_us)) for low, high in self.alone if low < at_us),
            troubles=tuple((low, min(high, at_us), why) for low, high, why in self.troubles if low < at_us),
            heard_us=tuple(tuple(us for us in heard if us <= at_us) for heard in self.heard_us),
        )


def step_us(setup: Setup) -> int:
    """How far apart the grid points of the sawtooth are."""
    return max(setup.duration_us // _STEPS, 1)


def look_back(run: Run, teeth: Sawtooth) -> History:
    """Over all that has been computed of the run, of which `teeth` is the sawtooth."""
    whole = run.played_us == run.setup.duration_us
    end = run.finish() if whole else run.compute(run.now_us).copy()
    alone = merged([span for tier in range(len(end.tiers)) for span in _alone(end, tier)])
    copied = _outside(alone, teeth.times_us)
    scale = int(teeth.worst[copied].max(initial=0)) or int(teeth.worst.max())
    events = EventIndex(run.events)
    troubles = _troubles(end)
    return History(
        end=end,
        events=events,
        sawtooth=teeth,
        copied=copied,
        scale=max(scale, 1),
        outages=merged([(low_us, high_us) for low_us, high_us, _ in troubles]),
        troubles=troubles,
        alone=alone,
        requests=_requests(end),
        directions=directions(run.events, len(end.tiers)),
        heard_us=tuple(_heard(events, tier) for tier in range(len(end.tiers))),
        open_at={loss.at_us: len(open_before(end, loss.at_us)) for loss in end.losses},
        chapters=chapters(run.events, run.setup) if whole else (),
    )


def _heard(events: EventIndex, tier: int) -> tuple[int, ...]:
    return tuple(event.at_us for event in events.all(HeartbeatReceived) if event.tier == tier)


def _alone(end: State, tier: int) -> list[Span]:
    """When the other unit of the pair was no standby."""
    eras = end.eras[tier]
    ends = [*(era.from_us for era in eras[1:]), end.now_us]
    return [
        (max(era.from_us, 0), to_us)
        for era, to_us in zip(eras, ends, strict=True)
        if era.key[2] is not Role.STANDBY and max(era.from_us, 0) < to_us
    ]


def _outside(spans: tuple[Span, ...], times_us: Integers) -> NDArray[np.bool_]:
    result = np.ones(len(times_us), dtype=np.bool_)
    for low, high in spans:
        result &= (times_us <= low) | (times_us > high)
    return result


def merged(spans: list[Span]) -> tuple[Span, ...]:
    """Spans that touch or overlap become one."""
    result: list[Span] = []
    for low, high in sorted(spans):
        if result and low <= result[-1][1]:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        else:
            result.append((low, high))
    return tuple(result)


def _troubles(end: State) -> tuple[tuple[int, int, Status], ...]:
    """When a new request was not served, and why; what hung on a dying unit is no such time."""
    changes = [entry for entry in end.service[0] if entry[1] is not Status.HUNG or entry[2] is not None]
    ends = [*(at_us for at_us, _, _ in changes[1:]), end.now_us]
    found: list[tuple[int, int, Status]] = []
    for (at_us, status, _), to_us in zip(changes, ends, strict=True):
        if status is Status.SERVED or at_us >= to_us:
            continue
        if found and found[-1][1:] == (at_us, status):
            found[-1] = (found[-1][0], to_us, status)
        else:
            found.append((at_us, to_us, status))
    return tuple(found)


def _requests(end: State) -> Requests:
    """Small numbers are kept in few bytes: filling memory costs more here than all that is reckoned."""
    times, sessions, met = _asked(end)
    order = np.argsort(times, kind="stable")
    times, met = times[order], met[order]
    group = group_of(end, sessions[order]).astype(np.int8)
    status, fails_at = np.zeros(len(times), dtype=np.int8), np.full(len(times), -1, dtype=np.int8)
    numbers = np.zeros(len(times), dtype=np.int32)
    for number, log in enumerate(end.service):
        of = np.flatnonzero(group == number)
        begins = np.searchsorted(times[of], np.array([at_us for at_us, _, _ in log[1:]], dtype=np.int64))
        counts = np.diff(begins, prepend=0, append=len(of))
        numbers[of] = np.arange(len(of))
        status[of] = np.repeat([STATUSES.index(entry[1]) for entry in log], counts)
        fails_at[of] = np.repeat([-1 if tier is None else tier for _, _, tier in log], counts)
    status = np.where(met, met, status)
    peak = int(np.bincount(times // US_PER_S).max()) if len(times) else 0
    return Requests(times, status, fails_at, group, numbers, peak)


def _asked(end: State) -> tuple[Integers, Integers, Small]:
    """(when, session, 0) of every request, and (when, session, what it met) of every first try that was put
    off to a later one.
    """
    traffic = end.traffic
    low, high = np.searchsorted(traffic.transaction_us, (0, end.now_us + 1))
    opening = opens_between(end, 0, end.now_us + 1)
    met = np.concatenate([traffic.met[opening], traffic.transaction_met[low:high]]).astype(np.int8)
    again = np.flatnonzero(met)
    opened, asked = again[again < len(opening)], again[again >= len(opening)] - len(opening) + low
    times = [traffic.opens_us[opening], traffic.transaction_us[low:high]]
    times += [traffic.asked_us[opening[opened]], traffic.transaction_asked_us[asked]]
    sessions = [opening, traffic.transaction_session[low:high]]
    sessions += [opening[opened], traffic.transaction_session[asked]]
    return np.concatenate(times), np.concatenate(sessions), np.append(np.zeros_like(met), met[again])


SERVED = STATUSES.index(Status.SERVED)
"""What `Requests.status` says of a request that was served."""
