"""Sorting many packed integers, and doing things in chunks that stay in the cache.

numpy sorts 16 bits by radix in linear time, 64 bits not. So packed integers, a key above `low_bit` and a
number below it, are split by the highest bits of the key into slices that fit the cache, and each slice is
sorted by 16 bits at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import numpy as np

from visualizer.sim.chance import Integers

_PAYS = 1 << 14
"""Below so many elements a comparison sort is as fast."""

_BLOCK = 1 << 15
"""So many elements at a time are split; their 16-bit keys and places stay in the cache."""

_SLICE_BITS = 8
"""At most so many bits number the slices."""

_THREADS = 2
"""Parts are independent, and numpy lets go of the interpreter while it works."""

_Part = TypeVar("_Part")
_Result = TypeVar("_Result")


def each(do: Callable[[_Part], _Result], parts: Sequence[_Part]) -> list[_Result]:
    """`do` for each part, in order; several at a time if there are several."""
    if len(parts) < _THREADS:
        return [do(part) for part in parts]
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  (few runs are so large)

    with ThreadPoolExecutor(_THREADS) as threads:
        return list(threads.map(do, parts))


def radix_sorted(packed: Integers, low_bit: int) -> Integers:
    """These integers (none negative) ascending; all below `low_bit` only decides between equal keys."""
    if len(packed) < _PAYS:
        return np.sort(packed)
    highest = int(packed.max())
    slice_bits = min(len(packed).bit_length() - _BLOCK.bit_length() + 1, _SLICE_BITS)
    shift = max(highest.bit_length() - slice_bits, low_bit)
    split = partial(_split, packed, shift, (highest >> shift) + 1)
    slices = zip(*each(split, range(0, len(packed), _BLOCK)), strict=True)
    return np.concatenate(each(partial(_sorted_slice, low_bit, shift), list(slices)))


def _split(packed: Integers, shift: int, slices: int, first: int) -> list[Integers]:
    """The slices of one block, by the bits from `shift` on."""
    block = packed[first : first + _BLOCK]
    number = (block >> shift).astype(np.uint8)
    block = block.take(np.argsort(number, kind="stable"))
    ends = np.cumsum(np.bincount(number, minlength=slices)).tolist()
    return [block[low:high] for low, high in zip([0, *ends], ends, strict=False)]


def _sorted_slice(low_bit: int, end_bit: int, pieces: Sequence[Integers]) -> Integers:
    """Sorted by the rest of the bits of the key; equal keys, few, are put in order after."""
    packed = np.concatenate(pieces)
    for shift in range(low_bit, end_bit, 16):
        packed = packed.take(np.argsort((packed >> shift).astype(np.uint16), kind="stable"))
    keys = packed >> low_bit
    again = np.flatnonzero(keys[1:] == keys[:-1])
    tied = np.union1d(again, again + 1)
    packed[tied] = np.sort(packed[tied])
    return packed
