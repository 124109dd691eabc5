"""The pointer is the bolt: over what a click would strike it is a small one, with its tip at the place."""

from __future__ import annotations

import contextlib

import pygame

from visualizer.app.feature import Feature
from visualizer.canvas.pointer import bolt_pointer
from visualizer.scene.targets import fault_of_click, target_of
from visualizer.sim.faults import FAULTS


class Pointer(Feature):
    """Watches what lies under the pointer."""

    _bolt = False

    @property
    def strikes(self) -> bool:
        """Whether a click would break what is under the pointer."""
        controls = self.controls
        target = target_of(controls.hover)
        if target is None or controls.menu or controls.help_open:
            return False
        fault = fault_of_click(controls.run.state, target)
        return fault is not None and not FAULTS[fault].mends

    def elapse(self, wall_ns: int) -> None:
        """Another pointer when that changes."""
        if self.strikes != self._bolt:
            self._bolt = not self._bolt
            self._show()

    def close(self) -> None:
        """The usual one again."""
        if self._bolt:
            self._bolt = False
            self._show()

    def _show(self) -> None:
        if not pygame.display.get_init():
            return
        with contextlib.suppress(pygame.error):  # some displays have one pointer only
            if self._bolt:
                picture, tip = bolt_pointer()
                pygame.mouse.set_cursor(pygame.cursors.Cursor(tip, picture))
            else:
                pygame.mouse.set_cursor(pygame.SYSTEM_CURSOR_ARROW)
