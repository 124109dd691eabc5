"""How to make it again: command, version, seed, trace, and the scenario itself."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from visualizer import __version__
from visualizer.files import shipped
from visualizer.language import say
from visualizer.report.material import Material


@dataclass(frozen=True, slots=True)
class Again:
    """`commands`: (what it does, how to say it). `text`: the scenario, as it stands in its file `name`."""

    version: str
    seed: int
    trace: str
    name: str
    commands: tuple[tuple[str, str], ...]
    text: str


def again(material: Material) -> Again:
    """Nothing in it depends on the machine: not where the file lies, nor when the report was made."""
    opened = material.opened
    name = _name(material)
    options = [word for text in opened.overrides for word in ("--set", text)]
    options += [word for text in opened.faults for word in ("--fault", text)]
    return Again(
        version=__version__,
        seed=opened.setup.seed,
        trace=material.summary["trace_sha256"],
        name=name,
        commands=(
            (say("This report"), _command("report", name, *options, "-o", "report.html")),
            (say("The run in the window"), _command("open", name, *options)),
            (say("Its figures"), _command("run", name, *options, "--json")),
            (say("Its film"), _command("film", name, *options, "-o", f"{opened.name}.mp4")),
        ),
        text=opened.text,
    )


def _name(material: Material) -> str:
    """A shipped scenario is known by its name, any other by its file."""
    path = material.opened.path
    if path is None or path.parent == shipped("scenarios"):
        return material.opened.name
    return path.name


def _command(*words: str | Sequence[str]) -> str:
    return shlex.join(["failover-visualizer", *map(str, words)])
