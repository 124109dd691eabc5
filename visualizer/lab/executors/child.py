"""Processes of our own: they do not hear Ctrl-C (the one that started them does, and ends them), they end
when it dies, and they load no more than what they are given to do.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import connection, parent_process, resource_tracker
from types import ModuleType


@contextmanager
def starting() -> Iterator[None]:
    """Processes are started in this block. They never hear Ctrl-C, not even while they start, and do not run
    the program's main module again: a script without `if __name__ == "__main__"` would start itself anew.
    """
    main = sys.modules["__main__"]
    with _ctrl_c_waits():
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


@contextmanager
def _ctrl_c_waits() -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # else it is started with the first process, and lets Ctrl-C in again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin() -> None:
    """The first thing that such a process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)
