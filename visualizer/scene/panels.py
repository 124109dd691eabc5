"""What stands over the picture while somebody chooses from a list, or reads why a file cannot be opened."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.language import marked


@dataclass(frozen=True, slots=True)
class DialogRow:
    """One line of a list: `detail` lies below its title, `value` at its right. `turns`: the arrow keys change
    the value. `icon`: a name of assets/icons, or nothing.
    """

    title: str
    detail: str = ""
    value: str = ""
    icon: str = ""
    turns: bool = False


@dataclass(frozen=True, slots=True)
class Dialog:
    """A list to choose from: `rows[chosen]` is what Enter does, `first` is the topmost row in sight.

    `search`: what has been typed to shorten the list, None where typing does nothing. `empty` is said when
    there are no rows. `keys` are pairs of a key and what it does here. Both are `marked`, all else is said.
    """

    name: str
    heading: str
    about: str
    rows: tuple[DialogRow, ...]
    chosen: int = 0
    first: int = 0
    search: str | None = None
    empty: str = marked("There is nothing to choose here.")
    keys: tuple[tuple[str, str], ...] = (
        ("↑ ↓", marked("choose")), (marked("Enter"), marked("do it")), (marked("Esc"), marked("close")),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problems:
    """Why a file is not what is on show: one line for each reason."""

    heading: str
    about: str
    lines: tuple[str, ...]
