"""The reference work as one would write it in SimPy: a process for each session and each duty of a unit.

One pair. The primary serves; changes of its session table travel to the standby; the primary's host dies
once; the standby takes over when heartbeats stay away. Times are seconds.

`copying`: `periodic`, all changes since the last batch as one, every sync interval; `synchronous`, each
change at once, and the client waits for the standby's answer; `queue`, each change at once, over a cable that
is too slow for them.
"""

from __future__ import annotations

import random
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, Literal

import simpy

Process = Generator[simpy.Event, Any, None]
Copying = Literal["periodic", "synchronous", "queue"]
Batch = dict[int, int | None]
"""Per changed session its number of acknowledged transactions; None when it has closed."""


@dataclass(frozen=True)
class Parameters:
    """The reference work at `live_sessions`; all times in seconds, rates per second."""

    live_sessions: int
    copying: Copying = "periodic"
    overload: float = 1.1
    mean_life_s: float = 20.0
    transaction_rate: float = 0.2
    sync_interval_s: float = 3.0
    heartbeat_interval_s: float = 1.0
    hold_s: float = 3.0
    latency_s: float = 0.02
    convergence_s: float = 0.5
    fault_s: float = 40.7
    duration_s: float = 60.0

    @property
    def session_rate(self) -> float:
        """Births that keep `live_sessions` alive on average (Little's law)."""
        return self.live_sessions / self.mean_life_s

    @property
    def change_rate(self) -> float:
        """Openings and transactions in a second."""
        return self.session_rate + self.live_sessions * self.transaction_rate

    @property
    def change_s(self) -> float:
        """How long a change occupies the cable: `overload` times as long as until the next one comes."""
        return self.overload / self.change_rate if self.copying == "queue" else 0.0


@dataclass
class Counts:
    """What a run yields. Offered = acknowledged + met nobody. The initial sessions count as acknowledged; a
    request that the dying primary left without its answer met nobody.
    """

    sessions_offered: int = 0
    sessions_acknowledged: int = 0
    transactions_offered: int = 0
    transactions_acknowledged: int = 0
    sessions_lost: int = 0
    transactions_lost: int = 0
    met_nobody: int = 0


class Cable:
    """Delivers what is put in after a fixed latency; what is on it arrives whatever becomes of the sender."""

    def __init__(self, env: simpy.Environment, latency_s: float) -> None:
        self.env = env
        self.latency_s = latency_s
        self.arrived = simpy.Store(env)

    def put(self, message: object) -> None:
        self.env.process(self._carry(message))

    def get(self) -> simpy.Event:
        return self.arrived.get()

    def _carry(self, message: object) -> Process:
        yield self.env.timeout(self.latency_s)
        self.arrived.put(message)


class Unit:
    """One of the two: transactions of each open session, and the changes that no batch has taken yet."""

    def __init__(self) -> None:
        self.table: dict[int, int] = {}
        self.changes: Batch = {}

    def learn(self, batch: Batch) -> None:
        for session, transactions in batch.items():
            if transactions is None:
                self.table.pop(session, None)
            else:
                self.table[session] = transactions


class Pair:
    """The pair, its cables and its clients.

    `serving`: the unit that clients reach, if any. `lost`: sessions that it does not know; their clients
    learn that, and give up, once they reach it. `refused`: sessions whose opening never got an answer.
    `outbox`: changes that wait for the cable.
    """

    def __init__(self, parameters: Parameters, seed: int) -> None:
        self.parameters = parameters
        self.random = random.Random(seed)
        self.env = simpy.Environment()
        self.counts = Counts(parameters.live_sessions, parameters.live_sessions)
        self.primary, self.standby = Unit(), Unit()
        self.serving: Unit | None = self.primary
        self.lost: set[int] = set()
        self.refused: set[int] = set()
        self.outbox = simpy.Store(self.env)
        self.sync_cable = Cable(self.env, parameters.latency_s)
        self.heartbeat_cable = Cable(self.env, parameters.latency_s)
        self.primary_processes = [self.env.process(self.beat())]
        copy = self.sync if parameters.copying == "periodic" else self.send
        self.primary_processes.append(self.env.process(copy()))
        for process in (self.receive(), self.detect(), self.strike(), self.arrive()):
            self.env.process(process)
        for session in range(parameters.live_sessions):
            self.primary.table[session] = self.standby.table[session] = 0
            self.env.process(self.live(session))

    def run(self) -> Counts:
        self.env.run(until=self.parameters.duration_s)
        return self.counts

    # --- the units ---

    def beat(self) -> Process:
        try:
            while True:
                self.heartbeat_cable.put("alive")
                yield self.env.timeout(self.parameters.heartbeat_interval_s)
        except simpy.Interrupt:
            return

    def sync(self) -> Process:
        try:
            while True:
                yield self.env.timeout(self.parameters.sync_interval_s)
                self.sync_cable.put(self.primary.changes)
                self.primary.changes = {}
        except simpy.Interrupt:
            return

    def send(self) -> Process:
        try:
            while True:
                change = yield self.outbox.get()
                if self.parameters.change_s:
                    yield self.env.timeout(self.parameters.change_s)
                self.sync_cable.put(change)
        except simpy.Interrupt:
            return

    def note(self, session: int, transactions: int) -> None:
        """The serving unit has done something; the primary says so to the standby."""
        assert self.serving is not None
        self.serving.table[session] = transactions
        if self.parameters.copying == "periodic":
            self.serving.changes[session] = transactions
        elif self.serving is self.primary:
            self.outbox.put({session: transactions})

    def receive(self) -> Process:
        while True:
            self.standby.learn((yield self.sync_cable.get()))

    def detect(self) -> Process:
        while True:
            heartbeat = self.heartbeat_cable.get()
            happened = yield heartbeat | self.env.timeout(self.parameters.hold_s)
            if heartbeat not in happened:
                break
        lost = self.primary.table.keys() - self.standby.table.keys()
        self.counts.sessions_lost = len(lost)
        self.counts.transactions_lost = sum(
            done - self.standby.table.get(session, 0) for session, done in self.primary.table.items()
        )
        yield self.env.timeout(self.parameters.convergence_s)
        self.serving = self.standby
        self.lost = lost

    def strike(self) -> Process:
        yield self.env.timeout(self.parameters.fault_s)
        self.serving = None
        for process in self.primary_processes:
            process.interrupt("host died")

    # --- the clients ---

    def arrive(self) -> Process:
        session = self.parameters.live_sessions
        while True:
            yield self.env.timeout(self.random.expovariate(self.parameters.session_rate))
            self.counts.sessions_offered += 1
            if self.serving is None:
                self.counts.met_nobody += 1
                continue
            self.note(session, 0)
            self.env.process(self.live(session))
            self.acknowledge(session, opening=True)
            session += 1

    def live(self, session: int) -> Process:
        closes_s = self.env.now + self.random.expovariate(1 / self.parameters.mean_life_s)
        while True:
            pause_s = self.random.expovariate(self.parameters.transaction_rate)
            if self.env.now + pause_s >= closes_s:
                break
            yield self.env.timeout(pause_s)
            if session in self.lost or session in self.refused:
                return
            self.transact(session)
        yield self.env.timeout(closes_s - self.env.now)
        if self.serving is not None and session not in self.lost and session not in self.refused:
            del self.serving.table[session]
            self.serving.changes[session] = None

    def transact(self, session: int) -> None:
        self.counts.transactions_offered += 1
        if self.serving is None:
            self.counts.met_nobody += 1
            return
        self.note(session, self.serving.table[session] + 1)
        self.acknowledge(session, opening=False)

    def acknowledge(self, session: int, *, opening: bool) -> None:
        """At once, or when the standby has answered the primary."""
        if self.parameters.copying == "synchronous" and self.serving is self.primary:
            self.env.process(self.answer(session, opening))
        else:
            self._count_acknowledged(opening)

    def answer(self, session: int, opening: bool) -> Process:
        yield self.env.timeout(2 * self.parameters.latency_s)
        if self.serving is self.primary:
            self._count_acknowledged(opening)
            return
        self.counts.met_nobody += 1
        if opening:
            self.refused.add(session)

    def _count_acknowledged(self, opening: bool) -> None:
        if opening:
            self.counts.sessions_acknowledged += 1
        else:
            self.counts.transactions_acknowledged += 1


def simulate(parameters: Parameters, seed: int) -> Counts:
    """One run, from t = 0 to the end."""
    return Pair(parameters, seed).run()
