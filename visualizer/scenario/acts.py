"""What a person did, as one line of text that names its target, and back: in this scenario or in another."""

from __future__ import annotations

from pydantic import TypeAdapter, ValidationError

from visualizer.scenario.document import Event
from visualizer.scenario.events import WrongKeyError, command_of, event_line
from visualizer.scenario.problem import ScenarioError
from visualizer.scenario.reader import read
from visualizer.sim.command import Command
from visualizer.sim.setup import Setup

_EVENTS: TypeAdapter[list[Event]] = TypeAdapter(list[Event])


def act_line(act: Command, setup: Setup) -> str:
    """The act as one line of the events of a scenario file."""
    return event_line(act, setup)


def act_of(line: str, setup: Setup) -> Command | None:
    """The act that a line says; None when it does not fit the setup: no such target, after its end."""
    try:
        tree, problems = read(f"events: [{line}]", "act")
        [event] = _EVENTS.validate_python(tree.data["events"])
        return None if problems else command_of(event, setup)
    except (ScenarioError, ValidationError, WrongKeyError, ValueError):
        return None


def carried(act: Command, setup: Setup, into: Setup) -> Command | None:
    """The same act in another setup, by the names of its target; None when it has no such target or time."""
    return act_of(event_line(act, setup), into)
