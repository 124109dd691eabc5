"""`--set PATH=VALUE` and `--fault KIND:TARGET@TIME`: changes of the data before anything is validated.

`PATH=default` takes a key away, as if the file had left it out.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import Any

from visualizer.language import marked, say, translated
from visualizer.scenario.explain import keys_beside, unknown_key
from visualizer.scenario.problem import Problem, WrongValueError, quoted, suggestion
from visualizer.scenario.scalars import Scalar, plain_value
from visualizer.scenario.text import FORBIDDEN
from visualizer.scenario.tree import Path, Place, Tree

_SET = re.compile(r"([^=\s]+?)\s*=\s*(.*)", re.DOTALL)
_NAMED: dict[Path, tuple[str, str]] = {
    ("tiers",): ("tier", marked("there is no tier {name}")),
    ("sites",): ("site", marked("there is no site {name}")),
    ("feeds",): ("feed", marked("there is no feed {name}")),
}
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
        what = say("the invisible character {character}", character=f"U+{ord(strange[0]):04X}")
        raise WrongValueError(what, say("take it away"))


def _put_value(tree: Tree, said: str, place: Place) -> None:
    match = _SET.fullmatch(said)
    if match is None:
        what = say("this is not {form}", form="PATH=VALUE")
        raise WrongValueError(what, say("say it like {example}", example="traffic.rate=20/s"))
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
        raise WrongValueError(say("an event has no path"), say("use --fault, or write it in the file"))
    group = data
    for end, step in enumerate(path[:-1], start=1):
        named = _NAMED.get(path[: end - 1])
        if named is not None and step not in group:
            kind, wrong = named
            what = translated(wrong).format(name=quoted(step))
            raise WrongValueError(what, suggestion(step, group, kind))
        inner = group.setdefault(step, {})
        if not isinstance(inner, dict):
            name = ".".join(path[:end])
            what = say("{name} is not a group of keys", name=quoted(name))
            raise WrongValueError(what, say("say {line}", line=f"{name}=VALUE"))
        group = inner
    return group


def _take_away(tree: Tree, path: tuple[str, ...]) -> None:
    """Drop a key with everything below it; nothing is made on the way to it."""
    _group(copy.deepcopy(tree.data), path)  # is the way right?
    names = keys_beside(path)
    if path[-1] not in names:
        raise WrongValueError(*unknown_key(path[-1], names))
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
        raise WrongValueError(say("there is no value"), say("write one after the `=`"))
    return value


def _put_fault(tree: Tree, said: str, place: Place) -> None:
    match = _FAULT.fullmatch(said)
    if match is None:
        what = say("this is not {form}", form="KIND:TARGET@TIME")
        raise WrongValueError(what, say("say it like {example}", example="host:firewall.primary@11s"))
    events = tree.data.setdefault("events", [])
    if not isinstance(events, list):
        raise WrongValueError(say("the events of the file are not a list"), say("repair them first"))
    path: Path = ("events", len(events))
    events.append({"at": match[3].strip(), "fault": match[1], "target": match[2]})
    for one in (path, *((*path, key) for key in ("at", "fault", "target"))):
        tree.keys[one] = tree.values[one] = place
