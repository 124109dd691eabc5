"""Columns that change while a run goes on: requests that are put off, and a future that is drawn anew.

Every function gives new columns and leaves the old ones as they were; none may touch the past.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from visualizer.sim.chance import Integers
from visualizer.sim.traffic import FAR_US, Codes, Traffic, by_time, pack


def delay_openings(
    traffic: Traffic, sessions: Integers, opens_us: Integers, met: Integers, horizon_us: int
) -> Traffic:
    """These sessions open at `opens_us` instead; their close and their transactions come as much later.

    `met`: what each met until now, shape (len(sessions),); what it met first is kept.
    """
    shift = np.zeros(len(traffic.opens_us), dtype=np.int64)
    shift[sessions] = opens_us - traffic.opens_us[sessions]
    opens = traffic.opens_us + shift
    closes = np.where(traffic.closes_us < FAR_US, traffic.closes_us + shift, FAR_US)
    order = np.argsort(opens, kind="stable")
    ending = np.flatnonzero(closes <= horizon_us)
    close_us, close_session = by_time(closes[ending], ending)
    moved = replace(
        traffic,
        opens_us=opens,
        closes_us=closes,
        open_us=opens[order],
        open_session=order,
        close_us=close_us,
        close_session=close_session,
        met=_first_met(traffic.met, sessions, met),
    )
    later = shift[traffic.transaction_session]
    asked = traffic.transaction_asked_us + later
    return _in_order(moved, traffic.transaction_us + later, traffic.transaction_session, asked,
                     traffic.transaction_met)  # fmt: skip


def delay_transactions(traffic: Traffic, places: Integers, times_us: Integers, met: Integers) -> Traffic:
    """The transactions at these places of the columns come at `times_us` instead; `met` as above."""
    times = traffic.transaction_us.copy()
    times[places] = times_us
    first_met = _first_met(traffic.transaction_met, places, met)
    return _in_order(traffic, times, traffic.transaction_session, traffic.transaction_asked_us, first_met)


def _first_met(old: Codes, places: Integers, met: Integers) -> Codes:
    codes = old.copy()
    codes[places] = np.where(old[places] == 0, met, old[places])
    return codes


def _in_order(
    traffic: Traffic, times_us: Integers, sessions: Integers, asked_us: Integers, met: Codes
) -> Traffic:
    """With these transactions, ascending; those of one session and instant stay in the order of asking."""
    order = np.argsort(pack(times_us, sessions), kind="stable")
    return replace(
        traffic,
        transaction_us=times_us[order],
        transaction_session=sessions[order],
        transaction_asked_us=asked_us[order],
        transaction_met=met[order],
    )


def with_future(traffic: Traffic, from_us: int, times_us: Integers, sessions: Integers) -> Traffic:
    """Instead of all transactions not yet asked for before `from_us`, these."""
    kept = np.flatnonzero(traffic.transaction_asked_us < from_us)
    return _in_order(
        traffic,
        np.concatenate([traffic.transaction_us[kept], times_us]),
        np.concatenate([traffic.transaction_session[kept], sessions]),
        np.concatenate([traffic.transaction_asked_us[kept], times_us]),
        np.concatenate([traffic.transaction_met[kept], np.zeros(len(times_us), dtype=np.int8)]),
    )


def continued(old: Traffic, new: Traffic, from_us: int) -> Traffic:
    """Sessions asked for before `from_us` as they have become, all others as they are drawn in `new`."""
    count = int(np.searchsorted(old.asked_us, from_us))
    opens = np.concatenate([old.opens_us[:count], new.opens_us[count:]])
    order = np.argsort(opens, kind="stable")
    ours, theirs = old.close_session < count, new.close_session >= count
    close_us, close_session = by_time(
        np.concatenate([old.close_us[ours], new.close_us[theirs]]),
        np.concatenate([old.close_session[ours], new.close_session[theirs]]),
    )
    whole = Traffic(
        opens_us=opens,
        closes_us=np.concatenate([old.closes_us[:count], new.closes_us[count:]]),
        open_us=opens[order],
        open_session=order,
        transaction_us=old.transaction_us,
        transaction_session=old.transaction_session,
        close_us=close_us,
        close_session=close_session,
        asked_us=np.concatenate([old.asked_us[:count], new.asked_us[count:]]),
        met=np.concatenate([old.met[:count], new.met[count:]]),
        transaction_asked_us=old.transaction_asked_us,
        transaction_met=old.transaction_met,
    )
    ours, theirs = old.transaction_session < count, new.transaction_session >= count
    return _in_order(
        whole,
        np.concatenate([old.transaction_us[ours], new.transaction_us[theirs]]),
        np.concatenate([old.transaction_session[ours], new.transaction_session[theirs]]),
        np.concatenate([old.transaction_asked_us[ours], new.transaction_asked_us[theirs]]),
        np.concatenate([old.transaction_met[ours], new.transaction_met[theirs]]),
    )
