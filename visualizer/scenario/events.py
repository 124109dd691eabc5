"""From the events of a scenario to the commands of the engine, and back to lines of a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from visualizer.language import marked, say, translated
from visualizer.scenario.document import Document, FaultEvent, SetEvent, Traffic
from visualizer.scenario.problem import MAX_PROBLEMS, Finding, WrongValueError, quoted, suggestion
from visualizer.scenario.tier import Tier
from visualizer.scenario.units import rate_text
from visualizer.scenario.values import LINK_NAMES
from visualizer.script.durations import duration_text, seconds_text
from visualizer.script.spots import Kind, spot_name, targets
from visualizer.sim.command import Command, SetParameter, Strike, Target
from visualizer.sim.faults import FAULTS
from visualizer.sim.parameters import PARAMETERS, Parameter
from visualizer.sim.setup import Rate, Setup, TierSetup

Event = FaultEvent | SetEvent

_KINDS: dict[Kind, str] = {
    "unit": marked("{fault} hits a unit, not {target}"),
    "link": marked("{fault} hits a cable, not {target}"),
    "site": marked("{fault} hits a site, not {target}"),
    "feed": marked("{fault} hits a feed, not {target}"),
}
"""What is said of a fault that was pointed at something else."""


class WrongKeyError(WrongValueError):
    """A wrong value of one key of an event."""

    def __init__(self, key: str, what: str, todo: str) -> None:
        super().__init__(what, todo)
        self.key = key


def command_of(event: Event, setup: Setup) -> Command:
    """The command of one event; WrongKeyError when its target, parameter, value or time does not fit."""
    if event.at > setup.duration_us:
        raise WrongKeyError("at", *after_the_end(event.at, setup.duration_us))
    if isinstance(event, FaultEvent):
        return Strike(event.at, event.fault, _target(event.fault, event.target, setup))
    return _set_parameter(event, setup)


def after_the_end(at_us: int, duration_us: int) -> tuple[str, str]:
    """What is said of an instant that the run does not reach, and what to do."""
    at, end = seconds_text(at_us), seconds_text(duration_us)
    what = say("{at} is after the end of the run, {end}", at=at, end=end)
    return what, say("say an earlier time, or make the run longer")


def commands_of(
    document: Document, setup: Setup, numbers: Sequence[int]
) -> tuple[list[tuple[Command, int]], list[Finding]]:
    """The commands of a document in order of time, each with its number in the file, and what is wrong.

    `numbers` says which event of the file each event of the document is.
    """
    commands: list[tuple[Command, int]] = []
    found: list[Finding] = []
    for number, event in zip(numbers, document.events, strict=True):
        if len(found) > MAX_PROBLEMS:
            break
        try:
            commands.append((command_of(event, setup), number))
        except WrongKeyError as error:
            found.append((("events", number, error.key), error.what, error.todo))
    commands.sort(key=lambda pair: pair[0].at_us)
    return commands, found


def event_line(command: Command, setup: Setup) -> str:
    """A command as one line of `events:`, without the dash; the inverse of `command_of`."""
    at = seconds_text(command.at_us)
    if isinstance(command, Strike):
        return f"{{at: {at}, fault: {command.fault}, target: {spot_name(command.target, setup)}}}"
    parameter = PARAMETERS[command.parameter]
    tier = None if command.tier is None else setup.tiers[command.tier]
    return f"{{at: {at}, set: {_path(parameter, tier)}, value: {_value_text(parameter, command.value)}}}"


def _target(fault: str, name: str, setup: Setup) -> Target:
    kind = FAULTS[fault].target
    there = targets(setup, kind)
    if name in there:
        return there[name]
    if any(name in targets(setup, other) for other in _KINDS):
        what = translated(_KINDS[kind]).format(fault=quoted(fault), target=quoted(name))
        raise WrongKeyError("target", what, suggestion("", there, "target"))
    tier, _, part = name.partition(".")
    if tier in (one.name for one in setup.tiers) and part in LINK_NAMES:
        cables = [cable for cable in targets(setup, "link") if cable.startswith(f"{tier}.")]
        todo = say("the cables of {tier} are: {listed}", tier=tier, listed=", ".join(cables))
        raise WrongKeyError("target", say("there is no cable {name}", name=quoted(name)), todo)
    what = say("there is no target {name}", name=quoted(name))
    raise WrongKeyError("target", what, suggestion(name, there, "target"))


def _set_parameter(event: SetEvent, setup: Setup) -> SetParameter:
    known = dict(_settable(setup))
    if event.set not in known:
        todo = suggestion(event.set, known, "parameter")
        what = say("{parameter} cannot be set during a run", parameter=quoted(event.set))
        raise WrongKeyError("set", what, todo)
    key, tier = known[event.set]
    try:
        value = _checked(key, event.value)
    except WrongValueError as error:
        raise WrongKeyError("value", error.what, error.todo) from None
    return SetParameter(event.at, key, tier, value)


def _settable(setup: Setup) -> list[tuple[str, tuple[str, int | None]]]:
    """Every path that can be set, with its parameter and tier: only cables that exist have a latency."""
    choices: list[tuple[str, tuple[str, int | None]]] = []
    for key, parameter in PARAMETERS.items():
        if parameter.scope == "traffic":
            choices.append((_path(parameter, None), (key, None)))
            continue
        choices += [
            (_path(parameter, tier), (key, index))
            for index, tier in enumerate(setup.tiers)
            if _cable(parameter) in (None, *(link.name for link in tier.links))
        ]
    return choices


def _cable(parameter: Parameter) -> str | None:
    """The name of the cable that a parameter belongs to: `sync` for `sync.link.latency`, else None."""
    steps = ("link", *parameter.path.split("."))
    return steps[-3] if len(steps) > 2 and steps[-2] == "link" else None


def _path(parameter: Parameter, tier: TierSetup | None) -> str:
    return f"traffic.{parameter.path}" if tier is None else f"tiers.{tier.name}.{parameter.path}"


def _checked(key: str, value: object) -> int | Rate:
    """The value of a parameter under the same rules as in the file's own key."""
    try:
        checked: int | Rate = _adapter(key).validate_python(value)
    except ValidationError as error:
        cause = error.errors(include_url=False)[0].get("ctx", {}).get("error")
        if isinstance(cause, WrongValueError):
            raise cause from None
        raise
    return checked


@cache
def _adapter(key: str) -> TypeAdapter[Any]:
    parameter = PARAMETERS[key]
    model: type[BaseModel] = Tier if parameter.scope == "tier" else Traffic
    *groups, last = parameter.path.split(".")
    for group in groups:
        annotation: Any = model.model_fields[group].annotation
        model = next(part for part in (annotation, *getattr(annotation, "__args__", ())) if _is_model(part))
    info = model.model_fields[last]
    checked: Any = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
    return TypeAdapter(checked)


def _is_model(part: object) -> bool:
    return isinstance(part, type) and issubclass(part, BaseModel)


def _value_text(parameter: Parameter, value: int | Rate) -> str:
    if isinstance(value, Rate):
        return rate_text(value)
    return duration_text(value) if parameter.unit == "duration" else str(value)


def in_order(commands: Sequence[Command]) -> tuple[Command, ...]:
    """Commands by time; those of one instant stay in their order."""
    return tuple(sorted(commands, key=lambda command: command.at_us))
