"""The draws of chance once more, in plain Python integers: Philox4x32-10, one number at a time."""

from __future__ import annotations

import numpy as np

from visualizer.sim.chance import exponential
from visualizer.sim.setup import Share

HEARTBEAT_LOSS, HEARTBEAT_JITTER, SYNC_LOSS, SYNC_JITTER, FENCE = 5, 6, 7, 8, 9
GENERATOR, ANNOUNCEMENT, CACHE_AGE, REFRESH_LOSS = 10, 11, 12, 13

LOW = 0xFFFFFFFF
ATTEMPTS = 16


def word(seed: int, purpose: int, index: int, block: int) -> int:
    """The first of the four 32-bit words."""
    a, b, c, d = index & LOW, (index >> 32) & LOW, block, purpose
    key0, key1 = seed & LOW, (seed >> 32) & LOW
    for _ in range(10):
        first, second = a * 0xD2511F53, c * 0xCD9E8D57
        a, b, c, d = (second >> 32) ^ b ^ key0, second & LOW, (first >> 32) ^ d ^ key1, first & LOW
        key0, key1 = (key0 + 0x9E3779B9) & LOW, (key1 + 0xBB67AE85) & LOW
    return a


def hits(seed: int, share: Share, purpose: int, index: int, block: int) -> bool:
    return bool(share) and word(seed, purpose, index, block) < (share.parts << 32) // share.of


def jitter_us(seed: int, mean_us: int, purpose: int, index: int, block: int) -> int:
    """An exponential delay, whole microseconds, rounded down."""
    if not mean_us:
        return 0
    drawn = np.array([word(seed, purpose, index, block)], dtype=np.uint64)
    return int(exponential(drawn)[0]) * mean_us >> 32
