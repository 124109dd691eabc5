"""What there is: requests, sessions, units, cables, messages, pairs, and one agenda.

One object a request and one set of changes a unit. The rooms of this package are parts of one class, `Naive`;
each part is a chapter of the page of rules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from visualizer.sim.setup import Quality, Setup, Share, TierSetup

FAULT, DELIVERY, TIMER, ARRIVAL, SEND, END = range(6)
LIVING = ("active", "starting", "standby", "resyncing")
WAITING = ("standby", "resyncing")
STREAMS = ("streaming", "semi-sync", "synchronous")
WAITS = ("semi-sync", "synchronous")

Change = tuple[str, int]


@dataclass(eq=False)
class Request:
    """A session that asks to open, or a transaction. `met`: what its first try met (None: never asked)."""

    name: Change
    asked_us: int
    session: Session
    met: str | None = None
    at_us: int | None = None  # when it was served
    acked_us: int | None = None
    waits_for: set[int] = field(default_factory=set)  # tiers whose standby has not answered
    lost_us: int | None = None
    applied: dict[int, Unit] = field(default_factory=dict)
    delayed: bool = False
    failed: bool = False
    hung: bool = False

    @property
    def served(self) -> bool:
        return self.at_us is not None and not self.hung

    def acknowledged(self, before_us: int) -> bool:
        return self.served and self.acked_us is not None and self.acked_us < before_us


@dataclass(eq=False)
class Session:
    number: int
    stays: bool
    closes_us: int = 0
    ended: bool = False
    learnt: bool = False
    lost_in: int | None = None
    stalled: list[Request] = field(default_factory=list)
    opening: Request = field(init=False)

    @property
    def is_open(self) -> bool:
        return self.opening.served and not self.ended and self.opening.lost_us is None


@dataclass(eq=False)
class Unit:
    role: str
    heard_us: int = 0
    term: int = 0
    memory: set[Change] = field(default_factory=set)
    bound_us: int = -1  # all that was ready before this has come, except holes
    holes: set[Change] = field(default_factory=set)
    slow: bool = False
    mute: bool = False
    isolated_us: int | None = None
    dark: bool = False
    suspended: str = ""  # lease, quorum or handover
    alone: bool = False  # requests do not wait for the standby
    caught_up_us: int | None = None  # what was ready by then must have come before requests wait again
    needs_lease: bool = True
    deciding: bool = False
    silence_spent: bool = False  # fencing failed: wait for another silence

    @property
    def serves(self) -> bool:
        return self.role == "active" and not self.suspended and not self.slow


@dataclass(eq=False)
class Message:
    """`kind`: beat, farewell, batch, change, refresh or answer."""

    kind: str
    tier: int
    sender: int
    receiver: int
    link: int
    due_us: int
    changes: frozenset[Change] = frozenset()
    bound_us: int = -1
    term: int = 0
    whole: bool = False  # with it a newcomer has its full copy
    leaves_us: int = -1


@dataclass(eq=False)
class Cable:
    up: bool = True
    degraded: bool = False
    no_heartbeats: bool = False


@dataclass(eq=False)
class Packet:
    """What queues for the sync cable. `way_us`: how long it travels; `cost`: how long it occupies the cable,
    in units of 2^-16 us.
    """

    kind: str
    ready_us: int
    changes: frozenset[Change]
    cost: int
    way_us: int
    bound_us: int = -1
    whole: bool = False
    hole: frozenset[Change] = frozenset()  # lost on the way


@dataclass(eq=False)
class Queue:
    """Packets of one sender behind a bandwidth; `free` is when the last one has left, in 2^-16 us."""

    tier: int
    sender: int
    receiver: int
    opened_us: int
    streams: bool = False  # each change as it is ready
    free: int = 0
    front_us: int = 0  # nothing comes out before this
    packets: list[Packet] = field(default_factory=list)
    leaving: bool = False


@dataclass(eq=False)
class Pair:
    units: list[Unit]
    cables: list[Cable]
    heartbeat_us: int
    sync_us: int
    followers: int = 0
    stayers: int = 0
    term: int = 0
    channel: tuple[int, int] | None = None
    queue: Queue | None = None
    ghosts: list[Queue] = field(default_factory=list)  # what a kernel still sends for a dead process
    ready: dict[int, list[Request]] = field(default_factory=dict)
    snapshot_missed: bool = False
    demoting: bool = False
    contest: str = "split_brain"  # what it is called when the older of two active units gives up
    last_answer_us: int = -1  # before the last takeover
    silent_us: int = -1  # since when the unit that the followers know is not active
    entries: set[int] = field(default_factory=set)
    beats: int = 0
    batches: int = 0
    refreshes: int = 0
    fences: int = 0
    trains: int = 0


def in_share(number: int, share: Share) -> bool:
    return (number + 1) * share.parts // share.of > number * share.parts // share.of


class World:
    """The agenda, and what every chapter looks up."""

    setup: Setup
    tiers: list[TierSetup]
    pairs: list[Pair]
    sessions: list[Session]
    transactions: list[Request]
    by_name: dict[Change, Request]

    def start_agenda(self) -> None:
        self.now_us, self.serial = -1, 0
        self.agenda: list[tuple[int, int, int, tuple[object, ...], Callable[[], None]]] = []
        self.messages: list[Message] = []
        self.happened: list[tuple[object, ...]] = []

    def push(self, at_us: int, order: int, key: tuple[object, ...], do: Callable[[], None]) -> None:
        self.serial += 1
        heappush(self.agenda, (max(at_us, self.now_us), order, self.serial, key, do))

    def cancel(self, *key: object) -> bool:
        before = len(self.agenda)
        self.agenda = [entry for entry in self.agenda if entry[3][: len(key)] != key]
        heapify(self.agenda)
        return len(self.agenda) < before

    def waits_on(self, *key: object) -> bool:
        return any(entry[3][: len(key)] == key for entry in self.agenda)

    def advance(self, until_us: int) -> None:
        while self.agenda and self.agenda[0][0] <= until_us:
            at_us, _, _, _, do = heappop(self.agenda)
            self.now_us = max(at_us, self.now_us)
            do()
        self.now_us = max(until_us, self.now_us)

    def tell(self, what: str, tier: int, number: int) -> None:
        self.happened.append((what, self.now_us, tier, number))

    def requests(self) -> list[Request]:
        return [session.opening for session in self.sessions] + self.transactions

    def quality(self, tier: int, link: int) -> Quality:
        setup = self.tiers[tier].links[link]
        if self.pairs[tier].cables[link].degraded and setup.degraded is not None:
            return setup.degraded
        return setup.quality

    def connected(self, tier: int, link: int) -> bool:
        """Whether the cable carries frames between the two units."""
        pair = self.pairs[tier]
        return pair.cables[link].up and all(unit.isolated_us is None for unit in pair.units)

    def directions(self, tier: int) -> list[int]:
        """Where the groups of clients go, the followers first."""
        pair = self.pairs[tier]
        return [pair.followers, pair.stayers] if self.setup.clients.stay else [pair.followers]

    def serving(self, tier: int) -> int | None:
        """The first unit that serves a group of clients."""
        units = self.pairs[tier].units
        return next((number for number in self.directions(tier) if units[number].serves), None)

    def serves_all(self, tier: int) -> bool:
        units = self.pairs[tier].units
        return all(units[number].serves for number in self.directions(tier))
