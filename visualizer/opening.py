"""What a command is pointed at: a shipped scenario, a scenario file, or a saved run; and saving a run."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from visualizer import __version__
from visualizer.files import write_beside
from visualizer.lab.designs import COMPARISONS, Comparison, Variant, overrides
from visualizer.lab.strike import struck
from visualizer.language import say, translated
from visualizer.language.system import refusal
from visualizer.scenario import (
    Problem,
    Scenario,
    ScenarioError,
    load,
    parse,
    quoted,
    suggestion,
    text_of,
    with_commands,
)
from visualizer.script.lesson import Lesson
from visualizer.script.script import Script
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import Setup
from visualizer.story.caption import opening_us
from visualizer.story.words import instant, sentence, unit
from visualizer.timeline import Run, run_file

DEFAULT_SCENARIO = "article"


@dataclass(frozen=True, slots=True)
class Opened:
    """A scenario or a saved run, ready to be played. `text`: the scenario's. `overrides` are the `--set`s in
    force and `faults` the `--fault`s, `path` its file (None: it came from nowhere that can be read again).
    `script`: the story that it tells, if any; `lesson`: what makes it one of the course.
    """

    name: str
    text: str
    overrides: tuple[str, ...]
    setup: Setup
    path: Path | None = None
    faults: tuple[str, ...] = ()
    script: Script | None = None
    lesson: Lesson | None = None


CANNOT_OPEN = (ScenarioError, run_file.RunFileError, run_file.ReplayDivergedError, OSError)
"""What opening raises."""


def reasons(error: Exception, name: str) -> tuple[str, ...]:
    """Why the file `name` could not be opened: a line for each reason."""
    if isinstance(error, ScenarioError):
        return tuple(str(problem) for problem in error.problems)
    if isinstance(error, OSError):
        return (f"{name}: {refusal(error)}; {say('check the path and its rights')}",)
    return (str(error),)


def opened_by(options: argparse.Namespace) -> Opened:
    """What the command line names."""
    name = DEFAULT_SCENARIO if options.scenario is None else options.scenario
    return open_scenario(name, overrides_of(options), options.fault)


def overrides_of(options: argparse.Namespace) -> list[str]:
    """The `--set`s of the command line; a seed is one of them."""
    return [*options.set, *([] if options.seed is None else [f"seed={options.seed}"])]


def open_scenario(name: str, overrides: Sequence[str] = (), faults: Sequence[str] = ()) -> Opened:
    """A shipped scenario, a scenario file or a saved run, by its name or path; a saved run is first replayed
    and must give its own trace.

    Raises ScenarioError, RunFileError, ReplayDivergedError (each a line for the person), OSError.
    """
    sealed = _sealed_run(name)
    if sealed is None:
        scenario = load(name, overrides=overrides, faults=faults)
        return _opened(scenario, scenario.text, scenario.path, overrides, faults)
    _replayed(sealed, name)
    overrides = [*sealed.overrides, *overrides]
    scenario = parse(sealed.scenario_text, name, overrides, faults)
    return _opened(scenario, sealed.scenario_text, Path(name), overrides, faults)


def open_text(
    text: str, path: Path | None, overrides: Sequence[str], faults: Sequence[str], name: str
) -> Opened:
    """A scenario from its text; `name` where it has no `path`. Raises ScenarioError."""
    scenario = parse(text, str(path or name), overrides, faults)
    return replace(_opened(scenario, text, path, overrides, faults), name=name)


def open_again(opened: Opened) -> Opened:
    """What the file of `opened` says now, under the same `--set`s and `--fault`s; raises as `open_scenario`.

    Without a path it is what it was.
    """
    if opened.path is None:
        return opened
    name = str(opened.path)
    sealed = _sealed_run(name)
    if sealed is not None:
        _replayed(sealed, name)
    text = text_of(opened.path) if sealed is None else sealed.scenario_text
    return open_text(text, opened.path, opened.overrides, opened.faults, opened.name)


def _opened(
    scenario: Scenario, text: str, path: Path | None, overrides: Sequence[str], faults: Sequence[str]
) -> Opened:
    setup = scenario.setup
    return Opened(
        setup.name, text, tuple(overrides), setup, path, tuple(faults), scenario.script, scenario.lesson
    )


def starting_us(opened: Opened) -> int:
    """Where a person begins: where the story does, else shortly before something happens."""
    return 0 if opened.script else opening_us(opened.setup)


def with_overrides(opened: Opened, overrides: Sequence[str]) -> Opened:
    """The same scenario, with the same events, under other `--set`s; ScenarioError with every reason why they
    do not fit.
    """
    scenario = parse(opened.text, str(opened.path or opened.name), overrides)
    setup = replace(scenario.setup, commands=opened.setup.commands)
    return replace(opened, overrides=tuple(overrides), setup=setup, script=scenario.script)


def struck_at(opened: Opened, at_us: int, tier: int = 0, fault: str = "lightning", index: int = 0) -> Opened:
    """The same scenario with one fault of a unit of a tier (0: its primary) instead of its own strikes on
    units; its description says so.
    """
    setup = struck(opened.setup, at_us, tier=tier, fault=fault, unit=index)
    text = with_commands(opened.text, opened.setup, setup.commands)
    struck_unit, past = unit(setup, tier, index), translated(FAULTS[fault].past)
    said = sentence(say("{unit} {past} at {instant}.", unit=struck_unit, past=past, instant=instant(at_us)))
    overrides = [
        *(one for one in opened.overrides if not one.startswith("description=")),
        f"description={said}",
    ]
    return open_text(text, opened.path, overrides, (), opened.name)


@dataclass(frozen=True, slots=True)
class Designs:
    """A scenario in several designs, `opened[k]` in that of `comparison.variants[k]`. `said`: what the person
    should know of it (another scenario was taken, a design does not fit), None when nothing.
    """

    comparison: Comparison
    opened: tuple[Opened, ...]
    said: str | None


def compared(opened: Opened, asked: str | None = None) -> str | None:
    """The key of the designs that are to stand side by side: what somebody asked for, else what the story of
    the scenario is told of; None for one run alone.

    Raises ScenarioError when the story names designs that are not there or do not fit.
    """
    key = opened.script.compare if opened.script else None
    if asked is not None or opened.script is None or key is None:
        return asked
    file = opened.script.compare_place or str(opened.path or opened.name)
    if key not in COMPARISONS:
        what, todo = (
            say("{key} is no comparison", key=quoted(key)),
            suggestion(key, COMPARISONS, "comparison"),
        )
        raise ScenarioError([Problem(file, 0, 0, f"story.compare: {what}", todo)])
    if unfit := COMPARISONS[key].unfit(opened.setup):
        what = say("{key} does not fit: {reason}", key=quoted(key), reason=unfit)
        todo = say("change the scenario, or take the line out")
        raise ScenarioError([Problem(file, 0, 0, f"story.compare: {what}", todo)])
    return key


def in_designs(opened: Opened, key: str) -> Designs:
    """The scenario, with its own events, in each design of `COMPARISONS[key]`; of one that cannot be compared
    so, the shipped scenario that the comparison names instead.

    Raises ScenarioError with the reasons when fewer than two designs fit, KeyError for an unknown key.
    """
    comparison, said = COMPARISONS[key], []
    unfit = comparison.unfit(opened.setup)
    if unfit and comparison.instead:
        opened = open_scenario(comparison.instead)
        said.append(say("Not with this scenario: {reason}. This is {name}.", reason=unfit, name=opened.name))
    fitting: list[tuple[Variant, Opened]] = []
    problems: list[Problem] = []
    for variant in comparison.variants:
        sets = overrides(comparison, variant, opened.setup)
        try:
            fitting.append((variant, with_overrides(opened, (*opened.overrides, *sets))))
        except ScenarioError as error:
            problems += error.problems
            title, reason = translated(variant.title), error.problems[0].what
            said.append(say("{design} does not fit: {reason}.", design=title, reason=reason))
    if len(fitting) < 2:
        raise ScenarioError(problems)
    shown = replace(comparison, variants=tuple(variant for variant, _ in fitting))
    return Designs(shown, tuple(one for _, one in fitting), " ".join(said) or None)


def _sealed_run(name: str) -> run_file.RunFile | None:
    path = Path(name)
    if not path.is_file():
        return None
    with path.open("rb") as stream:
        beginning = stream.read(64).decode("latin-1")
    if not run_file.is_run_file(beginning):
        return None
    return run_file.parse(text_of(path), name, __version__)


def _replayed(sealed: run_file.RunFile, name: str) -> None:
    setup = parse(sealed.scenario_text, name, sealed.overrides).setup
    run = Run(setup)
    run.seek(sealed.until_us)
    run_file.demand_same_trace(sealed, run.trace_sha256(), name)


def save_run(opened: Opened, run: Run, path: Path) -> None:
    """Write what was played as a run file; OSError when it cannot be written."""
    text = with_commands(opened.text, opened.setup, (*opened.setup.commands, *run.acts))
    sealed = run_file.RunFile(text, opened.overrides, run.setup.duration_us, run.trace_sha256())
    write_beside(path, run_file.dump(sealed, __version__).encode())


def save_played(opened: Opened, run: Run) -> str:
    """Save under the next free name in the current folder; returns what to tell the person."""
    number = 1
    while (path := Path(f"{opened.name}-run-{number}.yaml")).exists():
        number += 1
    save_run(opened, run, path)
    return say("Saved as {path}", path=path.resolve())
