"""What is lost: what no living unit of the tier holds, nor will."""

from __future__ import annotations

from collections import Counter

from property.naive.world import LIVING, Change, Request, World, in_share

Names = set[Change]


class Losing(World):
    def start_books(self) -> None:
        self.lost_causes: Counter[str] = Counter()
        self.lost_transaction_causes: Counter[str] = Counter()
        self.entries_lost = 0
        self.in_doubt = 0

    def held(self, tier: int) -> Names:
        """All that living units of the tier hold, and all that is on its way to one of them."""
        pair = self.pairs[tier]
        found: Names = set()
        for unit in pair.units:
            if unit.role in LIVING:
                found |= unit.memory
        for message in self.messages:
            if message.tier == tier and pair.units[message.receiver].role in LIVING:
                found |= message.changes
        for ghost in pair.ghosts:
            for packet in ghost.packets:
                found |= packet.changes
        return found

    def settle(self, tier: int, why: str, flying: Names, queued: Names, *, cable_down: bool = False) -> None:
        """`why`: split_brain, failback or cascade, or nothing in particular."""
        pair = self.pairs[tier]
        held = self.held(tier)
        alone = not any(unit.role in LIVING for unit in pair.units)
        for request in self.requests():
            session, opening = request.session, request.session.opening
            alive = request.acknowledged(self.now_us) and opening.served and not session.ended
            if not alive or request.name in held or opening.lost_us not in (None, self.now_us):
                continue
            backlog = cable_down or request.name in queued
            cause = self._cause(tier, request, why, in_flight=request.name in flying, backlog=backlog)
            self._lose(tier, request, "no_survivor" if alone else cause)

    def _cause(self, tier: int, request: Request, why: str, *, in_flight: bool, backlog: bool) -> str:
        sync = self.tiers[tier].sync
        if in_flight:
            return "in_flight"
        if (
            sync.policy == "none"
            or in_share(request.session.number, sync.never)
            or self._young(tier, request)
        ):
            return "never_synced"
        if why:
            return why
        if sync.policy == "snapshot":
            return "stale_snapshot"
        return "backlog" if backlog else "unsynced"

    def _young(self, tier: int, request: Request) -> bool:
        opened_us = request.session.opening.at_us
        assert opened_us is not None
        return opened_us >= 0 and opened_us + self.tiers[tier].sync.pickup_us >= self.now_us

    def _lose(self, tier: int, request: Request, cause: str) -> None:
        pair, session = self.pairs[tier], request.session
        is_session = request is session.opening
        if is_session and request.name[1] not in pair.entries:
            pair.entries.add(request.name[1])
            self.entries_lost += 1
        if request.lost_us is not None:
            return
        request.lost_us = self.now_us
        (self.lost_causes if is_session else self.lost_transaction_causes)[cause] += 1
        if is_session:
            session.lost_in, session.learnt = tier, self.serving(tier) is not None

    def doubt(self, tier: int, hung: Names) -> None:
        """Requests that were never answered, yet somebody has them."""
        self.in_doubt += len(self.held(tier) & hung)
