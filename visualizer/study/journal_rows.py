"""What the part of a long job looks like: some lines that say of what, then CSV, a row a run.

All runs of a task come one after the other, tasks in the order in which they were finished. A line that was
cut off, and a task of which runs are missing, are not finished; nor is anything behind them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from visualizer.lab.columns import Columns, Integers
from visualizer.lab.program import program
from visualizer.lab.trials import Family
from visualizer.language import say

_NAMES = ("task", *(field.name for field in fields(Columns)))
_ABOUT = "# The finished runs of a job. Say the same again with --resume, and it goes on behind them."
_PROGRAM = b"# program: failover-visualizer "
_BEGINNING_BYTES = 4096
"""More than the lines before the rows."""


def head(families: Sequence[Family]) -> bytes:
    """How a part of these runs begins: the same bytes for the same runs, played by the same program."""
    digest = hashlib.sha256()
    for family in families:
        seeds = [int(seed) for seed in family.seeds]
        digest.update(repr((family.setup, family.blow, seeds)).encode())
    about = (_ABOUT, _PROGRAM.decode() + program(), f"# runs: {digest.hexdigest()}", ",".join(_NAMES))
    return ("\n".join(about) + "\n").encode()


def lines(index: int, rows: Integers) -> bytes:
    """A finished task."""
    return "".join(f"{index},{','.join(map(str, row))}\n" for row in rows.tolist()).encode()


def has_rows(content: bytes) -> bool:
    """Whether there is anything in it but a beginning; what is not ours counts as something."""
    beginning = content[:_BEGINNING_BYTES].splitlines()
    return any(not line.startswith((b"#", b"task,")) for line in beginning)


def differs(content: bytes, ours: bytes) -> str:
    """Why a part that begins otherwise than ours cannot be gone on with."""
    theirs, now = _program(content), _program(ours)
    if theirs is None:
        return say("holds something else")
    if theirs != now:
        version = theirs.decode(errors="replace")
        return say("was begun by failover-visualizer {version}, this is another one", version=version)
    return say("has the runs of another job")


def _program(content: bytes) -> bytes | None:
    beginning = content[:_BEGINNING_BYTES].splitlines()
    said = [line.removeprefix(_PROGRAM) for line in beginning if line.startswith(_PROGRAM)]
    return said[0] if said else None


def finished(content: bytes, begin: int, tasks: Sequence[Family]) -> tuple[dict[int, Integers], int]:
    """The rows of every finished task by its index, and where they end; `begin`: where the head does."""
    found: dict[int, Integers] = {}
    rows: list[list[int]] = []
    index, end, here = -1, begin, begin
    for line in content[begin:].splitlines(keepends=True):
        numbers = _numbers(line)
        if numbers is None or (rows and numbers[0] != index):
            break
        index, row = numbers[0], numbers[1:]
        if index in found or not _belongs(index, row, len(rows), tasks):
            break
        rows.append(row)
        here += len(line)
        if len(rows) == len(tasks[index]):
            found[index] = np.array(rows, dtype=np.int64)
            rows, end = [], here
    return found, end


def _numbers(line: bytes) -> list[int] | None:
    """A whole line, read; None when it was cut off or is none of ours."""
    if not line.endswith(b"\n"):
        return None
    try:
        numbers = [int(text) for text in line.split(b",")]
    except ValueError:
        return None
    return numbers if len(numbers) == len(_NAMES) else None


def _belongs(index: int, row: Sequence[int], place: int, tasks: Sequence[Family]) -> bool:
    """Whether it is the row of a run that is asked for: its first figure is the seed."""
    return 0 <= index < len(tasks) and row[0] == tasks[index].seeds[place]
