"""The summary of a run as plain data: the contract of `run --json` ("failover-visualizer/summary/1")."""

from __future__ import annotations

from typing import Any

from visualizer.ledger.account import Account, FailoverRecord, account
from visualizer.sim import State, finish, trace_sha256
from visualizer.sim.setup import UNIT_NAMES, US_PER_S

FORMAT = "failover-visualizer/summary/1"


def seconds(time_us: int | None) -> float | None:
    """Microseconds as seconds. The nearest double of so short a decimal prints as exactly that decimal."""
    return None if time_us is None else time_us / US_PER_S


def summarise(state: State) -> dict[str, Any]:
    """Everything counted up to the state's instant; checks the books of its last ticks first."""
    finish(state)
    books = account(state)
    tick_us = state.setup.tick_us
    return {
        "format": FORMAT,
        "scenario": state.setup.name,
        "seed": state.setup.seed,
        "tick_us": tick_us,
        "ticks": -(-state.now_us // tick_us),
        "trace_sha256": trace_sha256(state),
        "offered": {"sessions": books.offered_sessions, "transactions": books.offered_transactions},
        "state_loss": _state_loss(books),
        "interruption": _interruption(books),
        "in_doubt": {"transactions": books.in_doubt},
        "at_stake": {"sessions": books.at_stake.sessions, "transactions": books.at_stake.transactions},
        "failovers": [_failover(state, record) for record in books.failovers],
        "stateful": books.stateful,
    }


def _state_loss(books: Account) -> dict[str, Any]:
    return {
        "sessions": books.lost.sessions,
        "transactions": books.lost.transactions,
        "entries": books.lost.entries,
        "by_cause": {str(cause): lost.sessions for cause, lost in books.lost_by_cause.items()},
        "transactions_by_cause": {
            str(cause): lost.transactions for cause, lost in books.lost_by_cause.items()
        },
    }


def _interruption(books: Account) -> dict[str, Any]:
    requests = books.interruption
    return {
        "requests": requests.requests,
        "failed": requests.failed,
        "delayed": requests.delayed,
        "waiting": requests.waiting,
        "longest_delay_s": seconds(requests.longest_delay_us),
        "mean_delay_s": seconds(requests.mean_delay_us),
        "by_cause": {str(status): count for status, count in books.interrupted.items()},
        "no_service_s": seconds(books.no_service_us),
    }


def _failover(state: State, record: FailoverRecord) -> dict[str, Any]:
    failover = record.failover
    tier = state.setup.tiers[failover.tier].name
    return {
        "tier": tier,
        "fault": failover.fault,
        "target": f"{tier}.{UNIT_NAMES[failover.unit]}",
        "fault_at_s": seconds(failover.fault_us),
        "takeover_at_s": seconds(failover.takeover_us),
        "achieved_rpo_s": seconds(record.achieved_rpo_us),
        "achieved_rto_s": seconds(record.achieved_rto_us),
        "state_loss": {
            "sessions": record.lost.sessions,
            "transactions": record.lost.transactions,
            "entries": record.lost.entries,
        },
    }
