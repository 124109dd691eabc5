"""Each change as a message of its own, behind a bandwidth, and what repairs the lost ones."""

from __future__ import annotations

from property.naive import chance
from property.naive.world import SEND, STREAMS, Change, Message, Packet, Stream, World

FIXED = 16  # queue times are in units of 2^-16 us


class Streaming(World):
    def open_stream(self, tier: int) -> None:
        """A newcomer's sessions first, or what a standby lacks; then each change when it is ready."""
        pair = self.pairs[tier]
        assert pair.channel is not None
        sender, receiver = pair.channel
        stream = Stream(tier, sender, receiver, self.now_us, self.now_us << FIXED)
        pair.stream = stream
        if pair.units[receiver].role == "resyncing":
            stream.queue += self._bulk(tier, sender)
        else:
            stream.queue += self._backlog(tier, pair.units[receiver].bound_us)
        self.run_queue(stream)
        self.look_whether_caught_up(tier)

    def _bulk(self, tier: int, sender: int) -> list[Packet]:
        """One message for each open session, in order of opening."""
        held = self.ready_before(tier, sender, self.now_us + 1)
        packets = []
        for session in sorted(self.sessions, key=lambda s: (s.opening.at_us or 0, s.number)):
            own = [session.opening, *(r for r in self.transactions if r.session is session)]
            names = frozenset(request.name for request in own if request.name in held)
            if session.is_open and session.opening.name in names:
                packets.append(Packet(self.now_us, names, bulk=True))
        if packets:
            packets[-1].last_of_bulk = True
            return packets
        return [Packet(self.now_us, frozenset(), bulk=True, last_of_bulk=True)]

    def _backlog(self, tier: int, bound_us: int) -> list[Packet]:
        times = sorted(r for r in self.pairs[tier].ready if bound_us <= r <= self.now_us)
        return [packet for packet in (self._packet(tier, ready_us) for ready_us in times) if packet.changes]

    def _packet(self, tier: int, ready_us: int) -> Packet:
        pair = self.pairs[tier]
        assert pair.channel is not None
        held = pair.units[pair.channel[0]].memory
        names = frozenset(r.name for r in pair.ready[ready_us] if r.name in held)
        return Packet(ready_us, names)

    def now_ready(self, tier: int, ready_us: int) -> None:
        stream = self.pairs[tier].stream
        if stream is None or stream.opened_us >= ready_us:
            return
        packet = self._packet(tier, ready_us)
        if packet.changes:
            stream.queue.append(packet)
            self.run_queue(stream)

    # --- the queue ---

    def run_queue(self, stream: Stream) -> None:
        """Start the next message if the one before has left."""
        while stream.queue and not stream.leaving:
            packet = stream.queue[0]
            starts = max(packet.ready_us << FIXED, stream.opened_us << FIXED, stream.free)
            stream.free = starts + self._cost(stream.tier, packet)
            leaves_us = -(-stream.free >> FIXED)
            if leaves_us > self.now_us:
                stream.leaving = True
                key = ("leave", stream.tier, id(stream))
                self.push(leaves_us, SEND, key, lambda: self._has_left(stream))
            else:
                self._leave(stream)

    def _cost(self, tier: int, packet: Packet) -> int:
        sync = self.tiers[tier].sync
        bandwidth_bps = self.quality(tier, sync.link).bandwidth_bps
        if bandwidth_bps is None or not packet.changes:
            return 0
        return (sync.change_bytes * 8 * 1_000_000 << FIXED) // bandwidth_bps

    def _has_left(self, stream: Stream) -> None:
        stream.leaving = False
        self._leave(stream)
        self.run_queue(stream)
        pair = self.pairs[stream.tier]
        if stream in pair.ghosts and not stream.queue:
            pair.ghosts.remove(stream)
            self.look_whether_handed_over(stream.tier)

    def _leave(self, stream: Stream) -> None:
        """Onto the cable."""
        packet, tier = stream.queue.pop(0), stream.tier
        link = self.tiers[tier].sync.link
        if packet.bulk:
            due_us = self.now_us + self.quality(tier, link).latency_us
            due_us = max(due_us, self.last_copy_us(tier, stream.receiver))
            bound_us = stream.opened_us + 1 if packet.last_of_bulk else -1
        else:
            due_us, bound_us = self._due_us(stream, packet), packet.ready_us + 1
        message = Message(
            "change", tier, stream.sender, stream.receiver, link, due_us, packet.changes, bound_us
        )
        message.whole = packet.last_of_bulk
        message.due_us = max(due_us, stream.front_us)
        if not packet.bulk and self._falls_into_a_hole(tier, packet):
            self.pairs[tier].units[stream.receiver].holes |= packet.changes
            message.changes = frozenset()
        self.send(message)

    def _due_us(self, stream: Stream, packet: Packet) -> int:
        tier = stream.tier
        if not self.tiers[tier].sync.datagram:
            return self.arrival_us(tier, self.now_us, packet.ready_us, stream.receiver)
        quality = self.quality(tier, self.tiers[tier].sync.link)
        jitter_us = chance.jitter_us(
            self.setup.seed, quality.jitter_us, chance.SYNC_JITTER, packet.ready_us, tier * 64
        )
        return max(self.now_us + quality.latency_us + jitter_us, self.last_copy_us(tier, stream.receiver))

    def _falls_into_a_hole(self, tier: int, packet: Packet) -> bool:
        sync = self.tiers[tier].sync
        loss = self.quality(tier, sync.link).loss
        return sync.datagram and chance.hits(
            self.setup.seed, loss, chance.SYNC_LOSS, packet.ready_us, tier * 64
        )

    def drop_stream(self, tier: int, *, kernel_goes_on: bool = False) -> set[Change]:
        """No more changes leave; returns those in the queue, unless the kernel goes on sending them."""
        pair = self.pairs[tier]
        stream, pair.stream = pair.stream, None
        if stream is None:
            return set()
        if kernel_goes_on and stream.queue:
            pair.ghosts.append(stream)
            return set()
        self.cancel("leave", tier, id(stream))
        return {name for packet in stream.queue for name in packet.changes}

    def drop_ghosts(self, tier: int) -> set[Change]:
        pair = self.pairs[tier]
        names: set[Change] = set()
        for ghost in pair.ghosts:
            self.cancel("leave", tier, id(ghost))
            names |= {name for packet in ghost.queue for name in packet.changes}
        pair.ghosts = []
        return names

    # --- the refresh of a stream of datagrams ---

    def refresh_state(self, tier: int) -> None:
        """All state once more; it only tells where something was missing."""
        pair, sync = self.pairs[tier], self.tiers[tier].sync
        if pair.channel is not None and pair.stream is not None:
            self._send_refresh(tier)
            pair.refreshes += 1
        self.push(self.now_us + sync.refresh_us, SEND, ("refresh", tier), lambda: self.refresh_state(tier))

    def _send_refresh(self, tier: int) -> None:
        pair, sync = self.pairs[tier], self.tiers[tier].sync
        assert pair.channel is not None
        sender, receiver = pair.channel
        quality = self.quality(tier, sync.link)
        found = set()
        for name in pair.units[receiver].holes & pair.units[sender].memory:
            ready_us = self.ready_us(tier, self.by_name[name])
            assert ready_us is not None
            block = tier + 64 * (pair.refreshes + 1)
            if not chance.hits(self.setup.seed, quality.loss, chance.REFRESH_LOSS, ready_us, block):
                found.add(name)
        due_us = max(self.now_us + quality.latency_us, self.last_copy_us(tier, receiver))
        self.send(Message("refresh", tier, sender, receiver, sync.link, due_us, frozenset(found)))

    def start_refreshing(self, tier: int) -> None:
        sync = self.tiers[tier].sync
        if sync.policy in STREAMS and sync.datagram and sync.refresh_us:
            self.push(sync.refresh_us, SEND, ("refresh", tier), lambda: self.refresh_state(tier))
