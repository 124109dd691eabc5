"""What queues in front of the sync cable: batches, snapshots, each change of a stream, and refreshes."""

from __future__ import annotations

from property.naive.world import DELIVERY, SEND, STREAMS, Change, Message, Packet, Queue, World

FIXED = 16  # queue times are in units of 2^-16 us


class Streaming(World):
    def open_queue(self, tier: int) -> None:
        pair = self.pairs[tier]
        assert pair.channel is not None
        free = max([self._free_after(ghost) for ghost in pair.ghosts], default=0)
        pair.queue = Queue(tier, *pair.channel, opened_us=self.now_us, free=free)

    def go_on_streaming(self, tier: int) -> None:
        queue = self.pairs[tier].queue
        if queue is not None and self.tiers[tier].sync.policy in STREAMS:
            queue.streams, queue.opened_us = True, self.now_us
            self.look_whether_caught_up(tier)

    # --- all at once, or a newcomer's sessions one by one ---

    def lacks_something(self, tier: int) -> bool:
        """Whether anything may have become ready since the last copy that this standby will have."""
        return self._bound_us(tier) < max(self.now_us, 0)

    def _bound_us(self, tier: int) -> int:
        """All that was ready before this has come to the receiver or is on its way."""
        pair = self.pairs[tier]
        assert pair.channel is not None
        receiver = pair.channel[1]
        bounds = [pair.units[receiver].bound_us]
        bounds += [m.bound_us for m in self.messages if (m.tier, m.receiver) == (tier, receiver)]
        for queue in (pair.queue, *pair.ghosts):
            bounds += [packet.bound_us for packet in queue.packets] if queue else []
        return max(bounds)

    def send_copy(self, tier: int, *, whole: bool) -> None:
        """A batch, a snapshot, all for a newcomer, or what one that fell behind a stream lacks."""
        pair, sync = self.pairs[tier], self.tiers[tier].sync
        assert pair.channel is not None
        assert pair.queue is not None
        index, pair.batches = pair.batches, pair.batches + 1
        streams = sync.policy in STREAMS
        way_us = self.flight_us(tier, index, repeats=streams or not sync.datagram)
        parts = self._parts(tier, self._bound_us(tier), whole=whole)
        each = self._each(tier)
        bound_us = self.now_us + 1
        if streams and each:
            assert way_us is not None
            packets = [Packet("batch", self.now_us, names, each, way_us) for names in parts]
        else:
            cost = len(parts) * each + (0 if streams else sync.transfer_us << FIXED)
            names = frozenset().union(*parts, self.ready_before(tier, pair.channel[0], bound_us))
            ready_us = self.now_us + (sync.prepare_us if sync.policy == "snapshot" else 0)
            packets = [Packet("batch", ready_us, names, cost, 0 if way_us is None else way_us)]
            if ready_us > self.now_us:
                self.push(
                    ready_us, SEND, ("picture", tier), lambda: self._take_picture(pair.queue, packets[0])
                )
            if way_us is None:
                packets[0].way_us = self.quality(tier, sync.link).latency_us
                packets[0].kind = "lost"
        if not packets:
            assert way_us is not None
            packets = [Packet("batch", self.now_us, frozenset(), 0, way_us)]
        if packets:
            packets[-1].bound_us, packets[-1].whole = packets[-1].ready_us + 1, whole
        pair.queue.packets += packets
        self.run_queue(pair.queue)

    def _take_picture(self, queue: Queue | None, packet: Packet) -> None:
        """A snapshot is the state as it is when it has been prepared."""
        if queue is not None and packet in queue.packets:
            packet.changes = self.ready_before(queue.tier, queue.sender, packet.bound_us)

    def _parts(self, tier: int, bound_us: int, *, whole: bool) -> list[frozenset[Change]]:
        """What occupies the cable: each open session of a full copy, else each change that is lacking."""
        pair = self.pairs[tier]
        assert pair.channel is not None
        held = self.ready_before(tier, pair.channel[0], self.now_us + 1)
        if whole:
            return [names for names in (self._of_session(s, held) for s in self._by_age()) if names]
        times = sorted(ready_us for ready_us in pair.ready if bound_us <= ready_us <= self.now_us)
        lacking = [request for ready_us in times for request in pair.ready[ready_us]]
        return [
            frozenset({request.name})
            for request in lacking
            if request.name in held and request.session.is_open and request.lost_us is None
        ]

    def _by_age(self) -> list:  # type: ignore[type-arg]
        opened = [session for session in self.sessions if session.is_open]
        return sorted(opened, key=lambda session: (session.opening.at_us, session.number))

    def _of_session(self, session, held) -> frozenset[Change]:  # type: ignore[no-untyped-def]
        if session.opening.name not in held:
            return frozenset()
        own = [session.opening, *(r for r in self.transactions if r.session is session)]
        return frozenset(request.name for request in own if request.name in held)

    def _each(self, tier: int) -> int:
        """How long one change occupies the cable."""
        sync = self.tiers[tier].sync
        bandwidth_bps = self.quality(tier, sync.link).bandwidth_bps
        return (sync.change_bytes * 8 * 1_000_000 << FIXED) // bandwidth_bps if bandwidth_bps else 0

    # --- each change when it is ready ---

    def now_ready(self, tier: int, ready_us: int) -> None:
        pair, queue = self.pairs[tier], self.pairs[tier].queue
        if queue is None or not queue.streams or queue.opened_us >= ready_us:
            return
        held = pair.units[queue.sender].memory
        names = frozenset(
            r.name
            for r in pair.ready[ready_us]
            if r.name in held and not (r.session.ended and self.tiers[tier].sync.pickup_us)
        )
        if not names:
            return
        datagram = self.tiers[tier].sync.datagram
        way_us = self.flight_us(tier, ready_us, repeats=not datagram)
        packet = Packet("change", ready_us, names, len(names) * self._each(tier), 0, ready_us + 1)
        if way_us is None:
            packet.hole, packet.changes = names, frozenset()
            way_us = self.jittered_us(tier, ready_us, 0)
        packet.way_us = way_us
        queue.packets.append(packet)
        self.run_queue(queue)

    # --- the queue ---

    def run_queue(self, queue: Queue) -> None:
        """Start the next packet if the one before has left."""
        while queue.packets and not queue.leaving:
            packet = queue.packets[0]
            queue.free = max(packet.ready_us << FIXED, queue.free) + packet.cost
            leaves_us = -(-queue.free >> FIXED)
            if leaves_us > self.now_us:
                queue.leaving = True
                key = ("leave", queue.tier, id(queue))
                order = DELIVERY if packet.cost else SEND  # a snapshot is taken when its instant is over
                self.push(leaves_us, order, key, lambda: self._has_left(queue))
            else:
                self._leave(queue)

    def _has_left(self, queue: Queue) -> None:
        queue.leaving = False
        self._leave(queue)
        self.run_queue(queue)
        pair = self.pairs[queue.tier]
        if queue in pair.ghosts and not queue.packets:
            pair.ghosts.remove(queue)

    def _let_leave(self, queue: Queue | None) -> None:
        """What leaves at this very instant has left."""
        while queue and queue.leaving and queue.free <= self.now_us << FIXED:
            self.cancel("leave", queue.tier, id(queue))
            self._has_left(queue)

    def _leave(self, queue: Queue) -> None:
        """Onto the cable."""
        packet, tier, sync = queue.packets.pop(0), queue.tier, self.tiers[queue.tier].sync
        due_us = max(self.now_us + packet.way_us, queue.front_us, self.last_copy_us(tier, queue.receiver))
        if packet.kind == "lost":
            return
        self.pairs[tier].units[queue.receiver].holes |= packet.hole
        kind = packet.kind
        message = Message(
            kind, tier, queue.sender, queue.receiver, sync.link, due_us, packet.changes, packet.bound_us
        )
        message.whole = packet.whole
        self.send(message)

    def last_arrival_us(self, tier: int, receiver: int) -> int:
        """When all that has been sent and all that queues will have arrived."""
        last_us, queue = self.last_copy_us(tier, receiver), self.pairs[tier].queue
        if queue is not None and queue.streams and queue.opened_us < self.now_us:
            latency_us = self.quality(tier, self.tiers[tier].sync.link).latency_us
            last_us = max(last_us, self.now_us - 1 + latency_us, queue.front_us)  # the end of the stream
        for place, packet in enumerate(queue.packets if queue else ()):
            left_us = -(-self._free_after(queue, place + 1) >> FIXED)
            last_us = max(last_us, left_us + packet.way_us, queue.front_us)
        return last_us

    def _free_after(self, queue: Queue, count: int | None = None) -> int:
        """When the first `count` packets (None: all) will have left, in 2^-16 us."""
        free = queue.free
        for place, packet in enumerate(queue.packets[:count]):
            if place or not queue.leaving:
                free = max(packet.ready_us << FIXED, free) + packet.cost
        return free

    def drop_queue(self, tier: int, *, kernel_goes_on: bool = False) -> set[Change]:
        """No more leaves; returns what stood in the queue, unless the kernel goes on sending it."""
        pair = self.pairs[tier]
        for one in (pair.queue, *pair.ghosts):
            self._let_leave(one)
        queue, pair.queue = pair.queue, None
        if queue is None:
            return set()
        if queue.streams and not queue.packets and pair.units[queue.receiver].role != "down":
            self._complete_until_now(tier, queue.receiver)
        if kernel_goes_on and queue.packets:
            pair.ghosts.append(queue)
            return set()
        self.cancel("leave", tier, id(queue))
        return self._queued(queue)

    def _complete_until_now(self, tier: int, receiver: int) -> None:
        """All that was ready before this instant has been sent."""
        ahead = [m for m in self.messages if m.kind == "change" and (m.tier, m.receiver) == (tier, receiver)]
        last = max(ahead, key=lambda message: message.due_us, default=None)
        holder = self.pairs[tier].units[receiver] if last is None else last
        holder.bound_us = max(holder.bound_us, self.now_us)

    def _queued(self, queue: Queue) -> set[Change]:
        return {name for packet in queue.packets for name in packet.changes if packet.kind == "change"}

    def drop_ghosts(self, tier: int) -> set[Change]:
        pair = self.pairs[tier]
        names: set[Change] = set()
        for ghost in pair.ghosts:
            self.cancel("leave", tier, id(ghost))
            names |= self._queued(ghost)
        pair.ghosts = []
        return names
