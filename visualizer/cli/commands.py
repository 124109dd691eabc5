"""One entry for each command, and what is said when one ends badly."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from visualizer.arguments import options_of
from visualizer.cli import course, filming, lab, pictures, report, runs, scenarios, window
from visualizer.cli.outcome import BAD_INPUT, DIVERGED, FAILED, INTERRUPTED, OK, CommandError, complain
from visualizer.language import say
from visualizer.language.system import refusal
from visualizer.scenario import ScenarioError
from visualizer.sim import ConservationError
from visualizer.timeline import run_file

_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "open": window.open_window,
    "play": window.play,
    "run": runs.run,
    "shot": pictures.shot,
    "film": filming.film,
    "report": report.report,
    "course": course.course,
    "curve": lab.curve,
    "sweep": lab.sweep,
    "compare": lab.compare,
    "check": scenarios.check,
    "list": scenarios.list_,
    "schema": scenarios.schema,
}


def run_command_line(arguments: Sequence[str]) -> int:
    """Do what the arguments say; returns the exit code. What goes wrong is told in plain lines on stderr."""
    return run_command(options_of(arguments))


def run_command(options: argparse.Namespace) -> int:  # noqa: PLR0911  (one return for each exit code)
    """As `run_command_line`, with arguments that were read."""
    try:
        return _COMMANDS[options.command](options)
    except (ScenarioError, run_file.RunFileError) as error:
        return complain(str(error), BAD_INPUT)
    except run_file.ReplayDivergedError as error:
        return complain(str(error), DIVERGED)
    except CommandError as error:
        return complain(str(error), error.code)
    except ConservationError as error:
        return complain(
            say("the engine contradicts itself, please report this: {error}", error=error), FAILED
        )
    except BrokenPipeError:  # the reader of our output went away, as in `... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        return complain(f"{name}{refusal(error)}", FAILED)
    except KeyboardInterrupt:
        return complain(say("stopped by Ctrl-C"), INTERRUPTED)
