"""Plain data read from a text, with the place of every key and value by its path."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from visualizer.language import marked, translated

Path = tuple[str | int, ...]
"""Keys and list indices from the root: `("tiers", "firewall", "sync")`."""


_ITEMS = {
    "events": marked("the event"),
    "chapters": marked("the chapter"),
    "beats": marked("the beat"),
    "choices": marked("the choice"),
}


class _Unread(Enum):
    UNREAD = "a value that could not be read"


UNREAD: Final = _Unread.UNREAD
"""Stands for a value whose problem is already reported: nothing more is said about it."""


@dataclass(slots=True)
class Place:
    """Where something is written: line and column from 1 (0: not in a file), offsets `start` to `end`."""

    file: str
    line: int = 0
    column: int = 0
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Tree:
    """The data of one text. `end` is the offset where the keys of the root end, behind the last comment."""

    data: Any = None
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    last_end: int = 0
    end: int = 0

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where the value at `path` (or its key) is written, else the key of the nearest group around it."""
        if not key and path in self.values:
            return self.values[path]
        while path and path not in self.keys:
            if path in self.values:  # an item of a list has no key
                return self.values[path]
            path = path[:-1]
        return self.keys[path] if path else self.values[()]


def dotted(path: Path) -> str:
    """A path as people say it: `tiers.firewall.sync.interval`; of an item of a list only its own key."""
    if path[0] in ("events", "story"):
        return _in_list(path)
    return ".".join(str(step) for step in path)


def _in_list(path: Path) -> str:
    """The keys behind the last number; `the beat` for a whole item of `beats`, the key of a list of words."""
    number = max((place for place, step in enumerate(path) if isinstance(step, int)), default=0)
    inner = [str(step) for step in path[number + 1 :] if step]
    if not number or inner:
        return ".".join([str(step) for step in path[:1] if not number] + inner)
    group = str(path[number - 1])
    return translated(_ITEMS[group]) if group in _ITEMS else group
