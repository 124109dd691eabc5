"""Booking what is lost: a change is lost when no living unit of its tier holds it, nor a cable to one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import numpy as np

from visualizer.sim.audit import hands_changed
from visualizer.sim.chance import Integers
from visualizer.sim.event import LossCause, StateLost
from visualizer.sim.intervals import Interval, Intervals, clip, missing, union
from visualizer.sim.knowledge import prospects
from visualizer.sim.service import accepted, lost_at, opens_between, running, served
from visualizer.sim.state import START_US, Loss, State
from visualizer.sim.traffic import FAR_US, pack


@dataclass(frozen=True, slots=True)
class Blame:
    """Names the cause: changes made in `in_flight` were on the cable that died, the rest are `default`."""

    default: LossCause = LossCause.UNSYNCED
    in_flight: Intervals = ()


def settle(state: State, tier: int, blame: Blame) -> None:
    """Book everything that the tier acknowledged and that is nowhere any more at this instant."""
    alive = running(state, tier)
    held = union(*(prospects(state, tier, unit) for unit in alive))
    booked = (loss.changes for loss in state.losses if (loss.at_us, loss.tier) == (state.now_us, tier))
    gaps = missing(union(held, *booked), START_US, state.now_us)
    if not alive:
        blame = Blame(LossCause.NO_SURVIVOR)
    for cause, pieces in _by_cause(gaps, blame):
        _book(state, tier, cause, pieces)
    hands_changed(state, tier)


def _by_cause(gaps: Intervals, blame: Blame) -> list[tuple[LossCause, list[Interval]]]:
    flying = [piece for gap in gaps for piece in clip(blame.in_flight, *gap)]
    rest = [piece for gap in gaps for piece in missing(blame.in_flight, *gap)]
    return [(LossCause.IN_FLIGHT, flying), (blame.default, rest)]


def _book(state: State, tier: int, cause: LossCause, pieces: list[Interval]) -> None:
    found = [_lost_of(state, *piece) for piece in pieces]
    if not found:
        return
    sessions, again, times, of_session = (np.concatenate(column) for column in zip(*found, strict=True))
    if not len(sessions) and not len(times) and not len(again):
        return
    failover = state.tiers[tier].failover
    safe_us = None if failover is None else state.failovers[failover].safe_us
    serving = state.tiers[tier].serving is not None
    ended_us = state.now_us if serving else FAR_US
    entries = len(sessions) + len(again)
    loss = Loss(
        state.now_us,
        tier,
        cause,
        failover,
        safe_us,
        ended_us,
        tuple(pieces),
        sessions,
        entries,
        times,
        of_session,
    )
    _remember(state, loss)
    digest = hashlib.sha256(sessions.astype("<i8").tobytes() + times.astype("<i8").tobytes()).hexdigest()
    state.emit(StateLost(state.now_us, tier, cause, len(sessions), len(times), entries, safe_us, digest[:16]))


def _lost_of(state: State, low_us: int, high_us: int) -> tuple[Integers, Integers, Integers, Integers]:
    """Of the changes made in [low, high): sessions lost now, sessions lost at this same instant by another
    tier (their entry here is lost too), and lost transactions (times, sessions).
    """
    traffic, now_us = state.traffic, state.now_us
    sessions = opens_between(state, low_us, high_us)
    sessions = sessions[accepted(state, sessions) & (traffic.closes_us[sessions] >= now_us)]
    when = lost_at(state, sessions)
    first, last = np.searchsorted(traffic.transaction_us, (low_us, high_us))
    times, of = traffic.transaction_us[first:last], traffic.transaction_session[first:last]
    live = (
        accepted(state, of)
        & (traffic.closes_us[of] >= now_us)
        & served(state, times)
        & (lost_at(state, of) >= now_us)
        & ~np.isin(pack(times, of), state.lost_transactions)
    )
    return sessions[when == FAR_US], sessions[when == now_us], times[live], of[live]


def _remember(state: State, loss: Loss) -> None:
    number = len(state.losses)
    state.losses.append(loss)
    sessions = np.concatenate([state.lost_sessions, loss.sessions])
    by = np.concatenate([state.lost_by, np.full(len(loss.sessions), number, dtype=np.int64)])
    order = np.argsort(sessions, kind="stable")
    state.lost_sessions, state.lost_by = sessions[order], by[order]
    state.lost_transactions = np.sort(
        np.concatenate([state.lost_transactions, pack(loss.transaction_us, loss.transaction_session)])
    )


def tell_clients(state: State, tier: int) -> None:
    """The tier serves again: clients of lost sessions learn it with their next request."""
    for number, loss in enumerate(state.losses):
        if loss.tier == tier and loss.ended_us == FAR_US:
            state.losses[number] = replace(loss, ended_us=state.now_us)
