"""From what pydantic found to problems in plain words, each at its place in the file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from visualizer.language import marked, say, translated
from visualizer.scenario.document import Document
from visualizer.scenario.part import Part
from visualizer.scenario.problem import MAX_PROBLEMS, Problem, WrongValueError, nearest, quoted, suggestion
from visualizer.scenario.tree import UNREAD, Path, Tree, dotted

_GROUP = marked("{name} is not a group of keys"), marked("put its keys on the lines below, indented")
_KINDS = {
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
    "dict_type": _GROUP,
    "list_type": (marked("{name} is not a list"), marked("start each line below it with `- `")),
}
_NOT_RIGHT = marked("{name} is not right"), marked("compare it with a scenario that works")
_ONE_BELOW = marked("write at least one below it")
_LENGTHS = {
    "tiers": (marked("{name} is not a group of 1 to 8 tiers"), marked("name at least one tier below it")),
    "sites": (marked("{name} is not a group of at most 16 sites"), ""),
    "feeds": (marked("{name} is not a group of at most 16 feeds"), ""),
    "cache": (marked("{name} is not a shortest and a longest time"), marked("say it like [23s, 53s]")),
    "chapters": (marked("{name} is not a list of 1 to 20 chapters"), _ONE_BELOW),
    "beats": (marked("{name} is not a list of 1 to 100 beats"), _ONE_BELOW),
    "choices": (marked("{name} is not a list of 2 to 4 choices"), marked("write at least two below it")),
    "labels": (marked("{name} is not a group of at most 8 labels"), ""),
    "misconceptions": (marked("{name} is not a list of 1 to 8 misconceptions"), _ONE_BELOW),
    "otherwise": (marked("{name} is not a list of 1 to 8 such cases"), _ONE_BELOW),
    "lesson.sources": (
        marked("{name} is not a list of 1 to 16 sources"),
        marked("say where each figure comes from"),
    ),
    "sources": (
        marked("{name} is not a list of at least one source"),
        marked("say where each figure comes from"),
    ),
}
"""What has a wrong number of things in it: what is said of it, and what to do when it has too few."""


def problems_of(error: ValidationError, tree: Tree, root: type[Part] = Document) -> list[Problem]:
    """Each problem at its place; nothing about values that are `UNREAD`. `root` judged the tree."""
    found = []
    for one in error.errors(include_url=False)[: MAX_PROBLEMS * 2]:
        path, model = _path_of(one["loc"], root)
        misspelt = one["type"] == "missing" and _misspelt(path, model, one["input"])
        if one["input"] is not UNREAD and not misspelt:
            found.append(_problem(one, path, model, tree))
    return found


def keys_beside(path: Path) -> tuple[str, ...]:
    """The keys that the group of a path may have; none when there is no such group."""
    model = _path_of(path, Document)[1]
    return tuple(model.model_fields) if model is not None and issubclass(model, BaseModel) else ()


def paths_of(error: ValidationError) -> list[Path]:
    """The path of every key at fault."""
    return [_path_of(one["loc"], Document)[0] for one in error.errors(include_url=False)]


def _path_of(loc: tuple[int | str, ...], root: type[Part]) -> tuple[Path, type[BaseModel] | None]:
    """The path in the file (pydantic adds the kind of event and `[key]`), and the model it lies in."""
    model: Any = root
    path: list[int | str] = []
    parent: type[BaseModel] | None = None
    for index, step in enumerate(loc):
        if step == "[key]" and index == len(loc) - 1:
            break
        if index == 2 and loc[0] == "events":
            model = next(part for part in _parts(model) if _is_kind(part, str(step)))
            continue
        parent = model if isinstance(model, type) else None
        model = _inside(model, step)
        path.append(step)
    return tuple(path), parent


def _inside(model: Any, step: int | str) -> Any:
    """The annotation of the key `step` of a model, or of the values of a dict or list of models."""
    if isinstance(model, type) and issubclass(model, BaseModel):
        info = model.model_fields.get(str(step))
        return _unwrapped(info.annotation) if info else None
    parts = _parts(model)
    return parts[0] if len(parts) == 1 else model


def _unwrapped(annotation: Any) -> Any:
    """`Link` for `Link | None`; a dict or list of models as it is."""
    if getattr(annotation, "__origin__", None) in (dict, list):
        return annotation
    parts = _parts(annotation)
    return parts[0] if parts else None


def _parts(annotation: Any) -> list[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation]
    return [part for argument in get_args(annotation) for part in _parts(argument)]


def _is_kind(part: type[Part], kind: str) -> bool:
    return kind in part.model_fields


def _misspelt(path: Path, model: type[BaseModel] | None, group: Any) -> bool:
    """Whether a missing key is there under a misspelt name, which is a problem of its own already."""
    if model is None or not isinstance(group, dict):
        return False
    unknown = [name for name in group if name not in model.model_fields]
    return any(nearest(name, model.model_fields) == path[-1] for name in unknown)


def _problem(one: Any, path: Path, model: type[BaseModel] | None, tree: Tree) -> Problem:
    name = dotted(path)
    what, todo = _words(one, path, model, name)
    of_key = one["type"] in ("missing", "extra_forbidden") or one["loc"][-1:] == ("[key]",)
    place = tree.place(path, key=of_key)
    return Problem(place.file, place.line, place.column, what, todo)


def _words(one: Any, path: Path, model: type[BaseModel] | None, name: str) -> tuple[str, str]:
    if one["type"] == "extra_forbidden":
        fields = list(model.model_fields) if model else []
        return unknown_key(str(path[-1]), fields)
    if one["type"] == "missing":
        examples = model.model_fields[str(path[-1])].examples if model else None
        example = f"{path[-1]}: {(examples or ['...'])[0]}".replace("'", "")
        return say("the key {key} is missing", key=quoted(path[-1])), say("add `{line}`", line=example)
    cause = one.get("ctx", {}).get("error")
    if isinstance(cause, WrongValueError):
        return f"{name}: {cause.what}", cause.todo
    if one["type"] in ("too_short", "too_long") or path[-1] == "cache":
        what, todo = _LENGTHS[name if name in _LENGTHS else str(path[-1])]
        many = one["type"] == "too_long" and path[-1] != "cache"
        todo = say("take some away") if many else translated(todo)
    else:
        what, todo = _KINDS.get(one["type"], _NOT_RIGHT)
        todo = translated(todo)
    return translated(what).format(name=quoted(name)), todo


def unknown_key(key: str, known: Iterable[str]) -> tuple[str, str]:
    """What is said of a key that there is not, and what to do."""
    return say("the key {key} is unknown here", key=quoted(key)), suggestion(key, known, "key")
