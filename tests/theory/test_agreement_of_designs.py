"""The engine agrees with what `expectation` says of every design of the table."""

from __future__ import annotations

import zlib
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest
from theory.designs import agrees
from theory.table import CHANCE, DESIGNS, DOUBT, LOST, MET, OUTAGE

from visualizer.lab import Columns, monte_carlo
from visualizer.sim.setup import US_PER_S
from visualizer.theory import expectation

ROWS = [(name, fault) for name, design in DESIGNS.items() for fault in design.faults]


@pytest.mark.parametrize(("name", "fault"), ROWS)
def test_a_design(processes: ProcessPoolExecutor, name: str, fault: str) -> None:
    design = DESIGNS[name]
    expected = expectation(design.setup, fault=fault)
    assert expected is not None
    first = zlib.crc32(name.encode()) % 1_000_000
    window = (design.from_s * US_PER_S, design.to_s * US_PER_S)
    found = monte_carlo(design.setup, range(first, first + design.runs), window, processes, fault=fault)
    for figure in design.figures:
        value = getattr(expected, figure)
        assert value is not None, f"{name}: no closed form of {figure}"
        agrees(f"{name}, {fault}: {figure}", value, _values(found, figure))


def _values(found: Columns, figure: str) -> np.ndarray:  # type: ignore[type-arg]
    match figure:
        case "lost_sessions":
            return found.lost_sessions
        case "chance_of_no_loss":
            return found.stateful
        case "outage_s":
            return found.outage_us / US_PER_S
        case "requests_interrupted":
            return found.interrupted
        case "in_doubt":
            return found.in_doubt
    raise KeyError(figure)


def test_every_figure_is_compared_somewhere() -> None:
    compared = {figure for design in DESIGNS.values() for figure in design.figures}
    assert compared == {LOST, CHANCE, OUTAGE, MET, DOUBT}
