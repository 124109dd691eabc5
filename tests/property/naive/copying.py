"""How state gets across: when a change may be copied, the channel, and what arrives or dies on a cable."""

from __future__ import annotations

from collections.abc import Callable

from property.naive import chance
from property.naive.world import (
    DELIVERY,
    SEND,
    STREAMS,
    WAITING,
    WAITS,
    Change,
    Message,
    Request,
    World,
    in_share,
)

COPIES = ("batch", "change", "refresh")


class Copying(World):
    def ready_us(self, tier: int, request: Request) -> int | None:
        """When a change is ready to copy (None: never)."""
        sync, opening = self.tiers[tier].sync, request.session.opening
        if sync.policy == "none" or in_share(request.session.number, sync.never):
            return None
        assert request.at_us is not None
        assert opening.at_us is not None
        ready_us = request.at_us
        if opening.at_us >= 0:
            ready_us = max(ready_us, opening.at_us + sync.pickup_us)
        if sync.policy in WAITS and request.at_us >= 0:
            ready_us += self.setup.traffic.response_us
        return ready_us

    def expect_ready(self, tier: int, ready_us: int, request: Request) -> None:
        pair = self.pairs[tier]
        if ready_us not in pair.ready:
            pair.ready[ready_us] = []
            self.push(ready_us, SEND, ("ready", tier), lambda: self.now_ready(tier, ready_us))
        pair.ready[ready_us].append(request)

    def ready_before(self, tier: int, number: int, bound_us: int) -> frozenset[Change]:
        """What a unit holds and may copy."""
        found = []
        for name in self.pairs[tier].units[number].memory:
            ready_us = self.ready_us(tier, self.by_name[name])
            if ready_us is not None and ready_us < bound_us:
                found.append(name)
        return frozenset(found)

    # --- the channel ---

    def refresh_channel(self, tier: int) -> None:
        pair, sync = self.pairs[tier], self.tiers[tier].sync
        sender, channel = self.serving(tier), None
        if sender is not None and pair.units[1 - sender].role in WAITING and self.connected(tier, sync.link):
            channel = (sender, 1 - sender)
        if channel == pair.channel:
            return
        self.cancel("copy", tier)
        self.kill(tier, lambda m: m.kind == "answer")
        self.drop_queue(tier, kernel_goes_on=self._drains(tier))
        pair.channel, pair.snapshot_missed = channel, False
        if channel is None:
            return
        newcomer = pair.units[channel[1]].role == "resyncing"
        if sync.policy == "none":
            if newcomer:
                self.rejoin(tier, channel[1])
            return
        self.open_queue(tier)
        if newcomer or sync.policy in STREAMS:
            self.push(self.now_us, SEND, ("copy", tier), lambda: self.copy(tier))
        self.shake_hands(tier)

    def _drains(self, tier: int) -> bool:
        """Whether what queues still leaves although the sender serves no more."""
        pair = self.pairs[tier]
        if pair.channel is None or not self.connected(tier, self.tiers[tier].sync.link):
            return False
        sender, receiver = (pair.units[number] for number in pair.channel)
        return sender.role == "active" and receiver.role in WAITING

    def copy(self, tier: int) -> None:
        """A newcomer gets all, one that fell behind a stream what it lacks."""
        pair = self.pairs[tier]
        assert pair.channel is not None
        newcomer = pair.units[pair.channel[1]].role == "resyncing"
        if self.tiers[tier].sync.policy == "snapshot" and self.coming_to(tier, pair.channel[1]):
            pair.snapshot_missed = True
        elif newcomer or self.lacks_something(tier):
            self.send_copy(tier, whole=newcomer)
        self.go_on_streaming(tier)

    def rejoin(self, tier: int, number: int) -> None:
        self.pairs[tier].units[number].role = "standby"
        self.tell("Rejoined", tier, number)
        self.refresh(tier)

    # --- sync ticks ---

    def sync(self, tier: int) -> None:
        pair, sync = self.pairs[tier], self.tiers[tier].sync
        if pair.channel is not None and sync.policy == "snapshot" and self.coming_to(tier, pair.channel[1]):
            pair.snapshot_missed = True
        elif pair.channel is not None:
            self.send_copy(tier, whole=sync.policy == "snapshot")
        pair.sync_us = self.now_us + sync.interval_us
        self.push(pair.sync_us, SEND, ("sync", tier), lambda: self.sync(tier))

    def _next_snapshot(self, tier: int) -> None:
        """The one that was missed, unless a tick of this instant has sent it."""
        pair = self.pairs[tier]
        if pair.channel is not None and not self.coming_to(tier, pair.channel[1]):
            self.send_copy(tier, whole=True)

    def coming_to(self, tier: int, number: int) -> bool:
        """Whether a copy is on its way to this unit, or in front of the cable."""
        pair = self.pairs[tier]
        queues = [*pair.ghosts, *([pair.queue] if pair.queue else [])]
        queued = any(queue.packets for queue in queues if queue.receiver == number)
        flying = any(m.kind in COPIES and (m.tier, m.receiver) == (tier, number) for m in self.messages)
        return queued or flying

    # --- on the cable ---

    def flight_us(self, tier: int, index: int, *, repeats: bool) -> int | None:
        """How long a copy travels, with what chance does to it (None: it is lost)."""
        sync, seed = self.tiers[tier].sync, self.setup.seed
        loss = self.quality(tier, sync.link).loss
        attempt = 0
        while chance.hits(seed, loss, chance.SYNC_LOSS, index, tier * 64 + attempt):
            if not repeats:
                return None
            if attempt == chance.ATTEMPTS - 1:
                break
            attempt += 1
        return attempt * sync.resend_us + self.jittered_us(tier, index, attempt)

    def jittered_us(self, tier: int, index: int, attempt: int) -> int:
        quality, key = self.quality(tier, self.tiers[tier].sync.link), tier * 64 + attempt
        jitter_us = chance.jitter_us(self.setup.seed, quality.jitter_us, chance.SYNC_JITTER, index, key)
        return quality.latency_us + jitter_us

    def last_copy_us(self, tier: int, receiver: int) -> int:
        """Before this nothing else comes: the cable keeps the order of copies."""
        ahead = [
            m.due_us for m in self.messages if m.kind in COPIES and (m.tier, m.receiver) == (tier, receiver)
        ]
        return max([self.now_us, *ahead])

    def send(self, message: Message) -> None:
        self.messages.append(message)
        self.push(message.due_us, DELIVERY, ("message", id(message)), lambda: self.receive(message))

    def receive(self, message: Message) -> None:
        self.messages.remove(message)
        match message.kind:
            case "beat":
                self.hear(message)
            case "farewell":
                self.hear_farewell(message)
            case "power":
                self.hear_of_power(message)
            case "answer":
                self.hear_answer(message)
            case _:
                self.take_copy(message)

    def take_copy(self, message: Message) -> None:
        tier, number = message.tier, message.receiver
        pair = self.pairs[tier]
        unit = pair.units[number]
        unit.memory |= message.changes
        unit.holes -= message.changes
        unit.bound_us = max(unit.bound_us, message.bound_us)
        if pair.snapshot_missed and not self.coming_to(tier, number):
            pair.snapshot_missed = False
            self.push(self.now_us, SEND, ("copy", tier), lambda: self._next_snapshot(tier))
        self.send_answer(message)
        if message.whole and unit.role == "resyncing":
            self.rejoin(tier, number)
        self.look_whether_caught_up(tier)

    def kill(self, tier: int, doomed: Callable[[Message], bool]) -> set[Change]:
        lost: set[Change] = set()
        for message in [m for m in self.messages if m.tier == tier and doomed(m)]:
            self.messages.remove(message)
            self.cancel("message", id(message))
            lost |= message.changes
        return lost

    def kill_copies_to(self, tier: int, number: int) -> tuple[set[Change], set[Change]]:
        """(on the cable, in a queue): nothing more comes to this unit."""
        queued = self.drop_ghosts(tier)
        return self.kill(tier, lambda m: m.receiver == number and m.kind in COPIES), queued
