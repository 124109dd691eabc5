"""Who serves whom: announcements, caches, the two groups of clients, leases and quorum."""

from __future__ import annotations

from property.naive import chance
from property.naive.world import TIMER, WAITING, Unit, World


class Addresses(World):
    def announce(self, tier: int, number: int) -> None:
        """A train of announcements; the first that is heard counts."""
        pair, setup = self.pairs[tier], self.tiers[tier]
        train, pair.trains = pair.trains, pair.trains + 1
        self.cancel("address", tier)
        for place in range(setup.announcement.count):
            index = 64 * train + place
            if not chance.hits(self.setup.seed, setup.announcement.loss, chance.ANNOUNCEMENT, index, tier):
                self._heard_at(tier, number, self.now_us + place * setup.announcement.spacing_us)
                return
        last_us = self.now_us + (setup.announcement.count - 1) * setup.announcement.spacing_us
        low_us, high_us = setup.announcement.cache_low_us, setup.announcement.cache_high_us
        drawn = chance.word(self.setup.seed, chance.CACHE_AGE, train, tier)
        age_us = low_us + (drawn * (high_us - low_us) >> 32)
        if last_us > self.now_us:
            key = ("address", tier, number)
            self.push(last_us, TIMER, key, lambda: self._age(tier, number, age_us))
            self.refresh(tier)
        else:
            self._age(tier, number, age_us)

    def _heard_at(self, tier: int, number: int, heard_us: int) -> None:
        """Clients follow some time after they have heard it."""

        def hear() -> None:
            self._follow_at(tier, number, self.now_us + self.tiers[tier].convergence_us)

        if heard_us > self.now_us:
            self.push(heard_us, TIMER, ("address", tier, number), hear)
            self.refresh(tier)
        else:
            hear()

    def _age(self, tier: int, number: int, age_us: int) -> None:
        """Nobody has heard of it: caches age from the last answer of the unit that clients know."""
        pair = self.pairs[tier]
        silent_us = pair.last_answer_us if pair.silent_us < 0 else pair.silent_us
        last_answer_us = self.now_us if silent_us < 0 else silent_us
        self._follow_at(tier, number, max(last_answer_us + age_us, self.now_us))

    def _follow_at(self, tier: int, number: int, due_us: int) -> None:
        if due_us > self.now_us:
            self.push(due_us, TIMER, ("address", tier, number), lambda: self.follow(tier, number))
            self.refresh(tier)
        else:
            self.follow(tier, number)

    def follow(self, tier: int, number: int) -> None:
        if self.pairs[tier].units[number].role == "active":
            self.tell("AddressLearned", tier, number)
            self.pairs[tier].followers = number
            self.refresh(tier)

    # --- after anything has changed ---

    def refresh(self, tier: int) -> None:
        pair = self.pairs[tier]
        if pair.units[pair.followers].serves:
            pair.silent_us = -1
        elif pair.silent_us < 0:
            pair.silent_us = self.now_us
        keeps = pair.units[pair.stayers]
        if keeps.role != "active" or keeps.suspended:
            pair.stayers = pair.followers
        self.learn_of_losses(tier)
        self.refresh_channel(tier)
        for number in (0, 1):
            self.refresh_safety(tier, number)

    # --- lease and quorum ---

    def refresh_safety(self, tier: int, number: int) -> None:
        """An active unit without contact stops serving in time."""
        pair, guard = self.pairs[tier], self.tiers[tier].guard
        unit = pair.units[number]
        key = ("suspend", tier, number)
        if unit.role != "active":
            self.cancel(*key)
            return
        due_us = self._suspension_us(tier, number) if guard.kind in ("lease", "witness") else None
        if due_us is None:
            self.cancel(*key)
            if unit.suspended in ("lease", "quorum"):
                unit.suspended = ""
                self.refresh(tier)
        elif not unit.suspended and not self.waits_on(*key):
            self.push(due_us, TIMER, key, lambda: self._suspend(tier, unit))

    def _suspension_us(self, tier: int, number: int) -> int | None:
        pair, guard = self.pairs[tier], self.tiers[tier].guard
        unit, other = pair.units[number], pair.units[1 - number]
        if guard.kind == "witness":
            return None if unit.isolated_us is None else unit.isolated_us + guard.lease_us
        if self.connected(tier, self.tiers[tier].heartbeat.link) and other.role in WAITING and not other.mute:
            unit.needs_lease = True
            return None
        if not unit.needs_lease:
            return None
        last_us = self.now_us
        if guard.renewal_us:
            last_us = max(self.now_us - 1, 0) // guard.renewal_us * guard.renewal_us
        return last_us + guard.lease_us

    def _suspend(self, tier: int, unit: Unit) -> None:
        unit.suspended = "lease" if self.tiers[tier].guard.kind == "lease" else "quorum"
        self.tell("ServiceSuspended", tier, self.pairs[tier].units.index(unit))
        self.refresh(tier)
