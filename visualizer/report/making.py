"""A report from beginning to end: the run is played, its sections are filled, the page is put together."""

from __future__ import annotations

from collections.abc import Callable

from visualizer.lab.executors import Executor
from visualizer.opening import Opened
from visualizer.report.again import again
from visualizer.report.chance import chance, seeds_for, sweep_for
from visualizer.report.designs import told_designs
from visualizer.report.drawn import chart_of_instants, charts_of_chance
from visualizer.report.happened import happened
from visualizer.report.instants import instants, striking_of
from visualizer.report.ledgers import ledgers
from visualizer.report.losses import losses
from visualizer.report.material import gather
from visualizer.report.overview import overview
from visualizer.report.page import page
from visualizer.report.pictures import Stills
from visualizer.report.setting import setting
from visualizer.report.sources import products
from visualizer.study.error import StudyError

Progress = Callable[[int, int], None]
"""Called with (steps done, steps in all)."""


def _silent(done: int, total: int) -> None:
    """Nobody looks."""


def report(
    opened: Opened,
    *,
    seeds: int | None = None,
    executor: Executor | None = None,
    progress: Progress = _silent,
) -> str:
    """The page: the same run, the same text, wherever its many runs are played (None: in this process).

    `seeds`: how many runs are played of the design; None: as many as take a bearable time. Raises
    ScenarioError, ExecutorError, ConservationError, ThemeError.
    """
    material = gather(opened)
    told, count = happened(material), seeds_for(material) if seeds is None else range(seeds)
    pictures = len(told.chapters) + 2
    total = len(count) + pictures
    sweep = sweep_for(material, count, executor, lambda done, _: progress(done, total))
    striking = striking_of(material)
    stills, chapters = Stills(material), []
    for number, chapter in enumerate(told.chapters, 1):
        chapters.append((chapter, stills.stage(chapter.at_us)))
        progress(len(count) + number, total)
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
            "instants": instants(material, striking),
            "instant_charts": (chart_of_instants(striking),),
            "chance": chance(material, sweep),
            "chance_charts": ()
            if isinstance(sweep, StudyError)
            else tuple(charts_of_chance(material, sweep)),
            "products": products(material),
            "again": again(material),
        }
    )
