"""How somebody looks at a run. Never reaches the engine: the same run looks different, and is the same."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.lab.beat import Judgement
from visualizer.lab.beat_goals import Goal
from visualizer.lab.designs import Comparison
from visualizer.scene.asked import Answered, Asked
from visualizer.scene.beside_shown import BesideLook
from visualizer.scene.lab_curve import LabCurve
from visualizer.scene.lab_sweep_shown import SweepLook
from visualizer.scene.losses import LostChain, LostList
from visualizer.scene.panels import Dialog, Problems
from visualizer.scene.told import Told

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
class KnobLook:
    """A knob as it stands: `share` is where its handle is, 0 to 1 (None: a choice). `before` and
    `before_share`: the same in the run that is compared with, None where they do not differ; `before` says
    which run that is ("before 3 s"). `changed`: whether it is not as the scenario or that run has it.
    """

    name: str
    title: str
    value: str
    share: float | None
    before: str | None = None
    before_share: float | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Knobs:
    """The knobs of a tier and of the whole scenario."""

    tier: int
    knobs: tuple[KnobLook, ...]


@dataclass(frozen=True, slots=True)
class Try:
    """What a design lost at the worst instant, how long it was gone (None: for ever), and whether it kept to
    the budget of the goal.
    """

    lost: int
    gap_us: int | None
    paid: bool


@dataclass(frozen=True, slots=True)
class BeatLook:
    """The goal and the design's `judgement` (None: not yet; `busy`: that of another one, still). `goals`: of
    each goal whether it was ever reached. `tries`: all designs for this goal, the latest last.
    """

    goal: Goal
    place: int
    goals: tuple[bool, ...]
    judgement: Judgement | None
    busy: bool
    tries: tuple[Try, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """`width_px` x `height_px`: the window. `hover` and `focus`: target names of `Scene.targets`, or None.

    `text_scale`: how much larger than usual everything is, 1 to 2, as far as the window has room for it.
    `room`: for a class room, large and without controls; `blank`: nothing at all is shown.
    `pointer`: where on the hovered target it is, 0 (left) to 1 (right).
    `notice`: one line for the person at the controls (saved, an error), shown until it is replaced.
    `hands_on`: controls and keys are drawn; a film frame or a still has none.
    `captions`: whether the caption is in the picture. `told`: what an author tells now.
    `pulse`: how far what invites has breathed, in steps of `invitation.PULSES`; 0 keeps it still.
    `menu`: what can be done to a target, while it is open.
    `asked`: a question that waits for its answer, or what came of it.
    `beside`: many other runs, this one marked; `beside_each`: the same of several designs, one for each run.
    `dialog`: a list that somebody chooses from; `problems`: why a file cannot be opened.
    `losses`: the list of what was lost, or the chain of one of it, while somebody asks why.
    `knobs`: what can be turned (None: nothing can).
    `beat`: the goal that somebody tries to reach, in the place of the books.
    `lab_curve`: what a strike at any other instant would cost, over the stage.
    `sweep`: a question over many runs, over the stage.
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
    pointer: float | None = None
    help_open: bool = False
    reduced_motion: bool = False
    hands_on: bool = True
    captions: bool = True
    told: Told | None = None
    room: bool = False
    blank: bool = False
    notice: str | None = None
    pulse: int = 0
    menu: Menu | None = None
    asked: Asked | Answered | None = None
    beside: BesideLook | None = None
    beside_each: tuple[BesideLook, ...] = ()
    dialog: Dialog | None = None
    problems: Problems | None = None
    losses: LostList | LostChain | None = None
    knobs: Knobs | None = None
    beat: BeatLook | None = None
    lab_curve: LabCurve | None = None
    sweep: SweepLook | None = None
    comparison: Comparison | None = None
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def locked(self) -> bool:
        """Whether a question waits for its answer: nothing that would tell it is shown until then."""
        return isinstance(self.asked, Asked)

    @property
    def covered(self) -> bool:
        """Whether a panel of the lab stands over stage and timeline: what lies there is not drawn."""
        return bool(self.lab_curve or self.sweep) and not self.locked

    @property
    def film(self) -> bool:
        """Whether nobody is at the controls: a film or a still."""
        return not self.hands_on and not self.room

    @property
    def chrome(self) -> bool:
        """Whether buttons, hints and settings are drawn: for one person, not for a class or a film."""
        return self.hands_on and not self.room
