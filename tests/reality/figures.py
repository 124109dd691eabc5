"""One quantity of one row: measured on the product, by closed form, and simulated; and whether they agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, pstdev

from tests.reality.rows import Spread


@dataclass(frozen=True)
class Figure:
    """`simulated`: one value for each phase and seed. `closed_form`: the mean of theory, where there is one.

    `noise`: what the machine that measured adds, in the unit of the quantity. `scatter`: how much further its
    single repetitions lie apart than the simulated ones; their mean must agree all the same.
    """

    name: str
    simulated: Sequence[float]
    noise: float = 0.0
    closed_form: float | None = None
    scatter: float = 0.0

    @property
    def mean(self) -> float:
        return fmean(self.simulated)

    @property
    def low(self) -> float:
        return min(self.simulated)

    @property
    def high(self) -> float:
        return max(self.simulated)

    def differs(self, measured: Spread) -> str:
        """What does not agree, in words; empty if all does.

        The means agree within three standard errors of the measured mean, plus the noise; and the simulated
        world can give every measured value, within noise and scatter.
        """
        allowed = 3 * max(measured.sd, pstdev(self.simulated)) / sqrt(measured.n) + self.noise
        if abs(self.mean - measured.mean) > allowed:
            return f"mean off by {self.mean - measured.mean:+.4g}, allowed {allowed:.2g}"
        reach = self.noise + self.scatter
        if measured.low < self.low - reach:
            return f"measured down to {measured.low:g}, simulated {self.low:.4g} at least"
        if measured.high > self.high + reach:
            return f"measured up to {measured.high:g}, simulated {self.high:.4g} at most"
        return ""
