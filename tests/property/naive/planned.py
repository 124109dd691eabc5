"""What people do on purpose: switchover and failback; and what a column does as one."""

from __future__ import annotations

from property.naive.world import WAITING, World


class Planned(World):
    def switch_over(self, tier: int, number: int) -> None:
        """Serves no more, sends what is ready; when that has arrived the standby is active."""
        pair = self.pairs[tier]
        unit, other = pair.units[number], pair.units[1 - number]
        ready = unit.role == "active" and other.role == "standby" and not other.mute
        if not ready or (pair.channel != (number, 1 - number) and self.tiers[tier].sync.policy != "none"):
            return
        self.send_what_is_ready(tier, number)
        self.drop_stream(tier, kernel_goes_on=True)
        unit.role = "handing"
        self.refresh(tier)
        self.look_whether_handed_over(tier)

    def look_whether_handed_over(self, tier: int) -> None:
        pair = self.pairs[tier]
        for number, unit in enumerate(pair.units):
            coming = any(
                m.tier == tier and m.receiver == 1 - number and m.kind in ("batch", "change", "refresh")
                for m in self.messages
            )
            ready = unit.role == "handing" and pair.units[1 - number].role in WAITING
            if ready and not coming and not pair.ghosts and not getattr(unit, "handover_failed", False):
                self.begin(tier, 1 - number, "handover")

    def handover_failed(self, tier: int) -> None:
        """The cable died under it: the standby finds out by silence."""
        for unit in self.pairs[tier].units:
            unit.handover_failed = unit.role == "handing"  # type: ignore[attr-defined]

    def fail_back(self, tier: int, number: int) -> None:
        """The standby takes over at once, whatever it has."""
        unit = self.pairs[tier].units[number]
        if unit.role in WAITING and not unit.mute:
            self.begin(tier, number, "failback")

    # --- parallel columns ---

    def set_aside(self, tier: int, number: int) -> None:
        """An active unit of the column failed: no path leads through the others any more."""
        if self.setup.path != "parallel":
            return
        for other, pair in enumerate(self.pairs):
            unit = pair.units[number]
            if other == tier or unit.role != "active":
                continue
            hung = self.hang_up(other, unit)
            cable_down = not self.connected(other, self.tiers[other].sync.link)
            queued = self.drop_stream(other)
            flying = set(pair.units[1 - number].holes)
            unit.role, unit.memory, unit.suspended = "aside", set(), False
            self.refresh(other)
            self.doubt(other, hung)
            self.settle(other, "cascade", flying, queued, cable_down=cable_down)

    def bring_back(self, number: int) -> None:
        """The path leads through the other column now: who was set aside is a newcomer."""
        for tier, pair in enumerate(self.pairs):
            if pair.units[number].role == "aside":
                self.wait(tier, number)
