"""Counter-based chance: every draw is a pure function of (seed, purpose, index, block), never of a history.

Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011) in numpy integers, and
exponential numbers from raw bits by an integer table: no float decides what happens, so every processor and
every numpy version draws the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from visualizer.sim.setup import Share

Words = NDArray[np.uint64]
Integers = NDArray[np.int64]

FIXED_ONE = 1 << 32
"""Exponential draws are fixed-point numbers in units of 2^-32 of their mean."""

_MULTIPLIERS = np.array([0xCD9E8D57, 0xD2511F53], dtype=np.uint64)
_KEY_STEPS = (0x9E3779B9, 0xBB67AE85)
_ROUNDS = 10
_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_SEED = (1 << 64) - 1
_TABLE_BITS = 10
_REST_BITS = 32 - _TABLE_BITS
_STEP_BITS = 23
"""One step of the table of logarithms is below 2^23."""

_AHEAD = 128

_DOUBLE_BITS = 52
"""Of the fraction of a double."""


class Purpose(IntEnum):
    """What a draw is for; a part of its key, so that one use never disturbs another."""

    ARRIVAL = 1
    LIFETIME = 2
    TRANSACTION = 3
    STRIKE = 4
    HEARTBEAT_LOSS = 5
    HEARTBEAT_JITTER = 6
    SYNC_LOSS = 7
    SYNC_JITTER = 8
    FENCE = 9
    GENERATOR = 10
    ANNOUNCEMENT = 11
    CACHE_AGE = 12
    REFRESH_LOSS = 13


def philox(seed: int, purpose: Purpose, index: Integers, block: int = 0) -> Words:
    """Four 32-bit words (as uint64) for each entry of `index`: shape (4, entries).

    In place, and both multiplications of a round at once: the counter's words 2 and 0 are `even`, 3 and 1
    are `odd`. What stays in the cache costs half.
    """
    return philox_with(_keys(seed), purpose, index, index.shape, block)


def philox_with(
    keys: Iterable[Words], purpose: Purpose, index: Integers, shape: tuple[int, ...], block: int = 0
) -> Words:
    """The same for many seeds at once: shape (4, *shape). `keys`: the rounds of `keys_of`, of the seed of
    each entry; they and `index` are broadcast to `shape`.
    """
    position = index.astype(np.uint64)
    words = np.empty((4, *shape), dtype=np.uint64)
    even, odd = words[2::-2], words[3::-2]
    even[0], odd[0] = block, int(purpose)
    even[1], odd[1] = position & _LOW, position >> _SHIFT
    high = np.empty_like(even)
    multipliers = _MULTIPLIERS.reshape(2, *(1 for _ in shape))
    for number, key in enumerate(keys):
        np.multiply(even, multipliers[:: 1 - number % 2 * 2], out=even)
        np.right_shift(even, _SHIFT, out=high)
        high ^= odd[::-1]
        high ^= key
        np.bitwise_and(even, _LOW, out=odd)
        even, high = high, even
    return words


@lru_cache(maxsize=16)
def _keys(seed: int) -> Words:
    return keys_of([seed])


def seed_words(seeds: Sequence[int]) -> Words:
    """What of each seed counts, shape (seeds,): its lowest 64 bits."""
    return np.array([seed & _SEED for seed in seeds], dtype=np.uint64)


def keys_of(seeds: Sequence[int] | Words) -> Words:
    """The keys of each round, in the order of its rows: shape (rounds, 2, seeds)."""
    whole = seeds if isinstance(seeds, np.ndarray) else seed_words(seeds)
    first, second = whole & _LOW, whole >> _SHIFT
    keys = np.empty((_ROUNDS, 2, len(first)), dtype=np.uint64)
    for number in range(_ROUNDS):
        pair = (first + number * _KEY_STEPS[0]) & _LOW, (second + number * _KEY_STEPS[1]) & _LOW
        keys[number] = pair[:: 1 - number % 2 * 2]
    return keys


@cache
def _logarithms() -> Integers:
    """ln(1 + i / 1024), i = 0..1024, in units of 2^-32, by the integer series of 2 atanh(1 / (2n + 1))."""
    size = 1 << _TABLE_BITS
    one = 1 << 80
    total, table = 0, [0]
    for n in range(size, 2 * size):
        square = (2 * n + 1) ** 2
        term, power, step = one // (2 * n + 1), 1, 0
        while term:
            step += term // power
            term //= square
            power += 2
        total += 2 * step
        table.append(total >> 48)
    return np.array(table, dtype=np.int64)


@cache
def _minus_logarithms() -> Integers:
    """-ln(2^(e - 32) (1 + i / 1024)) << 23 | step to the next, at (e + 1) 1024 + i for e = -1..31."""
    table = _logarithms()
    exponents = np.arange(-1, 32, dtype=np.int64)[:, np.newaxis]
    values = (32 - exponents) * table[-1] - table[:-1]
    packed: Integers = (values << _STEP_BITS) | np.diff(table)
    return packed.ravel()


def exponential(words: Words) -> Integers:
    """-ln(u) for u = (word + 1/2) / 2^32, in units of 2^-32; mean one, error below 2e-7.

    As a double word + 1/2 is exact, and its bits are the exponent and the mantissa to look up.
    """
    double = words.astype(np.float64)
    double += 0.5
    rest = double.view(np.int64)
    place = rest >> (_DOUBLE_BITS - _TABLE_BITS)
    place -= 1022 << _TABLE_BITS  # a double's exponent is stored with 1023 added
    rest >>= _DOUBLE_BITS - 32
    rest &= (1 << _REST_BITS) - 1
    result = _minus_logarithms().take(place)
    rest *= np.bitwise_and(result, (1 << _STEP_BITS) - 1, out=place)
    rest >>= _REST_BITS
    result >>= _STEP_BITS
    result -= rest
    return result


def scaled(units: Integers, mean_us: int) -> Integers:
    """Fixed-point `units` (of 2^-32) times a mean in microseconds, whole microseconds, rounded down."""
    bits = 0 if mean_us < 1 << 25 else 16
    result = units >> bits
    result *= mean_us
    result >>= 32 - bits
    return result


def draw(seed: int, purpose: Purpose, index: int, block: int = 0) -> int:
    """One 32-bit word."""
    return int(_ahead(seed, purpose, index // _AHEAD, block)[index % _AHEAD])


def draw_exponential(seed: int, purpose: Purpose, index: int, block: int = 0) -> Integers:
    """One number of `exponential`, shape (1,)."""
    place = index % _AHEAD
    return _exponentials_ahead(seed, purpose, index // _AHEAD, block)[place : place + 1]


@lru_cache(maxsize=64)
def _ahead(seed: int, purpose: Purpose, number: int, block: int) -> Words:
    """What is drawn one by one is asked for in order, and a hundred draws cost little more than one."""
    index = np.arange(number * _AHEAD, (number + 1) * _AHEAD, dtype=np.int64)
    word: Words = philox(seed, purpose, index, block)[0]
    return word


@lru_cache(maxsize=64)
def _exponentials_ahead(seed: int, purpose: Purpose, number: int, block: int) -> Integers:
    return exponential(_ahead(seed, purpose, number, block))


def hits(share: Share, numbers: Integers) -> NDArray[np.bool_]:
    """Which of these numbers belong to an evenly spread part of all: floor((n + 1) f) > floor(n f)."""
    result: NDArray[np.bool_] = (numbers + 1) * share.parts // share.of > numbers * share.parts // share.of
    return result
