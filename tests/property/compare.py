"""The same books from the engine and from the naive model, in the same words, and their first difference."""

from __future__ import annotations

from collections.abc import Sequence

from property.naive import Naive
from property.naive.world import Request

from visualizer.ledger import account
from visualizer.sim import Setup, State, advance, exposure, finish, start
from visualizer.sim.event import AddressLearned, Demoted, Event, Rejoined, Takeover

Books = dict[str, object]
Looks = Sequence[int]


def books(state: State, events: Sequence[Event]) -> Books:
    """What the engine says: `events` are all since the start."""
    page = account(state)
    hands = [
        (event.at_us, type(event).__name__, event.tier, event.unit)
        for event in events
        if isinstance(event, (Takeover, AddressLearned, Demoted, Rejoined))
    ]
    return {
        "hands": sorted(hands),
        "roles": [[str(unit.role) for unit in pair.units] for pair in state.tiers],
        "offered": (page.offered_sessions, page.offered_transactions),
        "interrupted": {str(status): count for status, count in page.interrupted.items()},
        "delayed": page.interruption.delayed,
        "acknowledged": (page.acknowledged_sessions, page.acknowledged_transactions),
        "lost sessions": state.lost_sessions.tolist(),
        "sessions by cause": {str(c): x.sessions for c, x in page.lost_by_cause.items() if x.sessions},
        "transactions by cause": {
            str(c): x.transactions for c, x in page.lost_by_cause.items() if x.transactions
        },
        "entries": page.lost.entries,
        "open": page.open_sessions,
        "in doubt": page.in_doubt,
    }


ROLES = {"aside": "set aside", "handing": "standby"}
HANDS = ("Takeover", "AddressLearned", "Demoted", "Rejoined")


def naive_books(naive: Naive) -> Books:
    """What the naive model says."""
    openings = [session.opening for session in naive.sessions]
    hands = [(at_us, what, tier, unit) for what, at_us, tier, unit in naive.happened if what in HANDS]
    return {
        "hands": sorted(hands),
        "roles": [[ROLES.get(unit.role, unit.role) for unit in pair.units] for pair in naive.pairs],
        "offered": tuple(
            sum(request.met is not None for request in requests)
            for requests in (openings, naive.transactions)
        ),
        "interrupted": naive.interrupted(),
        "delayed": sum(request.delayed and request.served for request in naive.requests()),
        "acknowledged": tuple(
            sum(_answered(naive, request) for request in requests)
            for requests in (openings, naive.transactions)
        ),
        "lost sessions": naive.lost_sessions(),
        "sessions by cause": dict(naive.lost_causes),
        "transactions by cause": dict(naive.lost_transaction_causes),
        "entries": naive.entries_lost,
        "open": naive.open_sessions(),
        "in doubt": naive.in_doubt,
    }


def _answered(naive: Naive, request: Request) -> bool:
    """Initial sessions had their answer before the run."""
    return request.acknowledged(naive.now_us + 1)


def difference(setup: Setup, looks: Looks) -> str | None:
    """The first of `looks` and of the books in which the two differ, in words (None: they agree).

    At each instant: the exposure before, and all books after what happens then.
    """
    state, naive = start(setup), Naive(setup)
    events: list[Event] = []
    for at_us in sorted({*looks, setup.duration_us}):
        events += advance(state, at_us - 1)
        naive.advance(at_us - 1)
        before = state.copy()
        before.now_us = at_us
        engine_says: Books = {"exposure": list(exposure(before).by_tier)}
        naive_says: Books = {"exposure": [naive.exposed(tier) for tier in range(len(setup.tiers))]}
        events += advance(state, at_us)
        naive.advance(at_us)
        finish(state)
        engine_says |= books(state, events)
        naive_says |= naive_books(naive)
        for name, engine_value in engine_says.items():
            if engine_value != naive_says[name]:
                return f"at {at_us} us, {name}:\n  engine {engine_value}\n  naive  {naive_says[name]}"
    return None
