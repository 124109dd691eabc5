"""Every text that the program says, read out of its code and of the files that come with it, by catalogue.

`say`, `say_as`, `say_many` and `marked` must be given plain strings: what is not is found here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from film.command import ROOT
from jinja2 import Environment, nodes

from visualizer.canvas.theme import load_theme, theme_names
from visualizer.scenario import lesson_names, load, load_preset, preset_names, shipped_names
from visualizer.script.script import BUILTIN, Script
from visualizer.sim.faults import FAULTS
from visualizer.sim.parameters import PARAMETERS
from visualizer.sim.replication import POLICIES

PACKAGE = ROOT / "visualizer"
CALLS = {"say": ("id",), "marked": ("id",), "say_as": ("context", "id"), "say_many": ("id", "plural")}


@dataclass(frozen=True)
class Message:
    """`blanks`: whether braces are blanks for `say`; else they are an author's figures, or mean nothing."""

    id: str
    plural: str = ""
    context: str = ""
    place: str = ""
    blanks: bool = True


def catalogue_of(path: Path) -> str:
    """The catalogue that has the texts of a module or template: one a room."""
    first, *rest = path.relative_to(PACKAGE).parts
    return first if rest else "program"


def messages() -> dict[str, list[Message]]:
    """All there are, by catalogue; each once."""
    found: dict[str, dict[tuple[str, str], Message]] = {}
    for catalogue, message in _everything():
        there = found.setdefault(catalogue, {})
        there.setdefault((message.context, message.id), message)
    return {catalogue: list(there.values()) for catalogue, there in sorted(found.items())}


def _everything() -> Iterator[tuple[str, Message]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for message in in_python(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()):
            yield catalogue_of(path), message
    for path in sorted(PACKAGE.rglob("*.html*")):
        for message in _in_template(path):
            yield catalogue_of(path), message
    yield from (("sim", message) for message in _of_the_engine())
    yield from (
        ("themes", Message(load_theme(name).title, place="themes", blanks=False)) for name in theme_names()
    )
    for name in preset_names():
        yield from (("presets", Message(text, place=name, blanks=False)) for text in _of_preset(name))
    for name in lesson_names():
        yield from ((name, Message(text, place=name, blanks=False)) for text in texts_of_scenario(name))
    for name in shipped_names():
        yield from (
            ("scenarios", Message(text, place=name, blanks=False)) for text in texts_of_scenario(name)
        )


def in_python(source: str, place: str) -> Iterator[Message]:
    """The messages of a module, in the order of its text."""
    tree = ast.parse(source)
    ours = {name for name in _imported(tree) if name in CALLS}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name not in ours:
            continue
        names = CALLS[name]
        given = call.args[: len(names)]
        texts = [argument.value for argument in given if isinstance(argument, ast.Constant)]
        if len(texts) < len(names) or not all(isinstance(text, str) and text for text in texts):
            raise AssertionError(
                f"{place}:{call.lineno}: {name}() needs a plain string, no f-string, no variable"
            )
        yield Message(**dict(zip(names, texts, strict=True)), place=place, blanks=name != "marked")


def _imported(tree: ast.Module) -> Iterator[str]:
    """What the module has from the room of languages: elsewhere the same names mean something else."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("visualizer.language"):
            yield from (alias.asname or alias.name for alias in node.names)


def _in_template(path: Path) -> Iterator[Message]:
    tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    for call in tree.find_all(nodes.Call):
        name = call.node.name if isinstance(call.node, nodes.Name) else ""
        if name in CALLS:
            texts = [argument.as_const() for argument in call.args[: len(CALLS[name])]]
            yield Message(
                **dict(zip(CALLS[name], texts, strict=True)), place=path.relative_to(ROOT).as_posix()
            )


def _of_the_engine() -> Iterator[Message]:
    """The words of its registries: the engine itself knows no languages."""
    for fault in FAULTS.values():
        for text in (fault.title, fault.summary, fault.past):
            yield Message(text, place="visualizer/sim/faults", blanks=False)
    for policy in POLICIES.values():
        yield Message(policy.summary, place="visualizer/sim/replication", blanks=False)
    for parameter in PARAMETERS.values():
        yield Message(parameter.title, place="visualizer/sim/parameters.py", blanks=False)


def _of_preset(name: str) -> Iterator[str]:
    preset = load_preset(name)
    yield preset.title
    yield preset.summary


def texts_of_scenario(name: str) -> Iterator[str]:
    """All that a scenario's author wrote for people, as `translated` meets it."""
    scenario = load(name)
    setup = scenario.setup
    named = [*setup.tiers, *setup.sites, *setup.feeds]
    yield from filter(None, (setup.title, setup.description, *(one.title for one in named)))
    if scenario.script is not None:
        yield from of_script(scenario.script)
    if scenario.lesson is not None:
        yield from scenario.lesson.texts()


def of_script(script: Script) -> Iterator[str]:
    """Titles, sentences, labels, questions."""
    for chapter in script.chapters:
        yield chapter.title
        for beat in chapter.beats:
            yield from filter(None, (beat.say, *(label for _, label in beat.labels)))
            if beat.ask is not None and beat.ask.builtin not in BUILTIN:
                ask = beat.ask
                yield from filter(None, (ask.question, ask.of_what, ask.because))
                for choice in ask.choices:
                    yield from filter(None, (choice.belief, choice.reply))
