"""What a person played, written back into the scenario's own text: only the events change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pydantic import TypeAdapter, ValidationError

from visualizer.scenario.document import Event
from visualizer.scenario.events import WrongKeyError, command_of, event_line, in_order
from visualizer.scenario.reader import read
from visualizer.scenario.tree import Tree
from visualizer.sim.command import Command
from visualizer.sim.setup import Setup

_EVENTS: TypeAdapter[list[Event]] = TypeAdapter(list[Event])


def with_commands(text: str, setup: Setup, commands: Sequence[Command]) -> str:
    """`text` with `commands` (all of a run, the scenario's own among them) as its events.

    Events that are there already stay as they are, with their comments; new ones follow them. When some of
    them are not among `commands`, the list is written anew. Every byte outside the events stays.
    ScenarioError when `text` is no scenario.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    tree, _ = read(text, setup.name)
    there = _commands_of(tree, setup)
    wanted = list(in_order(commands))
    fresh = list((Counter(wanted) - Counter(there)).elements()) if there is not None else wanted
    fresh = list(in_order(fresh))
    kept = there is not None and list(in_order([*there, *fresh])) == wanted
    lines = [event_line(command, setup) for command in (fresh if kept else wanted)]
    if kept and not fresh:
        return mark + text
    if "events" not in tree.data:
        return mark + _added(text, tree, lines)
    return mark + (_appended(text, tree, lines) if kept and there else _replaced(text, tree, lines))


def _commands_of(tree: Tree, setup: Setup) -> list[Command] | None:
    """The commands of the events in the text, in its order; None when they do not fit the setup."""
    try:
        events = _EVENTS.validate_python(tree.data.get("events", []))
        return [command_of(event, setup) for event in events]
    except (ValidationError, WrongKeyError):
        return None


def _added(text: str, tree: Tree, lines: list[str]) -> str:
    """Events where there were none: at the end of the root's keys."""
    root = tree.values[()]
    if text[root.start] == "{":
        return f"{text[: root.start + 1]}events: [{', '.join(lines)}], {text[root.start + 1 :]}"
    end = _line_end(text)
    indent = " " * (root.column - 1)
    block = "".join(f"{indent}  - {line}{end}" for line in lines)
    before = text[: tree.end]
    joint = "" if before.endswith(("\n", "\r")) else end
    return f"{before}{joint}{indent}events:{end}{block}{text[tree.end :]}"


def _appended(text: str, tree: Tree, lines: list[str]) -> str:
    """New events behind those that stay."""
    events = tree.values[("events",)]
    last = tree.values[("events", len(tree.data["events"]) - 1)].end
    if text[events.start] == "[":
        return text[:last] + "".join(f", {line}" for line in lines) + text[last:]
    end = _line_end(text)
    stop = last if text[last - 1] in "\r\n" else _end_of_line(text, last)
    joint = "" if text[stop - 1] in "\r\n" else end
    block = end.join(" " * (events.column - 1) + f"- {line}" for line in lines)
    # a last line without a line end keeps none
    return f"{text[:stop]}{joint}{block}{'' if joint else end}{text[stop:]}"


def _replaced(text: str, tree: Tree, lines: list[str]) -> str:
    """The whole list anew, in the style of the old one."""
    events = tree.values[("events",)]
    flow = f"[{', '.join(lines)}]"
    if text[tree.values[()].start] == "{":
        return text[: events.start] + flow + text[events.end :]
    end = _line_end(text)
    key = tree.keys[("events",)]
    indent = end + " " * (key.column - 1) + "  - "
    block = indent + indent.join(lines) if lines else " []"
    trailing = end if text[events.end - 1] in "\r\n" else ""
    return f"{text[: _colon(text, key.end)]}{block}{trailing}{text[events.end :]}"


def _colon(text: str, start: int) -> int:
    """The offset behind the colon of a key that ends at `start`."""
    return text.index(":", start) + 1


def _end_of_line(text: str, start: int) -> int:
    """The offset of the next line's start."""
    for offset in range(start, len(text)):
        if text[offset] == "\n" or (text[offset] == "\r" and text[offset : offset + 2] != "\r\n"):
            return offset + 1
    return len(text)


def _line_end(text: str) -> str:
    """The line end that the text uses."""
    return "\r\n" if "\r\n" in text else "\n"
