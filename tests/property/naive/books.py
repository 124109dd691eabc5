"""What it comes to, for the comparison."""

from __future__ import annotations

from collections import Counter

from property.naive.world import LIVING, World


class Books(World):
    def holder(self, tier: int) -> int | None:
        serving = self.serving(tier)
        if serving is not None:
            return serving
        for role in ("active", "standby", "starting", "resyncing"):
            for number, unit in enumerate(self.pairs[tier].units):
                if unit.role == role:
                    return number
        return None

    def exposed(self, tier: int) -> int:
        """Open sessions that only the holder holds; what is still on a cable is not held yet."""
        holder = self.holder(tier)
        if holder is None:
            return 0
        other = self.pairs[tier].units[1 - holder]
        safe = other.memory if other.role in LIVING else set()
        return sum(
            session.is_open
            and session.opening.name not in safe
            and session.opening.acknowledged(self.now_us + 1)
            for session in self.sessions
        )

    def holds(self, tier: int, number: int) -> int:
        """Open sessions that a unit holds."""
        memory = self.pairs[tier].units[number].memory
        return sum(session.is_open and session.opening.name in memory for session in self.sessions)

    def lost_sessions(self) -> list[int]:
        return [session.number for session in self.sessions if session.opening.lost_us is not None]

    def open_sessions(self) -> int:
        return sum(session.is_open for session in self.sessions)

    def interrupted(self) -> dict[str, int]:
        """By what each met first."""
        made = (request for request in self.requests() if request.met is not None)
        met = Counter("hung" if request.hung and request.met == "served" else request.met for request in made)
        return {str(status): count for status, count in met.items() if status != "served"}
