"""The files that many runs are written to: judged before the work, written after it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from visualizer.cli.outcome import FAILED, USAGE, CommandError
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
        raise CommandError(f"-o {names[-1]}: the same file twice; name each once", USAGE)
    for target in targets:
        _check_kind(target.path)
        _check_place(target.path, force=force)
    return targets


def _check_kind(path: Path) -> None:
    kind = path.suffix.lower()
    if kind not in (*WRITERS, *_CHARTS):
        known = ", ".join((*WRITERS, *_CHARTS))
        raise CommandError(f"-o {path}: the ending says what is written; the kinds are: {known}", USAGE)
    if kind == ".parquet" and find_spec("pyarrow") is None:
        todo = "install it with: pip install 'failover-visualizer[parquet]', or say .csv or .json"
        raise CommandError(f"{path}: Parquet needs the package pyarrow; {todo}", FAILED)


def _check_place(path: Path, *, force: bool) -> None:
    if path.is_dir():
        raise CommandError(f"{path}: is a folder; choose another name", FAILED)
    if not path.parent.is_dir():
        raise CommandError(f"{path}: there is no folder {path.parent}; make it first", FAILED)
    if path.exists() and not force:
        raise CommandError(f"{path}: exists already; give --force to overwrite it", FAILED)
    if not os.access(path.parent, os.W_OK):
        raise CommandError(f"{path}: the folder {path.parent} cannot be written to; choose another", FAILED)


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
            todo = "make room, or choose another place"
            raise CommandError(f"{target.path}: {error.strerror or error}; {todo}", FAILED) from error
        print(f"{target.path}: {_sized(target.path.stat().st_size)}")


def _sized(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.1f} kB"
