"""What a command is pointed at: a shipped scenario, a scenario file, or a saved run; and saving a run."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from visualizer import __version__
from visualizer.files import write_beside
from visualizer.scenario import load, parse, text_of, with_commands
from visualizer.sim.setup import Setup
from visualizer.timeline import Run, run_file

DEFAULT_SCENARIO = "article"


@dataclass(frozen=True, slots=True)
class Opened:
    """A scenario or a saved run, ready to be played. `overrides` are the `--set`s in force."""

    name: str
    text: str
    overrides: tuple[str, ...]
    setup: Setup


def opened_by(options: argparse.Namespace) -> Opened:
    """What the command line names; a saved run is first replayed and must give its own trace."""
    overrides = list(options.set)
    if options.seed is not None:
        overrides.append(f"seed={options.seed}")
    name = DEFAULT_SCENARIO if options.scenario is None else options.scenario
    sealed = _sealed_run(name)
    if sealed is None:
        scenario = load(name, overrides=overrides, faults=options.fault)
        return Opened(scenario.setup.name, scenario.text, tuple(overrides), scenario.setup)
    _replayed(sealed, name)
    overrides = [*sealed.overrides, *overrides]
    scenario = parse(sealed.scenario_text, name, overrides, options.fault)
    return Opened(scenario.setup.name, sealed.scenario_text, tuple(overrides), scenario.setup)


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
    return f"Saved as {path.resolve()}"
