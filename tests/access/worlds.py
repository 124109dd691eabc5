"""Pictures that together show everything: every shipped scenario, chapter by chapter, and what is open."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from visualizer.app import keys
from visualizer.files import shipped
from visualizer.scenario import load
from visualizer.scene.frame import Frame, FrameSource
from visualizer.scene.look import Choice, Look, Menu
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
LOOKS = (
    Look(hover="unit:0:0", keys=keys.labels()),
    Look(notice="Saved as article-run-1.yaml", playing=True),
    Look(menu=MENU, keys=keys.labels()),
    Look(help_open=True, keys=keys.labels()),
)
IN_ROOM = (Look(room=True, playing=True), Look(room=True, notice="Firewall primary is struck at 9.00 s."))


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
