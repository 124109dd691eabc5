"""When service is back after a strike at any instant of a run, as columns; and how they come together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from visualizer.lab.columns import NEVER_US, Integers
from visualizer.lab.control_stretch import Stretch, When
from visualizer.lab.control_strike import NOBODY, is_served
from visualizer.sim import State


@dataclass(frozen=True, slots=True, eq=False)
class Control:
    """Stretch i holds the strikes at instants in (`to_us[i - 1]`, `to_us[i]`], the first from 0 on.

    `unit`: who is struck (NOBODY: there is nobody to strike). `takeover_us`, `restored_us`: when the other
    unit is active, and when everybody is served again; or, where `..._moves`, how long after the strike;
    NEVER_US: not as long as was waited. `every_us`: 0 where every instant is exact; else how far apart the
    instants are that were struck, and a strike between two of them is taken to last as long as at the first.
    `strikes`: how many copies of the run were struck to find it.
    """

    to_us: Integers
    unit: Integers
    takeover_us: Integers
    takeover_moves: NDArray[np.bool_]
    restored_us: Integers
    restored_moves: NDArray[np.bool_]
    every_us: int
    strikes: int

    def units(self, strike_us: Integers) -> Integers:
        """Who is struck by strikes at these instants of the run."""
        return self.unit[self._stretches(strike_us)]

    def takeovers_us(self, strike_us: Integers) -> Integers:
        """When the other unit is active; NEVER_US where it never is."""
        return self._instants_us(strike_us, self.takeover_us, self.takeover_moves)

    def restorations_us(self, strike_us: Integers) -> Integers:
        """When everybody is served again; NEVER_US where that never comes."""
        return self._instants_us(strike_us, self.restored_us, self.restored_moves)

    def outages_us(self, strike_us: Integers) -> Integers:
        """From each strike until everybody is served again; NEVER_US where that never comes."""
        restored_us = self.restorations_us(strike_us)
        return np.where(restored_us == NEVER_US, NEVER_US, restored_us - strike_us)

    def _stretches(self, strike_us: Integers) -> Integers:
        found: Integers = np.minimum(np.searchsorted(self.to_us, strike_us), len(self.to_us) - 1)
        return found

    def _instants_us(self, strike_us: Integers, value: Integers, moves: NDArray[np.bool_]) -> Integers:
        place = self._stretches(strike_us)
        return np.where(moves[place], strike_us, 0) + value[place]


class Rows:
    """The stretches of a run as they come, and when its tier was served."""

    def __init__(self, tier: int) -> None:
        self._tier = tier
        self._rows: list[tuple[Stretch, int]] = []
        self._served: list[tuple[int, bool]] = []

    @property
    def is_unserved(self) -> bool:
        """Whether nobody is served at last."""
        return not self._served[-1][1]

    def look(self, state: State) -> None:
        """Note whether everybody is served after what happened at the state's instant."""
        served = is_served(state, self._tier)
        if not self._served or self._served[-1][1] != served:
            self._served.append((state.now_us, served))

    def add(self, stretches: Iterable[Stretch], unit: int) -> None:
        """The next ones, with who is struck in them."""
        for stretch in stretches:
            last = self._rows[-1] if self._rows and self._rows[-1][1] == unit else None
            joined = last[0].joined(stretch) if last else None
            if joined:
                self._rows[-1] = joined, unit
            else:
                self._rows.append((stretch, unit))

    def control(self, every_us: int, strikes: int) -> Control:
        """All of them."""
        rows = [(self._known(stretch, unit), unit) for stretch, unit in self._rows]
        return Control(
            np.array([row.to_us for row, _ in rows], dtype=np.int64),
            np.array([unit for _, unit in rows], dtype=np.int64),
            np.array([row.takeover.us for row, _ in rows], dtype=np.int64),
            np.array([row.takeover.moves for row, _ in rows], dtype=np.bool_),
            np.array([row.restored.us for row, _ in rows], dtype=np.int64),
            np.array([row.restored.moves for row, _ in rows], dtype=np.bool_),
            every_us,
            strikes,
        )

    def _known(self, stretch: Stretch, unit: int) -> Stretch:
        """Where nobody can be struck, service is back when it is back by itself."""
        if unit != NOBODY:
            return stretch
        later = (at_us for at_us, served in self._served if served and at_us >= stretch.from_us)
        return replace(stretch, restored=When(next(later, NEVER_US)))
