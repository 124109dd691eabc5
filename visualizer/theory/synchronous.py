"""Waiting for the standby: nothing acknowledged is lost, and what that costs instead.

Symbols: rate (requests/s), s = `service_s` until the active has applied a request, L = `latency_s` of the
cable, one way, a = `apply_s` until the standby has applied it, T = `timeout_s` of semi-synchronous copying.

PACELC (Abadi, IEEE Computer 2012): if there is a Partition choose Availability or Consistency, Else choose
Latency or Consistency. Remus (Cully et al., NSDI 2008) holds output back until the copy is safe;
PostgreSQL's synchronous_commit and MySQL's semi-synchronous replication (falls back after 10 s) are the
everyday forms.
"""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.theory import limits


@dataclass(frozen=True, slots=True)
class InDoubt:
    """Requests without an answer at the crash. `unanswered`: all; `applied`: those that live on all the
    same.
    """

    unanswered: float
    applied: float


def answer_s(service_s: float, latency_s: float, apply_s: float = 0.0) -> float:
    """How long each request waits for its acknowledgement: s + 2 L + a."""
    limits.not_negative(service_s=service_s, latency_s=latency_s, apply_s=apply_s)
    return service_s + 2 * latency_s + apply_s


def sync_in_doubt(
    rate_per_s: float, service_s: float, latency_s: float, apply_s: float = 0.0, *, cable_dies: bool = False
) -> InDoubt:
    """At the crash rate (s + 2 L + a) are unanswered. Those that had left for the standby are applied:
    rate (2 L + a), or rate (L + a) when the cable dies too. No acknowledged request is lost.

    One failure of one unit, with the cable whole until then; an open loop.
    """
    limits.not_negative(rate_per_s=rate_per_s)
    unanswered_s = answer_s(service_s, latency_s, apply_s)
    applied_s = unanswered_s - service_s - (latency_s if cable_dies else 0.0)
    return InDoubt(rate_per_s * unanswered_s, rate_per_s * applied_s)


def serial_commits_per_s(service_s: float, latency_s: float, apply_s: float = 0.0) -> float:
    """At most so many requests one after the other: 1 / (s + 2 L + a), the price of waiting."""
    wait_s = answer_s(service_s, latency_s, apply_s)
    limits.positive(answer_s=wait_s)
    return 1 / wait_s


@dataclass(frozen=True, slots=True)
class CutThenCrash:
    """`lost`: acknowledged and gone. `blocked`: asked, and never answered."""

    lost: float
    blocked: float


def semi_sync_fallback(rate_per_s: float, crash_s: float, timeout_s: float | None) -> CutThenCrash:
    """The cable dies at 0, the active at c = `crash_s`: until T everybody waits (rate c blocked, 0 lost);
    after T all that waited is answered and nothing is copied (rate c lost, 0 blocked).

    T = None never falls back (synchronous): always rate c blocked. Open loop, L and s small beside T and c.
    """
    limits.not_negative(rate_per_s=rate_per_s, crash_s=crash_s)
    if timeout_s is not None:
        limits.not_negative(timeout_s=timeout_s)
    asked = rate_per_s * crash_s
    if timeout_s is None or crash_s < timeout_s:
        return CutThenCrash(lost=0.0, blocked=asked)
    return CutThenCrash(lost=asked, blocked=0.0)
