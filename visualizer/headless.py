"""A run without a window: its summary, its events, and what theory expects of it."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import asdict
from typing import Any

from visualizer.language import say
from visualizer.ledger import summarise
from visualizer.sim import advance, start
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.event import Event, line
from visualizer.sim.setup import UNIT_NAMES, Setup
from visualizer.theory import expectation

_PARTS = 200
"""The progress line moves so often."""


def run_headless(setup: Setup, until_us: int) -> tuple[dict[str, Any], list[str]]:
    """The summary, with `theory` beside it, and one line for each event."""
    state = start(setup)
    events: list[Event] = []
    began_s, progress = time.monotonic(), None
    with ExitStack() as stack:
        for part in range(1, _PARTS + 1):
            events += advance(state, until_us * part // _PARTS)
            if progress is None and time.monotonic() - began_s > 1:
                from visualizer.console import progress_line  # noqa: PLC0415  (rich is slow to import)

                progress = stack.enter_context(progress_line(say("running {name}", name=setup.name)))
            if progress:
                progress(part, _PARTS)
    return summarise(state) | {"theory": theory(setup)}, [line(event, setup) for event in events]


def theory(setup: Setup) -> dict[str, Any] | None:
    """What the closed forms expect of the scenario's first strike on a unit, had it come at a random instant.

    None when nothing strikes a unit, or no closed form applies; so each figure that has none.
    """
    strikes = (
        act for act in setup.commands if isinstance(act, Strike) and isinstance(act.target, UnitTarget)
    )
    first = next(strikes, None)
    if first is None or not isinstance(first.target, UnitTarget) or first.target.unit != 0:
        return None  # the secondary is not the active one when the first strike comes
    expected = expectation(setup, tier=first.target.tier, fault=first.fault)
    if expected is None:
        return None
    target = f"{setup.tiers[first.target.tier].name}.{UNIT_NAMES[first.target.unit]}"
    figures = {name: None if value is None else round(value, 6) for name, value in asdict(expected).items()}
    return {"strike": f"{first.fault}:{target}", **figures}
