"""What is known not to agree, with the reason; everything else must."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from tests.reality.families import family
from tests.reality.figures import Figure
from tests.reality.rows import Row, Spread

KNOWN = {
    ("B3-slow-*", "lost_fraction_of_acked"): (
        "the engine's cable carries the bytes of the writes alone (43.9 each: 0.434 are lost); a real one "
        "carries headers too (45.9 in full frames: 0.459). Measured was 0.4455: the real cable passed about "
        "220 writes, 10 kB, more than 1 Mbit/s carries in the time"
    ),
    ("H-*", "both_masters_s"): (
        "keepalived answers an advert of lower priority with its own at once, which ends a few splits within "
        "a millisecond; the engine's master sends its next one in its rhythm. The means agree"
    ),
    ("D-*-cut", "resumed_after_heal"): (
        "after the heal TCP under the replication waits for its own doubling timer (0.245 s x 31 is 7.6 s "
        "after the cut, 1.6 s after the heal); in the engine a healed cable carries at once"
    ),
}
"""(row, quantity) -> why the engine differs from what was measured."""


@dataclass(frozen=True)
class Verdict:
    """One line of the table. `differs`: in words, empty when all agrees; `known`: why, if it is known."""

    row: Row
    measured: Spread
    figure: Figure
    differs: str
    known: str

    @property
    def word(self) -> str:
        if not self.differs:
            return "ok"
        return "known" if self.known else "DIFFERS"


def known(row: Row, name: str) -> str:
    """Why a quantity of a row is known to differ; empty if it must agree."""
    found = [why for (rows, of), why in KNOWN.items() if of == name and fnmatchcase(row.id, rows)]
    return found[0] if found else ""


def verdicts(row: Row) -> Iterator[Verdict]:
    """Each quantity of the row that was measured and simulated."""
    for figure in family(row).figures(row):
        measured = row.spread(figure.name)
        if measured is not None:
            yield Verdict(row, measured, figure, figure.differs(measured), known(row, figure.name))


def unanswered(row: Row, answered: set[str]) -> set[str]:
    """Quantities of the row that no figure answers and no family says why not."""
    return set(row.measured) - answered - set(family(row).not_modelled)
