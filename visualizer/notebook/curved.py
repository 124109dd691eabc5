"""What lightning costs at every instant of a run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from visualizer.lab.columns import NEVER_US
from visualizer.lab.control_strike import NOBODY
from visualizer.lab.curve_proof import SAMPLES
from visualizer.language import say
from visualizer.notebook.asking import Instant, Scenario, instant_us, loaded_of
from visualizer.notebook.loaded import Loaded, Settings
from visualizer.notebook.pictures import CHART_PX, THEME, Chart, Size, theme_of
from visualizer.notebook.played import Result, simulate
from visualizer.opening import struck_at
from visualizer.sim.setup import US_PER_S
from visualizer.study.curve import Striking, curve_table, strike_everywhere, tier_named
from visualizer.study.error import StudyError
from visualizer.study.table import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class StrikeCurve:
    """Its chart is what the last line of a cell shows."""

    striking: Striking

    @cached_property
    def table(self) -> Table:
        """A row a tick: `strike_us`, `struck`, `lost_sessions`, `outage_s` (NaN: for ever)."""
        return curve_table(self.striking)

    @property
    def mean_lost(self) -> float:
        """Sessions, over strikes at all instants of whole periods."""
        mean = self.striking.curve.loss.mean
        assert mean is not None  # only a time can be endless
        return mean

    @property
    def worst_lost(self) -> int:
        """The most sessions that a strike takes."""
        return self.striking.curve.loss.worst

    @property
    def expected_lost(self) -> float | None:
        """By the closed form; None where none fits."""
        return self.striking.expected.lost_sessions if self.striking.expected else None

    @property
    def mean_outage_s(self) -> float | None:
        """Seconds; None where service does not always come back."""
        mean_us = self.striking.curve.outage.mean
        return None if mean_us is None else mean_us / US_PER_S

    @property
    def worst_outage_s(self) -> float | None:
        """Seconds; None: for ever."""
        worst_us = self.striking.curve.outage.worst
        return None if worst_us == NEVER_US else worst_us / US_PER_S

    @property
    def said(self) -> tuple[str, ...]:
        """What one should know of it, and how it was checked, a sentence each."""
        proof = self.striking.proof_said
        return (*self.striking.said, f"{proof[:1].upper()}{proof[1:]}.")

    def run_at(self, at: Instant) -> Result:
        """The run behind a point of the curve. Raises StudyError where there is nobody to strike."""
        opened, curve = self.striking.opened, self.striking.curve
        at_us = instant_us("at", at, opened.setup.duration_us)
        unit = int(curve.control.units(np.array([at_us], dtype=np.int64))[0])
        if unit == NOBODY:
            what = say("nobody serves at that instant, so there is nobody to strike")
            raise StudyError(f"at={at!r}: {what}")
        return simulate(Loaded(struck_at(opened, at_us, curve.tier, index=unit)))

    def chart(self, size: Size = CHART_PX, theme: str = THEME) -> Chart:
        """Loss and outage at every instant. Raises StudyError."""
        colours = theme_of(theme)

        def draw() -> Figure:
            from visualizer.charts import curve as drawn  # noqa: PLC0415  (matplotlib only for who draws)

            return drawn(self.striking, colours, size)

        return Chart(draw)

    def _repr_png_(self) -> bytes:
        return self.chart().png

    def __repr__(self) -> str:
        """Which curve it is."""
        opened, tier = self.striking.opened, self.striking.curve.tier
        return say(
            "<all strikes on {tier} of {scenario}, {n} instants>",
            tier=opened.setup.tiers[tier].name,
            scenario=opened.name,
            n=len(self.table),
        )


def curve(
    scenario: Scenario, tier: str | None = None, *, set: Settings = (), samples: int = SAMPLES
) -> StrikeCurve:
    """Loss and outage as a function of when lightning strikes the active unit of a tier (None: of the first),
    at every tick, from one run; checked by playing `samples` of the struck runs anew.

    Raises what `load` raises; StudyError for a tier that is not there.

    >>> curve("article").worst_lost
    30
    """
    loaded = loaded_of(scenario)
    opened = (loaded.changed(set) if set else loaded).opened
    return StrikeCurve(strike_everywhere(opened, tier_named(opened.setup, tier), samples))
