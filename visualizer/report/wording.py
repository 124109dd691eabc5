"""Words that several sections share."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.language import decimal
from visualizer.scene.ledger_clocks import expected_text
from visualizer.sim.setup import Share


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table of settings. `keys`: where the scenario says it, below the path of its group.
    `usual`: worth a line only where a product says so.
    """

    label: str
    value: str
    keys: tuple[str, ...]
    usual: bool = False


def line(label: str, value: str, *keys: str, usual: bool = False) -> Line:
    """The same with as many keys as there are."""
    return Line(label, value, keys, usual)


def share(part: Share) -> str:
    """ "60 %", "0.1 %"."""
    return decimal(f"{100 * part.value:.6g} %")


def percent(part: float) -> str:
    """ "3.3 %", "100 %"."""
    return decimal(f"{100 * part:.1f}".removesuffix(".0")) + " %"


def mean_of(value: float) -> str:
    """A mean as people read it: "36.6", "1 915", "0.0002"."""
    return expected_text(value)
