"""What a file on a list is: the title and the description of a scenario that nobody has judged yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from visualizer.scenario.problem import ScenarioError
from visualizer.scenario.reader import read
from visualizer.scenario.text import text_of

LARGEST_BYTES = 32 * 1024
"""A larger file is listed by its name only: a list must be there at once."""

_TITLE, _TIERS = (re.compile(rf"^{key}\s*:", re.MULTILINE) for key in ("title", "tiers"))


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
    about = _about(text)
    if about is None:
        return None
    first_line = text.partition("\n")[0]
    title = _words(about.get("title")) or path.stem
    return Headline(title, _words(about.get("description")), first_line)


def _about(text: str) -> dict[str, Any] | None:
    """What stands above the tiers, which is soon read; else all of it. None when this is no scenario."""
    tiers = _TIERS.search(text)
    if tiers and _TITLE.search(text, 0, tiers.start()):
        return _data(text[: tiers.start()]) or {}
    data = _data(text)
    if data is None:
        return {} if tiers and _TITLE.search(text) else None
    return data if {"title", "tiers"} <= data.keys() else None


def _data(text: str) -> dict[str, Any] | None:
    try:
        data = read(text, "list")[0].data
    except ScenarioError:
        return None
    return data if isinstance(data, dict) else None


def _words(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
