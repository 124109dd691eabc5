"""The clients of many runs at once: the same draws as `sim.traffic` makes for each of them alone.

Arrays are session by session and run by run, runs last, so that what is the same for all runs of a block is
done in long rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualizer.lab.columns import Integers
from visualizer.sim.chance import FIXED_ONE, Purpose, exponential, keys_of, philox_with
from visualizer.sim.setup import Rate, TrafficSetup
from visualizer.sim.traffic import (
    FAR_US,
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

    def __init__(self, traffic: TrafficSetup, seeds: Sequence[int], until_us: Integers) -> None:
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
        initial = self._traffic.initial_sessions
        opens = np.concatenate(
            [np.full((initial, self._runs), START_US, dtype=np.int64), self._arrivals(high_us)]
        )
        closes = closes_us(self._traffic, opens, self._lives)
        opens[:initial] = np.arange(-initial, 0)[:, np.newaxis]
        number, run = np.nonzero((closes >= low_us) & (opens < high_us))
        return Sessions(run, number, opens[number, run], closes[number, run])

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
                ordinal, which = np.nonzero((due <= end) & (due >= low[some]))
                times.append(due[ordinal, which])
                places.append(some[which])
                on = due[-1] <= end
                going.append((some[on], due[-1][on]))
            place, now = (np.concatenate(column) for column in zip(*going, strict=True))
            block += 1
        return np.concatenate(times), np.concatenate(places)

    def _arrivals(self, high_us: Integers) -> Integers:
        """Times of new sessions, shape (arrivals, runs): all before `high_us`, and later ones."""
        rate = self._traffic.session_rate
        if rate is None:
            return np.zeros((0, self._runs), dtype=np.int64)
        if self._points is None:
            most = int(self._arrived_before(high_us).max(initial=0))
            even = after_units(np.arange(most, dtype=np.int64) * FIXED_ONE, rate)
            return np.repeat(even[:, np.newaxis], self._runs, axis=1)
        return after_units(self._points, rate)

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
            more = np.full((4 * _MORE, self._runs), FAR_US, dtype=np.int64)
            drawn = self._exponentials(Purpose.ARRIVAL, blocks, blocks + _MORE, short)
            drawn[0] += points[-1, short]
            _add_up(drawn)
            more[:, short] = drawn
            points = np.concatenate([points, more])
            blocks += _MORE
        return points

    def _lives(self, count: int) -> Integers:
        return self._exponentials(Purpose.LIFETIME, 0, -(-count // 4))

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
