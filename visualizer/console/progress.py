"""A progress line on long work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from visualizer.language import say


@contextmanager
def progress_line(title: str) -> Iterator[Callable[[int, int], None]]:
    """A callable (done, total) that keeps a line on a terminal up to date; silent elsewhere."""
    console = Console(file=sys.stderr)
    columns = (
        TextColumn("{task.description}", markup=False),  # a name may have brackets in it
        BarColumn(),
        TextColumn("{task.percentage:3.0f} %"),
        TimeRemainingColumn(),
        TextColumn(say("left")),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
