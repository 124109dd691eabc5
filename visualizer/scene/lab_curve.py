"""What one strike costs as a function of when it strikes: the values that the panel shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from visualizer.lab.columns import NEVER_US, Integers
from visualizer.lab.control_strike import NOBODY
from visualizer.lab.curve_spread import Spread
from visualizer.lab.strike import Window
from visualizer.language import say
from visualizer.scene.wording import instant, sessions, span


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """A strike at `at_us[i]` (ascending) costs `values[i]`: sessions, or microseconds without service, where
    NEVER_US stands for a service that does not come back. `exactly`: the same at any instant, `spread`: over
    strikes at random instants, both None while that is not known. `expected`: the mean by the closed form,
    None where there is none.
    """

    at_us: Integers
    values: Integers
    exactly: Callable[[int], int] | None = None
    spread: Spread | None = None
    expected: float | None = None

    def __len__(self) -> int:
        return len(self.at_us)

    @property
    def most(self) -> int:
        """The most that it costs, of what has an end."""
        return int(self.values.max(initial=0))

    def at(self, instant_us: int) -> int | None:
        """What a strike at an instant costs; None while it is not known."""
        if self.exactly:
            return self.exactly(instant_us)
        place = int(np.searchsorted(self.at_us, instant_us))
        return int(self.values[place]) if place < len(self) else None


NOTHING = Costs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
"""Before anything is known."""


def _primary(instant_us: int) -> int:
    return 0


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is known so far of the strikes on one tier of a run of `duration_us`.

    `unit_at`: whom a strike falls on (NOBODY: nobody is there to be struck). `window_us`: the random
    instants, if `fair` of whole periods; None while nothing but losses is known. `every_us`: 0 where all of
    it is exact, else how far apart the instants are that were tried. `checked`: how many runs were played
    again with a strike, None while that goes on; `wrong`: how many did not give what the curve says.
    """

    duration_us: int
    losses: Costs = NOTHING
    outages: Costs = NOTHING
    unit_at: Callable[[int], int] = _primary
    window_us: Window | None = None
    fair: bool = False
    every_us: int = 0
    checked: int | None = None
    wrong: int = 0

    @property
    def instants(self) -> int:
        """How many strikes are known."""
        return len(self.losses)


@dataclass(frozen=True, slots=True)
class Before:
    """Another design, and what it is called, in a word or two."""

    known: Known
    label: str


@dataclass(frozen=True, slots=True)
class LabCurve:
    """`known` of the strikes on tier `title`, number `tier` of `tiers`. `here_us`: the strikes of the run on
    show on that tier. `opened_us`: the instants that were opened from here. `cursor_us`: the one that is
    pointed at. `before`: the design that this one is compared with.
    """

    known: Known
    title: str
    tier: int
    tiers: int
    here_us: tuple[int, ...] = ()
    opened_us: tuple[int, ...] = ()
    cursor_us: int | None = None
    before: Before | None = None


def reading(known: Known, at_us: int) -> str:
    """ "Lightning at 10.3 s: 13 sessions lost, 3.70 s without service." """
    lost, outage_us = known.losses.at(at_us), known.outages.at(at_us)
    at = instant(at_us)
    if lost is None:
        return say("Lightning at {at}: not known yet.", at=at)
    if outage_us is None:
        return say("Lightning at {at}: {sessions} lost.", at=at, sessions=sessions(lost))
    if known.unit_at(at_us) == NOBODY:
        if outage_us == NEVER_US:
            return say("Lightning at {at}: no unit is active to be struck; service never back.", at=at)
        gap = span(outage_us)
        return say(
            "Lightning at {at}: no unit is active to be struck; {gap} without service.", at=at, gap=gap
        )
    if outage_us == NEVER_US:
        return say("Lightning at {at}: {sessions} lost, service never back.", at=at, sessions=sessions(lost))
    return say(
        "Lightning at {at}: {sessions} lost, {gap} without service.",
        at=at, sessions=sessions(lost), gap=span(outage_us),
    )  # fmt: skip
