"""Heartbeats, silence, and the way from a decision to an active unit."""

from __future__ import annotations

from property.naive import chance
from property.naive.world import SEND, TIMER, WAITING, Change, Message, Unit, World


class Watching(World):
    def beat(self, tier: int) -> None:
        pair = self.pairs[tier]
        for number, unit in enumerate(pair.units):
            if unit.role == "active" and not unit.mute:
                self.send_beat(tier, number)
        pair.heartbeat_us = self.now_us + self.tiers[tier].heartbeat.interval_us
        self.push(pair.heartbeat_us, SEND, ("beat", tier), lambda: self.beat(tier))

    def send_beat(self, tier: int, number: int, kind: str = "beat") -> None:
        pair = self.pairs[tier]
        link, seed, serial = self.tiers[tier].heartbeat.link, self.setup.seed, pair.beats
        pair.beats += 1
        quality = self.quality(tier, link)
        lost = chance.hits(seed, quality.loss, chance.HEARTBEAT_LOSS, serial, tier)
        if lost or pair.cables[link].no_heartbeats or not self.connected(tier, link):
            return
        jitter_us = chance.jitter_us(seed, quality.jitter_us, chance.HEARTBEAT_JITTER, serial, tier)
        due_us = self.now_us + quality.latency_us + jitter_us
        self.send(Message(kind, tier, number, 1 - number, link, due_us, term=pair.units[number].term))

    def hear(self, beat: Message) -> None:
        tier, number = beat.tier, beat.receiver
        pair, setup = self.pairs[tier], self.tiers[tier]
        unit = pair.units[number]
        if unit.mute:
            return
        if unit.role in WAITING:
            if setup.preempt and number == 0:
                return
            unit.heard_us = max(unit.heard_us, self.now_us)
            if unit.silence_spent:
                unit.silence_spent = False
                self.watch(tier, number)
        elif unit.role == "active" and not pair.demoting:
            gives_up = unit.term < beat.term if setup.election == "newest" else number == 1
            if gives_up:
                pair.demoting = True
                due_us = self.now_us + setup.demotion_us
                self.push(due_us, TIMER, ("demote", tier), lambda: self.demote(tier, number))

    # --- silence ---

    def wait(self, tier: int, number: int) -> None:
        """A unit with an empty memory asks for a full copy, and watches."""
        unit = self.pairs[tier].units[number]
        unit.role, unit.heard_us = "resyncing", self.now_us
        unit.bound_us, unit.holes = -1, set()
        if self.tiers[tier].preempt and number == 0:
            unit.heard_us += self.tiers[tier].preempt_us
        self.watch(tier, number)
        self.refresh(tier)

    def silence_us(self, tier: int, number: int) -> int:
        """When the hold time of a watcher is over."""
        heartbeat = self.tiers[tier].heartbeat
        due_us = self.pairs[tier].units[number].heard_us + heartbeat.hold_of_us(number)
        return -(-due_us // heartbeat.poll_us) * heartbeat.poll_us if heartbeat.poll_us else due_us

    def watch(self, tier: int, number: int) -> None:
        self.cancel("detect", tier, number)
        due_us = self.silence_us(tier, number)
        self.push(due_us, TIMER, ("detect", tier, number), lambda: self.detect(tier, number))

    def detect(self, tier: int, number: int) -> None:
        unit = self.pairs[tier].units[number]
        if unit.role not in WAITING or unit.mute or unit.deciding or unit.silence_spent:
            return
        if self.silence_us(tier, number) > self.now_us:
            self.watch(tier, number)
        else:
            self.decide(tier, number, "silence")

    def sense_power(self, tier: int, dead: int) -> None:
        """A serial cable says at once that the peer has lost its host or power."""
        link = self.tiers[tier].heartbeat.link
        if self.tiers[tier].links[link].kind == "serial" and self.connected(tier, link):
            due_us = self.now_us + self.quality(tier, link).latency_us
            self.send(Message("power", tier, dead, 1 - dead, link, due_us))

    def hear_of_power(self, message: Message) -> None:
        tier, number = message.tier, message.receiver
        unit = self.pairs[tier].units[number]
        if unit.role in WAITING and not unit.mute and not unit.deciding:
            self.push(self.now_us, TIMER, ("sense", tier, number), lambda: self._sensed(tier, number))

    def _sensed(self, tier: int, number: int) -> None:
        unit = self.pairs[tier].units[number]
        if unit.role in WAITING and not unit.mute and not unit.deciding:
            self.decide(tier, number, "power")

    # --- from the decision on ---

    def decide(self, tier: int, number: int, why: str) -> None:
        pair, setup = self.pairs[tier], self.tiers[tier]
        unit, other = pair.units[number], pair.units[1 - number]
        preempts = why == "silence" and setup.preempt and number == 0 and other.role == "active"
        if self.setup.path == "parallel" and not self.column_is_whole(number):
            self.look_again(tier, number)
        elif preempts:
            self.begin(tier, number, "preemption")
        elif why == "silence" and unit.role == "resyncing" and self._has_better(tier, 1 - number):
            self.look_again(tier, number)
        elif why == "farewell":
            self.begin(tier, number, why)
        elif setup.guard.kind == "witness" and self._witness_refuses(unit, other):
            self.look_again(tier, number)
        elif setup.guard.kind == "fencing":
            self._begin_fence(tier, number, why)
        else:
            self.begin(tier, number, why)

    def _has_better(self, tier: int, other: int) -> bool:
        just_now = ("Takeover", self.now_us, tier, other) in self.happened
        return just_now or self.pairs[tier].units[other].role in ("standby", "starting")

    def look_again(self, tier: int, number: int) -> None:
        again_us = self.now_us + self.tiers[tier].heartbeat.interval_us
        self.push(again_us, TIMER, ("detect", tier, number), lambda: self.detect(tier, number))

    def _begin_fence(self, tier: int, number: int, why: str) -> None:
        pair, guard = self.pairs[tier], self.tiers[tier].guard
        attempt, pair.fences = pair.fences, pair.fences + 1
        success = guard.fence_success
        works = chance.word(self.setup.seed, chance.FENCE, attempt, tier) < success.threshold
        pair.units[number].deciding = True
        due_us = self.now_us + guard.fence_us
        self.push(due_us, TIMER, ("fence", tier, number), lambda: self.fence(tier, number, why, works=works))

    def _witness_refuses(self, unit: Unit, other: Unit) -> bool:
        """It still sees the other one active, or the watcher does not see it."""
        return unit.isolated_us is not None or (other.role == "active" and other.isolated_us is None)

    def fence(self, tier: int, number: int, why: str, *, works: bool) -> None:
        unit = self.pairs[tier].units[number]
        unit.deciding = False
        if unit.role not in WAITING:
            return
        if works:
            self.tell("Fenced", tier, 1 - number)
            self.strike([(tier, 1 - number)], cables=False)
            self.begin(tier, number, why)
        else:
            unit.silence_spent = True

    def begin(self, tier: int, number: int, why: str) -> None:
        """Nothing stands against it: the unit is active when it has started."""
        unit = self.pairs[tier].units[number]
        flying, queued = self.take_no_more(tier, number)
        takeover_us = 0 if why in ("failback", "handover") else self.tiers[tier].takeover_us
        if takeover_us:
            unit.role = "starting"
            self.refresh(tier)
            self.settle(tier, "", flying, queued)
            due_us = self.now_us + takeover_us
            key = ("start", tier, number)
            self.push(due_us, TIMER, key, lambda: self._started(tier, number, why, (set(), set())))
        else:
            self._started(tier, number, why, (flying, queued))

    def take_no_more(self, tier: int, number: int) -> tuple[set[Change], set[Change]]:
        """Copies that are still on the cable come too late."""
        for timer in ("detect", "fence", "sense", "farewell"):
            self.cancel(timer, tier, number)
        flying, queued = self.kill_copies_to(tier, number)
        return flying | self.pairs[tier].units[number].holes, queued

    def _started(self, tier: int, number: int, why: str, late: tuple[set[Change], set[Change]]) -> None:
        self.become_active(tier, number, why, "", late)
        self.move_column(tier, number)

    def become_active(
        self, tier: int, number: int, why: str, cause: str, late: tuple[set[Change], set[Change]]
    ) -> None:
        pair = self.pairs[tier]
        unit, other = pair.units[number], pair.units[1 - number]
        pair.term += 1
        pair.last_answer_us = pair.silent_us
        pair.contest = cause or ("failback" if why in ("failback", "preemption") else "split_brain")
        unit.role, unit.term, unit.deciding, unit.silence_spent = "active", pair.term, False, False
        unit.suspended, unit.needs_lease, unit.caught_up_us = "", False, None
        unit.alone = why != "handover" and other.role != "standby"
        self.tell("Takeover", tier, number)
        self.settle(tier, cause, *late)
        self.announce(tier, number)
        if pair.heartbeat_us > self.now_us:
            self.send_beat(tier, number)

    def lay_down(self, tier: int, number: int) -> None:
        """An active unit gives up all that it has, and is a newcomer."""
        pair = self.pairs[tier]
        unit = pair.units[number]
        hung = self.hang_up(tier, unit)
        unit.memory = set()
        unit.suspended = ""
        self.cancel("demote", tier)
        pair.demoting = False
        self.wait(tier, number)
        self.doubt(tier, hung)

    def demote(self, tier: int, number: int) -> None:
        pair = self.pairs[tier]
        pair.demoting = False
        unit, other = pair.units[number], pair.units[1 - number]
        if unit.role != "active" or other.role != "active" or unit.mute:
            return
        self.tell("Demoted", tier, number)
        known = pair.followers == number
        self.lay_down(tier, number)
        self.settle(tier, pair.contest, set(other.holes), set())
        if known and not self.waits_on("address", tier, 1 - number):
            self.announce(tier, 1 - number)
