"""What a run's instants cost its clients, counted for many runs at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualizer.lab.batch_control import HEAD, Layout
from visualizer.lab.columns import Integers
from visualizer.lab.crowd import Crowd, Sessions
from visualizer.sim.traffic import FAR_US

Mask = NDArray[np.bool_]
Span = tuple[Integers, Integers]
"""[from, to) in each run, both of shape (runs,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Wounds:
    """One loss of each run: when it was, when its clients learnt of it, and when the changes were made."""

    at_us: Integers
    ended_us: Integers
    spans: list[Span]


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """Many of one layout, as arrays by run; see `Reading`."""

    head: Integers
    refused: list[Span]
    doubtful: list[Span]
    lost: list[Span]
    lost_entries: list[Span]
    wounds: list[Wounds]

    @classmethod
    def of(cls, layout: Layout, values: Integers) -> Readings:
        """From values of shape (values, runs)."""
        rows = iter(values[len(HEAD) :])

        def spans(count: int) -> list[Span]:
            return [(next(rows), next(rows)) for _ in range(count)]

        kinds = (layout.refused, layout.doubtful, layout.lost, layout.lost_entries)
        refused, doubtful, lost, entries = (spans(count) for count in kinds)
        wounds = [Wounds(next(rows), next(rows), spans(count)) for count in layout.wounds]
        return cls(values[: len(HEAD)], refused, doubtful, lost, entries, wounds)

    @property
    def wounded(self) -> list[Span]:
        """When the changes were made that may be lost."""
        return [span for wound in self.wounds for span in wound.spans]

    @property
    def until_us(self) -> Integers:
        """After that nothing happens to what clients do."""
        return _latest([*self.refused, *self.doubtful, *self.wounded], self.head[0])


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """By run, as in `Columns`."""

    lost_sessions: Integers
    lost_transactions: Integers
    lost_entries: Integers
    interrupted: Integers
    in_doubt: Integers


def counted(readings: Readings, crowd: Crowd) -> Counts:
    """For the clients of these runs."""
    nothing = np.zeros_like(readings.head[0])
    refused = _opened(crowd, readings.refused, nothing)
    doubtful = _opened(crowd, readings.doubtful, nothing)
    if crowd.sessions_only:
        lost = _opened(crowd, readings.lost, nothing)
        return Counts(lost, nothing, _opened(crowd, readings.lost_entries, nothing), refused, doubtful)
    spans = readings.wounded
    if crowd.transact:
        spans = [*spans, *readings.refused, *readings.doubtful]
    low_us, high_us = _earliest(spans, nothing), _latest(spans, nothing)
    sessions = crowd.sessions(low_us, high_us)
    sessions = sessions.where(~_inside(sessions.opens_us, sessions.run, readings.refused))
    tally = _Tally(sessions, *crowd.transactions(sessions, low_us, high_us))
    for wound in readings.wounds:
        tally.lose(wound)
    return Counts(
        tally.of_sessions(tally.lost_us < FAR_US, len(nothing)),
        tally.of_transactions(tally.lost, len(nothing)),
        tally.entries(len(nothing)),
        refused + tally.of_transactions(tally.asked(readings.refused), len(nothing)),
        doubtful + tally.of_transactions(tally.asked(readings.doubtful), len(nothing)),
    )


class _Tally:
    """Sessions that were let in, with their transactions, and what becomes of them."""

    def __init__(self, sessions: Sessions, times_us: Integers, of: Integers) -> None:
        self.sessions, self.times_us, self.of = sessions, times_us, of
        self.run = sessions.run[of]
        self.lost_us = np.full(len(sessions.run), FAR_US, dtype=np.int64)
        self.ended_us = self.lost_us.copy()
        self.lost = np.zeros(len(of), dtype=np.bool_)
        self._entries: list[Integers] = []

    def lose(self, wound: Wounds) -> None:
        """What is open and where it says is lost, if it is not already."""
        sessions, at_us = self.sessions, wound.at_us[self.sessions.run]
        open_then = sessions.closes_us >= at_us
        here = open_then & (self.lost_us >= at_us) & _inside(sessions.opens_us, sessions.run, wound.spans)
        self._entries.append(sessions.run[here])
        fresh = np.flatnonzero(here & (self.lost_us == FAR_US))
        self.lost_us[fresh] = at_us[fresh]
        self.ended_us[fresh] = wound.ended_us[sessions.run[fresh]]
        live = (open_then & (self.lost_us >= at_us))[self.of]
        self.lost |= live & _inside(self.times_us, self.run, wound.spans)

    def asked(self, spans: list[Span]) -> Mask:
        """Which transactions were asked for then: their client did not know yet that its session was lost."""
        return _inside(self.times_us, self.run, spans) & (self.ended_us[self.of] > self.times_us)

    def of_sessions(self, chosen: Mask, runs: int) -> Integers:
        """How many in each run."""
        return np.bincount(self.sessions.run[chosen], minlength=runs)

    def of_transactions(self, chosen: Mask, runs: int) -> Integers:
        """How many in each run."""
        return np.bincount(self.run[chosen], minlength=runs)

    def entries(self, runs: int) -> Integers:
        """Lost by each run, in all tiers."""
        return np.bincount(np.concatenate([self.run[:0], *self._entries]), minlength=runs)


def _opened(crowd: Crowd, spans: list[Span], nothing: Integers) -> Integers:
    """How many sessions asked to open then."""
    return sum((crowd.opened_before(high) - crowd.opened_before(low) for low, high in spans), nothing)


def _inside(times_us: Integers, run: Integers, spans: list[Span]) -> Mask:
    inside = np.zeros(len(times_us), dtype=np.bool_)
    for low, high in spans:
        inside |= (times_us >= low[run]) & (times_us < high[run])
    return inside


def _earliest(spans: list[Span], otherwise: Integers) -> Integers:
    return np.minimum.reduce([low for low, _ in spans]) if spans else otherwise


def _latest(spans: list[Span], otherwise: Integers) -> Integers:
    return np.maximum.reduce([high for _, high in spans]) if spans else otherwise
