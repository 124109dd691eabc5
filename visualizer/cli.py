"""The commands: the only place that puts the rooms together.

Exit codes: 0 ok, 1 run or export failed, 2 usage, 3 bad scenario or run file, 4 no display,
5 replay diverged, 130 Ctrl-C.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from visualizer import __version__
from visualizer.files import shipped, write_beside
from visualizer.ledger import summarise
from visualizer.scenario import (
    Scenario,
    ScenarioError,
    duration_us,
    load,
    parse,
    schema_text,
    shipped_names,
    text_of,
    with_commands,
)
from visualizer.sim import ConservationError, advance, start
from visualizer.sim.event import Event, line
from visualizer.sim.setup import Setup
from visualizer.story.caption import opening_us
from visualizer.timeline import Run, run_file

OK, FAILED, USAGE, BAD_INPUT, NO_DISPLAY, DIVERGED, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130
DEFAULT_SCENARIO = "article"
_SIZE = re.compile(r"([1-9][0-9]{1,4})x([1-9][0-9]{1,4})")
_LARGEST_SIDE_PX = 16_384
_PARTS = 200


class CommandError(Exception):
    """One line for the person, and the exit code."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.code = code


def run_command_line(arguments: Sequence[str]) -> int:  # noqa: PLR0911  (one return for each exit code)
    """Do what the arguments say; returns the exit code. What goes wrong is told in plain lines on stderr."""
    parser = _parser()
    words = list(arguments)
    if not words or words[0] not in (*_COMMANDS, "-h", "--help", "--version"):
        words.insert(0, "open")
    try:
        options = parser.parse_args(words)
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


@dataclass(frozen=True, slots=True)
class Opened:
    """A scenario or a saved run, ready to be played. `overrides` are the `--set`s in force."""

    name: str
    text: str
    overrides: tuple[str, ...]
    setup: Setup


def _opened(options: argparse.Namespace) -> Opened:
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


def _save_played(opened: Opened, run: Run) -> str:
    """Save under the next free name in the current folder; returns what to tell the person."""
    number = 1
    while (path := Path(f"{opened.name}-run-{number}.yaml")).exists():
        number += 1
    save_run(opened, run, path)
    return f"Saved as {path.resolve()}"


# --- the window -------------------------------------------------------------------------------------------


def _open(options: argparse.Namespace) -> int:
    """Open the window; without a display run headless and say so."""
    opened = _opened(options)
    try:
        return _in_window(opened, options)
    except CommandError as error:
        if error.code != NO_DISPLAY:
            raise
        print(f"{error}; running {opened.name} headless instead", file=sys.stderr)
    _print_summary(_run_headless(opened.setup, opened.setup.duration_us)[0])
    return OK


def _play(options: argparse.Namespace) -> int:
    return _in_window(_opened(options), options)


def _in_window(opened: Opened, options: argparse.Namespace) -> int:
    from visualizer.app.window import NoDisplay, play  # noqa: PLC0415  (pygame only where it is shown)

    run = Run(opened.setup)
    run.seek(opening_us(opened.setup))
    try:
        play(
            run,
            theme=options.theme,
            save=lambda played: _save_played(opened, played),
            size_px=options.size,
            fresh=options.fresh,
        )
    except NoDisplay as error:
        raise CommandError(str(error), NO_DISPLAY) from None
    return OK


# --- headless ---------------------------------------------------------------------------------------------


def _run(options: argparse.Namespace) -> int:
    opened = _opened(options)
    until_us = opened.setup.duration_us
    if options.until is not None:
        until_us = _instant("--until", options.until, opened.setup)
    summary, lines = _run_headless(opened.setup, until_us)
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


def _run_headless(setup: Setup, until_us: int) -> tuple[dict[str, Any], list[str]]:
    state = start(setup)
    events: list[Event] = []
    began_s, progress = time.monotonic(), None
    with ExitStack() as stack:
        for part in range(1, _PARTS + 1):
            events += advance(state, until_us * part // _PARTS)
            if progress is None and time.monotonic() - began_s > 1:
                from visualizer.console import progress_line  # noqa: PLC0415  (rich is slow to import)

                progress = stack.enter_context(progress_line(f"running {setup.name}"))
            if progress:
                progress(part, _PARTS)
    return summarise(state), [line(event, setup) for event in events]


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
    opened = _opened(options)
    at_us = _instant("--at", options.at, opened.setup)
    try:
        still(
            Run(opened.setup), at_us, Path(options.output),
            size_px=options.size, theme=options.theme, force=options.force,
        )  # fmt: skip
    except FileExistsError as error:
        raise CommandError(str(error), FAILED) from None
    return OK


def _film(options: argparse.Namespace) -> int:
    from visualizer.console import progress_line  # noqa: PLC0415
    from visualizer.film import FilmError, film  # noqa: PLC0415

    if Path(options.output).suffix.lower() != ".mp4":
        raise CommandError(f"{options.output}: a film is an MP4; name it something.mp4", USAGE)
    opened = _opened(options)
    try:
        with progress_line(f"filming {opened.name}") as progress:
            film(
                Run(opened.setup), Path(options.output), size_px=options.size, fps=options.fps,
                theme=options.theme, force=options.force, progress=progress,
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
            _opened(one)
            print(f"{name}: ok")
        except (ScenarioError, run_file.RunFileError) as error:
            code = max(code, _complain(str(error), BAD_INPUT))
        except run_file.ReplayDivergedError as error:
            code = max(code, _complain(str(error), DIVERGED))
    return code


def _list(options: argparse.Namespace) -> int:
    scenarios: list[Scenario] = [load(name) for name in shipped_names()]
    width = max(len(scenario.setup.name) for scenario in scenarios)
    for scenario in scenarios:
        print(f"{scenario.setup.name:<{width}}  {scenario.setup.title}: {scenario.setup.description}")
    return OK


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


# --- arguments --------------------------------------------------------------------------------------------


def _size(text: str) -> tuple[int, int]:
    match = _SIZE.fullmatch(text)
    if match is None or max(int(side) for side in match.groups()) > _LARGEST_SIDE_PX:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; say it like 1920x1080, at most 16384 a side")
    return int(match[1]), int(match[2])


def _fps(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 120:
        raise argparse.ArgumentTypeError(f"{text!r} frames a second; say a whole number from 1 to 120")
    return int(text)


def _seed(text: str) -> int:
    if not text.isdecimal() or int(text) >= 1 << 63:
        raise argparse.ArgumentTypeError(f"{text!r} is no seed; say a whole number from 0 to 2^63 - 1")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="failover-visualizer",
        description="Why stateful failover is out of reach: strike a redundant pair, count what is lost.",
        epilog="Without a command the window opens, on the article's example if no SCENARIO is named.",
    )
    parser.add_argument("--version", action="version", version=f"failover-visualizer {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in (
        ("open", "open the window, or run headless without a display"),
        ("play", "open the window"),
    ):
        window = commands.add_parser(name, help=summary, description=summary)
        _scenario_arguments(window, nargs="?")
        _theme_argument(window, None)
        window.add_argument("--size", type=_size, metavar="WxH", help="size of the window")
        window.add_argument("--fresh", action="store_true", help="forget remembered settings")
    run = commands.add_parser("run", help="run without a window and print what was lost")
    _scenario_arguments(run)
    run.add_argument(
        "--until", metavar="TIME", help="stop at this instant (13s); default: the whole scenario"
    )
    run.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    run.add_argument("--events", metavar="FILE", help="write every event, one a line, to FILE")
    run.add_argument("--force", action="store_true", help="overwrite FILE if it is there")
    _picture_commands(commands)
    check = commands.add_parser("check", help="say what is wrong with scenario or run files")
    check.add_argument("files", nargs="+", metavar="FILE")
    commands.add_parser("list", help="list the scenarios that come with the program")
    commands.add_parser("schema", help="print the JSON Schema of scenario files")
    return parser


def _picture_commands(commands: Any) -> None:
    shot = commands.add_parser("shot", help="draw one instant as a PNG")
    shot.add_argument("--at", required=True, metavar="TIME", help="the instant, like 11.2s")
    film = commands.add_parser("film", help="make a video of the whole run")
    film.add_argument("--fps", type=_fps, default=30, metavar="N", help="frames a second (default 30)")
    for picture in (shot, film):
        _scenario_arguments(picture)
        picture.add_argument("-o", "--output", required=True, metavar="FILE", help="the file to write")
        picture.add_argument(
            "--size", type=_size, default=(1920, 1080), metavar="WxH", help="default 1920x1080"
        )
        picture.add_argument("--force", action="store_true", help="overwrite FILE if it is there")
        _theme_argument(picture, "night")


def _scenario_arguments(parser: argparse.ArgumentParser, nargs: str | None = None) -> None:
    parser.add_argument(
        "scenario", nargs=nargs, metavar="SCENARIO", help="a shipped scenario's name, or a file"
    )
    parser.add_argument("--seed", type=_seed, metavar="N", help="another draw of chance")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        help="change a value: tiers.firewall.sync.interval=5s",
    )
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="KIND:TARGET@TIME",
        help="add an event: lightning:firewall.primary@11s",
    )


def _theme_argument(parser: argparse.ArgumentParser, default: str | None) -> None:
    names = sorted(path.stem for path in (shipped("assets") / "themes").glob("*.toml"))
    parser.add_argument("--theme", choices=names, default=default, help="colours")
