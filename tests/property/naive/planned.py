"""What people do on purpose: switchover and failback; and what a column does as one."""

from __future__ import annotations

from property.naive.world import TIMER, WAITING, World


class Planned(World):
    def switch_over(self, tier: int) -> None:
        """The active unit serves no more and sends what is ready; then the standby is active."""
        pair, policy = self.pairs[tier], self.tiers[tier].sync.policy
        if pair.channel is None or pair.units[pair.channel[1]].role != "standby":
            return  # one that hands over already serves no more and has no channel
        old, new = pair.channel
        self.send_what_is_ready(tier, old)
        pair.units[old].suspended = "handover"
        due_us = self.last_arrival_us(tier, new)  # nothing more is sent
        bound_us = -1 if policy == "none" else self.now_us
        self.refresh(tier)
        self.push(due_us, TIMER, ("handover", tier, old), lambda: self._handed_over(tier, old, bound_us))

    def _handed_over(self, tier: int, number: int, bound_us: int) -> None:
        """If the standby has not got it all, everything stays as it was."""
        old, new = (self.pairs[tier].units[one] for one in (number, 1 - number))
        if old.suspended != "handover" or old.role != "active":
            return
        ready = self.ready_before(tier, number, bound_us)
        if new.role not in WAITING or ready - new.memory - new.holes:
            old.suspended = ""
            self.refresh(tier)
        else:
            self.begin(tier, 1 - number, "handover")
            self._become_standby(tier, number, bound_us)

    def _become_standby(self, tier: int, number: int, bound_us: int) -> None:
        """The old active keeps as its copy what its successor has too."""
        unit = self.pairs[tier].units[number]
        hung = self.hang_up(tier, unit)
        unit.memory = set(self.ready_before(tier, number, bound_us))
        unit.role, unit.suspended, unit.heard_us, unit.bound_us = "standby", "", self.now_us, bound_us
        self.watch(tier, number)
        self.refresh(tier)
        self.doubt(tier, hung)
        self.settle(tier, "", set(), set())

    def fail_back(self, tier: int) -> None:
        """The waiting unit takes over at once, whatever it has, and the active one gives up."""
        roles = [unit.role for unit in self.pairs[tier].units]
        if "active" in roles:
            number = 1 - roles.index("active")
            if roles[number] in WAITING:
                self.begin(tier, number, "failback")
                self.demote(tier, 1 - number)

    # --- parallel columns ---

    def set_aside(self, tier: int, number: int) -> None:
        """An active unit of the column failed: no path leads through the others any more."""
        if self.setup.path != "parallel":
            return
        for other, pair in enumerate(self.pairs):
            unit = pair.units[number]
            if other == tier or unit.role != "active" or self.serving(other) != number:
                continue
            hung = self.hang_up(other, unit)
            cable_down = not pair.cables[self.tiers[other].sync.link].up
            queued = self.drop_queue(other)
            flying = set(pair.units[1 - number].holes)
            unit.role, unit.memory, unit.suspended = "aside", set(), ""
            self.refresh(other)
            self.doubt(other, hung)
            self.settle(other, "cascade", flying, queued, cable_down=cable_down)

    def column_is_whole(self, number: int) -> bool:
        """Whether every tier could serve through this column."""
        roles = {pair.units[number].role for pair in self.pairs}
        return roles <= {"active", "starting", *WAITING}

    def move_column(self, moved: int, number: int) -> None:
        """With the first tier all others go to the other column."""
        if self.setup.path != "parallel":
            return
        for tier, pair in enumerate(self.pairs):
            if tier != moved and pair.units[number].role in WAITING:
                late = self.take_no_more(tier, number)
                self.become_active(tier, number, "silence", "cascade", late)
        self.bring_back(1 - number)

    def bring_back(self, number: int) -> None:
        """The path leads through the other column now: who was set aside is a newcomer."""
        for tier, pair in enumerate(self.pairs):
            if pair.units[number].role == "aside":
                self.wait(tier, number)
