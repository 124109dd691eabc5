"""What one strike costs as a function of when it strikes: the values that the panel shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualizer.lab.columns import NEVER_US, Integers
from visualizer.scene.wording import instant, sessions, span

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """A strike at `at_us[i]` (ascending) costs `values[i]`: sessions, or microseconds without service, where
    NEVER_US stands for a service that is not back before the end. `fair`: which of the instants are as
    likely as any other in the closed form. `expected`: the mean by that, None where there is none.
    """

    at_us: Integers
    values: Integers
    fair: Flags
    expected: float | None = None

    def __len__(self) -> int:
        return len(self.at_us)

    @property
    def known(self) -> Flags:
        """Where there is an end to it."""
        flags: Flags = self.values != NEVER_US
        return flags

    @property
    def mean(self) -> float | None:
        """Over the fair instants; None where a service is not back, or nothing is known yet."""
        values = self.values[self.fair]
        return float(values.mean()) if len(values) and (values != NEVER_US).all() else None

    @property
    def worst(self) -> int:
        """The most that it costs, of what has an end."""
        return int(self.values.max(initial=0))

    @property
    def worst_us(self) -> int:
        """The first instant at which it costs the most."""
        return int(self.at_us[np.argmax(self.values)]) if len(self) else 0

    def at(self, instant_us: int) -> int | None:
        """What a strike at the first known instant that is not earlier costs; None while nothing is known."""
        place = int(np.searchsorted(self.at_us, instant_us))
        return int(self.values[place]) if place < len(self) else None


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is known so far of the strikes on one tier: `known_us` is how far, `duration_us` how far it goes.

    `checked`: how many runs were played again with a strike, and gave what the curve says; `wrong`: how many
    did not (None: nobody has looked yet).
    """

    losses: Costs
    outages: Costs
    known_us: int
    duration_us: int
    checked: int | None = None
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class LabCurve:
    """`known` of the strikes on tier `title`, number `tier` of `tiers`. `here_us`: the strikes of the run on
    show on that tier. `opened_us`: the instants that were opened from here. `cursor_us`: the one that is
    pointed at.
    """

    known: Known
    title: str
    tier: int
    tiers: int
    here_us: tuple[int, ...] = ()
    opened_us: tuple[int, ...] = ()
    cursor_us: int | None = None


def reading(known: Known, at_us: int) -> str:
    """ "Lightning at 10.3 s: 13 sessions lost, 3.70 s without service." """
    lost, outage_us = known.losses.at(at_us), known.outages.at(at_us)
    said = f"Lightning at {instant(at_us)}:"
    if lost is None:
        return f"{said} not known yet."
    if outage_us is None:
        return f"{said} {sessions(lost)} lost."
    if outage_us == NEVER_US:
        return f"{said} {sessions(lost)} lost, service not back before the end."
    return f"{said} {sessions(lost)} lost, {span(outage_us)} without service."
