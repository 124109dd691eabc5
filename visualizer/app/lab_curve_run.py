"""The run behind a point of the curve, and which strikes a run has already."""

from __future__ import annotations

from visualizer.lab.strike import struck
from visualizer.opening import Opened, struck_at
from visualizer.sim.command import Command, Strike, UnitTarget
from visualizer.sim.setup import US_PER_S
from visualizer.timeline.run import Run

_AHEAD_US = US_PER_S // 2
"""So long before its strike a run is paused: one sees it come."""


def strikes(run: Run) -> list[tuple[int, int]]:
    """(when, on which tier) of each strike on a unit, in order of time."""
    found = [
        (act.at_us, act.target.tier)
        for act in (*run.setup.commands, *run.acts)
        if isinstance(act, Strike) and isinstance(act.target, UnitTarget)
    ]
    return sorted(found)


def struck_run(
    run: Run, document: Opened | None, at_us: int, tier: int, unit: int
) -> tuple[Run, Opened | None]:
    """`run` of `document` with one strike instead of its own on units; what else was done to it stays."""
    kept = tuple(act for act in run.acts if not _on_unit(act))
    if document is None:
        found = Run(struck(run.setup, at_us, tier=tier, unit=unit), kept)
    else:
        document = struck_at(document, at_us, tier, index=unit)
        found = Run(document.setup, kept)
    tick_us = run.setup.tick_us
    found.seek(max(at_us - _AHEAD_US, 0) // tick_us * tick_us)
    return found, document


def _on_unit(act: Command) -> bool:
    return isinstance(act, Strike) and isinstance(act.target, UnitTarget)
