"""`open` and `play`: the window."""

from __future__ import annotations

import argparse
import sys

from visualizer.cli.outcome import NO_DISPLAY, OK, CommandError
from visualizer.cli.runs import print_summary
from visualizer.language import say
from visualizer.opening import Opened, compared, opened_by, starting_us
from visualizer.timeline import Run


def open_window(options: argparse.Namespace) -> int:
    """Open the window; without a display run headless and say so."""
    opened = opened_by(options)
    try:
        return in_window(opened, options)
    except CommandError as error:
        if error.code != NO_DISPLAY:
            raise
        print(say("{error}; running {name} headless instead", error=error, name=opened.name), file=sys.stderr)
    from visualizer.headless import run_headless  # noqa: PLC0415  (the window needs none of it)

    print_summary(run_headless(opened.setup, opened.setup.duration_us)[0])
    return OK


def play(options: argparse.Namespace) -> int:
    """Open the window."""
    return in_window(opened_by(options), options)


def in_window(opened: Opened, options: argparse.Namespace) -> int:
    """Show it there; CommandError without a display."""
    from visualizer.app.window import NoDisplay, play  # noqa: PLC0415  (pygame only where it is shown)

    run = Run(opened.setup)
    run.seek(starting_us(opened))
    try:
        play(
            run,
            document=opened,
            theme=options.theme,
            size_px=options.size,
            fresh=options.fresh,
            compare=compared(opened, options.compare),
        )
    except NoDisplay as error:
        raise CommandError(str(error), NO_DISPLAY) from None
    return OK
