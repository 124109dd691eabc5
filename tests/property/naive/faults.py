"""What people do to units and cables."""

from __future__ import annotations

from collections.abc import Callable

from property.naive.world import LIVING, TIMER, WAITING, Message, World


class Faults(World):
    def strike(
        self,
        doomed: list[tuple[int, int]],
        *,
        cables: bool,
        kernel_goes_on: bool = False,
        power: bool = False,
    ) -> None:
        """These units die at one instant: all of them first, then what it means for each tier."""
        doomed = [(tier, number) for tier, number in doomed if self.pairs[tier].units[number].role != "down"]
        after: list[Callable[[], None]] = []
        for tier in dict.fromkeys(tier for tier, _ in doomed):
            numbers = [number for one, number in doomed if one == tier]
            after.append(self._kill_units(tier, numbers, cables=cables, kernel_goes_on=kernel_goes_on))
        for settle in after:
            settle()
        for tier, number in doomed:
            if power:
                self.sense_power(tier, number)

    def _kill_units(
        self, tier: int, numbers: list[int], *, cables: bool, kernel_goes_on: bool
    ) -> Callable[[], None]:
        pair, setup = self.pairs[tier], self.tiers[tier]
        before = [unit.role for unit in pair.units]
        serving = self.serving(tier)
        known = pair.followers
        cable_down = not pair.cables[setup.sync.link].up
        sends = pair.queue is not None and pair.queue.sender in numbers
        queued = self.drop_queue(tier, kernel_goes_on=kernel_goes_on) if sends or cables else set()
        doomed_ghost = any(g.receiver in numbers or g.sender in numbers for g in pair.ghosts)
        flying = self.kill(tier, lambda m: cables or m.receiver in numbers or self._dies_unsent(m, numbers))
        if cables or (doomed_ghost and not kernel_goes_on):
            queued |= self.drop_ghosts(tier)
        hung: set[tuple[str, int]] = set()
        for number in numbers:
            unit = pair.units[number]
            hung |= self.hang_up(tier, unit)
            flying |= unit.holes | pair.units[1 - number].holes
            unit.role, unit.memory, unit.holes, unit.bound_us = "down", set(), set(), -1
            unit.slow = unit.mute = unit.alone = unit.deciding = unit.silence_spent = False
            unit.isolated_us, unit.suspended = None, ""
            for timer in ("detect", "boot", "address", "fence", "start", "suspend", "sense", "farewell"):
                self.cancel(timer, tier, number)
        self.cancel("demote", tier)
        pair.demoting = False
        split = all(role == "active" for role in before) and serving in {0, 1} - set(numbers)

        def settle() -> None:
            self._after_death(tier, numbers, before, known)
            self.doubt(tier, hung)
            why = pair.contest if split else ""
            self.settle(tier, why, flying, queued, cable_down=cable_down)
            for number in numbers:
                if before[number] == "active":
                    self.set_aside(tier, number)

        return settle

    def _dies_unsent(self, message: Message, numbers: list[int]) -> bool:
        return message.kind == "answer" and message.sender in numbers and message.leaves_us >= self.now_us

    def _after_death(self, tier: int, numbers: list[int], before: list[str], known: int) -> None:
        """If clients knew the dead one, and the other is active, it says so."""
        pair = self.pairs[tier]
        other = 1 - known
        orphaned = known in numbers and before[known] == "active"
        unheard = not self.waits_on("address", tier, other)
        if orphaned and unheard and pair.units[other].role == "active":
            self.announce(tier, other)
        self.refresh(tier)

    def repair(self, tier: int, number: int) -> None:
        unit = self.pairs[tier].units[number]
        if unit.role == "down":
            unit.role, unit.dark = "booting", False
            due_us = self.now_us + self.tiers[tier].boot_us
            self.push(due_us, TIMER, ("boot", tier, number), lambda: self.wait(tier, number))
            return
        was_mute = unit.mute
        unit.slow = unit.mute = False
        unit.isolated_us = None
        if unit.role in WAITING and was_mute:
            unit.heard_us = max(unit.heard_us, self.now_us)
            self.watch(tier, number)
        self.refresh(tier)

    def stop(self, tier: int, number: int) -> None:
        """Farewell, what is ready, and down."""
        pair = self.pairs[tier]
        unit = pair.units[number]
        if unit.role not in LIVING:
            return
        if unit.role == "active":
            self.send_what_is_ready(tier, number)
        if unit.role == "active" and not unit.mute:
            self.send_beat(tier, number, "farewell")
        self.strike([(tier, number)], cables=False, kernel_goes_on=True)

    def send_what_is_ready(self, tier: int, number: int) -> None:
        pair, policy = self.pairs[tier], self.tiers[tier].sync.policy
        if pair.channel is not None and pair.channel[0] == number and policy in ("periodic", "snapshot"):
            self.send_copy(tier, whole=policy == "snapshot")

    def hear_farewell(self, message: Message) -> None:
        tier, number = message.tier, message.receiver
        unit = self.pairs[tier].units[number]
        if unit.role in WAITING and not unit.mute:
            due_us = self.now_us + self.tiers[tier].heartbeat.skew_us[number]
            self.push(due_us, TIMER, ("farewell", tier, number), lambda: self._farewell_over(tier, number))

    def _farewell_over(self, tier: int, number: int) -> None:
        unit = self.pairs[tier].units[number]
        if unit.role in WAITING and not unit.mute and not unit.deciding:
            if self.setup.path == "cross" or self.column_is_whole(number):
                self.begin(tier, number, "farewell")
            else:
                self.look_again(tier, number)

    def condition(self, tier: int, number: int, what: str) -> None:
        unit = self.pairs[tier].units[number]
        if unit.role not in LIVING:
            return
        if what == "slow":
            unit.slow |= unit.role == "active"
        elif what == "daemon":
            unit.mute = True
        elif unit.isolated_us is None:
            self._isolate(tier, number)
        self.refresh(tier)

    def _isolate(self, tier: int, number: int) -> None:
        self.pairs[tier].units[number].isolated_us = self.now_us
        self.break_cable(tier, None)

    def break_cable(self, tier: int, link: int | None) -> None:
        """What is on it is gone, and what queues in front of it (None: all cables of the tier)."""
        queued: set[tuple[str, int]] = set()
        if link in (None, self.tiers[tier].sync.link):
            queued = self.drop_ghosts(tier) | self.drop_queue(tier)
        flying = self.kill(tier, lambda m: link is None or m.link == link)
        self.refresh(tier)
        self.settle(tier, "", flying, queued)

    def cable(self, tier: int, link: int, what: str) -> None:
        cable = self.pairs[tier].cables[link]
        match what:
            case "cut" if cable.up:
                cable.up = False
                self.break_cable(tier, link)
            case "heal":
                self.quality_changes(tier, link)
                cable.up, cable.degraded, cable.no_heartbeats = True, False, False
            case "degrade" if self.tiers[tier].links[link].degraded is not None:
                self.quality_changes(tier, link)
                cable.degraded = True
            case "heartbeat-loss":
                cable.no_heartbeats = True
                self.kill(tier, lambda m: m.kind == "beat" and m.link == link)
        self.refresh(tier)
