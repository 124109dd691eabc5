"""The clients of many runs at once: the same draws as `sim.traffic` makes for each of them alone.

Arrays are session by session and run by run, runs last, so that what is the same for all runs of a block is
done in long rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from visualizer.lab.columns import Integers
from visualizer.sim.chance import FIXED_ONE, Purpose, Words, exponential, keys_of, philox_with
from visualizer.sim.setup import Rate, TrafficSetup
from visualizer.sim.traffic import (
    START_US,
    after_units,
    closes_us,
    even_transactions,
    mean_gap_us,
    next_due_us,
    units_until,
)

_TILE = 1 << 14
"""So many blocks of four draws at a time stay in the cache."""

_SPARE = 1
"""So many standard deviations of the number of arrivals are drawn ahead for all runs."""

_MORE = 8
"""So many blocks of four more at a time for those that need them."""


@dataclass(frozen=True, slots=True, eq=False)
class Sessions:
    """Some sessions of a crowd, each int64, shape (sessions,): in which run, its number there, its times."""

    run: Integers
    number: Integers
    opens_us: Integers
    closes_us: Integers

    def where(self, chosen: NDArray[np.bool_]) -> Sessions:
        """These of them."""
        return Sessions(self.run[chosen], self.number[chosen], self.opens_us[chosen], self.closes_us[chosen])


class Crowd:
    """The clients of `len(seeds)` runs, until `until_us` in each of them (shape (runs,); none negative)."""

    def __init__(self, traffic: TrafficSetup, seeds: Sequence[int] | Words, until_us: Integers) -> None:
        self._traffic = traffic
        self._keys = keys_of(seeds)
        self._runs = len(seeds)
        self._until_us = until_us
        self._opened: dict[bytes, Integers] = {}
        self._points = self._drawn() if traffic.law == "poisson" else None

    @property
    def transact(self) -> bool:
        """Whether they ask for anything but to open sessions."""
        return self._traffic.transaction_rate is not None

    @property
    def sessions_only(self) -> bool:
        """Whether their sessions never close, and they ask for nothing else."""
        return self._traffic.lifetime_us is None and not self.transact

    def opened_before(self, times_us: Integers) -> Integers:
        """How many sessions open before these times, in each run; none after `until_us` may be asked for."""
        key = times_us.tobytes()
        if key not in self._opened:
            initial = self._traffic.initial_sessions
            before = np.clip(initial + times_us, 0, initial)
            self._opened[key] = before + self._arrived_before(np.maximum(times_us, 0))
        return self._opened[key]

    def _arrived_before(self, times_us: Integers) -> Integers:
        rate = self._traffic.session_rate
        if rate is None:
            return np.zeros(self._runs, dtype=np.int64)
        units = units_until(times_us, rate)
        if self._points is None:
            return -(-units // FIXED_ONE)
        count: Integers = np.count_nonzero(self._points < units, axis=0)
        return count

    def sessions(self, low_us: Integers, high_us: Integers) -> Sessions:
        """All that open before `high_us` and do not close before `low_us`."""
        count = int(self.opened_before(high_us).max(initial=0))
        step = count if self._traffic.lifetime_law == "fixed" else max(_TILE // max(self._runs, 1), 1) * 4
        found = [
            self._sessions(first, min(first + step, count), low_us, high_us)
            for first in range(0, count, max(step, 1))
        ]
        columns = zip(*found, strict=True) if found else ([np.zeros(0, dtype=np.int64)] for _ in range(4))
        return Sessions(*(np.concatenate(column) for column in columns))

    def _sessions(self, first: int, last: int, low_us: Integers, high_us: Integers) -> tuple[Integers, ...]:
        """The columns of those among the numbers [first, last): so many stay in the cache."""
        traffic, initial = self._traffic, max(self._traffic.initial_sessions - first, 0)
        initial = min(initial, last - first)
        opens = np.empty((last - first, self._runs), dtype=np.int64)
        opens[:initial] = START_US
        arrived = first + initial - traffic.initial_sessions
        opens[initial:] = self._arrivals(arrived, last - traffic.initial_sessions)
        closes = closes_us(
            replace(traffic, initial_sessions=initial), opens, lambda _: self._lives(first, last)
        )
        opens[:initial] = np.arange(first, first + initial)[:, np.newaxis] - traffic.initial_sessions
        place = np.flatnonzero((closes >= low_us) & (opens < high_us))
        number, run = np.divmod(place, self._runs)
        return run, number + first, opens.ravel()[place], closes.ravel()[place]

    def transactions(self, of: Sessions, low_us: Integers, high_us: Integers) -> tuple[Integers, Integers]:
        """(times, places in `of`) of what these sessions ask in [low, high) of their run, in no order."""
        rate = self._traffic.transaction_rate
        if rate is None or not len(of.run):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        low, last = low_us[of.run], np.minimum(of.closes_us, high_us[of.run]) - 1
        if self._traffic.law == "fixed":
            opens = np.where(of.opens_us < 0, START_US, of.opens_us)
            times, place = even_transactions(rate, opens, last)
            late = times >= low[place]
            return times[late], place[late]
        return self._gaps(rate, of, low, last)

    def _gaps(self, rate: Rate, of: Sessions, low: Integers, last: Integers) -> tuple[Integers, Integers]:
        """Each session's own exponential gaps, four at a time until none has any left."""
        mean_us, block = mean_gap_us(rate), 0
        times, places = [], []
        place, now = np.arange(len(of.run), dtype=np.int64), np.maximum(of.opens_us, 0)
        while len(place):
            going = []
            for first in range(0, len(place), _TILE):
                some, before = place[first : first + _TILE], now[first : first + _TILE]
                run = of.run[some]
                keys = (pair.take(run, axis=1) for pair in self._keys)
                words = philox_with(keys, Purpose.TRANSACTION, of.number[some], some.shape, block)
                due = next_due_us(words, before, mean_us)
                end = last[some]
                asked = np.flatnonzero((due <= end) & (due >= low[some]))
                times.append(due.ravel()[asked])
                places.append(some[asked % len(some)])
                on = due[-1] <= end
                going.append((some[on], due[-1][on]))
            place, now = (np.concatenate(column) for column in zip(*going, strict=True))
            block += 1
        return np.concatenate(times), np.concatenate(places)

    def _arrivals(self, first: int, last: int) -> Integers:
        """Times of the arrivals [first, last), shape (arrivals, runs), or (arrivals, 1) if they are even."""
        rate = self._traffic.session_rate
        if rate is None or last <= first:
            return np.zeros((0, 1), dtype=np.int64)
        if self._points is None:
            return after_units(np.arange(first, last, dtype=np.int64) * FIXED_ONE, rate)[:, np.newaxis]
        return after_units(self._points[first:last], rate)

    def _drawn(self) -> Integers:
        """Points of the unit-rate process, shape (points, runs), until all that is asked for is there."""
        rate = self._traffic.session_rate
        if rate is None:
            return np.zeros((0, self._runs), dtype=np.int64)
        units = units_until(self._until_us, rate)
        most = int(units.max(initial=0)) / FIXED_ONE
        blocks = int(most + _SPARE * most**0.5) // 4 + 1
        points = self._exponentials(Purpose.ARRIVAL, 0, blocks)
        _add_up(points)
        while len(short := np.flatnonzero(points[-1] < units)):
            more = np.repeat(points[-1:], 4 * _MORE, axis=0)  # the others have no more to tell
            drawn = self._exponentials(Purpose.ARRIVAL, blocks, blocks + _MORE, short)
            drawn[0] += points[-1, short]
            _add_up(drawn)
            more[:, short] = drawn
            points = np.concatenate([points, more])
            blocks += _MORE
        return points

    def _lives(self, first: int, last: int) -> Integers:
        return self._exponentials(Purpose.LIFETIME, first // 4, -(-last // 4))

    def _exponentials(
        self, purpose: Purpose, first: int, last: int, of: Integers | slice = slice(None)
    ) -> Integers:
        """Four draws for each index of [first, last), shape (draws, runs); `of`: only of these runs."""
        keys = self._keys[:, :, np.newaxis, of]
        runs = keys.shape[-1]
        result = np.empty((last - first, 4, runs), dtype=np.int64)
        step = max(_TILE // max(runs, 1), 1)
        for low in range(first, last, step):
            index = np.arange(low, min(low + step, last), dtype=np.int64)[:, np.newaxis]
            words = philox_with(keys, purpose, index, (len(index), runs))
            for number, word in enumerate(words):  # one at a time stays in the cache
                result[low - first : low - first + step, number] = exponential(word)
        return result.reshape(-1, runs)


def _add_up(gaps: Integers) -> None:
    """In place; row by row, which is faster than `cumsum` down the columns of a wide array."""
    for number in range(1, len(gaps)):
        gaps[number] += gaps[number - 1]
