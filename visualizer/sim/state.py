"""The state of a run: all that rolls back, is copied for a keyframe and decides what happens next.

The workload is not in here: it is columns (`traffic`), a pure function of setup, seed and rates. The state
holds the control plane (units, cables, frames under way, timers) and append-only logs from which every count
at every past instant follows. Copying it costs a few short lists.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from heapq import heapify, heappush
from typing import NamedTuple

import numpy as np

from visualizer.sim.agenda import Due, Order
from visualizer.sim.chance import Integers
from visualizer.sim.columns import continued
from visualizer.sim.event import Event, LossCause, Status, line
from visualizer.sim.intervals import Intervals
from visualizer.sim.setup import LinkSetup, Quality, Rate, Setup, Share, TierSetup
from visualizer.sim.traffic import EARLIEST_US, FAR_US, START_US, Rates, Traffic, draw


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


class Unit(NamedTuple):
    """One of a pair. What it holds: changes that it took in itself, by their times, for each group of
    clients (`own`; while it serves the last interval ends FAR_US), and everything by copies that was ready
    before `copied_us`, but for `holes`. `safe_us`: the instant up to which it has a copy (None: of
    nothing). `term`: its last takeover. `fault`: why it is down. `mute`: its daemon is dead. `suspended`:
    why an active unit does not serve ("lease", "quorum" or ""). `blocked`: its standby serves itself, and
    so never answers it. `leased`: it must keep in contact to go on serving.

    A tuple, as `Tier` is: both are exchanged at every beat, and a data class takes ten times as long for it.
    """

    role: Role
    since_us: int
    own: tuple[Intervals, ...]
    copied_us: int
    safe_us: int | None
    heard_us: int
    term: int = 0
    holes: tuple[Holes, ...] = ()
    fault: str = ""
    slow: bool = False
    mute: bool = False
    isolated: bool = False
    suspended: str = ""
    leased: bool = True
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Holes:
    """Of the changes ready in [from_us, to_us), each was lost on the cable with chance `loss`."""

    from_us: int
    to_us: int
    loss: Share


@dataclass(frozen=True, slots=True)
class Refresh:
    """All state ready before `bound_us` was sent again; each change of it was lost again with chance
    `loss`.
    """

    receiver: int
    number: int
    bound_us: int
    loss: Share
    arrived_us: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Of a stream's messages those ready before `ready_us` have left by `left16` (2^-16 us), and the last of
    them arrived at `arrived_us`. Nothing will change that any more.
    """

    ready_us: int
    left16: int
    arrived_us: int


@dataclass(frozen=True, slots=True)
class Stream:
    """Each change that is ready in [from_us, to_us) leaves as a message of its own.

    A message takes `each16` on the cable (2^-16 us), after `front16` at the earliest; it arrives in order,
    not before `not_before_us`, unless due at `died_us` or later. Answers to it come back before
    `answered_by_us` or never.
    """

    sender: int
    receiver: int
    from_us: int
    to_us: int
    quality: Quality
    each16: int = 0
    front16: int = 0
    not_before_us: int = 0
    resend_us: int = 0
    datagram: bool = False
    died_us: int = FAR_US
    answered_by_us: int = FAR_US
    marks: tuple[Mark, ...] = ()

    @property
    def tail(self) -> Stream:
        """The messages from the last mark on: each leaves and arrives as in the whole stream."""
        return self._behind(len(self.marks))

    def tail_with(self, ready_us: int) -> Stream:
        """The shortest tail that has all messages ready at this instant and later."""
        return self._behind(bisect_right(self.marks, ready_us, key=lambda mark: mark.ready_us))

    def tail_under_way(self, at_us: int) -> Stream:
        """The shortest tail behind messages that had arrived before this instant."""
        return self._behind(bisect_left(self.marks, at_us, key=lambda mark: mark.arrived_us))

    def _behind(self, marks: int) -> Stream:
        if not marks:
            return self
        mark = self.marks[marks - 1]
        return replace(
            self, from_us=mark.ready_us, front16=mark.left16, not_before_us=mark.arrived_us, marks=()
        )

    @property
    def latency_us(self) -> int:
        """One way."""
        return self.quality.latency_us

    @property
    def is_even(self) -> bool:
        """Whether every message takes the same time, so that nothing need be counted."""
        lossless = self.datagram or not self.quality.loss
        return not self.each16 and not self.quality.jitter_us and lossless


@dataclass(frozen=True, slots=True, eq=False)
class Bulk:
    """A copy that comes piece by piece: the piece with `ready_us[i]` arrives at `arrive_us[i]`, ascending;
    it has left `travel_us` earlier.
    """

    receiver: int
    ready_us: Integers
    arrive_us: Integers
    travel_us: int
    bound_us: int
    died_us: int = FAR_US


@dataclass(frozen=True, slots=True)
class Era:
    """A time in which one unit holds the state and the other either copies it or is no help.

    `other`: the other unit as it was when the era began, all that had reached it included (None: no help).
    `first_delivery`, `first_stream` and `first_bulk` index the tier's logs. `by_fault`: a fault began it, so
    that another fault of the same instant comes after it.
    """

    from_us: int
    holder: int | None
    key: tuple[object, ...]
    other: Unit | None
    first_delivery: int
    first_stream: int
    first_bulk: int
    by_fault: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """Requests made from `from_us` on wait for the standby; those still waiting at `released_us` do not."""

    from_us: int
    to_us: int = FAR_US
    released_us: int = FAR_US


@dataclass(frozen=True, slots=True)
class AnswersCut:
    """Answers to the first `deliveries` and `bulks` copies of a tier that were not back before `at_us` never
    came.
    """

    at_us: int
    deliveries: int
    bulks: int


class Tier(NamedTuple):
    """The pair's control plane. `directed`: the unit that clients who follow send to, `stays_at` those who
    stay. `serving`, `stayers_served_by`: these, while they serve. `channel`: (sender, receiver) while state
    can be copied. `front16`: until when the sync cable is busy (2^-16 us). `sync_skipped`: a tick came
    while the last copy was still on its way. `acked_us`: requests made before it have been answered by the
    standby. `answers_held`: the rest waits in vain. `answers_cut`: when answers on their way died.
    `contest`: the cause of what the loser of two actives will lose. `beats`, `batches`, `refreshes`,
    `fences`, `announced`: how many there have been, to key their chance.
    """

    units: tuple[Unit, Unit]
    directed: int = 0
    stays_at: int = 0
    serving: int | None = 0
    stayers_served_by: int | None = 0
    term: int = 0
    channel: tuple[int, int] | None = None
    streams: tuple[Stream, ...] = ()
    heartbeat_us: int = 0
    sync_us: int = 0
    failover: int | None = None
    demoting: bool = False
    sync_skipped: bool = False
    waits: tuple[Wait, ...] = ()
    acked_us: int = 0
    answers_held: bool = False
    answers_cut: tuple[AnswersCut, ...] = ()
    front16: int = 0
    contest: LossCause = LossCause.SPLIT_BRAIN
    beats: int = 0
    batches: int = 0
    refreshes: int = 0
    fences: int = 0
    announced: int = 0

    @property
    def servers(self) -> tuple[int | None, int | None]:
        """Who serves each group of clients."""
        return self.serving, self.stayers_served_by

    @property
    def requests_wait(self) -> bool:
        """Whether a request made now waits for the standby."""
        return bool(self.waits) and self.waits[-1].to_us == FAR_US


@dataclass(frozen=True, slots=True)
class Link:
    """A cable: whether it carries frames, and heartbeats, how well, and since when."""

    up: bool = True
    changed_us: int = 0
    fault: str = ""
    degraded: bool = False
    beats: bool = True


@dataclass(frozen=True, slots=True)
class Feed:
    """A utility feed: `ok`, `failed` (the UPS carries), `generator` or `dark`; `failures` so far."""

    condition: str = "ok"
    since_us: int = 0
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Failover:
    """One change of the active unit. `down_us`: since when the tier served nobody (None: never).
    `answered_us`: requests made before it had been answered when the fault came.
    """

    tier: int
    fault: str | None
    unit: int
    fault_us: int
    safe_us: int | None
    down_us: int | None
    takeover_us: int | None = None
    restored_us: int | None = None
    answered_us: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Loss:
    """Acknowledged state that is gone, with its chain: accepted (the columns), last safe sync, fault.

    `ended_us`: until then the clients do not know and go on asking. `entry_sessions`: whose entry in this
    tier's state table is gone; those that another tier lost at the same instant are among them.
    """

    at_us: int
    tier: int
    cause: LossCause
    failover: int | None
    safe_us: int | None
    ended_us: int
    sessions: Integers
    entry_sessions: Integers
    transaction_us: Integers
    transaction_session: Integers

    @property
    def entries(self) -> int:
        """State table entries that are gone."""
        return len(self.entry_sessions)


Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Requests counted up to and including `until_us`, by status in the order of `Status`."""

    until_us: int = EARLIEST_US
    sessions: Counts = (0,) * len(Status)
    transactions: Counts = (0,) * len(Status)
    closed: int = 0


ServiceLog = list[tuple[int, Status, int | None]]
"""(from_us, status, tier that decides it) in order of time."""


def _served_from_start() -> list[ServiceLog]:
    return [[(EARLIEST_US, Status.SERVED, None)]]


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
    streams: list[list[Stream]] = field(default_factory=list)
    bulks: list[list[Bulk]] = field(default_factory=list)
    refreshes: list[list[Refresh]] = field(default_factory=list)
    feeds: list[Feed] = field(default_factory=list)
    service: list[ServiceLog] = field(default_factory=_served_from_start)
    losses: list[Loss] = field(default_factory=list)
    failovers: list[Failover] = field(default_factory=list)
    in_doubt: list[tuple[int, int, int]] = field(default_factory=list)
    lost_sessions: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    lost_by: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    lost_transactions: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    service_seen: tuple[tuple[int, Status, int | None], ...] = ()
    paces: tuple[Rate | None, ...] = ()
    tally: Tally = Tally()
    audited_us: int = START_US
    held: tuple[int, ...] | None = None
    trace: hashlib._Hash = field(default_factory=hashlib.sha256)
    traced_us: int = EARLIEST_US
    events: list[Event] = field(default_factory=list)

    def copy(self) -> State:
        """An independent state: what is done to one never shows in the other."""
        twin = replace(self)
        for name in ("agenda", "tiers", "feeds", "losses", "failovers", "in_doubt", "events"):
            setattr(twin, name, list(getattr(self, name)))
        for name in ("links", "eras", "deliveries", "streams", "bulks", "refreshes", "service"):
            setattr(twin, name, [list(inner) for inner in getattr(self, name)])
        twin.trace = self.trace.copy()
        return twin

    @property
    def groups(self) -> int:
        """How many groups of clients are told apart: those who follow, and those who stay if any do."""
        return len(self.service)

    @property
    def clients_react(self) -> bool:
        """Whether what clients ask for depends on what they meet."""
        clients = self.setup.clients
        tries = clients.retry is not None or clients.stall_us is not None
        return tries or self.setup.traffic.connections is not None

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
        self.tiers[tier] = self.tiers[tier]._replace(**changes)  # type: ignore[arg-type]

    def change_unit(self, tier: int, unit: int, **changes: object) -> None:
        """Exchange fields of a unit."""
        units = list(self.tiers[tier].units)
        units[unit] = units[unit]._replace(**changes)  # type: ignore[arg-type]
        self.tiers[tier] = self.tiers[tier]._replace(units=(units[0], units[1]))

    def redraw(self) -> None:
        """Draw the traffic again after a change of the rates."""
        fresh = draw(self.setup.traffic, self.setup.seed, self.rates, self.setup.duration_us)
        self.traffic = continued(self.traffic, fresh, self.now_us) if self.clients_react else fresh
        if len(self.lost_by):
            by = np.full(len(self.traffic.opens_us), -1, dtype=np.int64)
            known = min(len(by), len(self.lost_by))
            by[:known] = self.lost_by[:known]
            self.lost_by = by
