"""How a command ends."""

from __future__ import annotations

import sys
from pathlib import Path

from visualizer.language import decimal, say

OK, FAILED, USAGE, BAD_INPUT, NO_DISPLAY, DIVERGED, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130
"""Exit codes: 1 run or export failed, 3 bad scenario or run file, 5 replay diverged, 130 Ctrl-C."""


class CommandError(Exception):
    """One line for the person, and the exit code."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.code = code


def complain(text: str, code: int) -> int:
    """Say what went wrong; returns the code."""
    print(text, file=sys.stderr)
    return code


def sized(count: int) -> str:
    """So many bytes, as people say it: "3.1 MB"."""
    return decimal(f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{count / 1e3:.1f} kB")


def is_there(path: Path) -> CommandError:
    """What is said when a file would be overwritten."""
    return CommandError(say("{path}: exists already; give --force to overwrite it", path=path), FAILED)


def no_folder(path: Path) -> CommandError:
    """What is said when there is no folder for a file."""
    what = say("there is no folder {folder}; make it first", folder=path.parent)
    return CommandError(f"{path}: {what}", FAILED)
