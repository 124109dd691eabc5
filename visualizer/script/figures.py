"""The figures that a script can name: numbers of a run at an instant, computed by the engine.

A template is a text with names in braces: "{lost} sessions are gone", or, of another instant than the beat's
own, "{lost at first takeover}". To add a figure: its line in `FIGURES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from visualizer.sim import State, exposure

Unit = Literal["count", "time", "instant"]


@dataclass(frozen=True, slots=True)
class Figure:
    """`summary` says what it is. `of` finds it in a state: a count, or microseconds; None: there is none."""

    summary: str
    unit: Unit
    of: Callable[[State], int | None]


FIGURES: dict[str, Figure] = {
    "now": Figure("the instant", "instant", lambda state: state.now_us),
    "lost": Figure(
        "sessions lost so far", "count", lambda state: sum(len(loss.sessions) for loss in state.losses)
    ),
    "exposed": Figure(
        "sessions that one bolt would cost", "count", lambda state: sum(exposure(state).by_tier)
    ),
}
"""By the name in a template, in the order in which they are listed for people."""
