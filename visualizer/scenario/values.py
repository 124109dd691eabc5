"""The kinds of value that a scenario holds, each with its limits, its check and its JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from pydantic import Field, PlainValidator

from visualizer.scenario.problem import WrongValueError, quoted, suggestion
from visualizer.scenario.units import (
    DURATION_PATTERN,
    RATE_PATTERN,
    US_BY_UNIT,
    count_of,
    duration_us,
    rate_of,
)
from visualizer.sim.faults import FAULTS
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import Law, LifetimeLaw, Rate

MS, S, MIN, H = (US_BY_UNIT[unit] for unit in ("ms", "s", "min", "h"))
MAX_DURATION_US = 24 * H
MAX_SESSIONS = 5_000_000
MAX_TITLE = 120

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_DURATION_SCHEMA = {"anyOf": [{"type": "string", "pattern": DURATION_PATTERN}, {"const": 0}]}
_POSITIVE_SCHEMA = {"type": "string", "pattern": DURATION_PATTERN}


@dataclass(frozen=True, slots=True, eq=False)  # pydantic needs it hashable
class Shown:
    """What the JSON Schema says of a kind of value; a copy each time, as pydantic adds to what it gets."""

    schema: dict[str, Any]

    def __get_pydantic_json_schema__(self, _core: object, _handler: object) -> dict[str, Any]:
        return dict(self.schema)


def _between(minimum_us: int, maximum_us: int) -> PlainValidator:
    return PlainValidator(partial(duration_us, minimum_us=minimum_us, maximum_us=maximum_us))


def _count(minimum: int, maximum: int) -> tuple[PlainValidator, Shown]:
    check = PlainValidator(partial(count_of, minimum=minimum, maximum=maximum))
    return check, Shown({"type": "integer", "minimum": minimum, "maximum": maximum})


def _text(longest: int, *, lines: bool) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not isinstance(value, str):
            raise WrongValueError(f"{quoted(value)} is not text", "put it in quotes")
        if not value.strip():
            raise WrongValueError("the text is empty", "write a few words")
        if len(value) > longest:
            raise WrongValueError(f"the text has more than {longest} characters", "make it shorter")
        if "\n" in value.strip() and not lines:
            raise WrongValueError("the text has more than one line", "write it on one line")
        return value.strip()

    return check


def _one_of(options: Mapping[str, object] | Iterable[str], kind: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not isinstance(value, str) or value not in options:
            raise WrongValueError(f"{quoted(value)} is no {kind}", suggestion(str(value), options, kind))
        return value

    return check


def _name(value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        todo = "use lower case letters, digits, _ and -, a letter first, 40 at most"
        raise WrongValueError(f"{quoted(value)} cannot be a tier's name", todo)
    return value


ICONS = ("firewall", "load_balancer", "application", "database", "server")
"""The pictures a tier can have."""

Length = Annotated[int, _between(MS, MAX_DURATION_US), Shown(_POSITIVE_SCHEMA)]
Interval = Annotated[int, _between(MS, MAX_DURATION_US), Shown(_POSITIVE_SCHEMA)]
Lifetime = Annotated[int, _between(MS, 365 * MAX_DURATION_US), Shown(_POSITIVE_SCHEMA)]
Tick = Annotated[int, _between(MS, S), Shown(_POSITIVE_SCHEMA)]
Latency = Annotated[int, _between(0, MIN), Shown(_DURATION_SCHEMA)]
Delay = Annotated[int, _between(0, MAX_DURATION_US), Shown(_DURATION_SCHEMA)]
Misses = Annotated[int, *_count(1, 60)]
Seed = Annotated[int, *_count(0, 2**63 - 1)]
Sessions = Annotated[int, *_count(0, MAX_SESSIONS)]
PerTime = Annotated[Rate, PlainValidator(rate_of), Shown({"type": "string", "pattern": RATE_PATTERN})]

Title = Annotated[
    str,
    PlainValidator(_text(MAX_TITLE, lines=False)),
    Shown({"type": "string", "minLength": 1, "maxLength": MAX_TITLE}),
]
Description = Annotated[
    str, PlainValidator(_text(4_096, lines=True)), Shown({"type": "string", "minLength": 1})
]
Setting = Annotated[Any, Shown({"type": ["string", "number"]})]
TierName = Annotated[str, PlainValidator(_name), Shown({"type": "string", "pattern": f"^{_NAME.pattern}$"})]
TargetName = Annotated[
    str,
    PlainValidator(_text(MAX_TITLE, lines=False)),
    Shown({"type": "string", "pattern": r"^[a-z][a-z0-9_-]*\.(primary|secondary|link|heartbeat|sync)$"}),
]
ParameterPath = Annotated[
    str,
    PlainValidator(_text(MAX_TITLE, lines=False)),
    Shown({"type": "string", "pattern": r"^(traffic|tiers\.[a-z][a-z0-9_-]*)\.[a-z_.]+$"}),
]


def _choice(options: Mapping[str, object] | Iterable[str], kind: str) -> tuple[PlainValidator, Shown]:
    return PlainValidator(_one_of(options, kind)), Shown({"type": "string", "enum": list(options)})


LAWS: tuple[Law, ...] = ("fixed", "poisson")
LIFETIME_LAWS: tuple[LifetimeLaw, ...] = ("exponential", "fixed")
ArrivalLaw = Annotated[Law, *_choice(LAWS, "way to arrive")]
LifeLaw = Annotated[LifetimeLaw, *_choice(LIFETIME_LAWS, "kind of lifetime")]
Icon = Annotated[str, *_choice(ICONS, "icon")]
FaultKind = Annotated[str, *_choice(FAULTS, "fault")]
PolicyName = Annotated[str, *_choice(POLICIES, "policy")]


def key(description: str, default: Any = ..., shown: Any = None, examples: list[Any] | None = None) -> Any:
    """A key of the format: what it means, its default, and the default as a person writes it."""
    extra = {} if shown is None else {"default": shown}
    return Field(default, description=description, examples=examples, json_schema_extra=extra)


def group(default: Any) -> Any:
    """A group of keys that may be left out; its meaning stands at its model."""
    return Field(default, json_schema_extra={"default": {}})
