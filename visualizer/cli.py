"""The commands: the only place that puts the rooms together.

Exit codes: 0 ok, 1 run or export failed, 2 usage, 3 bad scenario or run file, 4 no display,
5 replay diverged, 130 Ctrl-C.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from visualizer.arguments import options_of
from visualizer.files import write_beside
from visualizer.lab.designs import COMPARISONS, Comparison
from visualizer.opening import Opened, in_designs, opened_by, starting_us
from visualizer.scenario import (
    Scenario,
    ScenarioError,
    duration_us,
    load,
    load_preset,
    preset_names,
    schema_text,
    shipped_names,
)
from visualizer.sim import ConservationError
from visualizer.sim.setup import Setup
from visualizer.story.telling import telling_us
from visualizer.timeline import Run, run_file

OK, FAILED, USAGE, BAD_INPUT, NO_DISPLAY, DIVERGED, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130


class CommandError(Exception):
    """One line for the person, and the exit code."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.code = code


def run_command_line(arguments: Sequence[str]) -> int:  # noqa: PLR0911  (one return for each exit code)
    """Do what the arguments say; returns the exit code. What goes wrong is told in plain lines on stderr."""
    options = options_of(arguments)
    try:
        return _COMMANDS[options.command](options)
    except (ScenarioError, run_file.RunFileError) as error:
        return _complain(str(error), BAD_INPUT)
    except run_file.ReplayDivergedError as error:
        return _complain(str(error), DIVERGED)
    except CommandError as error:
        return _complain(str(error), error.code)
    except ConservationError as error:
        return _complain(f"the engine contradicts itself, please report this: {error}", FAILED)
    except BrokenPipeError:  # the reader of our output went away, as in `... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        return _complain(f"{name}{error.strerror or error}", FAILED)
    except KeyboardInterrupt:
        return _complain("stopped by Ctrl-C", INTERRUPTED)


def _complain(text: str, code: int) -> int:
    print(text, file=sys.stderr)
    return code


# --- the window -------------------------------------------------------------------------------------------


def _open(options: argparse.Namespace) -> int:
    """Open the window; without a display run headless and say so."""
    opened = opened_by(options)
    try:
        return _in_window(opened, options)
    except CommandError as error:
        if error.code != NO_DISPLAY:
            raise
        print(f"{error}; running {opened.name} headless instead", file=sys.stderr)
    from visualizer.headless import run_headless  # noqa: PLC0415  (the window needs none of it)

    _print_summary(run_headless(opened.setup, opened.setup.duration_us)[0])
    return OK


def _play(options: argparse.Namespace) -> int:
    return _in_window(opened_by(options), options)


def _in_window(opened: Opened, options: argparse.Namespace) -> int:
    from visualizer.app.window import NoDisplay, play  # noqa: PLC0415  (pygame only where it is shown)

    run = Run(opened.setup)
    run.seek(starting_us(opened))
    try:
        play(
            run,
            document=opened,
            theme=options.theme,
            size_px=options.size,
            fresh=options.fresh,
            compare=options.compare,
        )
    except NoDisplay as error:
        raise CommandError(str(error), NO_DISPLAY) from None
    return OK


# --- headless ---------------------------------------------------------------------------------------------


def _run(options: argparse.Namespace) -> int:
    from visualizer.headless import run_headless  # noqa: PLC0415  (the window needs none of it)

    opened = opened_by(options)
    until_us = opened.setup.duration_us
    if options.until is not None:
        until_us = _instant("--until", options.until, opened.setup)
    summary, lines = run_headless(opened.setup, until_us)
    if options.events:
        _write_events(Path(options.events), lines, force=options.force)
    if options.json:
        print(json.dumps(summary, indent=2))
    else:
        _print_summary(summary)
    return OK


def _write_events(path: Path, lines: list[str], *, force: bool) -> None:
    """One event a line; an existing file is only replaced when that was asked for."""
    content = "".join(f"{text}\n" for text in lines).encode()
    if path.exists() and not path.is_file():  # a pipe or a device takes the lines as they come
        path.write_bytes(content)
        return
    if path.exists() and not force:
        raise CommandError(f"{path}: exists already; give --force to overwrite it", FAILED)
    write_beside(path.resolve(), content)


def _instant(option: str, text: str, setup: Setup) -> int:
    """A time within the run; CommandError otherwise."""
    try:
        return duration_us(text, 0, setup.duration_us)
    except ValueError as error:
        raise CommandError(f"{option} {text}: {error}", USAGE) from None


def _print_summary(summary: dict[str, Any]) -> None:
    from visualizer.console import print_summary  # noqa: PLC0415  (rich is slow to import)

    print_summary(summary)


# --- pictures ---------------------------------------------------------------------------------------------


def _shot(options: argparse.Namespace) -> int:
    from visualizer.film import still  # noqa: PLC0415

    if Path(options.output).suffix.lower() != ".png":
        raise CommandError(f"{options.output}: a shot is a PNG; name it something.png", USAGE)
    run, others, comparison = _pictured(options)
    at_us = _telling(run) if options.at is None else _instant("--at", options.at, run.setup)
    try:
        still(
            run, at_us, Path(options.output), others=others, comparison=comparison,
            size_px=options.size, theme=options.theme, force=options.force,
        )  # fmt: skip
    except FileExistsError as error:
        raise CommandError(str(error), FAILED) from None
    return OK


def _pictured(options: argparse.Namespace) -> tuple[Run, list[Run], Comparison | None]:
    """The run that is to be drawn, with --compare those beside it, and what is compared."""
    opened = opened_by(options)
    if options.compare is None:
        return Run(opened.setup), [], None
    designs = in_designs(opened, options.compare)
    if designs.said:
        print(designs.said, file=sys.stderr)
    run, *others = (Run(one.setup) for one in designs.opened)
    return run, others, designs.comparison


def _telling(run: Run) -> int:
    run.finish()
    return telling_us(run.setup, run.events)


def _film(options: argparse.Namespace) -> int:
    from visualizer.console import progress_line  # noqa: PLC0415
    from visualizer.film import FilmError, film  # noqa: PLC0415

    if Path(options.output).suffix.lower() != ".mp4":
        raise CommandError(f"{options.output}: a film is an MP4; name it something.mp4", USAGE)
    run, others, comparison = _pictured(options)
    try:
        with progress_line(f"filming {run.setup.name}") as progress:
            film(
                run, Path(options.output), others=others, comparison=comparison, size_px=options.size,
                fps=options.fps, theme=options.theme, force=options.force, progress=progress,
            )  # fmt: skip
    except FilmError as error:
        raise CommandError(str(error), FAILED) from None
    except KeyboardInterrupt:
        raise CommandError(f"stopped by Ctrl-C; {options.output}.part can be played", INTERRUPTED) from None
    return OK


# --- scenarios --------------------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    """Every problem of every file; 0 only when all are good."""
    code = OK
    for name in options.files:
        one = argparse.Namespace(scenario=name, set=[], seed=None, fault=[])
        try:
            opened_by(one)
            print(f"{name}: ok")
        except (ScenarioError, run_file.RunFileError) as error:
            code = max(code, _complain(str(error), BAD_INPUT))
        except run_file.ReplayDivergedError as error:
            code = max(code, _complain(str(error), DIVERGED))
    return code


def _list(options: argparse.Namespace) -> int:
    if options.comparisons:
        _list_comparisons()
        return OK
    if options.presets:
        from visualizer.console import print_presets  # noqa: PLC0415  (rich is slow to import)

        print_presets([load_preset(name) for name in preset_names()])
        return OK
    scenarios: list[Scenario] = [load(name) for name in shipped_names()]
    width = max(len(scenario.setup.name) for scenario in scenarios)
    for scenario in scenarios:
        print(f"{scenario.setup.name:<{width}}  {scenario.setup.title}: {scenario.setup.description}")
    return OK


def _list_comparisons() -> None:
    width = max(len(key) for key in COMPARISONS)
    for comparison in COMPARISONS.values():
        print(f"{comparison.key:<{width}}  {comparison.title}: {comparison.decides}")
        for variant in comparison.variants:
            print(f"{'':<{width}}    {variant.title}: {variant.subtitle}")


def _schema(options: argparse.Namespace) -> int:
    print(schema_text(), end="")
    return OK


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "open": _open,
    "play": _play,
    "run": _run,
    "shot": _shot,
    "film": _film,
    "check": _check,
    "list": _list,
    "schema": _schema,
}
