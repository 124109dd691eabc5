"""Moments that no single event tells: both units active, heartbeats that do not come, nobody served."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from visualizer.script.happening import Happening, happening
from visualizer.sim import event as events
from visualizer.sim.event import Event, Status
from visualizer.sim.setup import Setup, TierSetup

Told = Sequence[Event]


def split_brains(told: Told, setup: Setup) -> Iterator[Happening]:
    """Each time both units of a pair have become active."""
    return (one for both, one in _splits(told, setup) if both)


def split_brains_over(told: Told, setup: Setup) -> Iterator[Happening]:
    """Each time a pair has one active unit again, or none."""
    return (one for both, one in _splits(told, setup) if not both)


def _splits(told: Told, setup: Setup) -> Iterator[tuple[bool, Happening]]:
    """(whether both are active now, the event) for each change of that."""
    active = [{0} for _ in setup.tiers]
    agreed = set(_agreed(told))
    for number, event in enumerate(told):
        tier: int | None = getattr(event, "tier", None)
        if tier is None:
            continue
        before = len(active[tier])
        match event:
            case events.Takeover():
                if (event.at_us, tier) in agreed:
                    active[tier].clear()
                active[tier].add(event.unit)
            case events.Demoted() | events.UnitStruck() | events.SetAside():
                active[tier].discard(event.unit)
        if (len(active[tier]) == 2) != (before == 2):
            yield len(active[tier]) == 2, happening(number, event, setup)


def _agreed(told: Told) -> Iterator[tuple[int, int]]:
    """(instant, tier) of takeovers at which the old active unit gives up: it hands over, or is made to."""
    for event in told:
        if isinstance(event, events.Demoted):
            yield event.at_us, event.tier
        elif isinstance(event, events.TakeoverBegun) and event.why == "handover":
            yield event.due_us, event.tier


def suspicions(told: Told, setup: Setup) -> Iterator[Happening]:
    """The first missed heartbeat of each silence."""
    return (one for number, one in _missed(told, setup) if number == 1)


def missed_heartbeats(told: Told, setup: Setup) -> Iterator[Happening]:
    """Each heartbeat that a waiting unit waits for in vain, at the instant at which it was due."""
    return (one for _, one in _missed(told, setup))


@dataclass(slots=True)
class _Watch:
    """How the waiting unit of a tier listens. `heard_us`: of each unit, None while it does not wait. What was
    missed up to `told_us` has been told.
    """

    interval_us: int
    misses: int
    latency_us: int
    heard_us: list[int | None]
    told_us: int = -1

    def missed(self, tier: int, unit: int, until_us: int) -> Iterator[tuple[int, int, int, int]]:
        """(due_us, number, tier, unit) of each heartbeat that was due by then."""
        heard_us = self.heard_us[unit]
        if heard_us is None:
            return
        for number in range(1, self.misses + 1):
            due_us = heard_us + number * self.interval_us
            if self.told_us < due_us <= until_us:
                yield due_us, number, tier, unit

    def is_over(self, unit: int, at_us: int) -> bool:
        """Whether a unit has waited for all heartbeats that it must miss."""
        heard_us = self.heard_us[unit]
        return heard_us is not None and at_us - heard_us >= self.misses * self.interval_us

    def change(self, event: events.ParameterSet) -> None:
        """A shorter interval does not make a heartbeat late that was none."""
        if event.parameter == "heartbeat.misses":
            self.misses = int(event.value)
        elif event.parameter == "heartbeat.interval":
            self.interval_us = int(event.value)
            least_us = event.at_us + self.latency_us - self.interval_us
            self.heard_us = [None if one is None else max(one, least_us) for one in self.heard_us]


def _missed(told: Told, setup: Setup) -> list[tuple[int, Happening]]:
    """(number in its silence, the instant at which it was due) of each missed heartbeat.

    One that is late by less than half an interval is not missed.
    """
    found: list[tuple[int, int, int, int]] = []
    watches = [_watch(tier) for tier in setup.tiers]
    agreed = set(_agreed(told))
    for event in told:
        tier: int | None = getattr(event, "tier", None)
        if tier is not None:
            found += _heard(event, tier, watches[tier], (event.at_us, tier) in agreed)
    for tier, watch in enumerate(watches):
        found += [one for unit in (0, 1) for one in watch.missed(tier, unit, setup.duration_us)]
    times = [event.at_us for event in told]
    return [
        (number, Happening(due_us, 2 * bisect_right(times, due_us), tier, unit))
        for due_us, number, tier, unit in sorted(found)
    ]


def _watch(tier: TierSetup) -> _Watch:
    beat = tier.heartbeat
    latency_us = tier.links[beat.link].latency_us
    first_us = max(beat.phase_us + latency_us - beat.interval_us, 0)
    return _Watch(beat.interval_us, beat.misses, latency_us, [None, first_us])


def _heard(event: Event, tier: int, watch: _Watch, agreed: bool) -> Iterator[tuple[int, int, int, int]]:
    """What was missed up to an event, which may end the silence or begin another."""
    match event:
        case events.HeartbeatReceived(at_us, _, unit):
            if watch.heard_us[unit] is not None:
                yield from watch.missed(tier, unit, at_us - watch.interval_us // 2 - 1)
                watch.heard_us[unit] = at_us
        case events.Takeover(at_us, _, unit):
            yield from watch.missed(tier, unit, at_us if watch.is_over(unit, at_us) else at_us - 1)
            watch.heard_us[unit] = None
            if agreed:
                watch.heard_us[1 - unit] = at_us
        case events.UnitStruck(at_us, _, _, unit) | events.SetAside(at_us, _, unit):
            yield from watch.missed(tier, unit, at_us - 1)
            watch.heard_us[unit] = None
        case events.Demoted(at_us, _, unit) | events.Booted(at_us, _, unit):
            watch.heard_us[unit] = at_us
        case events.ParameterSet(at_us):
            yield from (one for unit in (0, 1) for one in watch.missed(tier, unit, at_us - 1))
            watch.told_us = at_us - 1
            watch.change(event)


def outages(told: Told, setup: Setup) -> Iterator[Happening]:
    """Each time nobody is served any more."""
    return (one for served, one in _service(told, setup) if not served)


def service_again(told: Told, setup: Setup) -> Iterator[Happening]:
    """Each time the clients are served again."""
    return (one for served, one in _service(told, setup) if served)


def _service(told: Told, setup: Setup) -> Iterator[tuple[bool, Happening]]:
    """(whether the clients who follow are served now, the event) for each change of that.

    A request that hangs on a dying unit has been taken by somebody: that instant is not without service.
    """
    served = True
    for number, event in enumerate(told):
        if not isinstance(event, events.ServiceChanged) or event.clients == "stay":
            continue
        now = event.status is Status.SERVED or (event.status is Status.HUNG and event.tier is None)
        if now != served:
            served = now
            yield served, happening(number, event, setup)
