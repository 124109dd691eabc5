"""A list to choose from, over everything else. Time stands still while it is open, and it has all the keys.

To make one: a subclass of `ListDialog` that says its rows and what choosing one does, with an act that calls
`open`, its line in `features` and its key in `keys.ROWS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from visualizer.app.feature import Act, Feature
from visualizer.language import marked, translated
from visualizer.scene.dialog import in_sight, scrolled
from visualizer.scene.look import Look
from visualizer.scene.panels import Dialog, DialogRow

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

_PREFIX = "dialog:"
_LONGEST_SEARCH = 40


class ListDialog(Feature):
    """`search`: what was typed to shorten the list; None where typing does nothing (`searches` says which).
    `chosen` is a place among the rows in the list now.
    """

    heading = ""
    about = ""
    empty = marked("There is nothing to choose here.")
    keys: tuple[tuple[str, str], ...] = (
        ("↑ ↓", marked("choose")), (marked("Enter"), marked("do it")), (marked("Esc"), marked("close")),
    )  # fmt: skip
    searches = False

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self.is_open = False
        self.chosen = 0
        self.search = ""
        self._first = 0
        self._page = 1

    # --- what a subclass says ---

    def rows(self) -> Sequence[DialogRow]:
        """All that can be chosen, in order; asked for with every picture, so it must be at hand."""
        return ()

    def choose(self, number: int) -> None:
        """Row `number` of `rows` was clicked, or Enter pressed on it."""

    def turn(self, number: int, steps: int) -> None:
        """The arrow keys changed the value of row `number`: -1 to the left, 1 to the right."""

    def remove(self, number: int) -> None:
        """Delete was pressed on row `number`."""

    # --- what it does ---

    def open(self) -> None:
        """Over everything, in the place of whatever list is open."""
        self.shut_all()
        self.controls.help_open, self.controls.menu = False, None
        self.controls.focus = self.controls.hover = None
        self.is_open, self.chosen, self.search, self._first = True, 0, "", 0

    def shut_all(self) -> None:
        """Whatever list is open."""
        for other in self.controls.features:
            if isinstance(other, ListDialog):
                other.shut()

    def shut(self) -> None:
        """Nothing was chosen, or something was."""
        self.is_open = False

    @property
    def context(self) -> str | None:
        """The keys of a list."""
        return "dialog" if self.is_open else None

    @property
    def modal(self) -> bool:
        """All keys are for the list."""
        return self.is_open

    @property
    def frozen(self) -> bool:
        """Whoever reads a list does not see what happens behind it."""
        return self.is_open

    def look(self, look: Look) -> Look:
        """With the list, scrolled so that what is chosen is seen."""
        if not self.is_open:
            return look
        rows = self.rows()
        shown = tuple(rows[number] for number in self._fitting())
        dialog = scrolled(
            Dialog(
                name=type(self).__name__,
                heading=translated(self.heading),
                about=translated(self.about),
                rows=shown,
                chosen=self.chosen,
                first=self._first,
                search=self.search if self.searches else None,
                empty=self.empty if not rows else marked("Nothing fits what you typed."),
                keys=self.keys,
            ),
            look,
        )
        self.chosen, self._first = dialog.chosen, dialog.first
        self._page = in_sight(dialog, look)
        return replace(look, dialog=dialog)

    def press(self, name: str) -> bool:
        """A row, or beside the list."""
        if not self.is_open:
            return False
        line = name.removeprefix(_PREFIX)
        if line.isdecimal():
            self.chosen = int(line)
            self.accept()
        elif line == "close":
            self.shut()
        return True

    def point(self, name: str | None) -> bool:
        """The row under the pointer is the chosen one."""
        line = (name or "").removeprefix(_PREFIX)
        if self.is_open and line.isdecimal():
            self.chosen = int(line)
        return self.is_open

    def wheel(self, name: str | None, notches: int) -> bool:
        """The list moves under the pointer."""
        if self.is_open:
            self._first = min(max(self._first - notches, 0), max(len(self._fitting()) - self._page, 0))
            self.chosen = min(max(self.chosen, self._first), self._first + self._page - 1)
        return self.is_open

    def typed(self, text: str) -> bool:
        """One more letter to search for."""
        if self.is_open and self.searches and text.isprintable() and len(self.search) < _LONGEST_SEARCH:
            self._search_for(self.search + text)
        return self.is_open

    def move(self, steps: int) -> None:
        """So many rows down (or up), to the end and no farther."""
        self.chosen = min(max(self.chosen + steps, 0), max(len(self._fitting()) - 1, 0))

    def move_pages(self, pages: int) -> None:
        """So many screens of rows."""
        self.move(pages * max(self._page - 1, 1))

    def move_to_end(self, steps: int) -> None:
        """To the first row (negative) or the last."""
        self.move(steps * len(self._fitting()))

    def rub_out(self) -> None:
        """Take back the letter typed last."""
        self._search_for(self.search[:-1])

    def accept(self) -> None:
        """Do what is chosen."""
        self._with_chosen(self.choose)

    def change(self, steps: int) -> None:
        """Turn the value of what is chosen."""
        self._with_chosen(lambda number: self.turn(number, steps))

    def take_away(self) -> None:
        """Delete what is chosen."""
        self._with_chosen(self.remove)

    def _with_chosen(self, do: Callable[[int], None]) -> None:
        fitting = self._fitting()
        if fitting:
            do(fitting[min(self.chosen, len(fitting) - 1)])

    def _search_for(self, search: str) -> None:
        if search != self.search:
            self.search, self.chosen, self._first = search, 0, 0

    def _fitting(self) -> list[int]:
        """The numbers of the rows that hold every word of the search."""
        words = self.search.casefold().split()
        return [
            number
            for number, row in enumerate(self.rows())
            if all(word in f"{row.title} {row.detail} {row.value}".casefold() for word in words)
        ]


class DialogKeys(Feature):
    """What the keys of the table `dialog` do to the list that is open."""

    @property
    def acts(self) -> Mapping[str, Act]:
        """Moving, choosing, turning, searching, closing."""
        return {
            "dialog_up": self._on(lambda dialog: dialog.move(-1)),
            "dialog_down": self._on(lambda dialog: dialog.move(1)),
            "dialog_page_up": self._on(lambda dialog: dialog.move_pages(-1)),
            "dialog_page_down": self._on(lambda dialog: dialog.move_pages(1)),
            "dialog_first": self._on(lambda dialog: dialog.move_to_end(-1)),
            "dialog_last": self._on(lambda dialog: dialog.move_to_end(1)),
            "dialog_less": self._on(lambda dialog: dialog.change(-1)),
            "dialog_more": self._on(lambda dialog: dialog.change(1)),
            "dialog_rub_out": self._on(ListDialog.rub_out),
            "dialog_remove": self._on(ListDialog.take_away),
            "dialog_accept": self._on(ListDialog.accept),
            "dialog_close": self._on(ListDialog.shut),
        }

    def _on(self, do: Callable[[ListDialog], None]) -> Act:
        def act() -> None:
            for feature in self.controls.features:
                if isinstance(feature, ListDialog) and feature.is_open:
                    do(feature)
                    return

        return act
