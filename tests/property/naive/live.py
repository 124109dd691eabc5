"""Parameters that somebody changes while the world runs."""

from __future__ import annotations

from dataclasses import replace

from property.naive.world import SEND, WAITING, World


class Live(World):
    def set_parameter(self, name: str, tier: int, value: object) -> None:
        assert isinstance(value, int)
        pair, setup = self.pairs[tier], self.tiers[tier]
        match name:
            case "sync.interval":
                pair.sync_us = max(pair.sync_us - setup.sync.interval_us + value, self.now_us)
                self.tiers[tier] = replace(setup, sync=replace(setup.sync, interval_us=value))
                if self.cancel("sync", tier):
                    self.push(pair.sync_us, SEND, ("sync", tier), lambda: self.sync(tier))
            case "heartbeat.interval":
                pair.heartbeat_us = max(pair.heartbeat_us - setup.heartbeat.interval_us + value, self.now_us)
                self.tiers[tier] = replace(setup, heartbeat=replace(setup.heartbeat, interval_us=value))
                self.cancel("beat", tier)
                self.push(pair.heartbeat_us, SEND, ("beat", tier), lambda: self.beat(tier))
                latency_us = self.quality(tier, setup.heartbeat.link).latency_us
                self._watch_again(tier, pair.heartbeat_us - value + latency_us)
            case "heartbeat.misses":
                self.tiers[tier] = replace(setup, heartbeat=replace(setup.heartbeat, misses=value))
                self._watch_again(tier)
            case "address.convergence":
                self.tiers[tier] = replace(setup, convergence_us=value)
            case _:
                self._set_latency(tier, name.split(".", maxsplit=1)[0], value)

    def _watch_again(self, tier: int, heard_us: int = 0) -> None:
        for number, unit in enumerate(self.pairs[tier].units):
            if unit.role in WAITING:
                unit.heard_us = max(unit.heard_us, heard_us)
                self.watch(tier, number)

    def _set_latency(self, tier: int, cable: str, value: int) -> None:
        setup = self.tiers[tier]
        for link, one in enumerate(setup.links):
            if one.name == cable:
                self.quality_changes(tier, link)
        links = tuple(replace(link, latency_us=value) if link.name == cable else link for link in setup.links)
        self.tiers[tier] = replace(setup, links=links)

    def quality_changes(self, tier: int, link: int) -> None:
        """Nothing that leaves from now on comes out before what has left until now."""
        queue = self.pairs[tier].queue
        carries = queue is not None and queue.streams and link == self.tiers[tier].sync.link
        if carries and queue.opened_us < self.now_us:
            front_us = self.now_us - 1 + self.quality(tier, link).latency_us
            queue.front_us = max(queue.front_us, front_us)
