"""What is measured of a run, as numbers for tables and charts. To add a measure: its line in `MEASURES`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualizer.lab.columns import NEVER_US, Columns, Integers
from visualizer.language import marked
from visualizer.sim.setup import US_PER_S

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Measure:
    """`of` gives a value for each run, NaN where it did not happen (a takeover that never came). `unit`
    stands behind the number ("" for a share). `expected`: which figure of `theory.Expectation` is its mean
    over strikes at random instants (None: there is none). `title` and `unit` are `translated` where they are
    shown.
    """

    key: str
    title: str
    unit: str
    of: Callable[[Columns], Reals]
    expected: str | None = None


def _counts(name: str) -> Callable[[Columns], Reals]:
    return lambda columns: np.asarray(getattr(columns, name), dtype=np.float64)


def _seconds(times_us: Integers) -> Reals:
    return np.where(times_us == NEVER_US, np.nan, times_us / US_PER_S)


MEASURES: dict[str, Measure] = {
    measure.key: measure
    for measure in (
        Measure(
            "lost_sessions", marked("Sessions lost"), marked("sessions"),
            _counts("lost_sessions"), "lost_sessions",
        ),
        Measure(
            "lost_transactions", marked("Transactions lost"), marked("transactions"),
            _counts("lost_transactions"),
        ),
        Measure(
            "lost_entries", marked("State entries lost"), marked("entries"), _counts("lost_entries"),
        ),
        Measure(
            "outage_s", marked("From the strike until service again"), "s",
            lambda columns: _seconds(columns.outage_us), "outage_s",
        ),
        Measure(
            "detection_s", marked("From the strike to the takeover"), "s",
            lambda columns: _seconds(columns.detection_us),
        ),
        Measure(
            "no_service_s", marked("Without service"), "s",
            lambda columns: columns.no_service_us / US_PER_S,
        ),
        Measure(
            "interrupted", marked("Requests interrupted"), marked("requests"),
            _counts("interrupted"), "requests_interrupted",
        ),
        Measure(
            "in_doubt", marked("Transactions in doubt"), marked("transactions"),
            _counts("in_doubt"), "in_doubt",
        ),
        Measure("failovers", marked("Failovers"), marked("failovers"), _counts("failovers")),
        Measure(
            "stateful", marked("Runs that lost nothing"), "",
            lambda columns: columns.stateful.astype(np.float64), "chance_of_no_loss",
        ),
    )
}  # fmt: skip
"""By key, in the order in which they are shown."""
