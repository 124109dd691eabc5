"""The files that many runs are written to: judged before the work, written after it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from visualizer.cli.outcome import FAILED, USAGE, CommandError, is_there, no_folder, sized
from visualizer.language import say
from visualizer.language.system import refusal
from visualizer.study.files import WRITERS, write_table
from visualizer.study.table import Table

_CHARTS = (".png", ".svg")
"""As `charts.ENDINGS`, which takes too long to import for this."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file to come."""

    path: Path

    @property
    def is_chart(self) -> bool:
        """Whether it is a picture (else data)."""
        return self.path.suffix.lower() in _CHARTS


def targets_of(names: Sequence[str], *, force: bool) -> tuple[Target, ...]:
    """What `-o` names; CommandError for what could not be written in the end."""
    targets = tuple(Target(Path(name)) for name in names)
    if len({target.path.resolve() for target in targets}) < len(targets):
        raise CommandError(say("-o {file}: the same file twice; name each once", file=names[-1]), USAGE)
    for target in targets:
        _check_kind(target.path)
        _check_place(target.path, force=force)
    return targets


def _check_kind(path: Path) -> None:
    kind = path.suffix.lower()
    if kind not in (*WRITERS, *_CHARTS):
        known = ", ".join((*WRITERS, *_CHARTS))
        what = say(
            "-o {file}: the ending says what is written; the kinds are: {known}", file=path, known=known
        )
        raise CommandError(what, USAGE)
    if kind == ".parquet" and find_spec("pyarrow") is None:
        what = say(
            "{path}: Parquet needs the package pyarrow; install it with: {command}, or say .csv or .json",
            path=path,
            command="pip install 'failover-visualizer[parquet]'",
        )
        raise CommandError(what, FAILED)


def _check_place(path: Path, *, force: bool) -> None:
    if path.is_dir():
        raise CommandError(say("{path}: is a folder; choose another name", path=path), FAILED)
    if not path.parent.is_dir():
        raise no_folder(path)
    if path.exists() and not force:
        raise is_there(path)
    if not os.access(path.parent, os.W_OK):
        what = say(
            "{path}: the folder {folder} cannot be written to; choose another", path=path, folder=path.parent
        )
        raise CommandError(what, FAILED)


def write_targets(
    targets: Sequence[Target], table: Callable[[], Table], draw: Callable[[Path], None]
) -> None:
    """Each as its ending says; a line for each that is there. CommandError where the system refuses."""
    for target in targets:
        try:
            if target.is_chart:
                draw(target.path)
            else:
                write_table(table(), target.path)
        except OSError as error:
            todo = say("make room, or choose another place")
            raise CommandError(f"{target.path}: {refusal(error)}; {todo}", FAILED) from error
        print(f"{target.path}: {sized(target.path.stat().st_size)}")
