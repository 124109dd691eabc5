"""`run`: a run without a window, and what it cost."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from visualizer.cli.outcome import OK, USAGE, CommandError, is_there
from visualizer.files import write_beside
from visualizer.opening import opened_by
from visualizer.scenario import duration_us


def run(options: argparse.Namespace) -> int:
    """Run it; print what was lost."""
    from visualizer.headless import run_headless  # noqa: PLC0415  (the window needs none of it)

    opened = opened_by(options)
    until_us = opened.setup.duration_us
    if options.until is not None:
        until_us = instant_us("--until", options.until, opened.setup.duration_us)
    summary, lines = run_headless(opened.setup, until_us)
    if options.events:
        _write_events(Path(options.events), lines, force=options.force)
    if options.json:
        print(json.dumps(summary, indent=2))
    else:
        print_summary(summary)
    return OK


def _write_events(path: Path, lines: list[str], *, force: bool) -> None:
    """One event a line; an existing file is only replaced when that was asked for."""
    content = "".join(f"{text}\n" for text in lines).encode()
    if path.exists() and not path.is_file():  # a pipe or a device takes the lines as they come
        path.write_bytes(content)
        return
    if path.exists() and not force:
        raise is_there(path)
    write_beside(path.resolve(), content)


def instant_us(option: str, text: str, last_us: int) -> int:
    """A time up to `last_us`; CommandError that names the option otherwise."""
    try:
        return duration_us(text, 0, last_us)
    except ValueError as error:
        raise CommandError(f"{option} {text}: {error}", USAGE) from None


def print_summary(summary: dict[str, Any]) -> None:
    """As a table."""
    from visualizer.console import print_summary as as_table  # noqa: PLC0415  (rich is slow to import)

    as_table(summary)
