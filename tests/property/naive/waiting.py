"""Policies that wait: when a request has its answer from the standby, and when nobody waits any more."""

from __future__ import annotations

from property.naive.world import DELIVERY, TIMER, WAITS, Message, Request, Unit, World


class Waiting(World):
    def waits(self, tier: int) -> bool:
        return self.tiers[tier].sync.policy in WAITS

    def send_answer(self, copy: Message) -> None:
        """The standby says what has come, once it can use it."""
        tier = copy.tier
        if not self.waits(tier):
            return
        leaves_us = self.now_us + self.tiers[tier].sync.apply_us
        self._answer(tier, copy.receiver, copy.changes, leaves_us)

    def _answer(self, tier: int, standby: int, changes: frozenset[tuple[str, int]], leaves_us: int) -> None:
        link = self.tiers[tier].sync.link
        due_us = leaves_us + self.quality(tier, link).latency_us
        waited_for = frozenset(name for name in changes if tier in self.by_name[name].waits_for)
        if waited_for:
            answer = Message("answer", tier, standby, 1 - standby, link, due_us, leaves_us=leaves_us)
            answer.names = waited_for  # type: ignore[attr-defined]
            self.messages.append(answer)
            self.push(due_us, DELIVERY, ("message", id(answer)), lambda: self.receive(answer))

    def shake_hands(self, tier: int) -> None:
        """A channel opens: the standby says what it has of all that waits."""
        pair = self.pairs[tier]
        if not self.waits(tier) or pair.channel is None:
            return
        sender, receiver = pair.channel
        self._answer(tier, receiver, frozenset(pair.units[receiver].memory), self.now_us)
        unit = pair.units[sender]
        if unit.alone:
            unit.caught_up_us = self.now_us

    def hear_answer(self, answer: Message) -> None:
        for name in answer.names:  # type: ignore[attr-defined]
            request = self.by_name[name]
            request.waits_for.discard(answer.tier)
            self.answered(request)

    # --- giving up waiting ---

    def watch_answer(self, tier: int, unit: Unit, request: Request) -> None:
        sync = self.tiers[tier].sync
        if sync.timeout_us is None:
            return
        due_us = self.now_us + self.setup.traffic.response_us + sync.timeout_us
        self.push(due_us, TIMER, ("timeout", tier), lambda: self._time_out(tier, unit, request))

    def _time_out(self, tier: int, unit: Unit, request: Request) -> None:
        if unit.alone or unit.role != "active" or tier not in request.waits_for or not request.served:
            return
        self.tell("FellBack", tier, self.pairs[tier].units.index(unit))
        self.run_alone(tier, unit)

    def run_alone(self, tier: int, unit: Unit) -> None:
        """All that waited is answered, and requests no longer wait, until a standby has caught up."""
        unit.alone = True
        unit.caught_up_us = self.now_us if self.pairs[tier].channel is not None else None
        for request in self.requests():
            if tier in request.waits_for and request.applied.get(tier) is unit:
                request.waits_for.discard(tier)
                self.answered(request)

    def look_whether_caught_up(self, tier: int) -> None:
        """A standby that is whole and has all that was ready when the channel opened."""
        pair = self.pairs[tier]
        if not self.waits(tier) or pair.channel is None:
            return
        unit, standby = (pair.units[number] for number in pair.channel)
        if not unit.alone or unit.caught_up_us is None or standby.role != "standby":
            return
        mark_us, queue = unit.caught_up_us, pair.queue
        waiting = queue is None or not queue.streams or any(p.ready_us <= mark_us for p in queue.packets)
        coming = any(
            m.kind in ("batch", "change") and m.receiver == pair.channel[1] and m.bound_us <= mark_us + 1
            for m in self.messages
            if m.tier == tier
        )
        if not waiting and not coming:
            unit.alone, unit.caught_up_us = False, None
            self.tell("AcknowledgementsBack", tier, pair.channel[0])
