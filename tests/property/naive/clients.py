"""Requests: who comes, what he meets, when he has his answer, and how he tries again."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from property.naive.world import ARRIVAL, END, WAITS, Change, Request, Session, Unit, World, in_share

from visualizer.sim.command import Command, SetParameter
from visualizer.sim.setup import Rate
from visualizer.sim.traffic import draw

RETRIED = ("nobody_active", "dead_address", "refused_for_consistency")


class Clients(World):
    def read_columns(self, commands: Iterable[Command]) -> None:
        setup = self.setup
        rates: list[tuple[int, Rate | None]] = [(0, setup.traffic.session_rate)]
        for act in commands:
            if isinstance(act, SetParameter) and act.parameter == "traffic.rate":
                assert isinstance(act.value, Rate)
                rates = [piece for piece in rates if piece[0] < act.at_us] + [(act.at_us, act.value)]
        columns = draw(setup.traffic, setup.seed, tuple(rates), setup.duration_us)
        self.sessions, self.transactions = [], []
        for number, (opens_us, closes_us) in enumerate(
            zip(columns.opens_us.tolist(), columns.closes_us.tolist(), strict=True)
        ):
            self._expect_session(number, opens_us, closes_us)
        for place, (at_us, number) in enumerate(
            zip(columns.transaction_us.tolist(), columns.transaction_session.tolist(), strict=True)
        ):
            request = Request(("transaction", place), at_us, self.sessions[number])
            self.transactions.append(request)
            self._expect(request)
        self.by_name = {request.name: request for request in self.requests()}

    def _expect_session(self, number: int, opens_us: int, closes_us: int) -> None:
        session = Session(number, in_share(number, self.setup.clients.stay))
        session.opening = opening = Request(("open", number), opens_us, session)
        session.closes_us = closes_us
        self.sessions.append(session)
        if opens_us < 0:
            opening.met, opening.at_us, opening.acked_us = "served", opens_us, opens_us
        else:
            self._at_arrival(opens_us, lambda: self.ask(opening))
        self._expect_close(session)

    def _expect(self, request: Request) -> None:
        number = request.session.number
        self._at_arrival(request.asked_us, lambda: self.ask(request), number)

    def _expect_close(self, session: Session) -> None:
        self._at_arrival(session.closes_us, lambda: setattr(session, "ended", True), session.number)

    def _at_arrival(self, at_us: int, do: Callable[[], None], number: int = -1) -> None:
        if at_us <= self.setup.duration_us:
            self.push(at_us, ARRIVAL, ("arrival", number), do)

    def _live_later(self, session: Session, delay_us: int) -> None:
        """A session that opens late lives its whole life from then on."""
        self.cancel("arrival", session.number)
        session.ended, session.closes_us = False, session.closes_us + delay_us
        for request in self.transactions:
            if request.session is session:
                request.asked_us += delay_us
                self._expect(request)
        self._expect_close(session)

    # --- what a request meets ---

    def direction(self, tier: int, session: Session) -> Unit:
        pair = self.pairs[tier]
        return pair.units[pair.stayers if session.stays else pair.followers]

    def status(self, session: Session) -> str:
        for tier, pair in enumerate(self.pairs):
            unit = self.direction(tier, session)
            if unit.serves:
                continue
            if not any(other.role == "active" for other in pair.units):
                return "nobody_active"
            if unit.role != "active":
                return "dead_address"
            return "refused_for_consistency" if unit.suspended else "hung"
        return "served"

    def ask(self, request: Request) -> None:
        session = request.session
        is_opening = request is session.opening
        if not is_opening and (not session.opening.served or session.learnt):
            return
        if not self.waits_on("recheck"):
            self.asked_now = []
            self.push(self.now_us, END, ("recheck",), self.recheck)
        self.asked_now.append(request)
        if session.stalled:
            status = self.status(session)
            request.met = status if status in RETRIED else session.stalled[0].met
            session.stalled.append(request)
            return
        request.met = self.status(session)
        if request.met == "served":
            self.serve(request)
        elif request.met in RETRIED:
            self.try_later(request, 0)

    def recheck(self) -> None:
        """A request meets what stands when its whole instant is over."""
        for request in self.asked_now:
            if request is not request.session.opening and request.session.learnt and request.met is not None:
                self._never_was(request)
                continue
            units = {tier: self.direction(tier, request.session) for tier in range(len(self.pairs))}
            status = self.status(request.session)
            stands = request.met == status and (status != "served" or units == request.applied)
            if request.met is None or stands or request.session.stalled:
                continue
            self._never_was(request)
            self.ask(request)

    def _never_was(self, request: Request) -> None:
        """Take it out of everything: it was asked an instant too early."""
        request.met = request.at_us = request.acked_us = None
        request.hung = request.delayed = False
        request.applied, request.waits_for = {}, set()
        for pair in self.pairs:
            for unit in pair.units:
                unit.memory.discard(request.name)
            for found in pair.ready.values():
                if request in found:
                    found.remove(request)
        for message in self.messages:
            message.changes -= {request.name}

    def serve(self, request: Request) -> None:
        request.at_us = self.now_us
        for tier in range(len(self.pairs)):
            unit = self.direction(tier, request.session)
            unit.memory.add(request.name)
            request.applied[tier] = unit
            ready_us = self.ready_us(tier, request)
            if ready_us is not None:
                self.expect_ready(tier, ready_us, request)
            if self.tiers[tier].sync.policy in WAITS and not unit.alone and ready_us is not None:
                request.waits_for.add(tier)
                self.watch_answer(tier, unit, request)
        self.answered(request)

    def answered(self, request: Request) -> None:
        """The last of the standbys has answered, or nobody waits for them any more."""
        if request.served and request.acked_us is None and not request.waits_for:
            assert request.at_us is not None
            request.acked_us = max(request.at_us + self.setup.traffic.response_us, self.now_us)

    # --- trying again ---

    def try_later(self, request: Request, number: int) -> None:
        clients = self.setup.clients
        stalls = clients.stall_us is not None and request is not request.session.opening
        if stalls:
            offset_us: int | None = self._stall_us(number)
        else:
            offsets = clients.retry.offsets_us() if clients.retry else ()
            offset_us = offsets[number] if number < len(offsets) else None
        if stalls and not request.session.stalled:
            request.session.stalled.append(request)
        if offset_us is None or (clients.timeout_us is not None and offset_us > clients.timeout_us):
            self.give_up(request)
            return
        at_us = request.asked_us + offset_us
        self._at_arrival(at_us, lambda: self.try_again(request, number))

    def try_again(self, request: Request, number: int) -> None:
        session = request.session
        if request is not session.opening and (session.ended or session.learnt or session.opening.hung):
            self.give_up(request)
            return
        status = self.status(session)
        if status in RETRIED:
            self.try_later(request, number + 1)
            return
        together = session.stalled if session.stalled[:1] == [request] else [request]
        session.stalled = []
        for one in together:
            if status == "served":
                one.delayed = one.asked_us < self.now_us
                one.met = one.met if one.delayed else "served"
                if one is session.opening:
                    self._live_later(session, self.now_us - one.asked_us)
                self.serve(one)
            else:
                one.failed = True

    def give_up(self, request: Request) -> None:
        request.failed = True
        session = request.session
        if session.stalled[:1] != [request]:
            return
        del session.stalled[0]
        if session.stalled:  # the next in line tries at its own instants
            head, number = session.stalled[0], 0
            while head.asked_us + self._stall_us(number) <= self.now_us:
                number += 1
            if session.ended or session.learnt or session.opening.hung:
                self.give_up(head)
            else:
                self.try_later(head, number)

    def _stall_us(self, number: int) -> int:
        assert self.setup.clients.stall_us is not None
        return self.setup.clients.stall_us * (2 ** (number + 1) - 1)

    # --- what goes wrong with those who wait ---

    def hang_up(self, tier: int, unit: Unit) -> set[Change]:
        """The unit forgets: what it has applied and not answered yet it never will."""
        hung = [r for r in self.requests() if r.applied.get(tier) is unit and self._unanswered(r)]
        for request in hung:
            request.hung = True
        for request in self.transactions:
            if request.session.opening.hung:
                request.met, request.hung = None, True  # who has not heard of his session asks nothing of it
        return {request.name for request in hung if request.met is not None}

    def _unanswered(self, request: Request) -> bool:
        return request.served and (request.acked_us is None or request.acked_us >= self.now_us)

    def learn_of_losses(self, tier: int) -> None:
        """Clients of lost sessions hear of it when the tier serves again."""
        if self.serves_all(tier):
            for session in self.sessions:
                session.learnt |= session.lost_in == tier
