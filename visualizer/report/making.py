"""A report from beginning to end: the run is played, its sections are filled, the page is put together."""

from __future__ import annotations

from collections.abc import Callable

from visualizer.opening import Opened
from visualizer.report.again import again
from visualizer.report.designs import told_designs
from visualizer.report.happened import happened
from visualizer.report.ledgers import ledgers
from visualizer.report.losses import losses
from visualizer.report.material import gather
from visualizer.report.overview import overview
from visualizer.report.page import page
from visualizer.report.pictures import Stills
from visualizer.report.setting import setting
from visualizer.report.sources import products

Progress = Callable[[int, int], None]
"""Called with (steps done, steps in all)."""


def _silent(done: int, total: int) -> None:
    """Nobody looks."""


def report(opened: Opened, *, progress: Progress = _silent) -> str:
    """The page: the same run, the same text. Raises ScenarioError, ConservationError, ThemeError."""
    material = gather(opened)
    told = happened(material)
    total = len(told.chapters) + 2
    progress(1, total)
    stills, chapters = Stills(material), []
    for number, chapter in enumerate(told.chapters):
        progress(number + 2, total)
        chapters.append((chapter, stills.stage(chapter.at_us)))
    return page(
        {
            "overview": overview(material),
            "telling": stills.telling(),
            "timeline": stills.timeline(),
            "designs": told_designs(material),
            "setting": setting(material),
            "happened": told,
            "chapters": chapters,
            "ledgers": ledgers(material),
            "losses": losses(material),
            "products": products(material),
            "again": again(material),
        }
    )
