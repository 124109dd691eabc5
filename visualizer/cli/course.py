"""`course`: the lessons, one of them in the window, or their pages to print."""

from __future__ import annotations

import argparse
from pathlib import Path

from visualizer.cli.outcome import OK, USAGE, CommandError
from visualizer.cli.report import page_target, write_page
from visualizer.cli.window import in_window
from visualizer.course import Place, place_of, places, taught
from visualizer.language import say, translated


def course(options: argparse.Namespace) -> int:
    """What is asked for: a list, a lesson, pages."""
    chosen = (place_of(options.lesson),) if options.lesson else places()
    if options.handout:
        return _handout(chosen, options)
    if options.output:
        raise CommandError(say("-o is for the pages to print; add --handout"), USAGE)
    if options.lesson:
        options.compare = None
        return in_window(taught(chosen[0]).opened, options)
    for place in chosen:
        lesson = taught(place)
        setup = lesson.opened.setup
        minutes = say("{minutes} min", minutes=lesson.minutes)
        title, description = translated(setup.title), translated(setup.description)
        print(f"{place.number:>2}  {minutes:>6}  {title}: {description}")
    return OK


def _handout(chosen: tuple[Place, ...], options: argparse.Namespace) -> int:
    if not options.output:
        raise CommandError(say("--handout needs a file; add -o FILE.html"), USAGE)
    target = page_target(Path(options.output), force=options.force)
    from visualizer.console import progress_line  # noqa: PLC0415  (rich is slow to import)
    from visualizer.report.handout import handout  # noqa: PLC0415  (pygame and jinja2 only where they are needed)

    with progress_line(say("writing the course")) as progress:
        content = handout(chosen, options.readers, progress)
    return write_page(target, content)
