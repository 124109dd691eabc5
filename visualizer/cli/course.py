"""`course`: the lessons, one of them in the window, or their pages to print."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from shutil import get_terminal_size
from textwrap import fill

from visualizer.cli.outcome import OK, USAGE, CommandError
from visualizer.cli.report import page_target, write_page
from visualizer.cli.window import in_window
from visualizer.course import Place, place_of, places, taught
from visualizer.language import say, translated

_WIDEST = 100
_INDENT = " " * 4


def course(options: argparse.Namespace) -> int:
    """What is asked for: a list, a lesson, pages."""
    chosen = places() if options.lesson is None else (place_of(options.lesson),)
    if options.handout:
        return _handout(chosen, options)
    if options.output:
        raise CommandError(say("-o is for the pages to print; add --handout"), USAGE)
    if options.readers is not None:
        raise CommandError(say("--for is for the pages to print; add --handout"), USAGE)
    if options.lesson is not None:
        options.compare = None
        return in_window(taught(chosen[0]).opened, options)
    _list(chosen)
    return OK


def _list(chosen: Sequence[Place]) -> None:
    """A lesson is a line with its title and how long it takes, and a paragraph below."""
    width = min(get_terminal_size().columns, _WIDEST)
    for place in chosen:
        lesson = taught(place)
        setup = lesson.opened.setup
        print(
            f"{place.number:>2}  {translated(setup.title)} ({say('{minutes} min', minutes=lesson.minutes)})"
        )
        print(fill(translated(setup.description), width, initial_indent=_INDENT, subsequent_indent=_INDENT))


def _handout(chosen: Sequence[Place], options: argparse.Namespace) -> int:
    if not options.output:
        raise CommandError(say("--handout needs a file; add -o FILE.html"), USAGE)
    target = page_target(Path(options.output), force=options.force)
    from visualizer.console import progress_line  # noqa: PLC0415  (rich is slow to import)
    from visualizer.report.handout import handout  # noqa: PLC0415  (pygame and jinja2 only where they are needed)

    with progress_line(say("writing the course")) as progress:
        content = handout(chosen, options.readers or "both", progress)
    return write_page(target, content)
