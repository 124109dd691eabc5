"""What is played is written down as it happens, for the case that the program ends before the person does.

The format is that of `timeline.journal`; one file for each process. Whoever leaves in the usual way takes the
journal with him; what a crash leaves behind is offered by `recovery`.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

from visualizer import __version__
from visualizer.app.feature import Feature
from visualizer.files import hold
from visualizer.language import say
from visualizer.scenario import act_line
from visualizer.timeline import journal

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

_REST = 50
"""After the disk took so long to make something last, it is left in peace for so many times as long."""


class Journal(Feature):
    """Writes what is new, at once: a killed process loses nothing. Making it last against a power cut may
    take the disk longer than a picture takes, so that is done at once only when it did not take long lately.
    """

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self._folder = journal_folder(controls.state_folder)
        self._stream: IO[bytes] | None = None
        self._path: Path | None = None
        self._said: journal.Played | None = None
        self._trouble: str | None = None
        self._unsafe = False
        self._rest_ns = 0

    @property
    def works(self) -> bool:
        """Whether what is played is written down."""
        return self._folder is not None

    def changed(self) -> None:
        """Write what is new."""
        document = self.controls.document
        if self._folder is None or document is None:
            return
        run = self.controls.run
        now = journal.Played(
            title=run.setup.title,
            name=document.name,
            path=str(document.path) if document.path else None,
            text=document.text,
            overrides=document.overrides,
            faults=document.faults,
            acts=tuple(act_line(act, run.setup) for act in run.acts),
        )
        try:
            self._write(journal.lines(self._said, now))
        except OSError as error:
            self._give_up(error)
        self._said = now

    def elapse(self, wall_ns: int) -> None:
        """Make it last, when the disk has rested; say once when that is not possible."""
        self._rest_ns = max(self._rest_ns - max(wall_ns, 0), 0)
        try:
            self._make_last()
        except OSError as error:
            self._give_up(error)
        if self._trouble:
            self.controls.notice, self._trouble = self._trouble, None

    def close(self) -> None:
        """Who leaves has nothing to bring back; a window that is closed by an error has."""
        if self._stream:
            with contextlib.suppress(OSError):
                self._stream.close()
        if self._path and self.controls.leaving:
            with contextlib.suppress(OSError):
                self._path.unlink()
        self._stream = self._path = self._folder = None

    def _write(self, text: str) -> None:
        if not text:
            return
        stream = self._stream or self._begin()
        stream.write(text.encode())
        stream.flush()
        self._unsafe = True
        self._make_last()

    def _begin(self) -> IO[bytes]:
        """A file of this process alone."""
        folder = self._folder or Path()
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{os.getpid()}-{time.time_ns()}.journal"
        self._stream = self._path.open("xb")
        hold(self._stream)
        self._stream.write(journal.head(__version__).encode())
        return self._stream

    def _make_last(self) -> None:
        if not self._unsafe or self._rest_ns or self._stream is None:
            return
        before_ns = time.perf_counter_ns()
        os.fsync(self._stream.fileno())
        self._unsafe, self._rest_ns = False, _REST * (time.perf_counter_ns() - before_ns)

    def _give_up(self, error: OSError) -> None:
        """Said with the next picture, after what the act itself has to say; never again."""
        self._trouble = say(
            "A crash would lose what you play from here on: {why}.", why=error.strerror or error
        )
        self._folder, self._unsafe = None, False


def journal_folder(state_folder: Path | None) -> Path | None:
    """Where journals lie; None when nothing is kept at all."""
    return state_folder / "played" if state_folder else None
