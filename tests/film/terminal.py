"""The command `film` at work before somebody at a terminal, who sees how far it is."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from film.command import FILM, LONG, environment, scenario, words

pty = pytest.importorskip("pty", reason="this system has no terminals of Unix")

SHOWN = re.compile(rb"(\d+) %")
WAIT_S = 60


class Filming:
    """The command at work before somebody at a terminal."""

    def __init__(self, folder: Path, *more: str, before: tuple[str, ...] = ()) -> None:
        ours, theirs = pty.openpty()
        self._terminal = ours
        self._said = bytearray()
        self.process = subprocess.Popen(
            [*before, *words(*FILM, *more)],
            cwd=folder,
            env=environment(TERM="xterm", COLUMNS="100"),
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    def _listen(self) -> None:
        try:
            while some := os.read(self._terminal, 4096):
                self._said += some
        except OSError:  # the last who had the terminal open is gone
            pass

    @property
    def percent(self) -> int:
        """The last that the progress bar showed."""
        shown = SHOWN.findall(bytes(self._said))
        return int(shown[-1]) if shown else 0

    def until(self, percent: int) -> None:
        """Wait for the progress bar to show so much."""
        end = time.monotonic() + WAIT_S
        while self.percent < percent:
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < end, f"stuck at {self.percent} %"
            time.sleep(0.01)

    def ended(self) -> int:
        """Its exit code."""
        code = self.process.wait(WAIT_S)
        self._reader.join(WAIT_S)
        return code

    def said(self) -> str:
        """All that stood on the terminal, without what moves the cursor."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self._said.decode()).replace("\r", "")


@contextmanager
def filming(folder: Path, *more: str, before: tuple[str, ...] = ()) -> Iterator[Filming]:
    """Filming LONG; whatever happens, nothing of it goes on."""
    scenario(folder, LONG)
    at_work = Filming(folder, *more, before=before)
    try:
        yield at_work
    finally:
        if at_work.process.poll() is None:
            os.killpg(at_work.process.pid, signal.SIGKILL)
        at_work.ended()
