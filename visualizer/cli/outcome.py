"""How a command ends."""

from __future__ import annotations

import sys

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
