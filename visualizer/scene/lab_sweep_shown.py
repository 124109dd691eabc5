"""What is shown of a sweep: a question over many runs, and the answers so far."""

from __future__ import annotations

from dataclasses import dataclass

PREFIX = "sweep:"
"""Of its targets: `sweep:measure`, `sweep:along`, `sweep:and`, `sweep:cell:N`, `sweep:panel`."""

CELL = f"{PREFIX}cell:"


@dataclass(frozen=True, slots=True)
class SweepAxis:
    """A knob and the values that it takes: in words, and where on the way from the first to the last (0 to 1,
    ascending) each stands. `now`: the value of the scenario on show (None: it is none of these); `joined`:
    whether there is anything between two values, or they are words.
    """

    title: str
    labels: tuple[str, ...]
    places: tuple[float, ...]
    now: int | None = None
    joined: bool = True


@dataclass(frozen=True, slots=True)
class SweepCell:
    """What the runs with one combination of values gave; None is what is not known, or never happened.

    `low`, `high`: where the mean lies with 95 % confidence; `lower`, `upper`: half of the runs lie between.
    `expected`: the mean by the closed form.
    """

    runs: int
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    lower: float | None = None
    upper: float | None = None
    expected: float | None = None


@dataclass(frozen=True, slots=True)
class SweepLook:
    """`measure` of the runs along one axis or two; `cells` in the order of the axes, the last one fastest.

    `unit` stands behind a number; "" means shares, shown in per cent. `about`: what each of the runs is.
    `seeds` of `of` are known of a cell, on average. `chosen`: the cell that is pointed at. `problem`: why
    there is nothing to show.
    """

    measure: str
    unit: str
    axes: tuple[SweepAxis, ...]
    cells: tuple[SweepCell, ...]
    seeds: int
    of: int
    about: str = ""
    chosen: int | None = None
    problem: str | None = None

    def places(self, number: int) -> tuple[int, ...]:
        """Which value of each axis cell `number` has."""
        if len(self.axes) < 2:
            return (number,)
        return divmod(number, len(self.axes[1].labels))

    @property
    def done(self) -> bool:
        """Whether all that was asked is known."""
        return self.seeds >= self.of
