"""Counter-based chance: every draw is a pure function of (seed, purpose, index, block), never of a history.

Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011) in numpy integers, and
exponential numbers from raw bits by an integer table: no float decides what happens, so every processor and
every numpy version draws the same.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from visualizer.sim.setup import Share

Words = NDArray[np.uint64]
Integers = NDArray[np.int64]

FIXED_ONE = 1 << 32
"""Exponential draws are fixed-point numbers in units of 2^-32 of their mean."""

_MULTIPLIERS = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_KEY_STEPS = (0x9E3779B9, 0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_TABLE_BITS = 10


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


def philox(seed: int, purpose: Purpose, index: Integers, block: int = 0) -> tuple[Words, Words, Words, Words]:
    """Four arrays of 32-bit words (as uint64), one of each per entry of `index`."""
    position = index.astype(np.uint64)
    c0, c1 = position & _LOW, position >> _SHIFT
    c2 = np.full_like(c0, block)
    c3 = np.full_like(c0, int(purpose))
    k0, k1 = seed & 0xFFFFFFFF, (seed >> 32) & 0xFFFFFFFF
    for _ in range(10):
        product0, product1 = c0 * _MULTIPLIERS[0], c2 * _MULTIPLIERS[1]
        c0 = (product1 >> _SHIFT) ^ c1 ^ np.uint64(k0)
        c2 = (product0 >> _SHIFT) ^ c3 ^ np.uint64(k1)
        c1, c3 = product1 & _LOW, product0 & _LOW
        k0, k1 = (k0 + _KEY_STEPS[0]) & 0xFFFFFFFF, (k1 + _KEY_STEPS[1]) & 0xFFFFFFFF
    return c0, c1, c2, c3


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


def exponential(words: Words) -> Integers:
    """-ln(u) for u = (word + 1/2) / 2^32, in units of 2^-32; mean one, error below 2e-7."""
    table = _logarithms()
    odd = words * np.uint64(2) + np.uint64(1)
    bits = np.frexp(odd.astype(np.float64))[1].astype(np.int64)  # exact: at most 33 bits in a double
    mantissa = (odd << (np.uint64(33) - bits.astype(np.uint64))).astype(np.int64)  # 2^32 <= mantissa < 2^33
    place = (mantissa >> (32 - _TABLE_BITS)) - (1 << _TABLE_BITS)
    rest = mantissa & ((1 << (32 - _TABLE_BITS)) - 1)
    below = table[place]
    logarithm = below + (((table[place + 1] - below) * rest) >> (32 - _TABLE_BITS))
    result: Integers = (34 - bits) * table[-1] - logarithm
    return result


def scaled(units: Integers, mean_us: int) -> Integers:
    """Fixed-point `units` (of 2^-32) times a mean in microseconds, whole microseconds, rounded down."""
    if mean_us < 1 << 25:
        return (units * mean_us) >> 32
    return ((units >> 16) * mean_us) >> 16


def draw(seed: int, purpose: Purpose, index: int, block: int = 0) -> int:
    """One 32-bit word."""
    return int(philox(seed, purpose, np.array([index], dtype=np.int64), block)[0][0])


def hits(share: Share, numbers: Integers) -> NDArray[np.bool_]:
    """Which of these numbers belong to an evenly spread part of all: floor((n + 1) f) > floor(n f)."""
    result: NDArray[np.bool_] = (numbers + 1) * share.parts // share.of > numbers * share.parts // share.of
    return result
