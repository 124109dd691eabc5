"""The instant on the curve that is pointed at, by the pointer or by the keys, whichever was used last."""

from __future__ import annotations

from visualizer.scene.lab_curve_panel import PLOT
from visualizer.scene.look import Look
from visualizer.sim.setup import Setup

_FAR = 100
"""A large step is so small a part of the run."""


class Cursor:
    """`at_us` is an instant of the run; None before there was any."""

    def __init__(self) -> None:
        self.at_us: int | None = None
        self._pointer: float | None = None

    def go(self, at_us: int, setup: Setup) -> None:
        """To an instant, as far as the run has it."""
        self.at_us = min(max(at_us, 0), setup.duration_us)

    def go_to_share(self, share: float, setup: Setup) -> None:
        """To the tick at a share of the run."""
        self.go(round(share * setup.duration_us / setup.tick_us) * setup.tick_us, setup)

    def move(self, ticks: int, setup: Setup) -> None:
        """So many ticks on, or back."""
        here_us = self.at_us or 0
        place = here_us // setup.tick_us if ticks > 0 else -(-here_us // setup.tick_us)
        self.go((place + ticks) * setup.tick_us, setup)

    def move_far(self, steps: int, setup: Setup) -> None:
        """So many large steps."""
        self.move(steps * max(setup.duration_us // setup.tick_us // _FAR, 1), setup)

    def follow(self, look: Look, setup: Setup) -> None:
        """Where the pointer went, if it went anywhere on the plot."""
        if look.hover == PLOT and look.pointer is not None and look.pointer != self._pointer:
            self.go_to_share(look.pointer, setup)
        self._pointer = look.pointer
