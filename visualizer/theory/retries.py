"""Clients that try again: what an outage costs them is a wait on their own timer, or a failure.

Symbols: W = `outage_s`; b_1 < b_2 < ... = `offsets_s`, when a client tries again after its first attempt; c
= `timeout_s`, after which it gives up. Linux resends a SYN after 1, 3, 7, 15, 31, 63 s and fails at about
127 s (tcp_syn_retries = 6, tcp(7); RFC 6298 for the doubling). A client that comes during the outage comes
at a uniform instant of it, so it still lasts U(0, W).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from visualizer.language import say
from visualizer.theory import limits

LINUX_SYN_S = (1.0, 3.0, 7.0, 15.0, 31.0, 63.0)
"""When Linux sends a SYN again, after the first one."""


def retry_wait_s(outage_s: float, offsets_s: Sequence[float] = LINUX_SYN_S) -> float:
    """The mean wait of a client that comes during the outage: sum of b_i times the length of (b_(i-1), b_i]
    within (0, W), over W. The naive W / 2 is too short: nobody tells the client that service is back.

    ValueError when W is beyond the last try: then some fail, see `share_failed`.
    """
    tries = _tries(outage_s, offsets_s)
    if tries[-1] < outage_s:
        raise ValueError(
            say("an outage of {outage} s outlasts the last try at {last} s", outage=outage_s, last=tries[-1])
        )
    parts_s = (late_s * _within(early_s, late_s, outage_s) for early_s, late_s in pairwise(tries))
    return sum(parts_s) / outage_s


def share_failed(
    outage_s: float, timeout_s: float | None = None, offsets_s: Sequence[float] = LINUX_SYN_S
) -> float:
    """The share of clients that come during the outage and give up: (W - last b_i <= c)+ / W.

    `timeout_s` None: they give up only after the last try.
    """
    tries = _tries(outage_s, offsets_s)
    if timeout_s is not None:
        limits.not_negative(timeout_s=timeout_s)
        tries = [offset_s for offset_s in tries if offset_s <= timeout_s]
    return max(outage_s - tries[-1], 0.0) / outage_s


def _tries(outage_s: float, offsets_s: Sequence[float]) -> list[float]:
    """With the first attempt, at 0."""
    limits.positive(outage_s=outage_s)
    tries = [0.0, *offsets_s]
    if any(late_s <= early_s for early_s, late_s in pairwise(tries)):
        raise ValueError(say("the tries must come one after the other"))
    return tries


def _within(early_s: float, late_s: float, end_s: float) -> float:
    """Length of (early, late] within (0, end)."""
    return max(min(late_s, end_s) - early_s, 0.0)
