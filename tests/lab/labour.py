"""Work for executors: functions that other processes find by name, some of them dangerous."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from visualizer.sim import ConservationError


def squared(number: int) -> int:
    return number * number


def slowly(number: int) -> int:
    """A batch has one task of these."""
    time.sleep(0.06)
    return number * number


def told_by(number: int) -> int:
    """Which process does it."""
    time.sleep(0.02)
    return os.getpid()


def deadly_once(task: tuple[int, str]) -> int:
    """The process that is the first to do it is killed."""
    number, mark = task
    if mark:
        try:
            Path(mark).touch(exist_ok=False)
        except FileExistsError:
            pass
        else:
            os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def deadly(number: int) -> int:
    """Whoever does the fifth is killed."""
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def wrong(number: int) -> int:
    if number == 5:
        raise ConservationError("the books of number 5 do not balance")
    return number * number
