"""A stream of datagrams says now and then all that it knows, and mends what was lost."""

from __future__ import annotations

from property.naive import chance
from property.naive.world import SEND, STREAMS, Change, Packet, Queue, World


class Refreshing(World):
    def start_refreshing(self, tier: int) -> None:
        sync = self.tiers[tier].sync
        if sync.policy in STREAMS and sync.refresh_us:
            self.push(sync.refresh_us, SEND, ("refresh", tier), lambda: self.refresh_state(tier))

    def refresh_state(self, tier: int) -> None:
        pair, sync = self.pairs[tier], self.tiers[tier].sync
        if pair.queue is not None and pair.queue.streams:
            self._send_refresh(tier, pair.queue)
            pair.refreshes += 1
        self.push(self.now_us + sync.refresh_us, SEND, ("refresh", tier), lambda: self.refresh_state(tier))

    def _send_refresh(self, tier: int, queue: Queue) -> None:
        """It takes the cable as a full copy does, and mends what was missing."""
        pair = self.pairs[tier]
        quality = self.quality(tier, self.tiers[tier].sync.link)
        block = tier + 64 * (pair.refreshes + 1)
        found = set()
        for name in self._missing(tier, queue):
            ready_us = self.ready_us(tier, self.by_name[name])
            assert ready_us is not None
            if not chance.hits(self.setup.seed, quality.loss, chance.REFRESH_LOSS, ready_us, block):
                found.add(name)
        cost = len(self._parts(tier, -1, whole=True)) * self._each(tier)
        queue.packets.append(Packet("refresh", self.now_us, frozenset(found), cost, quality.latency_us))
        self.run_queue(queue)

    def _missing(self, tier: int, queue: Queue) -> set[Change]:
        """The holes of the receiver, those of messages that have not left yet included."""
        missing = set(self.pairs[tier].units[queue.receiver].holes)
        for packet in queue.packets:
            missing |= packet.hole
        return missing & self.pairs[tier].units[queue.sender].memory
