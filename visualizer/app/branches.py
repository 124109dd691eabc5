"""What can be done and taken back: acts, other runs in the place of this one, and the future left behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from visualizer.app.player import Player
from visualizer.language import marked, say
from visualizer.opening import Opened, save_played
from visualizer.scene.growing import same_history
from visualizer.sim.command import Command
from visualizer.timeline.run import Run

BEFORE, BEFORE_THE_EDIT = marked("before"), marked("before the edit")
"""What a run is called that this one is compared with."""


@dataclass(frozen=True, slots=True)
class Before:
    """The run that was left behind, kept to compare: `label` says what it is, in a word or two. `document` is
    the scenario that it is of (None: that of the run on show).
    """

    run: Run
    label: str
    document: Opened | None = None


@dataclass(frozen=True, slots=True)
class _Version:
    """All that undo brings back. With the same `run`, undo takes back one of its acts."""

    run: Run
    others: tuple[Run, ...]
    document: Opened | None
    before: Before | None


class Branches(Player):
    """`document`: where the run comes from (None: it can be neither changed nor saved). `before`: what
    the run is compared with, None while there is nothing.
    """

    def __init__(self, run: Run, document: Opened | None = None) -> None:
        super().__init__(run)
        self.document = document
        self.before: Before | None = None
        self._story = run.acts
        self._undo: list[_Version] = []
        self._redo: list[_Version] = []

    def perform(self, act: Command) -> None:
        """Do something to the run and those beside it. In the past, the old future stays as `before`."""
        version = self._version()
        if act.at_us < self.seen_us:
            self.before = Before(self.run.fork(), BEFORE, self.document)
            same_history(self.run, self.before.run)
        for run in self.runs:
            run.act(act)
        self.seen_us = self.run.now_us
        self._undo.append(version)
        self._redo.clear()
        self.changed()

    def show(
        self,
        run: Run,
        document: Opened | None,
        *,
        before: Before | None = None,
        others: tuple[Run, ...] = (),
        goes_on: bool = False,
    ) -> None:
        """Put another run in the place of this one; undo brings this one back. `goes_on`: one change with
        what was shown last, so that undo takes back both.
        """
        if not goes_on:
            self._undo.append(self._version())
        self._redo.clear()
        self._put(_Version(run, others, document, before))

    def reword(self, fresh: Opened) -> None:
        """The file says the same in other words (its story, its comments): so does every version of it."""
        old = self.document

        def reworded(document: Opened | None) -> Opened | None:
            if old is None or document is None or (document.path, document.text) != (old.path, old.text):
                return document
            return replace(document, text=fresh.text, script=fresh.script)

        def again(before: Before | None) -> Before | None:
            return replace(before, document=reworded(before.document)) if before else None

        for versions in (self._undo, self._redo):
            versions[:] = (
                replace(one, document=reworded(one.document), before=again(one.before)) for one in versions
            )
        self.document, self.before = fresh, again(self.before)
        self.changed()

    def undo(self) -> None:
        """Take back the last act, or what was put in the place of the run."""
        if not self._swap(self._undo, self._redo, Run.undo):
            self.notice = say("There is nothing to undo.")

    def redo(self) -> None:
        """Do again what was taken back."""
        if not self._swap(self._redo, self._undo, Run.redo):
            self.notice = say("There is nothing to redo.")

    def _swap(self, source: list[_Version], target: list[_Version], change: Callable[[Run], bool]) -> bool:
        """Go to the last version of `source` and leave this one in `target`; with the same run `change` it.
        False when there is none.
        """
        if not source:
            return False
        version = source.pop()
        target.append(self._version())
        for run in self.runs if version.run is self.run else ():
            change(run)
        self._put(version)
        return True

    def reset(self) -> None:
        """The scenario's own story again, paused at its start."""
        self.playing = False
        if self.run.acts != self._story:
            fresh = tuple(Run(run.setup, self._story) for run in self.others)
            self.show(Run(self.run.setup, self._story), self.document, others=fresh)
            self.notice = say("Back to the scenario's own story. U brings back what you did.")
        self.seek(0)

    def save(self) -> None:
        """Write what was played; the notice says where, or why not."""
        if self.document is None:
            self.notice = say("Saving is not possible here.")
            return
        try:
            saved = save_played(self.document, self.run)
            self.notice = say("{saved}: the first of these runs", saved=saved) if self.others else saved
        except OSError as error:
            self.notice = say("Not saved: {why}.", why=error.strerror or error)
        except ValueError as error:
            self.notice = say("Not saved: {why}", why=error)

    def changed(self) -> None:
        """The run, or what was done to it, is not what it was."""

    def _version(self) -> _Version:
        return _Version(self.run, self.others, self.document, self.before)

    def _put(self, version: _Version) -> None:
        if version.run is not self.run:
            self.seen_us = version.run.now_us
        self.run, self.others = version.run, version.others
        self.document, self.before = version.document, version.before
        self.changed()
