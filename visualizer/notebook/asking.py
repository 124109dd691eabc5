"""What a call asks for, in the words of the command line: scenarios, axes, seeds, instants, measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from visualizer.lab.measures import MEASURES, Measure
from visualizer.language import say
from visualizer.notebook.loaded import Loaded, load
from visualizer.scenario import duration_us, quoted, suggestion
from visualizer.sim.setup import US_PER_S
from visualizer.study.axis import Axis, axis_of
from visualizer.study.error import StudyError
from visualizer.study.plan import StrikeAt

Scenario = Loaded | str | Path
"""What `load` gave, a shipped scenario's name, or a file."""

Instant = str | float
"""As the command line takes it ("11.2s"), or in seconds."""

Vary = Mapping[str, str | Sequence[object]] | Sequence[str] | str
"""`{"sync.interval": "0.5s..10s:20"}`, `{"path": ["parallel", "cross"]}`, `"sync.interval=0.5s..10s:20"`."""

Strike = Literal["random", "as-written"] | Instant


def loaded_of(scenario: Scenario) -> Loaded:
    """Raises as `load` does."""
    return scenario if isinstance(scenario, Loaded) else load(scenario)


def axes_of(vary: Vary | None) -> tuple[Axis, ...]:
    """Raises StudyError."""
    if vary is None:
        return ()
    if isinstance(vary, Mapping):
        vary = [f"{path}={_listed(values)}" for path, values in vary.items()]
    return tuple(axis_of(text) for text in ([vary] if isinstance(vary, str) else vary))


def _listed(values: str | Sequence[object]) -> str:
    return values if isinstance(values, str) else ",".join(map(str, values))


def seeds_of(seeds: int | Sequence[int]) -> Sequence[int]:
    """So many, from 0 on; or these."""
    return range(seeds) if isinstance(seeds, int) else seeds


def strike_of(strike: Strike) -> StrikeAt:
    """Raises StudyError."""
    return strike if strike in ("random", "as-written") else instant_us("strike", strike)


def instant_us(name: str, at: Instant, last_us: int | None = None) -> int:
    """Microseconds; StudyError when it is no instant, or one after `last_us`."""
    limit_us = 24 * 3600 * US_PER_S if last_us is None else last_us
    text = at if isinstance(at, str) else f"{at:.6f}s"
    try:
        return duration_us(text, 0, limit_us)
    except ValueError as error:
        raise StudyError(f"{name}={at!r}: {error}") from None


def measures_of(names: str | Sequence[str] | None) -> tuple[Measure, ...]:
    """By their keys, all without; StudyError for an unknown one."""
    if names is None:
        return tuple(MEASURES.values())
    chosen = [names] if isinstance(names, str) else names
    for name in chosen:
        if name not in MEASURES:
            todo = suggestion(name, MEASURES, "measure")
            what = say("there is no measure {measure}", measure=quoted(name))
            raise StudyError(f"measure={name!r}: {what}; {todo}")
    return tuple(MEASURES[name] for name in chosen)
