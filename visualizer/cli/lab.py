"""`sweep`, `compare` and `curve`: many runs."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from visualizer.cli.outcome import OK, USAGE, CommandError
from visualizer.cli.playing import played, refusals
from visualizer.cli.runs import instant_us
from visualizer.cli.targets import Target, targets_of, write_targets
from visualizer.lab.measures import MEASURES, Measure
from visualizer.language import say
from visualizer.opening import Opened, open_scenario, opened_by, overrides_of
from visualizer.study.axis import axis_of
from visualizer.study.comparison import Compared, compared, compared_runs_table, compared_table
from visualizer.study.curve import curve_table, strike_everywhere, tier_named
from visualizer.study.designs import designs_of
from visualizer.study.plan import Plan, StrikeAt, plan_of
from visualizer.study.sweep import Sweep, points_table, runs_table, sweep_of
from visualizer.study.telling import telling

if TYPE_CHECKING:
    from visualizer.canvas.theme import Theme

_DRAWN = 3


def sweep(options: argparse.Namespace) -> int:
    """Every value with every seed; a table, or files."""
    targets = _targets(options)
    with refusals(USAGE):
        plan = _plan(options, opened_by(options))
    _say(options, plan.said)
    run = played(options, targets, plan.families, say("sweeping {name}", name=plan.opened.name))
    with run as playing:
        found = sweep_of(
            plan, playing.executor, done=playing.done, keep=playing.keep, progress=playing.progress
        )
        measures = _measures(options, found)
        measures = measures if options.measure else measures[:1]
        data = measures if options.measure else tuple(MEASURES.values())
        rows = points_table if options.rows == "points" else runs_table
        write_targets(targets, lambda: rows(found, data), partial(_draw_sweep, options, found, measures[0]))
    if not targets:
        from visualizer.console import print_sweep  # noqa: PLC0415  (rich is slow to import)

        print_sweep(found, measures)
    return OK


def compare(options: argparse.Namespace) -> int:
    """Every design with every seed, in pairs; a table, and files."""
    targets = _targets(options)
    with refusals(USAGE):
        opened = [open_scenario(name, overrides_of(options), options.fault) for name in options.scenario]
        designs = designs_of([_plan(options, one) for one in opened])
    _say(options, designs.said)
    run = played(
        options, targets, designs.families, say("comparing {count} designs", count=len(designs.points))
    )
    with run as playing:
        found = compared(
            designs, playing.executor, done=playing.done, keep=playing.keep, progress=playing.progress
        )
        measures = _measures(options, found)
        data = measures if options.measure else tuple(MEASURES.values())
        rows = compared_table if options.rows == "designs" else compared_runs_table
        write_targets(targets, lambda: rows(found, data), partial(_draw_compared, options, found, measures))
    if not targets:
        from visualizer.console import print_compared  # noqa: PLC0415  (rich is slow to import)

        print_compared(found, measures)
    return OK


def curve(options: argparse.Namespace) -> int:
    """Every instant at which it might strike."""
    from visualizer.console import print_curve, progress_line  # noqa: PLC0415  (rich is slow to import)

    targets = targets_of(options.output, force=options.force)
    opened = opened_by(options)
    with refusals(USAGE):
        tier = tier_named(opened.setup, options.tier)
    with progress_line(say("striking {name}", name=opened.name)):
        striking = strike_everywhere(opened, tier)

    def draw(path: Path) -> None:
        from visualizer.charts import curve as drawn  # noqa: PLC0415  (matplotlib is slow to import)
        from visualizer.charts import write_chart  # noqa: PLC0415

        write_chart(drawn(striking, _theme(options), options.size), path)

    write_targets(targets, lambda: curve_table(striking), draw)
    print_curve(striking)
    return OK


def _targets(options: argparse.Namespace) -> tuple[Target, ...]:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a script's background jobs begin deaf to it
    targets = targets_of(options.output, force=options.force)
    if options.resume and not targets:
        raise CommandError(say("--resume: without -o nothing was kept; say -o FILE as before"), USAGE)
    return targets


def _plan(options: argparse.Namespace, opened: Opened) -> Plan:
    axes = [axis_of(text) for text in options.vary]
    first = options.seed or 0
    return plan_of(opened, axes, seeds=range(first, first + options.seeds), strike=_strike(options, opened))


def _strike(options: argparse.Namespace, opened: Opened) -> StrikeAt:
    if options.strike == "random":
        return "random"
    if options.strike == "as-written":
        return "as-written"
    try:
        return instant_us("--strike", options.strike, opened.setup.duration_us)
    except CommandError as error:
        raise CommandError(say("{error}; or say random or as-written", error=error), error.code) from None


def _measures(options: argparse.Namespace, found: Sweep | Compared) -> tuple[Measure, ...]:
    """What somebody asked for, else all that says anything, what differs most clearly first."""
    return tuple(MEASURES[key] for key in options.measure or ()) or telling(found.values)


def _say(options: argparse.Namespace, said: Sequence[str]) -> None:
    """What the person should know, before long work; without files it stands under the table."""
    for sentence in said if options.output else ():
        print(sentence, file=sys.stderr)


def _draw_sweep(options: argparse.Namespace, found: Sweep, measure: Measure, path: Path) -> None:
    from visualizer.charts import chart_of, write_chart  # noqa: PLC0415  (matplotlib is slow to import)

    write_chart(chart_of(found, measure, _theme(options), options.size), path)


def _draw_compared(
    options: argparse.Namespace, found: Compared, measures: Sequence[Measure], path: Path
) -> None:
    from visualizer.charts import compared as drawn  # noqa: PLC0415  (matplotlib is slow to import)
    from visualizer.charts import write_chart  # noqa: PLC0415

    write_chart(drawn(found, measures[:_DRAWN], _theme(options), options.size), path)


def _theme(options: argparse.Namespace) -> Theme:
    from visualizer.canvas.theme import load_theme  # noqa: PLC0415  (pygame where it draws)

    return load_theme(options.theme)
