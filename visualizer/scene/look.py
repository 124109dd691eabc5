"""How somebody looks at a run. Never reaches the engine: the same run looks different, and is the same."""

from __future__ import annotations

from dataclasses import dataclass

SPEEDS = (0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 100.0)
"""Simulated seconds per second of the wall clock."""


@dataclass(frozen=True, slots=True)
class Look:
    """`width_px` x `height_px`: the window. `hover` and `focus`: target names of `Scene.targets`, or None.

    `notice`: one line for the person at the controls (saved, an error), shown until it is replaced.
    `hands_on`: controls and keys are drawn; a film frame or a still has none.
    `keys`: (key, what it does) in order of importance, for the hints and the help.
    """

    width_px: int = 1280
    height_px: int = 720
    playing: bool = False
    speed: float = 1.0
    hover: str | None = None
    focus: str | None = None
    help_open: bool = False
    reduced_motion: bool = False
    hands_on: bool = True
    notice: str | None = None
    keys: tuple[tuple[str, str], ...] = ()
