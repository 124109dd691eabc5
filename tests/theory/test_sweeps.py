"""Sweeps reproduce the closed forms: each point within three standard errors, and together as chance has it.

`PYTHONPATH=.:tests python -m theory.sweeps` prints the table.
"""

from __future__ import annotations

import pytest
from theory.sweeps import GROUPS, lines, mean_square


@pytest.mark.parametrize("group", GROUPS)
def test_a_sweep_gives_its_closed_form(group: str) -> None:
    every = [line for row in GROUPS[group] for line in lines(row)]
    far = [str(line) for line in every if abs(line.errors) > 3]
    assert not far
    found, margin = mean_square(every)
    assert found == pytest.approx(1, abs=margin)
    assert len(every) > 35
