"""The file of the scenario on show, and every preset that it names, is read again when it has changed, by an
editor beside the window.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from visualizer.app.branches import BEFORE_THE_EDIT, Before
from visualizer.app.feature import Feature
from visualizer.app.problems import ProblemsPanel
from visualizer.language import say
from visualizer.opening import CANNOT_OPEN, Opened, open_again, reasons
from visualizer.scenario import carried, preset_files
from visualizer.timeline.run import Run

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

_LOOK_NS = 500_000_000
"""Wall time between two looks at the file."""

_Stamp = tuple[tuple[int, int] | None, ...]
"""When each file was written, and how large it is; None while it is not there."""


class Reloading(Feature):
    """Looks at the file now and then. What changed since the last look may be half written: it is read when
    it has been left alone for one look.
    """

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self._since_ns = 0
        self._path: Path | None = None
        self._files: tuple[Path, ...] = ()
        self._read: dict[tuple[Path, ...], _Stamp] = {}
        self._last: _Stamp = ()
        self._complains = False

    def begin(self) -> None:
        """From now on."""
        self._watch()

    def changed(self) -> None:
        """Another file, perhaps."""
        self._watch()

    def elapse(self, wall_ns: int) -> None:
        """Is it time to look again? Not while several designs are on show: afterwards."""
        self._since_ns += wall_ns
        if self._since_ns < _LOOK_NS or self._path is None or self.controls.others:
            return
        self._since_ns = 0
        stamp = tuple(_stamp(file) for file in self._files)
        quiet, self._last = stamp == self._last, stamp
        if quiet and all(stamp) and stamp != self._read[self._files]:
            self._read[self._files] = stamp
            self._take(self._path)

    def _watch(self) -> None:
        document = self.controls.document
        path = document.path if document else None
        files = (path, *_presets(document)) if document and path else ()
        if files == self._files:
            return
        if path != self._path:
            self._since_ns, self._complains = 0, False
        self._path, self._files = path, files
        self._last = tuple(_stamp(file) for file in files)
        self._read.setdefault(files, self._last)  # one that comes back may have changed meanwhile

    def _take(self, path: Path) -> None:
        """Show what the file says now, or what is wrong with it."""
        document, panel = self.controls.document, self.controls.feature(ProblemsPanel)
        if document is None:
            return
        try:
            fresh = open_again(document)
        except CANNOT_OPEN as error:
            panel.show(path, reasons(error, str(path)), again=True)
            self._complains = True
            return
        if self._complains:
            panel.shut()
            self._complains = False
        if (fresh.text, fresh.setup) != (document.text, document.setup):
            self._show(document, fresh)

    def _show(self, document: Opened, fresh: Opened) -> None:
        """At the same instant, with what was done to it as far as that fits, beside what it was."""
        controls, old = self.controls, self.controls.run
        if fresh.setup == document.setup:
            controls.reword(fresh)
            controls.notice = say("Read again: {file}.", file=_name(fresh))
            return
        acts = [carried(act, document.setup, fresh.setup) for act in old.acts]
        kept = tuple(act for act in acts if act is not None)
        run = Run(fresh.setup, kept)
        run.seek(old.now_us)
        controls.show(run, fresh, before=Before(old, BEFORE_THE_EDIT, document))
        lost = len(acts) - len(kept)
        controls.notice = say("Read again: {file}.", file=_name(fresh))
        if lost:
            controls.notice += " " + say("{n} of your {total} acts no longer fit.", n=lost, total=len(acts))


def _name(opened: Opened) -> str:
    return opened.path.name if opened.path else opened.name


def _presets(document: Opened) -> tuple[Path, ...]:
    return _presets_of(document.text, tuple(one for one in document.overrides if "preset" in one))


@lru_cache(maxsize=8)
def _presets_of(text: str, overrides: tuple[str, ...]) -> tuple[Path, ...]:
    """Not read again for every turn of a knob."""
    return preset_files(text, overrides)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        facts = path.stat()
    except (OSError, ValueError):
        return None
    return facts.st_mtime_ns, facts.st_size
