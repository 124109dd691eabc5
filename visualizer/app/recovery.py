"""What a crash left behind is offered at the next start: the journals of processes that are no more."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from visualizer.app.dialog import ListDialog
from visualizer.app.journal import Journal, journal_folder
from visualizer.app.open import Opening
from visualizer.files import hold
from visualizer.language import marked, say, say_many, translated
from visualizer.opening import open_text
from visualizer.scenario import ScenarioError, act_of
from visualizer.scene.panels import DialogRow
from visualizer.timeline import journal

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

_MONTHS = (
    marked("Jan"), marked("Feb"), marked("Mar"), marked("Apr"), marked("May"), marked("Jun"),
    marked("Jul"), marked("Aug"), marked("Sep"), marked("Oct"), marked("Nov"), marked("Dec"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Left:
    """What a process that is no more has left behind."""

    path: Path
    at_s: float
    played: journal.Played
    row: DialogRow


class Recovery(ListDialog):
    """The list of what was not closed, opened by itself at the start when there is any."""

    heading = marked("This was not closed")
    about = marked("The program ended before you did. Nothing that you had done is lost.")
    keys = (
        ("↑ ↓", marked("choose")),
        (marked("Enter"), marked("open it")),
        (marked("Delete"), marked("throw it away")),
        (marked("Esc"), marked("leave it")),
    )

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self._left: list[_Left] = []

    def begin(self) -> None:
        """Offer what there is."""
        folder = journal_folder(self.controls.state_folder)
        if folder is None or self.controls.fresh:
            return
        self._left = sorted(_left_in(folder), key=lambda left: -left.at_s)
        if self._left:
            self.open()

    def rows(self) -> Sequence[DialogRow]:
        """One for each journal, the newest first."""
        return [left.row for left in self._left]

    def choose(self, number: int) -> None:
        """Open it, as it was after the last act."""
        left = self._left[number]
        self.shut()
        try:
            self._bring_back(left.played)
        except ScenarioError as error:
            self.controls.notice = say("It cannot be opened any more: {why}", why=error.problems[0])
            return
        if self.controls.feature(Journal).works:  # it stands in the journal of this process now
            _clear_away(left.path)

    def remove(self, number: int) -> None:
        """Nobody wants it back."""
        _clear_away(self._left.pop(number).path)
        if not self._left:
            self.shut()

    def _bring_back(self, played: journal.Played) -> None:
        path = Path(played.path) if played.path else None
        opened = open_text(played.text, path, played.overrides, played.faults, played.name)
        found = [act_of(line, opened.setup) for line in played.acts]
        acts = tuple(act for act in found if act is not None)
        at_us = acts[-1].at_us if acts else None
        self.controls.feature(Opening).present(opened, acts, at_us)
        lost = len(found) - len(acts)
        told = say_many(
            "Open again, as it was after {n} act.",
            "Open again, as it was after {n} acts.",
            len(acts),
            n=len(acts),
        )
        if lost:
            told += " " + say("{n} of its acts do not fit any more.", n=lost)
        self.controls.notice = told


def _left_in(folder: Path) -> Iterator[_Left]:
    """The journals whose process is no more; those in which nothing was done are cleared away."""
    for path in folder.glob("*.journal"):
        with contextlib.suppress(OSError):
            at_s, played = path.stat().st_mtime, _abandoned(path)
            if played and played.is_something:
                yield _Left(path, at_s, played, _row(played, at_s))
            elif played:
                _clear_away(path)


def _abandoned(path: Path) -> journal.Played | None:
    """What a journal says; None while its process lives, and when nothing can be read. Raises OSError."""
    with path.open("r+b") as stream:
        content = stream.read()
        return journal.read(content) if hold(stream) else None


def _clear_away(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _row(played: journal.Played, at_s: float) -> DialogRow:
    at = time.localtime(at_s)
    month = translated(_MONTHS[at.tm_mon - 1])
    when = say("{day} {month} {time}", day=at.tm_mday, month=month, time=f"{at.tm_hour:02}:{at.tm_min:02}")
    count, name = len(played.acts), translated(played.title)
    title = say_many("{title}, {n} act", "{title}, {n} acts", count, title=name, n=count)
    return DialogRow(title, say("played {when}, was not closed: open it?", when=when), icon="saved_run")
