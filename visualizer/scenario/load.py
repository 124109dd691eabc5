"""The way in: a scenario's name, path or text -> a `Scenario`, or every reason why not."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from visualizer import files
from visualizer.language import say
from visualizer.scenario.checks import deadline_findings, document_findings, idle_findings
from visualizer.scenario.compile import compile_setup
from visualizer.scenario.document import Document
from visualizer.scenario.estimate import size_findings
from visualizer.scenario.events import commands_of, in_order
from visualizer.scenario.explain import paths_of, problems_of
from visualizer.scenario.lesson import lesson_of
from visualizer.scenario.overrides import apply_overrides
from visualizer.scenario.presets import fill, is_of_preset
from visualizer.scenario.problem import Finding, Problem, ScenarioError, quoted, suggestion
from visualizer.scenario.reader import read
from visualizer.scenario.telling import findings_of, lesson_findings, script_of
from visualizer.scenario.text import text_of
from visualizer.scenario.tree import Path as TreePath
from visualizer.scenario.tree import Tree, dotted
from visualizer.script.lesson import Lesson
from visualizer.script.script import Script
from visualizer.sim.setup import Setup

COURSE = "course"
"""The folder of the lessons, in that of the shipped scenarios."""

_NAMED = (("tiers",), ("sites",), ("feeds",))
"""The groups whose keys are names that other keys refer to."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A valid scenario: where it came from (None: only a text), its text as it was, what it compiles to, and
    the story that it tells, if any, and what makes it a lesson.
    """

    path: Path | None
    text: str
    setup: Setup
    script: Script | None = None
    lesson: Lesson | None = None


def load(path_or_name: str | Path, *, overrides: Sequence[str] = (), faults: Sequence[str] = ()) -> Scenario:
    """The scenario in a file, or the shipped one of that name; ScenarioError with every problem.

    `overrides` are `PATH=VALUE` texts, `faults` `KIND:TARGET@TIME` texts, both as on the command line.
    """
    path = _found(str(path_or_name))
    text = text_of(path)
    scenario = parse(text, str(path), overrides=overrides, faults=faults)
    return replace(scenario, path=path)


def parse(text: str, file_name: str, overrides: Sequence[str] = (), faults: Sequence[str] = ()) -> Scenario:
    """The scenario of a text; `file_name` names it in problems. ScenarioError with every problem."""
    tree, problems = read(text, file_name)
    problems += apply_overrides(tree, overrides, faults)
    of_presets = fill(tree)
    try:
        document = of_use(Document.model_validate(tree.data), tree.data, tree)
    except ValidationError as error:
        problems += problems_of(error, tree)
        problems += _located(_further_findings(tree, error, file_name), tree)
        raise ScenarioError([*problems, *of_presets]) from None
    setup, findings = _compiled(document, file_name, range(len(document.events)))
    if not findings:
        findings += size_findings(setup)
    script = lesson = None
    if document.lesson is not None:
        lesson = lesson_of(document.lesson)
        findings += lesson_findings(document.lesson, setup)
    if document.story is not None:
        script, wrong = script_of(document.story, setup, lambda path: _at(tree, path))
        findings += wrong
    problems += _located(findings, tree)
    if problems or of_presets:
        raise ScenarioError([*problems, *of_presets])
    return Scenario(None, text, setup, script, lesson)


def shipped_names() -> list[str]:
    """The names of the scenarios that come with the program, in alphabetical order."""
    return sorted(path.stem for path in files.shipped("scenarios").glob("*.yaml"))


def lesson_names() -> list[str]:
    """The lessons of the course, in their order: `course/01-the-pair` is the first."""
    return sorted(f"{COURSE}/{path.stem}" for path in (files.shipped("scenarios") / COURSE).glob("*.yaml"))


def _found(name: str) -> Path:
    """The file that is meant: a plain word is a shipped scenario unless only a file is called so."""
    path = Path(name)
    if path.suffix or name not in (path.name, f"{COURSE}/{path.name}"):
        return path
    try:
        names, lessons = shipped_names(), lesson_names()
    except FileNotFoundError as error:
        what = say("the shipped scenarios are missing")
        raise ScenarioError([Problem(name, 0, 0, what, str(error))]) from None
    meant = next((one for one in (*names, *lessons) if name in (one, _bare(one))), None)
    if meant is not None:
        return files.shipped("scenarios") / f"{meant}.yaml"
    if _is_there(path):
        return path
    todo = suggestion(name, [*names, *map(_bare, lessons)], "scenario")
    what = say("there is no scenario {name}", name=quoted(name))
    raise ScenarioError([Problem(name or "scenario", 0, 0, what, todo)])


def _bare(lesson: str) -> str:
    return lesson.rpartition("/")[2]


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _located(findings: Sequence[Finding], tree: Tree) -> list[Problem]:
    problems = []
    for path, what, todo in findings:
        place = tree.place(path)
        problems.append(Problem(place.file, place.line, place.column, f"{dotted(path)}: {what}", todo))
    return problems


def _at(tree: Tree, path: TreePath) -> str:
    """Where something is written, as problems say it."""
    place = tree.place(path)
    return f"{place.file}:{place.line}:{place.column}" if place.line else place.file


def of_use(document: Document, data: Any, tree: Tree) -> Document:
    """The document without the figures of presets that can do nothing beside what the scenario says itself: a
    time-out of the preset's policy when the scenario says another policy. They leave `data` too, which may
    make others idle.
    """
    while idle := [path for path, _, _ in idle_findings(document) if is_of_preset(tree.place(path))]:
        for path in idle:
            _drop(data, path)
        document = Document.model_validate(data)
    return document


def _compiled(document: Document, file_name: str, numbers: Sequence[int]) -> tuple[Setup, list[Finding]]:
    """The setup with its commands, and what is wrong between keys; `numbers` as in `commands_of`."""
    setup = compile_setup(document, file_name)
    commands, findings = commands_of(document, setup, numbers)
    findings += deadline_findings(setup, commands)
    findings += document_findings(document)
    return replace(setup, commands=in_order([command for command, _ in commands])), findings


def _further_findings(tree: Tree, error: ValidationError, file_name: str) -> list[Finding]:
    """What is wrong between keys although single keys are wrong too: judged without the wrong ones.

    So that somebody who mistyped a duration hears of the mistyped target at once, not one run later. Nothing
    is said about a group in which a key is missing now.
    """
    bad = [_group_of(path) for path in paths_of(error)]
    data = copy.deepcopy(tree.data)
    if any(path[:1] in _NAMED and len(path) <= 2 for path in bad) or ("events",) in bad:
        return []  # without the tiers, sites and feeds nothing can be said about targets
    lost = {path[1] for path in bad if path[0] == "events"}
    story = data.pop("story", None)
    data.pop("lesson", None)
    for path in bad:
        if path[0] not in ("events", "story", "lesson"):
            _drop(data, path)
    numbers = [number for number in range(len(data.get("events", []))) if number not in lost]
    data["events"] = [data["events"][number] for number in numbers]
    data.setdefault("title", "untitled")
    data.setdefault("duration", "24h")
    try:
        document = of_use(Document.model_validate(data), data, tree)
    except ValidationError:
        return []
    setup, findings = _compiled(document, file_name, numbers)
    findings += findings_of(story, setup)
    return [finding for finding in findings if not _is_touched(finding[0], bad)]


def _group_of(path: TreePath) -> TreePath:
    """The path of the key at fault; of a wrong item of a list the key of the list."""
    if path[0] == "events":
        return path
    items = [index for index, step in enumerate(path) if isinstance(step, int)]
    return path[: items[0]] if items else path


def _is_touched(path: TreePath, bad: Sequence[TreePath]) -> bool:
    """Whether a finding may be due to a key that was taken away."""
    if path[0] in ("sites", "feeds"):
        return any(one[:1] in _NAMED for one in bad)
    return path[0] not in ("events", "story") and any(one[:2] == path[:2] or one == path[:1] for one in bad)


def _drop(data: Any, path: TreePath) -> None:
    for step in path[:-1]:
        data = data[step]
    data.pop(path[-1], None)
