"""The list from which somebody chooses what a sweep asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from visualizer.app.dialog import ListDialog
from visualizer.app.lab_sweep_choices import LINE, Choice
from visualizer.lab.measures import MEASURES
from visualizer.language import marked, say, translated
from visualizer.scene.panels import DialogRow

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

_WORDS = {"s": marked("in seconds"), "": marked("their share")}


class SweepList(ListDialog):
    """Whatever it is asked to offer; what is chosen is told to who asked."""

    keys = (
        ("↑ ↓", marked("choose")),
        (marked("Enter"), marked("ask this")),
        (marked("Esc"), marked("close")),
    )

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self._rows: tuple[DialogRow, ...] = ()
        self._then: Callable[[int], None] | None = None

    def ask(self, heading: str, rows: Sequence[DialogRow], chosen: int, then: Callable[[int], None]) -> None:
        """Offer these rows."""
        self.heading, self._rows, self._then = heading, tuple(rows), then
        self.open()
        self.chosen = chosen

    def rows(self) -> Sequence[DialogRow]:
        """Those that were given."""
        return self._rows

    def choose(self, number: int) -> None:
        """Tell it."""
        self.shut()
        if self._then:
            self._then(number)


def measure_rows() -> list[DialogRow]:
    """Everything that is measured of a run."""
    return [
        DialogRow(translated(one.title), value=translated(_WORDS.get(one.unit, one.unit)))
        for one in MEASURES.values()
    ]


def nothing_row() -> DialogRow:
    """No second knob."""
    return DialogRow(say("Nothing else"), say("One line, with its spread."))


def choice_row(choice: Choice) -> DialogRow:
    """A knob, and the values that it would take."""
    labels = [choice.label(text) for text in choice.values(LINE)]
    words = choice.knob.unit == "choice"
    said = ", ".join(labels) if words else say("{first} to {last}", first=labels[0], last=labels[-1])
    now = "" if choice.now is None else say("now {value}", value=choice.label(choice.now))
    return DialogRow(choice.title, said, now)
