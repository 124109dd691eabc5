"""What the clients ask for, as columns in order of time, drawn ahead for the whole run.

The columns depend on (traffic setup, seed, rates, horizon) alone: a strike never moves an arrival, and two
designs that are compared see the same clients. Arrivals are points of a unit-rate process carried through the
rate over time, so that a live change of the rate stretches the future and leaves the past as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from visualizer.sim.chance import FIXED_ONE, Integers, Purpose, Words, exponential, philox, scaled
from visualizer.sim.radix import each, radix_sorted
from visualizer.sim.setup import Rate, TrafficSetup

FAR_US = 1 << 62
"""A time that never comes."""

START_US = -1
"""The instant just before the run."""

SESSION_BITS = 23
"""Sessions are numbered below 2^23, so that a time and a session fit one sortable integer."""

EARLIEST_US = -(1 << SESSION_BITS) - 1
"""Before every change: the initial sessions opened one after the other, the last at -1."""

_CHUNK = 1 << 12
"""So many sessions at a time stay in the cache, and in memory that need not be asked for anew."""

Codes = NDArray[np.int8]

Rates = tuple[tuple[int, Rate | None], ...]
"""(from_us, rate) pieces in order; the first starts at 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Traffic:
    """The columns, all int64 microseconds or session numbers.

    `opens_us`, `closes_us`: shape (sessions,), by session number; initial sessions opened before 0.
    `open_us`, `open_session`: the same openings, ascending. `transaction_us`, `transaction_session`: shape
    (transactions,), ascending. `close_us`, `close_session`: the closes within the horizon, ascending.

    `asked_us` and `transaction_asked_us`: when each was asked for first, before any retry. `met` and
    `transaction_met`: what it met then, an index into the statuses (0: it has never been put off).
    """

    opens_us: Integers
    closes_us: Integers
    open_us: Integers
    open_session: Integers
    transaction_us: Integers
    transaction_session: Integers
    close_us: Integers
    close_session: Integers
    asked_us: Integers
    met: Codes
    transaction_asked_us: Integers
    transaction_met: Codes

    @property
    def put_off(self) -> bool:
        """Whether any opening has been put off to a retry."""
        return self.asked_us is not self.opens_us


@lru_cache(maxsize=8)
def draw(setup: TrafficSetup, seed: int, rates: Rates, horizon_us: int) -> Traffic:
    """All columns up to and including `horizon_us`."""
    arrivals = _arrivals(setup, seed, rates, horizon_us)
    initial = setup.initial_sessions
    opens = np.concatenate([np.full(initial, START_US, dtype=np.int64), arrivals])
    closes = closes_us(setup, opens, lambda count: _exponentials(seed, Purpose.LIFETIME, 0, -(-count // 4)))
    transaction_us, transaction_session = _transactions(setup, seed, opens, closes, horizon_us)
    opens[:initial] = np.arange(-initial, 0)
    ending = np.flatnonzero(closes <= horizon_us)
    close_us, close_session = by_time(closes[ending], ending)
    order = np.arange(len(opens), dtype=np.int64)
    return Traffic(
        opens_us=opens,
        closes_us=closes,
        open_us=opens,
        open_session=order,
        transaction_us=transaction_us,
        transaction_session=transaction_session,
        close_us=close_us,
        close_session=close_session,
        asked_us=opens,
        met=np.zeros(len(opens), dtype=np.int8),
        transaction_asked_us=transaction_us,
        transaction_met=np.zeros(len(transaction_us), dtype=np.int8),
    )


def pack(times_us: Integers, sessions: Integers) -> Integers:
    """One integer per (time, session), ordered by time, then by session."""
    return (times_us << SESSION_BITS) | sessions


def among(times_us: Integers, sessions: Integers, packed: Integers) -> NDArray[np.bool_]:
    """Which of these pairs are in `packed`, which is ascending."""
    if not len(packed):
        return np.zeros(len(times_us), dtype=np.bool_)
    wanted = pack(times_us, sessions)
    found: NDArray[np.bool_] = packed[np.searchsorted(packed, wanted) % len(packed)] == wanted
    return found


def by_time(times_us: Integers, sessions: Integers) -> tuple[Integers, Integers]:
    """Both columns sorted by time, then session: a total order, so any sorting algorithm gives the same."""
    return _ascending(pack(times_us, sessions))


def _ascending(packed: Integers) -> tuple[Integers, Integers]:
    """Times and sessions of packed pairs, sorted."""
    packed = radix_sorted(packed, SESSION_BITS)
    return packed >> SESSION_BITS, packed & ((1 << SESSION_BITS) - 1)


def _arrivals(setup: TrafficSetup, seed: int, rates: Rates, horizon_us: int) -> Integers:
    """Times of new sessions from the unit-rate points, piece by piece of the rate."""
    pieces = []
    start_unit = 0
    points = _UnitPoints(setup, seed)
    ends = [*(start for start, _ in rates[1:]), horizon_us + 1]
    for (start_us, rate), end_us in zip(rates, ends, strict=True):
        if rate is None:
            continue
        end_unit = start_unit + -(-(end_us - start_us) * rate.events * FIXED_ONE // rate.per_us)
        times = start_us + after_units(points.between(start_unit, end_unit) - start_unit, rate)
        pieces.append(times[times < end_us])
        start_unit = end_unit
    return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int64)


def after_units(units: Integers, rate: Rate) -> Integers:
    """How long (us, rounded down) a process of this rate takes for so many units of 2^-32."""
    bits = _fraction_bits(rate)
    whole, fraction = units >> 32, (units & (FIXED_ONE - 1)) >> (32 - bits)
    exact = whole * rate.per_us
    times: Integers = exact // rate.events
    rest = ((exact - times * rate.events) << bits) + fraction * rate.per_us
    times += rest // (rate.events << bits)
    return times


def units_until(times_us: Integers, rate: Rate) -> Integers:
    """The inverse: the least number of units that take so long, or longer."""
    bits = _fraction_bits(rate)
    whole = times_us * rate.events // rate.per_us
    rest = times_us * rate.events - whole * rate.per_us
    units: Integers = ((whole << bits) - (-(rest << bits) // rate.per_us)) << (32 - bits)
    return units


def _fraction_bits(rate: Rate) -> int:
    """How much of a fraction fits beside the longest period."""
    return min(28, 61 - rate.per_us.bit_length())


class _UnitPoints:
    """The points of the unit-rate process: 0, 1, 2, ... (fixed) or sums of exponentials (Poisson)."""

    def __init__(self, setup: TrafficSetup, seed: int) -> None:
        self.fixed = setup.law == "fixed"
        self.seed = seed
        self.points = np.zeros(0, dtype=np.int64)
        self.blocks = 0

    def between(self, low: int, high: int) -> Integers:
        """All points in [low, high), both in units of 2^-32."""
        if self.fixed:
            first, last = -(-low // FIXED_ONE), -(-high // FIXED_ONE)
            return np.arange(first, last, dtype=np.int64) * np.int64(FIXED_ONE)
        while not len(self.points) or self.points[-1] < high:
            self._draw_more(high)
        first, last = np.searchsorted(self.points, (low, high))
        found: Integers = self.points[first:last]
        return found

    def _draw_more(self, high: int) -> None:
        last = int(self.points[-1]) if len(self.points) else 0
        missing = (high - last) // FIXED_ONE
        blocks = (missing + missing // 16) // 4 + 16
        gaps = _exponentials(self.seed, Purpose.ARRIVAL, self.blocks, self.blocks + blocks)
        self.points = np.concatenate([self.points, last + np.cumsum(gaps)])
        self.blocks += blocks


def closes_us(setup: TrafficSetup, opens: Integers, lives: Callable[[int], Integers]) -> Integers:
    """When sessions that open then close, shape (sessions, ...); the first are the initial ones, which open
    at START_US. `lives`: the first draws, at least so many.
    """
    count, initial = len(opens), setup.initial_sessions
    if setup.lifetime_us is None:
        return np.full(opens.shape, FAR_US, dtype=np.int64)
    if setup.lifetime_law == "fixed":
        closes = opens + setup.lifetime_us
        evenly = setup.lifetime_us * np.arange(1, initial + 1, dtype=np.int64) // max(initial, 1)
        closes[:initial] = evenly.reshape(-1, *(1 for _ in opens.shape[1:]))
        return closes
    return opens + np.maximum(scaled(lives(count)[:count], setup.lifetime_us), 1)


def _exponentials(seed: int, purpose: Purpose, first: int, last: int) -> Integers:
    """Four draws for each index of [first, last), in order."""

    def chunk(low: int) -> Integers:
        index = np.arange(low, min(low + _CHUNK, last), dtype=np.int64)
        return exponential(philox(seed, purpose, index)).T.ravel()

    return np.concatenate([np.zeros(0, dtype=np.int64), *each(chunk, range(first, last, _CHUNK))])


def _transactions(
    setup: TrafficSetup, seed: int, opens: Integers, closes: Integers, horizon_us: int
) -> tuple[Integers, Integers]:
    rate = setup.transaction_rate
    if rate is None or not len(opens) or setup.connections is not None:  # a closed loop asks as answers come
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    last = np.minimum(closes - 1, horizon_us)
    if setup.law == "fixed":
        return by_time(*even_transactions(rate, opens, last))
    return _ascending(_poisson_transactions(rate, seed, opens, last))


def even_transactions(rate: Rate, opens: Integers, last: Integers) -> tuple[Integers, Integers]:
    """(times, places) of the transactions of sessions that open then, evenly spaced, up to `last`."""
    counts = np.maximum((last - opens) * rate.events // rate.per_us, 0)
    session = np.repeat(np.arange(len(opens), dtype=np.int64), counts)
    ordinal = np.arange(len(session), dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    times = opens[session] + ordinal * rate.per_us // rate.events
    fits = times <= last[session]
    return times[fits], session[fits]


def _poisson_transactions(rate: Rate, seed: int, opens: Integers, last: Integers) -> Integers:
    """Each session's own exponential gaps, four at a time until none has any left; packed, in no order."""
    mean_us = mean_gap_us(rate)
    found = [np.zeros(0, dtype=np.int64)]
    alive, now, block = np.arange(len(opens), dtype=np.int64), np.maximum(opens, 0), 0
    while len(alive):
        chunks = [slice(low, low + _CHUNK) for low in range(0, len(alive), _CHUNK)]
        do = partial(_gaps, seed, mean_us, block, last)
        packed, going, reached = zip(*each(do, [(alive[x], now[x]) for x in chunks]), strict=True)
        found += packed
        alive, now, block = np.concatenate(going), np.concatenate(reached), block + 1
    return np.concatenate(found)


def _gaps(
    seed: int, mean_us: int, block: int, last: Integers, chunk: tuple[Integers, Integers]
) -> tuple[Integers, Integers, Integers]:
    """The next four transactions of a chunk, (sessions, when they last asked): those that come, packed; which
    sessions go on, and when they asked last.
    """
    alive, now = chunk
    due = next_due_us(philox(seed, Purpose.TRANSACTION, alive, block), now, mean_us)
    inside = due <= last.take(alive)
    on = np.flatnonzero(inside[-1])
    return pack(due, alive).ravel().compress(inside.ravel()), alive.take(on), due[-1].take(on)


def mean_gap_us(rate: Rate) -> int:
    """Between two transactions of a session."""
    return max(rate.per_us // rate.events, 1)


def next_due_us(words: Words, now: Integers, mean_us: int) -> Integers:
    """When sessions that last asked at `now` ask again, one time for each row of `words`."""
    due = scaled(exponential(words), mean_us)
    np.maximum(due, 1, out=due)
    for ordinal, before in enumerate((now, *due[:-1])):
        due[ordinal] += before
    return due
