"""What a file on a list is: the title and the description of a scenario that nobody has judged yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from visualizer.scenario.problem import ScenarioError
from visualizer.scenario.reader import read
from visualizer.scenario.text import text_of

LARGEST_BYTES = 32 * 1024
"""A larger file is listed by its name only: a list must be there at once."""

_LOOKS_LIKE_ONE = re.compile(r"^title\s*:", re.MULTILINE), re.compile(r"^tiers\s*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Headline:
    """`first_line`: of the file, which says whether it is a saved run."""

    title: str
    description: str
    first_line: str


def headline(path: Path) -> Headline | None:
    """The headline of a scenario file, even of one that is broken; None when it does not look like one."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            return Headline(path.stem, "", "")
        text = text_of(path)
    except (OSError, ScenarioError):
        return None
    first_line = text.partition("\n")[0]
    try:
        data = read(text, str(path))[0].data
    except ScenarioError:
        broken = all(pattern.search(text) for pattern in _LOOKS_LIKE_ONE)
        return Headline(path.stem, "", first_line) if broken else None
    if not isinstance(data, dict) or not {"title", "tiers"} <= data.keys():
        return None
    return Headline(_words(data["title"]) or path.stem, _words(data.get("description", "")), first_line)


def _words(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
