"""The chain of what was lost, as facts: the ledger finds them, the story tells them."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.sim.event import LossCause


@dataclass(frozen=True, slots=True)
class Chain:
    """One lost session, or one lost transaction of a session that lived on (`transaction_us`, else None).

    All instants in microseconds; None: it did not happen (yet). `unit`: the one that failed or gave up its
    role (None: no failover began). `transactions`: how many of a lost session were lost with it.
    """

    session: int
    transaction_us: int | None
    tier: int
    unit: int | None
    cause: LossCause
    accepted_us: int
    safe_us: int | None
    fault: str | None
    fault_us: int
    lost_us: int
    takeover_us: int | None
    transactions: int
