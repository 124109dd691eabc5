"""Runs by the hundred leave out what only a single one is asked for."""

from __future__ import annotations

from dataclasses import fields, replace

from visualizer.sim import State, start
from visualizer.sim.event import Event
from visualizer.sim.setup import Setup


class _Untraced(State):
    """Nobody asks for the trace of one run of many, and it is a good part of the work."""

    __slots__ = ()

    def emit(self, event: Event) -> None:
        self.events.append(event)


def begun(setup: Setup) -> State:
    """A run just before t = 0, without a trace. Its books are checked whenever hands change and at the end;
    at every tick only where changes queue for a cable, as the check keeps the count of the queue.
    """
    queues = any(tier.sync.change_bytes for tier in setup.tiers)
    state = start(setup if queues else replace(setup, tick_us=max(setup.tick_us, setup.duration_us)))
    return _Untraced(**{field.name: getattr(state, field.name) for field in fields(State)})
