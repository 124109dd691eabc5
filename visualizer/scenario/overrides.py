"""`--set PATH=VALUE` and `--fault KIND:TARGET@TIME`: changes of the data before anything is validated.

`PATH=default` takes a key away, as if the file had left it out.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import Any

from visualizer.scenario.explain import keys_beside
from visualizer.scenario.problem import Problem, WrongValueError, quoted, suggestion
from visualizer.scenario.scalars import Scalar, plain_value
from visualizer.scenario.text import FORBIDDEN
from visualizer.scenario.tree import Path, Place, Tree

_SET = re.compile(r"([^=\s]+?)\s*=\s*(.*)", re.DOTALL)
_NAMED: dict[Path, str] = {("tiers",): "tier", ("sites",): "site", ("feeds",): "feed"}
"""The groups whose keys are names: an option changes what is there and adds none."""

_DEFAULT = "default"
"""What takes a key away, as if the file had left it out. The word itself is said in quotes."""

_FAULT = re.compile(r"([^:@\s]+):([^:@\s]+)@([^:@]+)")


def apply_overrides(tree: Tree, overrides: Sequence[str], faults: Sequence[str]) -> list[Problem]:
    """Put every override and fault into the data of `tree`; the problems of those that do not fit."""
    problems = []
    for text, put, option in (
        *((said, _put_value, "--set") for said in overrides),
        *((said, _put_fault, "--fault") for said in faults),
    ):
        place = Place(f"{option} {text}")
        try:
            _check_characters(text)
            put(tree, text, place)
        except WrongValueError as error:
            problems.append(Problem(place.file, 0, 0, error.what, error.todo))
    return problems


def _check_characters(text: str) -> None:
    if strange := FORBIDDEN.search(text):
        raise WrongValueError(f"the invisible character U+{ord(strange[0]):04X}", "take it away")


def _put_value(tree: Tree, said: str, place: Place) -> None:
    match = _SET.fullmatch(said)
    if match is None:
        raise WrongValueError("this is not PATH=VALUE", "say it like traffic.rate=20/s")
    path = tuple(match[1].split("."))
    if match[2].strip() == _DEFAULT:
        _take_away(tree, path)
        return
    group = _group(tree.data, path)
    value = _value(match[2].strip())
    group[path[-1]] = value
    _forget(tree, path)
    for end in range(1, len(path) + 1):
        tree.keys.setdefault(path[:end], place)
        tree.values.setdefault(path[:end], place)


def _group(data: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    """The mapping that holds the last key of `path`, made when the file left it out."""
    if path[0] == "events":
        raise WrongValueError("an event has no path", "use --fault, or write it in the file")
    group = data
    for end, step in enumerate(path[:-1], start=1):
        kind = _NAMED.get(path[: end - 1])
        if kind is not None and step not in group:
            raise WrongValueError(f"there is no {kind} {quoted(step)}", suggestion(step, group, kind))
        inner = group.setdefault(step, {})
        if not isinstance(inner, dict):
            name = ".".join(path[:end])
            raise WrongValueError(f"{quoted(name)} is not a group of keys", f"say {name}=VALUE")
        group = inner
    return group


def _take_away(tree: Tree, path: tuple[str, ...]) -> None:
    """Drop a key with everything below it; nothing is made on the way to it."""
    _group(copy.deepcopy(tree.data), path)  # is the way right?
    names = keys_beside(path)
    if path[-1] not in names:
        raise WrongValueError(
            f"the key {quoted(path[-1])} is unknown here", suggestion(path[-1], names, "key")
        )
    group = tree.data
    for step in path[:-1]:
        group = group.get(step, {})
    group.pop(path[-1], None)
    _forget(tree, path)


def _forget(tree: Tree, path: Path) -> None:
    """Drop the places of what an override replaces, with everything below it."""
    for places in (tree.keys, tree.values):
        for old in [known for known in places if known[: len(path)] == path]:
            del places[old]


def _value(text: str) -> Scalar | list[Scalar]:
    """A plain or quoted word, or a list of them in brackets."""
    if text[:1] == "[" and text[-1:] == "]":
        return [_word(item.strip()) for item in text[1:-1].split(",")]
    return _word(text)


def _word(text: str) -> Scalar:
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    value = plain_value(text)
    if value is None:
        raise WrongValueError("there is no value", "write one after the `=`")
    return value


def _put_fault(tree: Tree, said: str, place: Place) -> None:
    match = _FAULT.fullmatch(said)
    if match is None:
        raise WrongValueError("this is not KIND:TARGET@TIME", "say it like host:firewall.primary@11s")
    events = tree.data.setdefault("events", [])
    if not isinstance(events, list):
        raise WrongValueError("the events of the file are not a list", "repair them first")
    path: Path = ("events", len(events))
    events.append({"at": match[3].strip(), "fault": match[1], "target": match[2]})
    for one in (path, *((*path, key) for key in ("at", "fault", "target"))):
        tree.keys[one] = tree.values[one] = place
