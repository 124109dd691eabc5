"""What is kept of each of many runs: one row a run, one column a figure."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

NEVER_US = -1
"""Stands in a column of instants for what did not happen."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """All int64, shape (runs,), by run index. Times in microseconds, NEVER_US for what did not happen.

    `strike_us`: the first strike on a unit. `takeover_us`, `restored_us`: of the first failover.
    `lost_sessions`, `lost_transactions`, `lost_entries`: state loss. `interrupted`: requests that met nobody
    or never got their answer. `in_doubt`: applied, but not acknowledged. The three are never added together.
    `failovers`: how many there were, false ones too. `no_service_us`: how long a new request would have
    failed.
    """

    seed: Integers
    strike_us: Integers
    takeover_us: Integers
    restored_us: Integers
    lost_sessions: Integers
    lost_transactions: Integers
    lost_entries: Integers
    interrupted: Integers
    in_doubt: Integers
    failovers: Integers
    no_service_us: Integers

    def __len__(self) -> int:
        return len(self.seed)

    @classmethod
    def of_rows(cls, rows: Integers) -> Columns:
        """From an array of shape (runs, columns), columns in the order of the fields."""
        columns = np.ascontiguousarray(rows.reshape(-1, len(fields(cls))).T)
        return cls(*columns)

    def as_dict(self) -> dict[str, Integers]:
        """The columns by name, in the order of the fields."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def part(self, first: int, last: int) -> Columns:
        """The runs [first, last)."""
        return Columns(*(column[first:last] for column in self.as_dict().values()))

    @property
    def detection_us(self) -> Integers:
        """From the strike to the takeover; NEVER_US where there was none."""
        return self._since_strike(self.takeover_us)

    @property
    def outage_us(self) -> Integers:
        """From the strike until service again; NEVER_US where it never came."""
        return self._since_strike(self.restored_us)

    @property
    def stateful(self) -> NDArray[np.bool_]:
        """Whether no state at all was lost."""
        nothing: NDArray[np.bool_] = (self.lost_sessions + self.lost_transactions + self.lost_entries) == 0
        return nothing

    def _since_strike(self, instants_us: Integers) -> Integers:
        happened = (instants_us != NEVER_US) & (self.strike_us != NEVER_US)
        return np.where(happened, instants_us - self.strike_us, NEVER_US)
