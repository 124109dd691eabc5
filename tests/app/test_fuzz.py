"""Anything at all at the window: never an error, and the books balance after every act.

The same few evenings each time; `fuzz` tries others for as long as one likes.
"""

from __future__ import annotations

import pytest
from app.fuzz import evening

from visualizer.app.controls import Controls


@pytest.mark.parametrize(
    ("scenario", "seed"),
    [("article", 1), ("parallel", 2), ("split-brain-fencing", 5), ("semi-sync", 4), ("told", 6)],
)
def test_random_input_never_raises_and_the_books_balance(display: str, scenario: str, seed: int):
    assert evening(scenario, seed, acts=200) > 0


def test_what_breaks_is_told_in_few_acts(display: str, monkeypatch: pytest.MonkeyPatch):
    """A defect planted where two acts lead to it, one after the other."""
    change = Controls.change_speed

    def broken(controls: Controls, steps: int) -> None:
        change(controls, steps)
        if controls.run.now_us > 0:
            raise KeyError("planted")

    monkeypatch.setattr(Controls, "change_speed", broken)
    with pytest.raises(AssertionError, match="planted") as told:
        evening("article", 1, acts=300)
    acts = str(told.value).splitlines()[2:-1]
    assert 1 <= len(acts) <= 4, told.value
