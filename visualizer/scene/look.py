"""How somebody looks at a run. Never reaches the engine: the same run looks different, and is the same."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.lab.designs import Comparison
from visualizer.scene.asked import Answered, Asked
from visualizer.scene.losses import LostChain, LostList

SPEEDS = (0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 100.0)
"""Simulated seconds per second of the wall clock."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu: do `fault` to the target of that name. `key` is its hot key, `icon` its mark."""

    fault: str
    target: str
    title: str
    summary: str
    icon: str
    key: str | None = None
    mends: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """What can be done to `target` now. `about` says what it is. `at`: where the pointer is, in logical units
    (None: beside the target). `choices[chosen]` is what Enter does.
    """

    target: str
    heading: str
    about: str
    choices: tuple[Choice, ...]
    chosen: int = 0
    at: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """`width_px` x `height_px`: the window. `hover` and `focus`: target names of `Scene.targets`, or None.

    `text_scale`: how much larger than usual everything is, 1 to 2, as far as the window has room for it.
    `room`: for a class room, large and without controls; `blank`: nothing at all is shown.
    `notice`: one line for the person at the controls (saved, an error), shown until it is replaced.
    `hands_on`: controls and keys are drawn; a film frame or a still has none.
    `menu`: what can be done to a target, while it is open.
    `asked`: a question that waits for its answer, or what came of it.
    `losses`: the list of what was lost, or the chain of one of it, while somebody asks why.
    `comparison`: the designs that are shown side by side, one for each run.
    `keys`: (key, what it does) in order of importance, for the hints and the help.
    """

    width_px: int = 1280
    height_px: int = 720
    text_scale: float = 1.0
    playing: bool = False
    speed: float = 1.0
    hover: str | None = None
    focus: str | None = None
    help_open: bool = False
    reduced_motion: bool = False
    hands_on: bool = True
    room: bool = False
    blank: bool = False
    notice: str | None = None
    menu: Menu | None = None
    asked: Asked | Answered | None = None
    losses: LostList | LostChain | None = None
    comparison: Comparison | None = None
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def locked(self) -> bool:
        """Whether a question waits for its answer: nothing that would tell it is shown until then."""
        return isinstance(self.asked, Asked)
