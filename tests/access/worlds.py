"""Pictures that together show everything: every shipped scenario, chapter by chapter, and what is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from scene.sweeps import MISSES, POLICY, RATE, along, field

from visualizer.app import keys
from visualizer.app.lab_curve_work import finding
from visualizer.files import shipped
from visualizer.scenario import load
from visualizer.scene.frame import Frame, FrameSource
from visualizer.scene.lab_curve import LabCurve
from visualizer.scene.lab_curve_panel import TIER, WORST_LOSS
from visualizer.scene.lab_sweep import ALONG, AND
from visualizer.scene.look import Choice, Look, Menu
from visualizer.scene.told import Camera, Told
from visualizer.script.script import Region
from visualizer.sim.command import LinkTarget, UnitTarget
from visualizer.timeline.run import Run

SHIPPED = sorted(path.stem for path in shipped("scenarios").glob("*.yaml"))
MENU = Menu(
    "unit:0:0",
    "Firewall primary",
    "active",
    (
        Choice("lightning", "unit:0:0", "Lightning", "the host dies", "bolt", "s"),
        Choice("repair", "unit:0:0", "Repair", "the unit boots empty", "repair", "r", mends=True),
    ),
)
_SETUP = load("article").setup
CURVE = LabCurve(
    [found for found in finding(_SETUP, 0) if found][-1],
    "Firewall",
    0,
    2,
    (11_000_000,),
    (5_000_000,),
    14_000_000,
)
LOOKS = (
    Look(hover="unit:0:0", keys=keys.labels()),
    Look(notice="Saved as article-run-1.yaml", playing=True),
    Look(menu=MENU, keys=keys.labels()),
    Look(help_open=True, keys=keys.labels()),
    Look(lab_curve=CURVE, keys=keys.labels()),
    Look(lab_curve=CURVE, hover=TIER),
    Look(lab_curve=CURVE, focus=WORST_LOSS),
    Look(sweep=along(), keys=keys.labels()),
    Look(sweep=along(POLICY, chosen=2), hover=ALONG),
    Look(sweep=field(MISSES, RATE), focus=AND),
    Look(sweep=along(problem="Not with this scenario: no value fits.")),
)
_UNIT, _CABLE = UnitTarget(0, 0), LinkTarget(0, 0)
_LIT = Told(
    "What this unit knows is known to nobody else.", "The strike", 2, 5, camera=Camera(_UNIT, 150),
    highlight=(_UNIT, _CABLE), labels=((_UNIT, "all of it is here"), (Region("timeline"), "it grows")),
)  # fmt: skip
TOLD = (
    Look(1280, 720, hands_on=False, playing=True, told=_LIT),
    Look(1080, 1920, hands_on=False, playing=True, told=replace(_LIT, camera=Camera(), highlight=())),
    Look(
        1080, 1080, hands_on=False, playing=True, told=Told(chapter="The strike", number=2, of=5, title=1.0)
    ),
)
IN_ROOM = (
    Look(room=True, playing=True),
    Look(room=True, lab_curve=CURVE),
    Look(room=True, sweep=along()),
    Look(room=True, sweep=field(MISSES, RATE)),
    Look(room=True, notice="Firewall primary is struck at 9.00 s."),
)


@lru_cache(maxsize=2)
def frames(name: str) -> tuple[Frame, ...]:
    """Where each chapter of a scenario begins, and a little later."""
    run = Run(load(name).setup)
    source = FrameSource(run)
    starts = [chapter.at_us for chapter in source.frame().history.chapters]
    return tuple(_frames(run, source, starts))


def _frames(run: Run, source: FrameSource, starts: list[int]) -> Iterator[Frame]:
    for at_us in starts:
        for later_us in (0, 700_000):
            run.seek(at_us + later_us)
            yield source.frame()
