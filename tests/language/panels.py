"""All that the window can show, as scenes: its controls are played, without a display."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from visualizer.app import keys
from visualizer.app.beat import Beat
from visualizer.app.controls import Controls
from visualizer.app.lab_curve import StrikeCurve
from visualizer.app.lab_sweep import Sweeps
from visualizer.app.problems import ProblemsPanel
from visualizer.app.twin import TwinRun
from visualizer.opening import open_scenario
from visualizer.scene.frame import BeforeSource, FrameSource
from visualizer.scene.primitives import Scene
from visualizer.scene.twin import view_of
from visualizer.sim.command import UnitTarget
from visualizer.timeline.run import Run

_PICTURE_NS = 16_000_000
_LONGEST_S = 60


class Sitting:
    """Somebody before a window of `size`, which `scene` draws."""

    def __init__(self, scenario: str, size: tuple[int, int], at_s: float = 9.0) -> None:
        document = open_scenario(scenario)
        run = Run(document.setup)
        run.finish()
        self.size = size
        self.controls = Controls(run, document, fresh=True)
        self.controls.begin()
        self.controls.seek(round(at_s * 1_000_000))
        self.scene()

    def scene(self) -> Scene:
        """What is seen now."""
        controls = self.controls
        before = controls.before and BeforeSource(controls.before.run, controls.before.label)
        beside = before.at(controls.run.now_us) if before else None
        shown = [FrameSource(run).frame(beside) for run in controls.runs]
        scene = view_of(shown, controls.look(*self.size, keys.labels()))
        controls.targets = tuple(scene.targets)
        return scene

    def do(self, *acts: str) -> None:
        for act in acts:
            self.controls.do(act)
            self.scene()

    def wait(self, known: Callable[[], bool]) -> None:
        """Let time pass until something has been found out."""
        end_s = time.monotonic() + _LONGEST_S
        while not known():
            assert time.monotonic() < end_s, "it takes too long"
            self.controls.pass_time(_PICTURE_NS)
            time.sleep(0.001)

    def twin(self, key: str, at_s: float) -> None:
        self.controls.feature(TwinRun).start(key)
        self.controls.seek(round(at_s * 1_000_000))

    def menu(self, kind: str) -> None:
        self.controls.open_menu(next(name for name in self.controls.targets if name.startswith(kind)))

    def problems(self) -> None:
        panel = self.controls.feature(ProblemsPanel)
        panel.show(Path("scenario.yaml"), ["scenario.yaml:1:1: 12345"], again=True)


def _struck(size: tuple[int, int]) -> Sitting:
    """Three tiers, one unit struck, time going on."""
    sitting = Sitting("cross-connected", size, 6)
    sitting.controls.act("lightning", UnitTarget(1, 0))
    sitting.controls.seek(6_500_000)
    return sitting


def _knobs(size: tuple[int, int]) -> Sitting:
    sitting = Sitting("article", size)
    sitting.do("knobs", "knob_below", "knob_more")
    sitting.controls.seek(14_000_000)
    return sitting


def _answered(size: tuple[int, int]) -> Sitting:
    sitting = Sitting("article", size, 8)
    sitting.do("predict", "answer_1")
    sitting.wait(lambda: "answered" in sitting.controls.contexts)
    return sitting


def _beat(size: tuple[int, int]) -> Sitting:
    sitting = Sitting("article", size)
    sitting.do("beat")
    sitting.wait(lambda: sitting.controls.feature(Beat).judgement is not None)
    return sitting


def _curve(size: tuple[int, int]) -> Sitting:
    sitting = Sitting("article", size)
    sitting.do("curve")
    curve = sitting.controls.feature(StrikeCurve)
    sitting.wait(lambda: curve.known is not None and curve.known.checked is not None)
    return sitting


def _sweep(size: tuple[int, int], *first: str) -> Sitting:
    sitting = Sitting("article", size)
    sitting.do("sweep", *first)
    sweeps = sitting.controls.feature(Sweeps)
    sitting.wait(lambda: sweeps.answers is not None and sweeps.answers.seeds > 0)
    return sitting


def _after(scenario: str, at_s: float, *acts: str) -> Callable[[tuple[int, int]], Sitting]:
    def sit(size: tuple[int, int]) -> Sitting:
        sitting = Sitting(scenario, size, at_s)
        sitting.do(*acts)
        return sitting

    return sit


def _then(
    scenario: str, at_s: float, what: Callable[[Sitting], None]
) -> Callable[[tuple[int, int]], Sitting]:
    def sit(size: tuple[int, int]) -> Sitting:
        sitting = Sitting(scenario, size, at_s)
        what(sitting)
        return sitting

    return sit


PANELS: dict[str, Callable[[tuple[int, int]], Sitting]] = {
    "pair": _after("article", 6),
    "struck pair": _after("article", 11.5),
    "struck tiers": _struck,
    "columns": _after("parallel", 17),
    "serial": _after("serial-cable", 61),
    "split": _after("split-brain", 18, "story"),
    "sites": _after("dublin-2011", 700, "story"),
    "waits": _after("sync-link-down", 12),
    "knobs": _knobs,
    "menu of a unit": _then("article", 6, lambda sitting: sitting.menu("unit:")),
    "menu of a cable": _then("article", 6, lambda sitting: sitting.menu("link:")),
    "menu of a site": _then("dublin-2011", 6, lambda sitting: sitting.menu("site:")),
    "settings": _after("article", 6, "settings"),
    "help": _after("article", 6, "help"),
    "open": _after("article", 6, "open"),
    "comparisons": _after("article", 6, "compare"),
    "why": _after("article", 14, "why"),
    "chain": _after("article", 14, "why", "why_accept"),
    "question": _after("article", 8, "predict"),
    "answered": _answered,
    "beat": _beat,
    "curve": _curve,
    "sweep": _sweep,
    "what is measured": _after("article", 6, "sweep", "sweep_measure"),
    "against what": _after("article", 6, "sweep", "sweep_along"),
    "two designs": _then("cross-connected", 6, lambda sitting: sitting.twin("paths", 17)),
    "three designs": _then("article", 6, lambda sitting: sitting.twin("copying", 12)),
    "problems": _then("article", 6, Sitting.problems),
    "room": _after("article", 11.5, "room"),
    "room question": _after("article", 8, "room", "predict"),
    "story": _after("explainer-1-miss", 14),
}
