"""Sweeps reproduce the closed forms: each point within three standard errors, all of them as chance has it.

`PYTHONPATH=.:tests python -m theory.sweeps` prints the table.
"""

from __future__ import annotations

import pytest
from theory.sweeps import ROWS, Row, lines, mean_square


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_sweep_gives_its_closed_form(row: Row) -> None:
    for line in lines(row):
        assert abs(line.errors) <= 3, str(line)


def test_what_lies_between_is_chance() -> None:
    """With that many points the mean of the squares lies within a fifth of 1."""
    every = [line for row in ROWS for line in lines(row)]
    assert len(every) > 150
    assert mean_square(every) == pytest.approx(1, abs=0.25)
