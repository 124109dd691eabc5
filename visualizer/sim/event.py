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
    REFUSED = "refused_for_consistency"


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
    """From now on requests of `clients` (`all`, or those who `follow` or `stay`) meet `status`, in `tier`.
    The counts are those of all clients since the last change.
    """

    at_us: int
    status: Status
    tier: int | None
    clients: str
    sessions: int
    transactions: int
    digest: str


@dataclass(frozen=True, slots=True)
class UnitChanged:
    """A fault or its repair changed how a living unit works: `condition` is `slow`, `mute` (its high
    availability daemon is dead), `isolated` (it sees neither peer nor witness) or `sound`.
    """

    at_us: int
    fault: str
    tier: int
    unit: int
    condition: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """Another unit of the same column failed: this one is healthy, but no path leads through it any more."""

    at_us: int
    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class FeedChanged:
    """Utility power: `condition` is `failed`, `generator` (it carries the sites now), `no_generator` (it did
    not start), `dark` (the UPS is empty) or `restored`.
    """

    at_us: int
    feed: int
    condition: str


@dataclass(frozen=True, slots=True)
class TakeoverBegun:
    """The standby has decided to take over: `why` is `silence`, `power` (sensed over a serial cable),
    `farewell`, `handover` or `preemption`. It is active at `due_us` if nothing comes between.
    """

    at_us: int
    tier: int
    unit: int
    why: str
    due_us: int


@dataclass(frozen=True, slots=True)
class TakeoverRefused:
    """`unit` must not take over: `why` is `witness` (it still sees the active) or `fence` (it failed)."""

    at_us: int
    tier: int
    unit: int
    why: str


@dataclass(frozen=True, slots=True)
class Fenced:
    """The standby has switched `unit` off, to be sure that it serves no more."""

    at_us: int
    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class ServiceSuspended:
    """An active unit stops serving for safety: `why` is `lease` or `quorum`."""

    at_us: int
    tier: int
    unit: int
    why: str


@dataclass(frozen=True, slots=True)
class ServiceResumed:
    """A suspended active has its lease or its quorum again."""

    at_us: int
    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class Farewell:
    """A unit that stops in an orderly way says so: the standby need not wait for its silence."""

    at_us: int
    tier: int
    unit: int
    due_us: int | None


@dataclass(frozen=True, slots=True)
class AcknowledgementsHeld:
    """The standby cannot be reached: requests wait for their acknowledgement from now on."""

    at_us: int
    tier: int


@dataclass(frozen=True, slots=True)
class FellBack:
    """Semi-synchronous copying gives up waiting and runs on asynchronously; all that waited is answered."""

    at_us: int
    tier: int


@dataclass(frozen=True, slots=True)
class AcknowledgementsBack:
    """The standby answers again: what waited is acknowledged, and each request waits for it again."""

    at_us: int
    tier: int


@dataclass(frozen=True, slots=True)
class AnnouncementLost:
    """Nobody heard this gratuitous ARP of `unit` (`number` from 1)."""

    at_us: int
    tier: int
    unit: int
    number: int


@dataclass(frozen=True, slots=True)
class RequestsRetried:
    """A unit is there again: so many requests that met nobody, or wait behind one that did, try again."""

    at_us: int
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
    | UnitChanged
    | SetAside
    | FeedChanged
    | TakeoverBegun
    | TakeoverRefused
    | Fenced
    | ServiceSuspended
    | ServiceResumed
    | Farewell
    | AcknowledgementsHeld
    | FellBack
    | AcknowledgementsBack
    | AnnouncementLost
    | RequestsRetried
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


def _value(  # noqa: PLR0911 - one line for each kind of field
    name: str, value: object, tier: int | None, setup: Setup
) -> str:
    match name, value:
        case _, None:
            return "-"
        case "tier", int():
            return setup.tiers[value].name
        case "feed", int():
            return setup.feeds[value].name
        case "unit", int():
            return UNIT_NAMES[value]
        case "link", int() if tier is not None:
            return setup.tiers[tier].links[value].name
        case _, bool():
            return "yes" if value else "no"
        case _:
            return str(value)
