"""The model told a second time, slowly: one object a request, one set of known changes a unit.

It shares only the columns of the traffic and the words of the setup with the engine. There are no intervals,
no eras, no logs and no vectors here: every request is handled on its own, every change of a stream is a
message on its own, and after every change of hands each session is looked up in every memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush

from visualizer.sim.command import Command, SetParameter
from visualizer.sim.setup import Rate, Setup, TierSetup
from visualizer.sim.traffic import draw

# Heartbeats leave before the arrivals of the same instant here. Nobody can tell: a heartbeat does not depend
# on requests, and a request meets what stands when its whole instant is over.
FAULT, DELIVERY, TIMER, HEARTBEAT, ARRIVAL, SEND = range(6)
RUNNING = ("active", "standby", "resyncing")
WAITING = ("standby", "resyncing")

Change = tuple[str, int]


@dataclass(eq=False)
class Request:
    """A session that asks to open, or a transaction; `met` is what it met (None: it was never asked)."""

    name: Change
    at_us: int
    session: Session
    met: str | None = None
    lost_us: int | None = None
    applied: list[Unit] = field(default_factory=list)


@dataclass(eq=False)
class Session:
    closed: bool = False
    learnt: bool = False
    opening: Request = field(init=False)

    @property
    def is_open(self) -> bool:
        return self.opening.met == "served" and not self.closed and self.opening.lost_us is None


@dataclass(eq=False)
class Unit:
    role: str
    heard_us: int = 0
    term: int = 0
    memory: set[Change] = field(default_factory=set)


@dataclass(eq=False)
class Message:
    kind: str  # "beat", "batch" or "change"
    tier: int
    sender: int
    receiver: int
    link: int
    due_us: int
    changes: frozenset[Change] = frozenset()
    term: int = 0
    full: bool = False


@dataclass(eq=False)
class Pair:
    units: list[Unit]
    links_up: list[bool]
    heartbeat_us: int
    sync_us: int
    directed: int = 0
    serving: int | None = 0
    term: int = 0
    channel: tuple[int, int] | None = None
    streaming_from_us: int | None = None
    front_us: int = 0  # nothing comes out of the stream before this
    demoting: bool = False
    entries: set[int] = field(default_factory=set)


class Naive:
    """See the module. `advance` handles everything up to and including an instant."""

    def __init__(self, setup: Setup, commands: Iterable[Command] = ()) -> None:
        commands = (*setup.commands, *commands)
        self.setup, self.now_us, self.serial = setup, -1, 0
        self.agenda: list[tuple[int, int, int, tuple[object, ...], Callable[[], None]]] = []
        self.tiers: list[TierSetup] = list(setup.tiers)
        self.pairs: list[Pair] = []
        self.messages: list[Message] = []
        self.service = "served"
        self.happened: list[tuple[object, ...]] = []
        self.lost_causes: Counter[str] = Counter()
        self.lost_transaction_causes: Counter[str] = Counter()
        self.entries_lost = 0
        self.in_doubt = 0
        self._read_columns(commands)
        for tier in range(len(setup.tiers)):
            self._start_pair(tier)
        for command in commands:
            self.push(command.at_us, FAULT, ("command",), lambda command=command: self.obey(command))  # type: ignore[misc]

    def _read_columns(self, commands: Iterable[Command]) -> None:
        setup = self.setup
        rates: list[tuple[int, Rate | None]] = [(0, setup.traffic.session_rate)]
        for act in commands:
            if isinstance(act, SetParameter) and act.parameter == "traffic.rate":
                assert isinstance(act.value, Rate)
                rates = [piece for piece in rates if piece[0] < act.at_us] + [(act.at_us, act.value)]
        columns = draw(setup.traffic, setup.seed, tuple(rates), setup.duration_us)
        self.sessions = [Session() for _ in columns.opens_us]
        self.transactions: list[Request] = []
        for number, (opens_us, closes_us) in enumerate(
            zip(columns.opens_us.tolist(), columns.closes_us.tolist(), strict=True)
        ):
            session = self.sessions[number]
            session.opening = Request(("open", number), opens_us, session)
            if opens_us < 0:
                session.opening.met = "served"
            else:
                self._at_arrival(opens_us, lambda session=session: self.ask(session.opening))
            self._at_arrival(closes_us, lambda session=session: self.close(session))
        for place, (at_us, number) in enumerate(
            zip(columns.transaction_us.tolist(), columns.transaction_session.tolist(), strict=True)
        ):
            request = Request(("transaction", place), at_us, self.sessions[number])
            self.transactions.append(request)
            self._at_arrival(at_us, lambda request=request: self.ask(request))

    def _at_arrival(self, at_us: int, do: Callable[[], None]) -> None:
        if at_us <= self.setup.duration_us:
            self.push(at_us, ARRIVAL, ("arrival",), do)

    def _start_pair(self, tier: int) -> None:
        setup = self.tiers[tier]
        before = {session.opening.name for session in self.sessions if session.opening.at_us < 0}
        latency_us = setup.links[setup.heartbeat.link].latency_us
        heard_us = max(setup.heartbeat.phase_us + latency_us - setup.heartbeat.interval_us, 0)
        units = [Unit("active", memory=set(before)), Unit("standby", heard_us=heard_us)]
        if setup.sync.policy != "none":
            units[1].memory |= before
        sync_us = setup.sync.phase_us or setup.sync.interval_us
        self.pairs.append(Pair(units, [True] * len(setup.links), setup.heartbeat.phase_us, sync_us))
        self.push(setup.heartbeat.phase_us, HEARTBEAT, ("beat", tier), lambda: self.beat(tier))
        if setup.sync.policy == "periodic":
            self.push(sync_us, SEND, ("sync", tier), lambda: self.sync(tier))
        self.watch(tier, 1)
        self.pairs[tier].channel = (0, 1)
        if setup.sync.policy == "streaming":
            self.pairs[tier].streaming_from_us = 0

    # --- the clock ---

    def push(self, at_us: int, order: int, key: tuple[object, ...], do: Callable[[], None]) -> None:
        self.serial += 1
        heappush(self.agenda, (at_us, order, self.serial, key, do))

    def cancel(self, *key: object) -> bool:
        before = len(self.agenda)
        self.agenda = [entry for entry in self.agenda if entry[3][: len(key)] != key]
        heapify(self.agenda)
        return len(self.agenda) < before

    def advance(self, until_us: int) -> None:
        while self.agenda and self.agenda[0][0] <= until_us:
            at_us, _, _, _, do = heappop(self.agenda)
            self.now_us = max(at_us, self.now_us)
            do()
        self.now_us = max(until_us, self.now_us)

    # --- clients ---

    def ask(self, request: Request) -> None:
        session = request.session
        if request is not session.opening and (session.opening.met != "served" or session.learnt):
            return
        request.met = self.service
        if request.met != "served":
            return
        for tier, pair in enumerate(self.pairs):
            assert pair.serving is not None
            unit = pair.units[pair.serving]
            unit.memory.add(request.name)
            request.applied.append(unit)
            if pair.streaming_from_us is not None and pair.streaming_from_us <= self.now_us:
                self.send_change(tier, request.name)

    def close(self, session: Session) -> None:
        session.closed = session.is_open

    def requests(self) -> list[Request]:
        return [session.opening for session in self.sessions] + self.transactions

    # --- messages ---

    def send(self, message: Message) -> None:
        self.messages.append(message)
        self.push(message.due_us, DELIVERY, ("message", id(message)), lambda: self.receive(message))

    def receive(self, message: Message) -> None:
        self.messages.remove(message)
        if message.kind == "beat":
            self.hear(message)
            return
        unit = self.pairs[message.tier].units[message.receiver]
        unit.memory |= message.changes
        if message.full and unit.role == "resyncing":
            self.rejoin(message.tier, message.receiver)

    def kill(self, doomed: Callable[[Message], bool]) -> set[Change]:
        lost: set[Change] = set()
        for message in [m for m in self.messages if doomed(m)]:
            self.messages.remove(message)
            self.cancel("message", id(message))
            lost |= message.changes
        return lost

    def send_change(self, tier: int, change: Change) -> None:
        pair, setup = self.pairs[tier], self.tiers[tier]
        assert pair.channel is not None
        sender, receiver = pair.channel
        due_us = max(self.now_us + setup.links[setup.sync.link].latency_us, pair.front_us)
        self.send(Message("change", tier, sender, receiver, setup.sync.link, due_us, frozenset({change})))

    def send_batch(self, tier: int, *, full: bool) -> None:
        pair, setup = self.pairs[tier], self.tiers[tier]
        if pair.channel is None:
            return
        sender, receiver = pair.channel
        ahead = [m.due_us for m in self.messages if (m.kind, m.tier, m.receiver) == ("batch", tier, receiver)]
        due_us = max(self.now_us + setup.links[setup.sync.link].latency_us, *ahead, 0)
        memory = frozenset(pair.units[sender].memory)
        self.send(Message("batch", tier, sender, receiver, setup.sync.link, due_us, memory, full=full))

    # --- heartbeats and takeover ---

    def beat(self, tier: int) -> None:
        pair, setup = self.pairs[tier], self.tiers[tier]
        for number, unit in enumerate(pair.units):
            if unit.role == "active":
                self.send_beat(tier, number)
        pair.heartbeat_us = self.now_us + setup.heartbeat.interval_us
        self.push(pair.heartbeat_us, HEARTBEAT, ("beat", tier), lambda: self.beat(tier))

    def send_beat(self, tier: int, number: int) -> None:
        pair, setup = self.pairs[tier], self.tiers[tier]
        link = setup.heartbeat.link
        due_us = self.now_us + setup.links[link].latency_us
        if pair.links_up[link]:
            self.send(Message("beat", tier, number, 1 - number, link, due_us, term=pair.units[number].term))

    def sync(self, tier: int) -> None:
        self.send_batch(tier, full=False)
        pair = self.pairs[tier]
        pair.sync_us = self.now_us + self.tiers[tier].sync.interval_us
        self.push(pair.sync_us, SEND, ("sync", tier), lambda: self.sync(tier))

    def hear(self, beat: Message) -> None:
        tier, number = beat.tier, beat.receiver
        pair = self.pairs[tier]
        unit = pair.units[number]
        if unit.role in WAITING:
            unit.heard_us = max(unit.heard_us, self.now_us)
        elif unit.role == "active" and unit.term < beat.term and not pair.demoting:
            pair.demoting = True
            due_us = self.now_us + self.tiers[tier].demotion_us
            self.push(due_us, TIMER, ("demote", tier), lambda: self.demote(tier, number))

    def watch(self, tier: int, number: int) -> None:
        self.cancel("detect", tier, number)
        due_us = self.pairs[tier].units[number].heard_us + self.tiers[tier].heartbeat.hold_us
        self.push(
            max(due_us, self.now_us), TIMER, ("detect", tier, number), lambda: self.detect(tier, number)
        )

    def detect(self, tier: int, number: int) -> None:
        unit = self.pairs[tier].units[number]
        if unit.role not in WAITING:
            return
        if unit.heard_us + self.tiers[tier].heartbeat.hold_us > self.now_us:
            self.watch(tier, number)
        else:
            self.take_over(tier, number)

    def take_over(self, tier: int, number: int) -> None:
        pair = self.pairs[tier]
        unit = pair.units[number]
        flying = self.kill(lambda m: m.tier == tier and m.receiver == number and m.kind != "beat")
        pair.term += 1
        unit.role, unit.term = "active", pair.term
        self.happened.append(("Takeover", self.now_us, tier, number))
        self.settle(tier, "unsynced", flying)
        self.announce(tier, number)
        if pair.heartbeat_us > self.now_us:
            self.send_beat(tier, number)

    def announce(self, tier: int, number: int) -> None:
        self.cancel("address", tier)
        convergence_us = self.tiers[tier].convergence_us
        if convergence_us:
            self.push(
                self.now_us + convergence_us,
                TIMER,
                ("address", tier, number),
                lambda: self.follow(tier, number),
            )
            self.refresh(tier)
        else:
            self.follow(tier, number)

    def follow(self, tier: int, number: int) -> None:
        if self.pairs[tier].units[number].role == "active":
            self.happened.append(("AddressLearned", self.now_us, tier, number))
            self.pairs[tier].directed = number
            self.refresh(tier)

    def demote(self, tier: int, number: int) -> None:
        pair = self.pairs[tier]
        pair.demoting = False
        if pair.units[number].role != "active" or pair.units[1 - number].role != "active":
            return
        self.happened.append(("Demoted", self.now_us, tier, number))
        self.hang_up(pair.units[number])
        pair.units[number].memory = set()
        self.wait(tier, number)
        self.settle(tier, "split_brain", set())

    def wait(self, tier: int, number: int) -> None:
        unit = self.pairs[tier].units[number]
        unit.role, unit.heard_us = "resyncing", self.now_us
        self.watch(tier, number)
        self.refresh(tier)

    def rejoin(self, tier: int, number: int) -> None:
        self.pairs[tier].units[number].role = "standby"
        self.happened.append(("Rejoined", self.now_us, tier, number))

    # --- who serves, who copies ---

    def refresh(self, tier: int) -> None:
        pair = self.pairs[tier]
        serving = pair.directed if pair.units[pair.directed].role == "active" else None
        if serving is not None and serving != pair.serving:
            for session in self.sessions:
                session.learnt |= getattr(session, "lost_in", None) == tier
        pair.serving = serving
        self.refresh_channel(tier)
        self.refresh_service()

    def refresh_channel(self, tier: int) -> None:
        pair, setup = self.pairs[tier], self.tiers[tier]
        sender, channel = pair.serving, None
        if sender is not None and pair.units[1 - sender].role in WAITING and pair.links_up[setup.sync.link]:
            channel = (sender, 1 - sender)
        if channel == pair.channel:
            return
        self.cancel("copy", tier)
        pair.channel, pair.streaming_from_us, pair.front_us = channel, None, 0
        if channel is None:
            return
        newcomer = pair.units[channel[1]].role == "resyncing"
        if setup.sync.policy == "none":
            if newcomer:
                self.rejoin(tier, channel[1])
        elif newcomer or setup.sync.policy == "streaming":
            self.push(self.now_us, SEND, ("copy", tier), lambda: self.copy(tier))

    def copy(self, tier: int) -> None:
        pair = self.pairs[tier]
        assert pair.channel is not None
        self.send_batch(tier, full=pair.units[pair.channel[1]].role == "resyncing")
        if self.tiers[tier].sync.policy == "streaming":
            pair.streaming_from_us = self.now_us + 1

    def refresh_service(self) -> None:
        status = "served"
        for pair in reversed(self.pairs):
            if pair.serving is None:
                active = any(unit.role == "active" for unit in pair.units)
                status = "dead_address" if active else "nobody_active"
        if status == self.service:
            return
        self.service = status

    def hang_up(self, unit: Unit) -> set[Change]:
        """The unit forgets: what it has applied and not answered yet it never will."""
        from_us = max(self.now_us - self.setup.traffic.response_us, 0)
        hung = [r for r in self.requests() if r.met == "served" and r.at_us >= from_us and unit in r.applied]
        for request in hung:
            request.met = "hung"
        for request in self.transactions:
            if request.session.opening.met == "hung":
                request.met = None  # who has not heard of his session asks nothing of it
        return {request.name for request in hung if request.met == "hung"}

    # --- faults ---

    def strike(self, tier: int, number: int, *, cables: bool) -> None:
        pair, setup = self.pairs[tier], self.tiers[tier]
        unit, other = pair.units[number], pair.units[1 - number]
        if unit.role == "down":
            return
        flying = self.kill(lambda m: m.tier == tier and (cables or m.receiver == number))
        split = other.role == "active" and pair.serving == 1 - number
        backlog = not pair.links_up[setup.sync.link]
        hung = self.hang_up(unit) if self.setup.traffic.response_us else set()
        serving, unit.role, unit.memory = pair.serving, "down", set()
        for timer in ("detect", "boot", "address"):
            self.cancel(timer, tier, number)
        self.cancel("demote", tier)
        pair.demoting = False
        announced = any(entry[3] == ("address", tier, 1 - number) for entry in self.agenda)
        if other.role == "active" and serving == number and not announced:
            self.announce(tier, 1 - number)
        self.refresh(tier)
        self.in_doubt += len(self.held(tier) & hung)
        cause = "backlog" if backlog else "unsynced"
        cause = "never_synced" if setup.sync.policy == "none" else cause
        self.settle(tier, "split_brain" if split else cause, flying)

    def repair(self, tier: int, number: int) -> None:
        unit = self.pairs[tier].units[number]
        if unit.role == "down":
            unit.role = "booting"
            due_us = self.now_us + self.tiers[tier].boot_us
            self.push(due_us, TIMER, ("boot", tier, number), lambda: self.wait(tier, number))

    def cut(self, tier: int, link: int) -> None:
        if self.pairs[tier].links_up[link]:
            self.pairs[tier].links_up[link] = False
            flying = self.kill(lambda m: m.tier == tier and m.link == link)
            self.refresh(tier)
            self.settle(tier, "unsynced", flying)

    def heal(self, tier: int, link: int) -> None:
        self.pairs[tier].links_up[link] = True
        self.refresh(tier)

    def held(self, tier: int) -> set[Change]:
        """All that living units of the tier hold, and all that is on its way to one of them."""
        pair = self.pairs[tier]
        memories = [unit.memory for unit in pair.units if unit.role in RUNNING]
        coming = [
            m.changes for m in self.messages if m.tier == tier and pair.units[m.receiver].role in RUNNING
        ]
        return set().union(*memories, *coming)

    def settle(self, tier: int, cause: str, flying: set[Change]) -> None:
        pair = self.pairs[tier]
        held = self.held(tier)
        alone = not any(unit.role in RUNNING for unit in pair.units)
        for request in self.requests():
            session, opening = request.session, request.session.opening
            alive = request.met == "served" and opening.met == "served" and not session.closed
            if not alive or request.name in held or opening.lost_us not in (None, self.now_us):
                continue
            why = "no_survivor" if alone else "in_flight" if request.name in flying else cause
            self.lose(tier, request, why)

    def lose(self, tier: int, request: Request, cause: str) -> None:
        pair, session = self.pairs[tier], request.session
        is_session = request is session.opening
        if is_session and request.name[1] not in pair.entries:
            pair.entries.add(request.name[1])
            self.entries_lost += 1
        if request.lost_us is not None:
            return
        request.lost_us = self.now_us
        (self.lost_causes if is_session else self.lost_transaction_causes)[cause] += 1
        if is_session:
            session.learnt = pair.serving is not None
            session.lost_in = tier  # type: ignore[attr-defined]

    # --- commands ---

    def obey(self, command: Command) -> None:
        if isinstance(command, SetParameter):
            if command.tier is not None:
                self.set_parameter(command.parameter, command.tier, command.value)
            return
        target = command.target
        match command.fault:
            case "lightning" | "host":
                self.strike(target.tier, target.unit, cables=command.fault == "lightning")  # type: ignore[union-attr]
            case "repair":
                self.repair(target.tier, target.unit)  # type: ignore[union-attr]
            case "cut":
                self.cut(target.tier, target.link)  # type: ignore[union-attr]
            case "heal":
                self.heal(target.tier, target.link)  # type: ignore[union-attr]

    def set_parameter(self, name: str, tier: int, value: object) -> None:
        assert isinstance(value, int)
        pair, setup = self.pairs[tier], self.tiers[tier]
        match name:
            case "sync.interval":
                pair.sync_us = max(pair.sync_us - setup.sync.interval_us + value, self.now_us)
                self.tiers[tier] = replace(setup, sync=replace(setup.sync, interval_us=value))
                if self.cancel("sync", tier):
                    self.push(pair.sync_us, SEND, ("sync", tier), lambda: self.sync(tier))
            case "heartbeat.interval":
                pair.heartbeat_us = max(pair.heartbeat_us - setup.heartbeat.interval_us + value, self.now_us)
                self.tiers[tier] = replace(setup, heartbeat=replace(setup.heartbeat, interval_us=value))
                self.cancel("beat", tier)
                self.push(pair.heartbeat_us, HEARTBEAT, ("beat", tier), lambda: self.beat(tier))
                latency_us = setup.links[setup.heartbeat.link].latency_us
                self.watch_again(tier, pair.heartbeat_us - value + latency_us)
            case "heartbeat.misses":
                self.tiers[tier] = replace(setup, heartbeat=replace(setup.heartbeat, misses=value))
                self.watch_again(tier)
            case "address.convergence":
                self.tiers[tier] = replace(setup, convergence_us=value)
            case _:
                self.set_latency(tier, name, value)

    def watch_again(self, tier: int, heard_us: int = 0) -> None:
        for number, unit in enumerate(self.pairs[tier].units):
            if unit.role in WAITING:
                unit.heard_us = max(unit.heard_us, heard_us)
                self.watch(tier, number)

    def set_latency(self, tier: int, name: str, value: int) -> None:
        pair, setup = self.pairs[tier], self.tiers[tier]
        cable = name.split(".", maxsplit=1)[0]
        sync_link = setup.links[setup.sync.link]
        if pair.streaming_from_us is not None and sync_link.name == cable:
            if pair.streaming_from_us < self.now_us:
                pair.front_us = max(pair.front_us, self.now_us - 1 + sync_link.latency_us)
            pair.streaming_from_us = self.now_us
        links = tuple(replace(link, latency_us=value) if link.name == cable else link for link in setup.links)
        self.tiers[tier] = replace(setup, links=links)

    # --- what it comes to ---

    def holder(self, tier: int) -> int | None:
        pair = self.pairs[tier]
        if pair.serving is not None:
            return pair.serving
        for role in RUNNING:
            for number, unit in enumerate(pair.units):
                if unit.role == role:
                    return number
        return None

    def exposed(self, tier: int) -> int:
        """Open sessions that only the holder holds; what is still on a cable is not held yet."""
        holder = self.holder(tier)
        if holder is None:
            return 0
        other = self.pairs[tier].units[1 - holder]
        safe = other.memory if other.role in RUNNING else set()
        answered_us = self.now_us - self.setup.traffic.response_us
        return sum(
            session.is_open
            and session.opening.name not in safe
            and (session.opening.at_us < 0 or session.opening.at_us <= answered_us)
            for session in self.sessions
        )

    def lost_sessions(self) -> list[int]:
        return [n for n, session in enumerate(self.sessions) if session.opening.lost_us is not None]

    def open_sessions(self) -> int:
        return sum(session.is_open for session in self.sessions)

    def interrupted(self) -> dict[str, int]:
        met = Counter(r.met for r in self.requests() if r.met not in (None, "served"))
        return {str(status): count for status, count in met.items()}
