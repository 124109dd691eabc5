"""Everything that can happen, as small frozen facts, each with one canonical line of text.

The trace hash is SHA-256 over these lines; golden traces are these lines. Open for reading everywhere, closed
here: whoever folds over `Event` names every kind.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from typing import cast

from visualizer.sim.setup import UNIT_NAMES, Setup


class Status(StrEnum):
    """Whether a request that arrives is served, and if not, why."""

    SERVED = "served"
    NOBODY_ACTIVE = "nobody_active"
    DEAD_ADDRESS = "dead_address"
    HUNG = "hung"


class LossCause(StrEnum):
    """Why acknowledged state is gone; each loss has exactly one."""

    UNSYNCED = "unsynced"
    IN_FLIGHT = "in_flight"
    BACKLOG = "backlog"
    NEVER_SYNCED = "never_synced"
    STALE_SNAPSHOT = "stale_snapshot"
    SPLIT_BRAIN = "split_brain"
    CASCADE = "cascade"
    FAILBACK = "failback"
    NO_SURVIVOR = "no_survivor"


@dataclass(frozen=True, slots=True)
class HeartbeatSent:
    """The active unit says that it lives; the other hears it at `due_us`, or never when the link is cut."""

    at_us: int
    tier: int
    unit: int
    due_us: int | None


@dataclass(frozen=True, slots=True)
class HeartbeatReceived:
    """`unit` heard the other one."""

    at_us: int
    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class SyncSent:
    """One batch leaves `unit`: all that it has up to and including `cut_us`.

    `full`: a whole copy for a newcomer. `sessions` and `transactions`: what the receiver lacked.
    """

    at_us: int
    tier: int
    unit: int
    cut_us: int
    due_us: int
    full: bool
    sessions: int
    transactions: int


@dataclass(frozen=True, slots=True)
class SyncReceived:
    """`unit` now holds everything up to and including `cut_us`."""

    at_us: int
    tier: int
    unit: int
    cut_us: int


@dataclass(frozen=True, slots=True)
class StreamOpened:
    """From now on (after a copy of this instant) `unit` sends each change at once; it takes `latency_us`."""

    at_us: int
    tier: int
    unit: int
    latency_us: int


@dataclass(frozen=True, slots=True)
class StreamClosed:
    """No more changes leave; what the other unit has is complete up to, not including, `bound_us`."""

    at_us: int
    tier: int
    bound_us: int


@dataclass(frozen=True, slots=True)
class FrameLost:
    """A heartbeat or sync batch died on the cable."""

    at_us: int
    tier: int
    frame: str
    unit: int
    sent_us: int
    due_us: int


@dataclass(frozen=True, slots=True)
class UnitStruck:
    """A fault took a unit down."""

    at_us: int
    fault: str
    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """A fault or a repair changed a cable: `up` says whether it carries frames now."""

    at_us: int
    fault: str
    tier: int
    link: int
    up: bool


@dataclass(frozen=True, slots=True)
class ParameterSet:
    """A live change took effect."""

    at_us: int
    parameter: str
    tier: int | None
    value: str


@dataclass(frozen=True, slots=True)
class Takeover:
    """The standby heard nothing for its hold time and is active now."""

    at_us: int
    tier: int
    unit: int
    heard_us: int


@dataclass(frozen=True, slots=True)
class AddressLearned:
    """Those before the tier now send to `unit` (the gratuitous ARP has been followed)."""

    at_us: int
    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class Demoted:
    """A deposed active steps down; what only it held is gone."""

    at_us: int
    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class Repaired:
    """Somebody switched the unit on again; it boots."""

    at_us: int
    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class Booted:
    """The unit runs again, with empty memory."""

    at_us: int
    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class Rejoined:
    """The unit has its full copy: the pair is redundant again."""

    at_us: int
    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class StateLost:
    """Acknowledged state that no living unit of the tier holds any more; `digest` names the sessions."""

    at_us: int
    tier: int
    cause: LossCause
    sessions: int
    transactions: int
    entries: int
    safe_us: int | None
    digest: str


@dataclass(frozen=True, slots=True)
class InDoubt:
    """Requests that were applied and copied, but not acknowledged when the unit died."""

    at_us: int
    tier: int
    transactions: int


@dataclass(frozen=True, slots=True)
class ServiceChanged:
    """From now on requests meet `status`, in `tier`. The counts are those since the last change."""

    at_us: int
    status: Status
    tier: int | None
    sessions: int
    transactions: int
    digest: str


Event = (
    HeartbeatSent
    | HeartbeatReceived
    | SyncSent
    | SyncReceived
    | StreamOpened
    | StreamClosed
    | FrameLost
    | UnitStruck
    | LinkChanged
    | ParameterSet
    | Takeover
    | AddressLearned
    | Demoted
    | Repaired
    | Booted
    | Rejoined
    | StateLost
    | InDoubt
    | ServiceChanged
)


def line(event: Event, setup: Setup) -> str:
    """The canonical line: time in microseconds, kind, then `name=value` with names of tiers and units."""
    parts = [f"{event.at_us:>12} {type(event).__name__:<18}"]
    tier = getattr(event, "tier", None)
    parts += [
        f"{name}={_value(name, getattr(event, name), tier, setup)}"
        for name in _shown(cast(Hashable, type(event)))
    ]
    return " ".join(parts)


@cache
def _shown(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cast("type[HeartbeatSent]", kind)) if field.name != "at_us")


def _value(name: str, value: object, tier: int | None, setup: Setup) -> str:
    match name, value:
        case _, None:
            return "-"
        case "tier", int():
            return setup.tiers[value].name
        case "unit", int():
            return UNIT_NAMES[value]
        case "link", int() if tier is not None:
            return setup.tiers[tier].links[value].name
        case _, bool():
            return "yes" if value else "no"
        case _:
            return str(value)
