"""`report`: a run on one page."""

from __future__ import annotations

import argparse
from pathlib import Path

from visualizer.cli.outcome import FAILED, OK, USAGE, CommandError, is_there, no_folder
from visualizer.files import write_beside
from visualizer.lab.executors import ExecutorError, executor_for
from visualizer.language import decimal, say
from visualizer.language.system import refusal
from visualizer.opening import opened_by


def report(options: argparse.Namespace) -> int:
    """Play it, write the page, say how large it is."""
    target = page_target(Path(options.output), force=options.force)
    try:
        content = _page(options)
    except ExecutorError as error:
        raise CommandError(str(error), FAILED) from None
    return write_page(target, content)


def page_target(target: Path, *, force: bool) -> Path:
    """Where a page shall go, when it can; CommandError."""
    if target.suffix.lower() not in (".html", ".htm"):
        raise CommandError(say("{path}: this is a page of HTML; name it something.html", path=target), USAGE)
    if target.is_dir():
        raise CommandError(say("{path}: is a folder; choose another name for the page", path=target), FAILED)
    if target.exists() and not force:
        raise is_there(target)
    if not target.parent.is_dir():
        raise no_folder(target)
    return target


def write_page(target: Path, page: str) -> int:
    """Write it and say how large it is."""
    content = page.encode()
    try:
        write_beside(target, content)
    except OSError as error:
        raise CommandError(f"{target}: {refusal(error)}", FAILED) from error
    print(f"{target}: {decimal(f'{len(content) / 1e6:.1f}')} MB")
    return OK


def _page(options: argparse.Namespace) -> str:
    from visualizer.console import progress_line  # noqa: PLC0415  (rich is slow to import)
    from visualizer.report import report as make  # noqa: PLC0415  (pygame and jinja2 only where they are needed)

    opened = opened_by(options)
    with (
        executor_for(options.jobs) as executor,
        progress_line(say("reporting {name}", name=opened.name)) as progress,
    ):
        return make(opened, seeds=options.seeds, executor=executor, progress=progress)
