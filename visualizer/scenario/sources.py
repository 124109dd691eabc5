"""Which files a scenario takes figures from, beside its own, and which figures those are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from visualizer.scenario.document import Document
from visualizer.scenario.load import of_use
from visualizer.scenario.overrides import apply_overrides
from visualizer.scenario.presets import (
    Preset,
    Source,
    fill,
    folder,
    groups_with,
    is_of_preset,
    load_preset,
    named_in,
)
from visualizer.scenario.reader import read
from visualizer.scenario.tree import Path as TreePath
from visualizer.scenario.tree import Tree, dotted


@dataclass(frozen=True, slots=True)
class Taken:
    """A figure that a scenario has from a preset. `path`: the key in the scenario
    (`tiers.firewall.heartbeat.interval`, `clients.retry.first`).
    """

    path: str
    preset: Preset
    source: Source


def preset_files(text: str, overrides: Sequence[str] = ()) -> tuple[Path, ...]:
    """The files of the presets of a valid scenario under these `--set`s, each once."""
    return tuple(folder() / f"{name}.yaml" for name in named_in(_tree(text, overrides)))


def taken_figures(text: str, overrides: Sequence[str] = ()) -> tuple[Taken, ...]:
    """The figures of presets that hold in a valid scenario under these `--set`s, in the order of its groups:
    not those that it says itself, nor those that can do nothing beside what it says.
    """
    tree = _tree(text, overrides)
    named = groups_with(tree)
    fill(tree)
    of_use(Document.model_validate(tree.data), tree.data, tree)
    return tuple(
        Taken(dotted(path), preset, source)
        for group, name in named
        for preset in (load_preset(name),)
        for source in preset.sources
        if (path := _path(group, source)) and _is_there(tree, path) and is_of_preset(tree.place(path))
    )


def _tree(text: str, overrides: Sequence[str]) -> Tree:
    tree, _ = read(text, "")
    apply_overrides(tree, overrides, ())
    return tree


def _path(group: TreePath, source: Source) -> TreePath:
    """Where a figure is put in the scenario; () where a tier takes none of the clients', or they of it."""
    steps = tuple(source.value.split("."))
    if group == ("clients",):
        return steps if steps[0] == "clients" else ()
    return () if steps[0] == "clients" else (*group, *steps)


def _is_there(tree: Tree, path: TreePath) -> bool:
    data = tree.data
    for step in path:
        if not isinstance(data, dict) or step not in data:
            return False
        data = data[step]
    return True
