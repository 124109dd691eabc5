"""Presets: the figures of a product, each with its source, which a scenario takes by name.

A preset is a file of the folder `assets/presets`. `preset: NAME` in a tier or in `clients` takes all its keys
that are not written there, group by group; what comes from a preset keeps its place in the preset's file.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Annotated, Any

from pydantic import Field, ValidationError

from visualizer import files
from visualizer.language import marked, say, translated
from visualizer.scenario import values
from visualizer.scenario.document import ClientKeys
from visualizer.scenario.explain import problems_of
from visualizer.scenario.part import Part, key
from visualizer.scenario.problem import Problem, ScenarioError, quoted, suggestion
from visualizer.scenario.reader import read
from visualizer.scenario.text import text_of
from visualizer.scenario.tier import TierKeys
from visualizer.scenario.tree import UNREAD, Path, Place, Tree, dotted


class Figure(Part):
    """Where a figure of a preset comes from."""

    value: values.Title = key(
        "The path of the key, in the tier or from `clients` on.", examples=["sync.interval"]
    )
    figure: values.Title = key("The figure in the words of the source.", examples=["1 s"])
    source: values.Description = key("The source.", examples=["man: keepalived.conf(5)"])


class PresetFile(Part):
    """A preset: what a product does when nobody changes its settings."""

    title: values.Title = key("The name of the product.", examples=["keepalived 2.2.7"])
    summary: values.Title = key("What it does, in one line.", examples=["VRRP without a copy of state"])
    tier: TierKeys | None = key("The keys of a tier.", None)
    clients: ClientKeys | None = key("The keys of `clients`.", None)
    sources: Annotated[list[Figure], Field(min_length=1)] = key("Where its figures come from.")


_NOTHING_OF = {
    "tier": marked("the preset {name} says nothing of a tier"),
    "clients": marked("the preset {name} says nothing of clients"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where the figure of a key (`heartbeat.interval`, `clients.retry.first`) comes from."""

    value: str
    figure: str
    source: str


@dataclass(frozen=True, slots=True)
class Preset:
    """A valid preset; `tier` and `clients` are its keys as they are written, group in group."""

    name: str
    title: str
    summary: str
    tier: Mapping[str, Any]
    clients: Mapping[str, Any]
    sources: tuple[Source, ...]


def folder() -> FilePath:
    """Where the files of the presets are."""
    return files.shipped("assets") / "presets"


def preset_names() -> list[str]:
    """The names of the presets that come with the program, in alphabetical order."""
    return sorted(path.stem for path in folder().glob("*.yaml"))


def load_preset(name: str) -> Preset:
    """The preset of that name; ScenarioError with every problem of its file, or when there is none."""
    if name not in preset_names():
        what, todo = _unknown(name)
        raise ScenarioError([Problem(name, 0, 0, what, todo)])
    return _preset(name, _tree(name))


def is_of_preset(place: Place) -> bool:
    """Whether something is written in the file of a preset."""
    return FilePath(place.file).parent == folder()


def named_in(tree: Tree) -> tuple[str, ...]:
    """The presets that a scenario names and that there are, each once."""
    named = dict.fromkeys(group["preset"] for _, group in _groups(tree.data))
    return tuple(name for name in named if name in preset_names())


def groups_with(tree: Tree) -> tuple[tuple[Path, str], ...]:
    """Each group that names a preset, as (its path, the preset's name)."""
    return tuple((path, group["preset"]) for path, group in _groups(tree.data))


def fill(tree: Tree) -> list[Problem]:
    """Put the keys of every preset that `tree` names under those that are written there.

    A preset that cannot be used becomes `UNREAD`; the problems say why.
    """
    problems: list[Problem] = []
    for path, group in _groups(tree.data):
        name = group["preset"]
        place = tree.place((*path, "preset"))
        try:
            _take(tree, path, group, name)
        except ScenarioError as error:
            group["preset"] = UNREAD
            problems += [one for one in error.problems if one.line]
            if not any(one.line for one in error.problems):
                what = f"{dotted(path)}.preset: {error.problems[0].what}"
                problems.append(Problem(place.file, place.line, place.column, what, error.problems[0].todo))
    return problems


def _unknown(name: str) -> tuple[str, str]:
    return say("there is no preset {name}", name=quoted(name)), suggestion(name, preset_names(), "preset")


def _groups(data: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every group with a preset of a readable name, by its path."""
    tiers = data.get("tiers")
    groups: list[tuple[Path, Any]] = [(("clients",), data.get("clients"))]
    if isinstance(tiers, dict):
        groups += [(("tiers", name), tier) for name, tier in tiers.items()]
    for path, group in groups:
        if isinstance(group, dict) and isinstance(group.get("preset"), str):
            yield path, group


def _tree(name: str) -> Tree:
    path = folder() / f"{name}.yaml"
    tree, problems = read(text_of(path), str(path))
    try:
        PresetFile.model_validate(tree.data)
    except ValidationError as error:
        problems += problems_of(error, tree, PresetFile)
    if not problems:
        problems += _source_problems(tree)
    if problems:
        raise ScenarioError(problems)
    return tree


def _preset(name: str, tree: Tree) -> Preset:
    data = tree.data
    sources = tuple(Source(one["value"], one["figure"], one["source"]) for one in data["sources"])
    return Preset(
        name, data["title"], data["summary"], data.get("tier", {}), data.get("clients", {}), sources
    )


def _source_problems(tree: Tree) -> list[Problem]:
    """Sources of values that the preset does not hold."""
    held = {".".join(str(step) for step in _said(path)) for path in tree.values if _said(path)}
    problems = []
    for number, one in enumerate(tree.data["sources"]):
        if one["value"] not in held:
            place = tree.place(("sources", number, "value"))
            what = say("there is no value {name} in this preset", name=quoted(one["value"]))
            todo = suggestion(one["value"], sorted(held), "value")
            problems.append(Problem(place.file, place.line, place.column, what, todo))
    return problems


def _said(path: Path) -> Path:
    """A path of the file as sources name it: without `tier`; empty when it is neither of tier nor clients."""
    if path[:1] == ("tier",):
        return path[1:]
    return path if path[:1] == ("clients",) else ()


def _take(tree: Tree, path: Path, group: dict[str, Any], name: str) -> None:
    """Fill one group; ScenarioError without a place when there is nothing to fill it with."""
    section = "clients" if path == ("clients",) else "tier"
    if name not in preset_names():
        raise ScenarioError([Problem(name, 0, 0, *_unknown(name))])
    preset = _tree(name)
    if section not in preset.data:
        fits = [one for one in preset_names() if section in _tree(one).data]
        what = translated(_NOTHING_OF[section]).format(name=quoted(name))
        raise ScenarioError([Problem(name, 0, 0, what, suggestion("", fits, "preset"))])
    _merge(tree, group, path, preset, (section,))


def _merge(tree: Tree, group: dict[str, Any], path: Path, preset: Tree, theirs: Path) -> None:
    """Copy what `group` (at `path` of `tree`) lacks from the preset's group at `theirs`, with its place."""
    source = preset.data
    for step in theirs:
        source = source[step]
    for name, value in source.items():
        here, there = (*path, name), (*theirs, name)
        if name not in group:
            group[name] = copy.deepcopy(value)
            _copy_places(tree, here, preset, there)
        elif isinstance(group[name], dict) and isinstance(value, dict):
            _merge(tree, group[name], here, preset, there)


def _copy_places(tree: Tree, here: Path, preset: Tree, there: Path) -> None:
    for ours, theirs in ((tree.keys, preset.keys), (tree.values, preset.values)):
        for path, place in theirs.items():
            if path[: len(there)] == there:
                ours[(*here, *path[len(there) :])] = place
