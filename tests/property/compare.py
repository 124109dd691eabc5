"""The same books from the engine and from the naive model, in the same words."""

from __future__ import annotations

from collections.abc import Sequence

from property.naive import Naive

from visualizer.ledger import account
from visualizer.sim import State
from visualizer.sim.event import AddressLearned, Demoted, Event, Rejoined, Takeover

Books = dict[str, object]


def books(state: State, events: Sequence[Event]) -> Books:
    """What the engine says: `events` are all since the start."""
    page = account(state)
    hands = [
        (type(event).__name__, event.at_us, event.tier, event.unit)
        for event in events
        if isinstance(event, (Takeover, AddressLearned, Demoted, Rejoined))
    ]
    return {
        "lost sessions": state.lost_sessions.tolist(),
        "sessions by cause": {c.value: x.sessions for c, x in page.lost_by_cause.items() if x.sessions},
        "transactions by cause": {
            c.value: x.transactions for c, x in page.lost_by_cause.items() if x.transactions
        },
        "entries": page.lost.entries,
        "interrupted": {status.value: count for status, count in page.interrupted.items()},
        "offered": (page.offered_sessions, page.offered_transactions),
        "open": page.open_sessions,
        "acknowledged": (page.acknowledged_sessions, page.acknowledged_transactions),
        "in doubt": page.in_doubt,
        "hands": sorted(hands),
    }


def naive_books(naive: Naive) -> Books:
    """What the naive model says."""
    openings = [session.opening for session in naive.sessions]
    acknowledged_by_us = naive.now_us - naive.setup.traffic.response_us
    return {
        "lost sessions": naive.lost_sessions(),
        "sessions by cause": dict(naive.lost_causes),
        "transactions by cause": dict(naive.lost_transaction_causes),
        "entries": naive.entries_lost,
        "interrupted": naive.interrupted(),
        "offered": (
            sum(request.met is not None for request in openings),
            sum(request.met is not None for request in naive.transactions),
        ),
        "open": naive.open_sessions(),
        "acknowledged": tuple(
            sum(r.met == "served" and r.at_us <= acknowledged_by_us for r in requests)
            for requests in (openings, naive.transactions)
        ),
        "in doubt": naive.in_doubt,
        "hands": sorted(naive.happened),
    }
