"""The state of a run: all that rolls back, is copied for a keyframe and decides what happens next.

The workload is not in here: it is columns (`traffic`), a pure function of setup, seed and rates. The state
holds the control plane (units, cables, frames under way, timers) and append-only logs from which every count
at every past instant follows. Copying it costs a few short lists.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from heapq import heapify, heappush

import numpy as np

from visualizer.sim.chance import Integers
from visualizer.sim.command import Command
from visualizer.sim.event import Event, LossCause, Status, line
from visualizer.sim.intervals import Intervals
from visualizer.sim.setup import LinkSetup, Setup, TierSetup
from visualizer.sim.traffic import Rates, Traffic, draw

START_US = -1
"""The instant just before the run: initial sessions opened then."""


class Order(IntEnum):
    """What goes first at equal times; then the serial number decides."""

    FAULT = 0
    DELIVERY = 1
    TIMER = 2
    ARRIVAL = 3
    SEND = 4


class Role(StrEnum):
    """What a unit is at this instant."""

    ACTIVE = "active"
    STANDBY = "standby"
    RESYNCING = "resyncing"
    STARTING = "starting"
    BOOTING = "booting"
    SET_ASIDE = "set aside"
    DOWN = "down"


RUNNING = frozenset({Role.ACTIVE, Role.STANDBY, Role.RESYNCING, Role.STARTING})
WAITING = frozenset({Role.STANDBY, Role.RESYNCING})


@dataclass(frozen=True, slots=True)
class Unit:
    """One of a pair. `knows`: the times of the changes that it holds; of the serving unit the last interval
    is open (ends FAR_US). `safe_us`: all up to this instant has been copied to it. `term`: its last takeover.
    `served`: when it served, as far back as its memory goes.
    """

    role: Role
    since_us: int
    knows: Intervals
    safe_us: int | None
    heard_us: int
    term: int = 0
    served: Intervals = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes on the cable: what the sender held up to, not including, `bound_us`."""

    tier: int
    sender: int
    receiver: int
    link: int
    knows: Intervals
    cut_us: int
    bound_us: int
    sent_us: int
    due_us: int
    full: bool


@dataclass(frozen=True, slots=True)
class Beat:
    """A heartbeat on the cable."""

    tier: int
    sender: int
    receiver: int
    link: int
    term: int
    sent_us: int
    due_us: int


@dataclass(frozen=True, slots=True)
class Stream:
    """A channel that sends each change made in [from_us, to_us) at once; it arrives `latency_us` later."""

    sender: int
    receiver: int
    from_us: int
    to_us: int
    latency_us: int


@dataclass(frozen=True, slots=True)
class Segment:
    """What a stream brought `receiver`: changes made in [from_us, to_us), unless due at `died_us` or later.

    Nothing of it arrives before `not_before_us`: the cable keeps the order.
    """

    receiver: int
    from_us: int
    to_us: int
    latency_us: int
    not_before_us: int
    died_us: int


@dataclass(frozen=True, slots=True)
class Era:
    """A time in which one unit holds the state and the other either copies it or is no help.

    `base`: what the other held already. `first_delivery` and `first_segment` index the tier's logs.
    `by_fault`: a fault began it, so that another fault of the same instant comes after it.
    """

    from_us: int
    holder: int | None
    key: tuple[object, ...]
    base: Intervals
    first_delivery: int
    first_segment: int
    by_fault: bool = False


@dataclass(frozen=True, slots=True)
class Tier:
    """The pair's control plane. `directed`: the unit that those before the tier send to. `serving`: it, while
    it is active. `channel`: (sender, receiver) while state can be copied.
    """

    units: tuple[Unit, Unit]
    directed: int = 0
    serving: int | None = 0
    term: int = 0
    channel: tuple[int, int] | None = None
    streams: tuple[Stream, ...] = ()
    heartbeat_us: int = 0
    sync_us: int = 0
    failover: int | None = None
    demoting: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A cable: whether it carries frames, and since when."""

    up: bool = True
    changed_us: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Failover:
    """One change of the active unit. `down_us`: since when the tier served nobody (None: never)."""

    tier: int
    fault: str | None
    unit: int
    fault_us: int
    safe_us: int | None
    down_us: int | None
    takeover_us: int | None = None
    restored_us: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Loss:
    """Acknowledged state that is gone, with its chain: accepted (the columns), last safe sync, fault.

    `ended_us`: until then the clients do not know and go on asking. `changes`: when what is gone was made.
    `entries` counts state table entries.
    """

    at_us: int
    tier: int
    cause: LossCause
    failover: int | None
    safe_us: int | None
    ended_us: int
    changes: Intervals
    sessions: Integers
    entries: int
    transaction_us: Integers
    transaction_session: Integers


@dataclass(frozen=True, slots=True)
class Tally:
    """Requests counted up to and including `until_us`, by status in the order of `Status`."""

    until_us: int = START_US - 1
    sessions: tuple[int, int, int, int] = (0, 0, 0, 0)
    transactions: tuple[int, int, int, int] = (0, 0, 0, 0)
    closed: int = 0


@dataclass(frozen=True, slots=True)
class CommandDue:
    """Somebody acts."""

    command: Command


@dataclass(frozen=True, slots=True)
class HeartbeatDue:
    """Active units of the tier send their heartbeat."""

    tier: int


@dataclass(frozen=True, slots=True)
class SyncDue:
    """The tier's sync tick."""

    tier: int


@dataclass(frozen=True, slots=True)
class CopyDue:
    """All that the receiver lacks leaves at once: after a rejoin or a heal."""

    tier: int


@dataclass(frozen=True, slots=True)
class StreamDrained:
    """The last change of a stream whose sender died has arrived."""

    tier: int


@dataclass(frozen=True, slots=True)
class DetectDue:
    """A waiting unit's hold time may be over."""

    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class AddressDue:
    """Those before the tier follow the gratuitous ARP of `unit`."""

    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class BootDone:
    """A repaired unit runs again."""

    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class DemoteDue:
    """A deposed active steps down."""

    tier: int
    unit: int


Due = (
    CommandDue
    | Beat
    | Batch
    | StreamDrained
    | DetectDue
    | AddressDue
    | BootDone
    | DemoteDue
    | HeartbeatDue
    | SyncDue
    | CopyDue
)
"""What can stand on the agenda; `engine` says what each does."""

ServiceLog = list[tuple[int, Status, int | None]]


@dataclass(slots=True)
class State:
    """See the module. Built by `engine.start`, changed only by `engine.advance` and `engine.command`."""

    setup: Setup
    rates: Rates
    traffic: Traffic
    now_us: int = START_US
    serial: int = 0
    by_fault: bool = False
    agenda: list[tuple[int, int, int, Due]] = field(default_factory=list)
    tiers: list[Tier] = field(default_factory=list)
    links: list[list[Link]] = field(default_factory=list)
    eras: list[list[Era]] = field(default_factory=list)
    deliveries: list[list[tuple[int, int]]] = field(default_factory=list)
    segments: list[list[Segment]] = field(default_factory=list)
    service: ServiceLog = field(default_factory=lambda: [(START_US, Status.SERVED, None)])
    losses: list[Loss] = field(default_factory=list)
    failovers: list[Failover] = field(default_factory=list)
    in_doubt: list[tuple[int, int, int]] = field(default_factory=list)
    lost_sessions: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    lost_by: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    lost_transactions: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    tally: Tally = Tally()
    audited_us: int = START_US
    held: tuple[int, ...] | None = None
    trace: hashlib._Hash = field(default_factory=hashlib.sha256)
    traced_us: int = START_US
    events: list[Event] = field(default_factory=list)

    def copy(self) -> State:
        """An independent state: what is done to one never shows in the other."""
        twin = replace(self)
        for name in ("agenda", "tiers", "service", "losses", "failovers", "in_doubt", "events"):
            setattr(twin, name, list(getattr(self, name)))
        for name in ("links", "eras", "deliveries", "segments"):
            setattr(twin, name, [list(inner) for inner in getattr(self, name)])
        twin.trace = self.trace.copy()
        return twin

    def tier_setup(self, tier: int) -> TierSetup:
        """The tier's parameters as they are now."""
        return self.setup.tiers[tier]

    def sync_link(self, tier: int) -> LinkSetup:
        """The cable that carries the tier's state."""
        setup = self.setup.tiers[tier]
        return setup.links[setup.sync.link]

    def push(self, at_us: int, order: Order, due: Due) -> None:
        """Put something on the agenda."""
        self.serial += 1
        heappush(self.agenda, (at_us, order, self.serial, due))

    def cancel(self, doomed: Callable[[Due], bool]) -> list[Due]:
        """Take matching things off the agenda; returns them in order of time."""
        gone = [entry for entry in self.agenda if doomed(entry[3])]
        if gone:
            self.agenda[:] = [entry for entry in self.agenda if not doomed(entry[3])]
            heapify(self.agenda)
        return [entry[3] for entry in sorted(gone, key=lambda entry: entry[:3])]

    def emit(self, event: Event) -> None:
        """Record a fact: for whoever advances the state, and in the trace hash."""
        self.events.append(event)
        self.trace.update(line(event, self.setup).encode() + b"\n")

    def change_tier(self, tier: int, **changes: object) -> None:
        """Exchange fields of a tier."""
        self.tiers[tier] = replace(self.tiers[tier], **changes)  # type: ignore[arg-type]

    def change_unit(self, tier: int, unit: int, **changes: object) -> None:
        """Exchange fields of a unit."""
        units = list(self.tiers[tier].units)
        units[unit] = replace(units[unit], **changes)  # type: ignore[arg-type]
        self.tiers[tier] = replace(self.tiers[tier], units=(units[0], units[1]))

    def redraw(self) -> None:
        """Draw the traffic again after a change of the rates."""
        self.traffic = draw(self.setup.traffic, self.setup.seed, self.rates, self.setup.duration_us)
