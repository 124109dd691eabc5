"""The rows of a family whose runs differ only in their clients: the control plane once, the clients of many
runs at once. The same bytes as run by run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

import numpy as np

from visualizer.lab.batch_alike import by_chance
from visualizer.lab.batch_control import Same, alone, control
from visualizer.lab.columns import NEVER_US, Columns, Integers
from visualizer.lab.crowd import Crowd
from visualizer.lab.crowd_count import Readings, counted
from visualizer.lab.strike import strike_instants_us
from visualizer.lab.trials import Family
from visualizer.sim.chance import Words, seed_words
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.setup import US_PER_S, Setup

_MOST_AT_ONCE = 512
_LEAST_AT_ONCE = 32
_SESSIONS_AT_ONCE = 1 << 17
"""So many runs, and sessions of them, are counted together: what stays in the cache costs less."""


def batched(family: Family) -> Integers:
    """The rows of a family that is `alike`, shape (runs, columns), as `Columns.of_rows` takes them.

    Raises UnlikeError: they have to be played one by one after all.
    """
    setup, words = family.setup, seed_words(family.seeds)
    strike_us = _strikes_us(family, words)
    rows = np.empty((len(family), len(fields(Columns))), dtype=np.int64)
    rows[:, 0], rows[:, 1] = family.seeds, strike_us
    for layout, places, values in _readings(family, strike_us):
        for chosen in _parts(setup, Readings.of(layout, values).until_us):
            readings = Readings.of(layout, values[:, chosen])
            crowd = Crowd(setup.traffic, words[places[chosen]], readings.until_us)
            counts = counted(readings, crowd)
            takeover_us, restored_us, failovers, no_service_us = readings.head
            columns = (
                takeover_us,
                restored_us,
                counts.lost_sessions,
                counts.lost_transactions,
                counts.lost_entries,
                counts.interrupted,
                counts.in_doubt,
                failovers,
                no_service_us,
            )
            rows[places[chosen], 2:] = np.stack(columns, axis=1)
    return rows


def _strikes_us(family: Family, words: Words) -> Integers:
    if family.blow is not None:
        return strike_instants_us(words, family.blow.window_us)
    strikes = (act for act in family.setup.commands if isinstance(act, Strike))
    own_us = min((act.at_us for act in strikes if isinstance(act.target, UnitTarget)), default=NEVER_US)
    return np.full(len(family), own_us, dtype=np.int64)


def _readings(family: Family, strike_us: Integers) -> list[Same]:
    if by_chance(family.setup):
        return alone(family.runs())
    plain, blow = replace(family.setup, seed=0), family.blow
    if blow is not None:
        return control(plain, blow.tier, blow.fault).of(strike_us)
    every = np.arange(len(strike_us), dtype=np.int64)
    return [(layout, every, np.repeat(values, len(every), axis=1)) for layout, _, values in alone([plain])]


def _parts(setup: Setup, until_us: Integers) -> Iterator[Integers]:
    """Places that are counted together: of runs in which clients matter for about as long."""
    rate = setup.traffic.session_rate
    per_s = 0.0 if rate is None else rate.per_s
    sessions = setup.traffic.initial_sessions + per_s * int(until_us.max(initial=0)) / US_PER_S
    count = min(max(int(_SESSIONS_AT_ONCE / (sessions + 1)), _LEAST_AT_ONCE), _MOST_AT_ONCE)
    order = np.argsort(until_us, kind="stable")
    for first in range(0, len(order), count):
        yield order[first : first + count]
