"""What is played, written down as it happens, so that a crash loses none of it.

A journal is lines that are only ever appended, each a checksum and one JSON object:

    8f2b61d0 {"format": "failover-visualizer/journal", "version": 1, "program": "0.1.0"}
    51c7a0e4 {"open": {"title": "The miss", "name": "article", "path": ..., "text": ..., "set": [], ...}}
    0c1d92aa {"act": "{at: 11s, fault: lightning, target: firewall.primary}"}
    d1a80c53 {"keep": 0}
    77e01b2c {"set": ["seed=7"]}

`open`: another scenario, with nothing done to it yet. `set`: the same under other overrides, with the same
acts. `act`: one more act. `keep`: only so many of the acts stay (undo, or an act in the past). Wherever it is
cut off, what stands before the cut is a journal of what was played up to then.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, replace
from typing import Any

FORMAT = "failover-visualizer/journal"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario and what was done to it. `text`: the scenario's; `path`: its file, `overrides` and `faults`
    the `--set`s and `--fault`s in force; `acts`: lines as in the events of a scenario file. `turned`: the
    overrides are not those that it was opened with.
    """

    title: str
    name: str
    path: str | None
    text: str
    overrides: tuple[str, ...]
    faults: tuple[str, ...]
    acts: tuple[str, ...] = ()
    turned: bool = False

    @property
    def is_something(self) -> bool:
        """Whether anything was done that would be lost."""
        return bool(self.acts) or self.turned


def head(program_version: str) -> str:
    """The first line of a journal."""
    return _line({"format": FORMAT, "version": VERSION, "program": program_version})


def lines(before: Played | None, now: Played) -> str:
    """What to append where the journal says `before` (None: nothing yet), so that it says `now`."""
    written: list[str] = []
    kept: tuple[str, ...] = ()
    if before is None or _scenario(before) != _scenario(now):
        written.append(_line({"open": _scenario(now) | {"set": list(now.overrides)}}))
    else:
        kept = before.acts
        if before.overrides != now.overrides:
            written.append(_line({"set": list(now.overrides)}))
    same = _common(kept, now.acts)
    if same < len(kept):
        written.append(_line({"keep": same}))
    written += [_line({"act": act}) for act in now.acts[same:]]
    return "".join(written)


def read(content: bytes) -> Played | None:
    """What a journal says, up to where it is damaged or cut off; None when it says nothing, or in a format
    that this program does not know.
    """
    found = _whole_lines(content)
    if not found or found[0].get("format") != FORMAT or found[0].get("version") != VERSION:
        return None
    played: Played | None = None
    for entry in found[1:]:
        played = _after(played, entry)
    return played


def _scenario(played: Played) -> dict[str, Any]:
    return {
        "title": played.title,
        "name": played.name,
        "path": played.path,
        "text": played.text,
        "fault": list(played.faults),
    }


def _common(some: tuple[str, ...], others: tuple[str, ...]) -> int:
    """How many of the first are the same."""
    pairs = zip(some, others, strict=False)
    return next((number for number, (a, b) in enumerate(pairs) if a != b), min(len(some), len(others)))


def _after(played: Played | None, entry: dict[str, Any]) -> Played | None:
    """What was played when one more line is taken into account; a line that means nothing here is passed."""
    match entry:
        case {
            "open": {"title": title, "name": name, "path": path, "text": text, "set": sets, "fault": faults}
        }:
            overrides = tuple(sets)
            turned = played is not None and played.turned and played.overrides == overrides
            return Played(title, name, path, text, overrides, tuple(faults), turned=turned)
        case {"set": [*overrides]} if played:
            return replace(played, overrides=tuple(overrides), turned=True)
        case {"keep": int(count)} if played:
            return replace(played, acts=played.acts[:count])
        case {"act": str(act)} if played:
            return replace(played, acts=(*played.acts, act))
    return played


def _line(entry: dict[str, Any]) -> str:
    text = json.dumps(entry)
    return f"{zlib.crc32(text.encode()):08x} {text}\n"


def _whole_lines(content: bytes) -> list[dict[str, Any]]:
    """The objects of all lines before the first that is not whole."""
    found = []
    for line in content.split(b"\n")[:-1]:
        checksum, _, text = line.partition(b" ")
        if checksum != f"{zlib.crc32(text):08x}".encode():
            break
        found.append(json.loads(text))
    return found
