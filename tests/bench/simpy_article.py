"""The article's Monte-Carlo as one would write it in SimPy: sessions that never close, one strike at random.

A process each for the clients, heartbeats, syncs, detection and the strike. Times are seconds.
"""

from __future__ import annotations

import random
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import simpy

Process = Generator[simpy.Event, Any, None]


@dataclass(frozen=True)
class Article:
    """The scenario `article` with Poisson clients. The strike comes in [`low_s`, `high_s`)."""

    low_s: float
    high_s: float
    session_rate: float = 10.0
    sync_interval_s: float = 3.0
    heartbeat_interval_s: float = 1.0
    hold_s: float = 3.0
    duration_s: float = 20.0


@dataclass
class Found:
    """What a run yields."""

    lost_sessions: int = 0
    interrupted: int = 0
    outage_s: float = 0.0


class Pair:
    """One run. `copied`: how many of the primary's sessions the standby knows."""

    def __init__(self, article: Article, seed: int) -> None:
        self.article = article
        self.random = random.Random(seed)
        self.env = simpy.Environment()
        self.found = Found()
        self.sessions = self.copied = 0
        self.serving = True
        self.beats = simpy.Store(self.env)
        self.strike_s = self.random.uniform(article.low_s, article.high_s)
        self.primary = [self.env.process(self.beat()), self.env.process(self.sync())]
        for process in (self.detect(), self.strike(), self.arrive()):
            self.env.process(process)

    def run(self) -> Found:
        self.env.run(until=self.article.duration_s)
        return self.found

    def beat(self) -> Process:
        try:
            while True:
                self.beats.put("alive")
                yield self.env.timeout(self.article.heartbeat_interval_s)
        except simpy.Interrupt:
            return

    def sync(self) -> Process:
        try:
            while True:
                yield self.env.timeout(self.article.sync_interval_s)
                self.copied = self.sessions
        except simpy.Interrupt:
            return

    def detect(self) -> Process:
        while True:
            beat = self.beats.get()
            happened = yield beat | self.env.timeout(self.article.hold_s)
            if beat not in happened:
                break
        self.found.outage_s = self.env.now - self.strike_s
        self.serving = True

    def strike(self) -> Process:
        yield self.env.timeout(self.strike_s)
        self.found.lost_sessions = self.sessions - self.copied
        self.serving = False
        for process in self.primary:
            process.interrupt("lightning")

    def arrive(self) -> Process:
        while True:
            yield self.env.timeout(self.random.expovariate(self.article.session_rate))
            if self.serving:
                self.sessions += 1
            else:
                self.found.interrupted += 1


def simulate(article: Article, seed: int) -> Found:
    """One run, from t = 0 to the end."""
    return Pair(article, seed).run()
