"""Which files a scenario takes figures from, beside its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from visualizer.scenario.overrides import apply_overrides
from visualizer.scenario.presets import folder, named_in
from visualizer.scenario.reader import read


def preset_files(text: str, overrides: Sequence[str] = ()) -> tuple[Path, ...]:
    """The files of the presets of a valid scenario under these `--set`s, each once."""
    tree, _ = read(text, "")
    apply_overrides(tree, overrides, ())
    return tuple(folder() / f"{name}.yaml" for name in named_in(tree))
