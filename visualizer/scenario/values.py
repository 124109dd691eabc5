"""The kinds of value that a scenario holds, each with its limits, its check and its JSON Schema.

Words that are one of a few are in `choices`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from pydantic import PlainValidator

from visualizer.language import marked, say, translated
from visualizer.scenario.problem import WrongValueError, quoted
from visualizer.scenario.units import (
    BANDWIDTH,
    RATE_PATTERN,
    SHARE_PATTERN,
    SIZE,
    bandwidth_bps,
    count_of,
    rate_of,
    share_of,
    size_bytes,
)
from visualizer.script.durations import DURATION, US_BY_UNIT, duration_us
from visualizer.script.script import FEWEST_RUNS, MOST_RUNS
from visualizer.sim.parameters import PARAMETERS
from visualizer.sim.setup import ALL, UNIT_NAMES, Rate, Share

MS, S, MIN, H = (US_BY_UNIT[unit] for unit in ("ms", "s", "min", "h"))
MAX_DURATION_US = 24 * H
MAX_SESSIONS = 5_000_000
MAX_TITLE = 120
MAX_LOSS = Share(9, 10)
"""A cable that loses more is as good as cut; each message would be sent again without end."""

LINK_NAMES = ("link", "heartbeat", "sync")
"""The cables of a tier: the one for everything, or those for heartbeats and copies alone."""

NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_POSITIVE_SCHEMA = {"type": "string", "pattern": DURATION.pattern}
_DURATION_SCHEMA = {"anyOf": [_POSITIVE_SCHEMA, {"const": 0}]}
_SIZE_SCHEMA = {"anyOf": [{"type": "string", "pattern": SIZE.pattern}, {"const": 0}]}


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


def text_within(longest: int, *, lines: bool) -> Callable[[object], str]:
    """The check of a text of so many characters at most, of one line or (`lines`) of several."""

    def check(value: object) -> str:
        if not isinstance(value, str):
            raise WrongValueError(say("{value} is not text", value=quoted(value)), say("put it in quotes"))
        if not value.strip():
            raise WrongValueError(say("the text is empty"), say("write a few words"))
        if len(value) > longest:
            what = say("the text has more than {most} characters", most=longest)
            raise WrongValueError(what, say("make it shorter"))
        if "\n" in value.strip() and not lines:
            raise WrongValueError(say("the text has more than one line"), say("write it on one line"))
        return value.strip()

    return check


def _name(wrong: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not isinstance(value, str) or not NAME.fullmatch(value):
            todo = say("use lower case letters, digits, _ and -, a letter first, 40 at most")
            raise WrongValueError(translated(wrong).format(value=quoted(value)), todo)
        return value

    return check


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        what = say("{value} is neither true nor false", value=quoted(value))
        raise WrongValueError(what, say("say true or false"))
    return value


def _share(most: Share) -> tuple[PlainValidator, Shown]:
    text = {"type": "string", "pattern": SHARE_PATTERN}
    number = {"type": "number", "minimum": 0, "maximum": most.value}
    return PlainValidator(partial(share_of, most=most)), Shown({"anyOf": [text, number]})


def named(wrong: str) -> tuple[PlainValidator, Shown]:
    """A key that is a name, and how the schema says so; `wrong` is said of a `{value}` that cannot be one."""
    return PlainValidator(_name(wrong)), Shown({"type": "string", "pattern": f"^{NAME.pattern}$"})


def _settable() -> str:
    """The pattern of the paths that events can set."""
    paths = {
        scope: "|".join(re.escape(one.path) for one in PARAMETERS.values() if one.scope == scope)
        for scope in ("traffic", "tier")
    }
    return rf"^(traffic\.({paths['traffic']})|tiers\.{NAME.pattern}\.({paths['tier']}))$"


def _targets() -> str:
    """The pattern of what faults can hit."""
    parts = "|".join((*UNIT_NAMES, *LINK_NAMES))
    return rf"^((site|feed)\.{NAME.pattern}|{NAME.pattern}\.({parts}))$"


Length = Annotated[int, _between(MS, MAX_DURATION_US), Shown(_POSITIVE_SCHEMA)]
Interval = Annotated[int, _between(MS, MAX_DURATION_US), Shown(_POSITIVE_SCHEMA)]
Refresh = Annotated[int, _between(MS, H), Shown(_POSITIVE_SCHEMA)]
Lifetime = Annotated[int, _between(MS, 365 * MAX_DURATION_US), Shown(_POSITIVE_SCHEMA)]
Tick = Annotated[int, _between(MS, S), Shown(_POSITIVE_SCHEMA)]
Latency = Annotated[int, _between(0, MIN), Shown(_DURATION_SCHEMA)]
Delay = Annotated[int, _between(0, MAX_DURATION_US), Shown(_DURATION_SCHEMA)]
Misses = Annotated[int, *_count(1, 60)]
Announced = Annotated[int, *_count(1, 60)]
Tries = Annotated[int, *_count(1, 20)]
Factor = Annotated[int, *_count(1, 10)]
Priority = Annotated[int, *_count(1, 255)]
Vrrp = Annotated[int, *_count(2, 3)]
Connections = Annotated[int, *_count(1, 100_000)]
Runs = Annotated[int, *_count(FEWEST_RUNS, MOST_RUNS)]
Seed = Annotated[int, *_count(0, 2**63 - 1)]
Sessions = Annotated[int, *_count(0, MAX_SESSIONS)]
Flag = Annotated[bool, PlainValidator(_flag), Shown({"type": "boolean"})]
Part = Annotated[Share, *_share(ALL)]
Loss = Annotated[Share, *_share(MAX_LOSS)]
PerTime = Annotated[Rate, PlainValidator(rate_of), Shown({"type": "string", "pattern": RATE_PATTERN})]
Bandwidth = Annotated[
    int, PlainValidator(bandwidth_bps), Shown({"type": "string", "pattern": BANDWIDTH.pattern})
]
Bytes = Annotated[int, PlainValidator(partial(size_bytes, maximum=1_000_000)), Shown(_SIZE_SCHEMA)]

Title = Annotated[
    str,
    PlainValidator(text_within(MAX_TITLE, lines=False)),
    Shown({"type": "string", "minLength": 1, "maxLength": MAX_TITLE}),
]
Description = Annotated[
    str, PlainValidator(text_within(4_096, lines=True)), Shown({"type": "string", "minLength": 1})
]
Setting = Annotated[Any, Shown({"type": ["string", "number"]})]
TierName = Annotated[str, *named(marked("{value} cannot be a tier's name"))]
SiteName = Annotated[str, *named(marked("{value} cannot be a site's name"))]
FeedName = Annotated[str, *named(marked("{value} cannot be a feed's name"))]
PresetName = Annotated[str, *named(marked("{value} cannot be a preset's name"))]
TargetName = Annotated[
    str, PlainValidator(text_within(MAX_TITLE, lines=False)), Shown({"type": "string", "pattern": _targets()})
]
ParameterPath = Annotated[
    str,
    PlainValidator(text_within(MAX_TITLE, lines=False)),
    Shown({"type": "string", "pattern": _settable()}),
]
