"""Sites and their power: utility, UPS, generator, and the hand that brings it back."""

from __future__ import annotations

from property.naive import chance
from property.naive.world import TIMER, World


class Power(World):
    def start_power(self) -> None:
        self.feeds = ["utility"] * len(self.setup.feeds)
        self.feed_failures = [0] * len(self.setup.feeds)

    def units_of(self, sites: set[int]) -> list[tuple[int, int]]:
        return [
            (tier, number)
            for tier, setup in enumerate(self.tiers)
            for number in (0, 1)
            if setup.sites[number] in sites
        ]

    def site_struck(self, site: int) -> None:
        self.strike(self.units_of({site}), cables=True, power=True)

    def utility_fails(self, feed: int) -> None:
        if self.feeds[feed] != "utility":
            return
        setup = self.setup.feeds[feed]
        number, self.feed_failures[feed] = self.feed_failures[feed], self.feed_failures[feed] + 1
        self.feeds[feed] = "failed"
        if chance.hits(self.setup.seed, setup.generator_success, chance.GENERATOR, number, feed):
            due_us = self.now_us + setup.generator_us
            self.push(due_us, TIMER, ("power", feed), lambda: self._generator(feed))
        self.push(self.now_us + setup.ups_us, TIMER, ("power", feed), lambda: self._dark(feed))
        if setup.manual_us is not None:
            due_us = self.now_us + setup.manual_us
            self.push(due_us, TIMER, ("power", feed), lambda: self.power_back(feed, "utility"))

    def _generator(self, feed: int) -> None:
        self.power_back(feed, "generator")

    def _dark(self, feed: int) -> None:
        self.feeds[feed] = "dark"
        doomed = [(t, n) for t, n in self._fed_by(feed) if self.pairs[t].units[n].role != "down"]
        self.strike(doomed, cables=True, power=True)
        for tier, number in doomed:
            self.pairs[tier].units[number].dark = True

    def power_back(self, feed: int, condition: str) -> None:
        if self.feeds[feed] == "utility":
            return
        self.cancel("power", feed)
        self.feeds[feed] = condition
        for tier, number in self._fed_by(feed):
            unit = self.pairs[tier].units[number]
            if unit.dark and unit.role == "down":
                self.repair(tier, number)

    def _fed_by(self, feed: int) -> list[tuple[int, int]]:
        return self.units_of({n for n, site in enumerate(self.setup.sites) if site.feed == feed})
