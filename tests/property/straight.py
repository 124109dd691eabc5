"""The plainest way to play: one advance from start to end. Everything else must come to the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from visualizer.ledger import sawtooth
from visualizer.sim import Setup, State, advance, finish, start
from visualizer.sim.command import Command
from visualizer.sim.event import Event
from visualizer.sim.setup import US_PER_S


def teeth(state: State) -> list[list[int]]:
    """The exposure of the whole run so far: times, then a row for each tier."""
    found = sawtooth(state, US_PER_S)
    return [found.times_us.tolist(), *found.by_tier.tolist()]


def with_acts(setup: Setup, acts: Sequence[Command]) -> Setup:
    return replace(setup, commands=tuple(acts))


def straight(setup: Setup, until_us: int | None = None) -> tuple[State, list[Event]]:
    """The state at the end, its books checked, and all that happened."""
    state = start(setup)
    events = advance(state, setup.duration_us if until_us is None else until_us)
    finish(state)
    return state, events
