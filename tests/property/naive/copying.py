"""How state gets across: the channel, batches, snapshots, and frames that die on a cable."""

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
        self.cancel("snapshot", tier)
        self.drop_stream(tier)
        pair.channel, pair.snapshot, pair.snapshot_missed = channel, None, False
        if channel is None:
            return
        newcomer = pair.units[channel[1]].role == "resyncing"
        if sync.policy == "none":
            if newcomer:
                self.rejoin(tier, channel[1])
        elif newcomer or sync.policy in STREAMS:
            self.push(self.now_us, SEND, ("copy", tier), lambda: self.copy(tier))
        self.shake_hands(tier)

    def copy(self, tier: int) -> None:
        """A newcomer gets all, one that fell behind a stream what it lacks."""
        policy = self.tiers[tier].sync.policy
        if policy in STREAMS:
            self.open_stream(tier)
        elif policy == "snapshot":
            self.start_snapshot(tier)
        else:
            self.send_batch(tier, whole=True)

    def rejoin(self, tier: int, number: int) -> None:
        self.pairs[tier].units[number].role = "standby"
        self.tell("Rejoined", tier, number)
        self.refresh(tier)

    # --- batches and snapshots ---

    def sync(self, tier: int) -> None:
        pair, sync = self.pairs[tier], self.tiers[tier].sync
        if pair.channel is not None and sync.policy == "snapshot":
            if pair.snapshot is None:
                self.start_snapshot(tier)
            else:
                pair.snapshot_missed = True
        elif pair.channel is not None:
            self.send_batch(tier, whole=False)
        pair.sync_us = self.now_us + sync.interval_us
        self.push(pair.sync_us, SEND, ("sync", tier), lambda: self.sync(tier))

    def start_snapshot(self, tier: int) -> None:
        pair = self.pairs[tier]
        pair.snapshot = object()
        due_us = self.now_us + self.tiers[tier].sync.prepare_us
        self.push(due_us, SEND, ("snapshot", tier), lambda: self.send_batch(tier, whole=True))

    def send_batch(self, tier: int, *, whole: bool, bound_us: int | None = None) -> Message | None:
        """All that the sender holds and that is ready before the bound."""
        pair, sync = self.pairs[tier], self.tiers[tier].sync
        assert pair.channel is not None
        sender, receiver = pair.channel
        bound_us = self.now_us + 1 if bound_us is None else bound_us
        changes = self.ready_before(tier, sender, bound_us)
        after_us = sync.transfer_us + self._time_of_us(tier, self._size(tier, receiver, changes))
        due_us = self.arrival_us(tier, self.now_us + after_us, pair.batches, receiver)
        pair.batches += 1
        message = Message("batch", tier, sender, receiver, sync.link, due_us, changes, bound_us, whole=whole)
        if sync.policy == "snapshot":
            pair.snapshot = message
        self.send(message)
        return message

    def _size(self, tier: int, receiver: int, changes: frozenset[Change]) -> int:
        """How many changes of open sessions are in it: all of a snapshot, else what the receiver lacks."""
        pair = self.pairs[tier]
        lacks = set(changes)
        if self.tiers[tier].sync.policy != "snapshot":
            lacks -= pair.units[receiver].memory
            for message in self.messages:
                if message.tier == tier and message.receiver == receiver:
                    lacks -= message.changes
        return sum(self.by_name[name].session.is_open for name in lacks)

    def _time_of_us(self, tier: int, count: int) -> int:
        sync = self.tiers[tier].sync
        bandwidth_bps = self.quality(tier, sync.link).bandwidth_bps
        if bandwidth_bps is None:
            return 0
        return -(-count * sync.change_bytes * 8 * 1_000_000 // bandwidth_bps)

    def arrival_us(self, tier: int, departs_us: int, index: int, receiver: int) -> int:
        """When a copy comes out of the cable: loss with resend, jitter, and nothing overtakes."""
        sync, seed = self.tiers[tier].sync, self.setup.seed
        quality = self.quality(tier, sync.link)
        attempt = 0
        while attempt < chance.ATTEMPTS - 1 and chance.hits(
            seed, quality.loss, chance.SYNC_LOSS, index, tier * 64 + attempt
        ):
            attempt += 1
        jitter_us = chance.jitter_us(seed, quality.jitter_us, chance.SYNC_JITTER, index, tier * 64 + attempt)
        due_us = departs_us + attempt * sync.resend_us + quality.latency_us + jitter_us
        return max(due_us, self.last_copy_us(tier, receiver))

    def last_copy_us(self, tier: int, receiver: int) -> int:
        ahead = [
            m.due_us for m in self.messages if m.kind in COPIES and (m.tier, m.receiver) == (tier, receiver)
        ]
        return max([self.now_us, *ahead])

    # --- on the cable ---

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
        if pair.snapshot is message:
            pair.snapshot = None
            if pair.snapshot_missed:
                pair.snapshot_missed = False
                self.push(self.now_us, SEND, ("snapshot", tier), lambda: self.start_snapshot(tier))
        self.send_answer(message)
        if message.whole and unit.role == "resyncing":
            self.rejoin(tier, number)
        self.look_whether_caught_up(tier)
        self.look_whether_handed_over(tier)

    def kill(self, tier: int, doomed: Callable[[Message], bool]) -> set[Change]:
        lost: set[Change] = set()
        pair = self.pairs[tier]
        for message in [m for m in self.messages if m.tier == tier and doomed(m)]:
            self.messages.remove(message)
            self.cancel("message", id(message))
            lost |= message.changes
            if pair.snapshot is message:
                pair.snapshot = None
        return lost

    def kill_copies_to(self, tier: int, number: int) -> tuple[set[Change], set[Change]]:
        """(on the cable, in a queue): nothing more comes to this unit."""
        queued = self.drop_ghosts(tier)
        return self.kill(tier, lambda m: m.receiver == number and m.kind in COPIES), queued
