"""The way in: a scenario's name, path or text -> a `Scenario`, or every reason why not."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from visualizer import files
from visualizer.scenario import compile as compiler
from visualizer.scenario.document import Document
from visualizer.scenario.explain import paths_of, problems_of
from visualizer.scenario.overrides import apply_overrides
from visualizer.scenario.problem import Problem, ScenarioError, quoted, suggestion
from visualizer.scenario.reader import read
from visualizer.scenario.text import MAX_BYTES, decode
from visualizer.scenario.tree import Path as TreePath
from visualizer.scenario.tree import Tree, dotted
from visualizer.sim.setup import Setup

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Scenario:
    """A valid scenario: where it came from (None: only a text), its text as it was, what it compiles to."""

    path: Path | None
    text: str
    setup: Setup


def load(path_or_name: str | Path, *, overrides: Sequence[str] = (), faults: Sequence[str] = ()) -> Scenario:
    """The scenario in a file, or the shipped one of that name; ScenarioError with every problem.

    `overrides` are `PATH=VALUE` texts, `faults` `KIND:TARGET@TIME` texts, both as on the command line.
    """
    path = _found(str(path_or_name))
    text = text_of(path)
    scenario = parse(text, str(path), overrides=overrides, faults=faults)
    return Scenario(path, text, scenario.setup)


def parse(text: str, file_name: str, overrides: Sequence[str] = (), faults: Sequence[str] = ()) -> Scenario:
    """The scenario of a text; `file_name` names it in problems. ScenarioError with every problem."""
    tree, problems = read(text, file_name)
    problems += apply_overrides(tree, overrides, faults)
    try:
        document = Document.model_validate(tree.data)
    except ValidationError as error:
        problems += problems_of(error, tree)
        problems += _located(_further_findings(tree, error, file_name), tree)
        raise ScenarioError(problems) from None
    setup, findings = compiler.with_events(
        compiler.compile_setup(document, file_name), document, range(len(document.events))
    )
    findings += compiler.tier_findings(document)
    if not findings:
        findings += compiler.size_findings(setup)
    problems += _located(findings, tree)
    if problems:
        raise ScenarioError(problems)
    return Scenario(None, text, setup)


def text_of(path: Path) -> str:
    """The text of a file that should hold a scenario; ScenarioError when it cannot."""
    return decode(_content(path), str(path))


def shipped_names() -> list[str]:
    """The names of the scenarios that come with the program, in alphabetical order."""
    return sorted(path.stem for path in files.shipped("scenarios").glob("*.yaml"))


def _found(name: str) -> Path:
    """The file that is meant: a plain word is a shipped scenario unless only a file is called so."""
    path = Path(name)
    if path.suffix or path.name != name:
        return path
    try:
        names = shipped_names()
    except FileNotFoundError as error:
        raise ScenarioError([Problem(name, 0, 0, "the shipped scenarios are missing", str(error))]) from None
    if name in names:
        return files.shipped("scenarios") / f"{name}.yaml"
    if _is_there(path):
        return path
    todo = suggestion(name, names, "scenario")
    raise ScenarioError([Problem(name or "scenario", 0, 0, f"there is no scenario {quoted(name)}", todo)])


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _content(path: Path) -> bytes:
    """The bytes of an ordinary file, one more than the limit at most."""

    def refuse(what: str, todo: str) -> ScenarioError:
        return ScenarioError([Problem(str(path), 0, 0, what, todo)])

    try:
        if path.is_dir():
            raise refuse("this is a folder", "name a file in it")
        if not path.exists():
            raise refuse("there is no such file", "check the path")
        if not path.is_file():
            raise refuse("this is not an ordinary file", "name a file")
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise refuse(f"the file cannot be read ({error.strerror})", "check the path and its rights") from None
    except ValueError:
        raise refuse("this cannot be the name of a file", "check the path") from None


def _located(findings: Sequence[compiler.Finding], tree: Tree) -> list[Problem]:
    problems = []
    for path, what, todo in findings:
        place = tree.place(path)
        problems.append(Problem(place.file, place.line, place.column, f"{dotted(path)}: {what}", todo))
    return problems


def _further_findings(tree: Tree, error: ValidationError, file_name: str) -> list[compiler.Finding]:
    """What is wrong between keys although single keys are wrong too: judged without the wrong ones.

    So that somebody who mistyped a duration hears of the mistyped target at once, not one run later.
    """
    bad = paths_of(error)
    data = copy.deepcopy(tree.data)
    if any(path[:1] == ("tiers",) and len(path) <= 2 for path in bad) or ("events",) in bad:
        return []  # without the tiers nothing can be said about targets
    lost = {path[1] for path in bad if path[0] == "events"}
    for path in bad:
        if path[0] != "events":
            _drop(data, path)
    numbers = [number for number in range(len(data.get("events", []))) if number not in lost]
    data["events"] = [data["events"][number] for number in numbers]
    data.setdefault("title", "untitled")
    data.setdefault("duration", "24h")
    try:
        document = Document.model_validate(data)
    except ValidationError:
        return []
    _, findings = compiler.with_events(compiler.compile_setup(document, file_name), document, numbers)
    return findings + compiler.tier_findings(document)


def _drop(data: Any, path: TreePath) -> None:
    for step in path[:-1]:
        data = data[step]
    data.pop(path[-1], None)
