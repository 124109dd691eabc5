"""The command line's words: what each command takes, and what it means."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Sequence
from typing import NoReturn

from visualizer import __version__
from visualizer.arguments import values
from visualizer.arguments.common import compare_argument, scenario_arguments, theme_argument
from visualizer.arguments.course import course_command
from visualizer.arguments.lab import compare_command, curve_command, sweep_command
from visualizer.arguments.language import (
    keep,
    language_argument,
    opens_window,
    speak_as_told,
    without_language,
)
from visualizer.arguments.own_words import translate_own_words
from visualizer.arguments.pictures import film_command, shot_command
from visualizer.arguments.report import report_command
from visualizer.language import say
from visualizer.language.catalogues import LanguageError

PROGRAM = "failover-visualizer"


def options_of(arguments: Sequence[str]) -> argparse.Namespace:
    """What the arguments say; without a command they mean `open`. Wrong ones end the process with code 2.

    From here on the language is spoken that they ask for, or that was chosen before.
    """
    translate_own_words()
    try:
        words, code = without_language(arguments)
        speak_as_told(code, fresh="--fresh" in words)
    except LanguageError as error:
        _Parser(prog=PROGRAM).error(str(error))
    known, commands = _parser()
    if not words or words[0] not in (*commands, "-h", "--help", "--version"):
        words.insert(0, "open")
    options = known.parse_args(words)
    if code is not None and opens_window(options):
        keep(code)
    return options


class _Parser(argparse.ArgumentParser):
    """One line for a mistake: all options before it would hide what is wrong."""

    def error(self, message: str) -> NoReturn:
        more = say("`{command}` says more", command=f"{self.prog} --help")
        self.exit(2, f"{self.prog}: {message}; {more}\n")


def _parser() -> tuple[argparse.ArgumentParser, Collection[str]]:
    """The parser of the whole command line, and the commands."""
    whole = _Parser(
        prog=PROGRAM,
        description=say(
            "Why stateful failover is out of reach: strike a redundant pair, count what is lost."
        ),
        epilog=say("Without a command the window opens, on the article's example if no SCENARIO is named."),
    )
    whole.add_argument(
        "--version",
        action="version",
        version=f"failover-visualizer {__version__}",
        help=say("show program's version number and exit"),
    )
    language_argument(whole)
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in (
        ("open", say("open the window, or run headless without a display")),
        ("play", say("open the window")),
    ):
        window = commands.add_parser(name, help=summary, description=summary)
        scenario_arguments(window, nargs="?")
        compare_argument(window)
        theme_argument(window, None)
        window.add_argument("--size", type=values.size, metavar="WxH", help=say("size of the window"))
        window.add_argument("--fresh", action="store_true", help=say("forget remembered settings"))
    run = commands.add_parser("run", help=say("run without a window and print what was lost"))
    scenario_arguments(run)
    run.add_argument(
        "--until", metavar="TIME", help=say("stop at this instant (13s); default: the whole scenario")
    )
    run.add_argument("--json", action="store_true", help=say("print one JSON object instead of a table"))
    run.add_argument("--events", metavar="FILE", help=say("write every event, one a line, to FILE"))
    run.add_argument("--force", action="store_true", help=say("overwrite FILE if it is there"))
    shot_command(commands)
    film_command(commands)
    report_command(commands)
    course_command(commands)
    curve_command(commands)
    sweep_command(commands)
    compare_command(commands)
    check = commands.add_parser("check", help=say("say what is wrong with scenario or run files"))
    check.add_argument("files", nargs="+", metavar="FILE")
    listing = commands.add_parser("list", help=say("list the scenarios that come with the program"))
    listing.add_argument(
        "--presets",
        action="store_true",
        help=say("list the presets of real products, and where each figure is from"),
    )
    listing.add_argument(
        "--comparisons",
        action="store_true",
        help=say("list the designs that can stand side by side (--compare)"),
    )
    commands.add_parser("schema", help=say("print the JSON Schema of scenario files"))
    return whole, commands.choices
