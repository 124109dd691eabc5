"""What the rules of the caption look at: the state of an instant and what happened shortly before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from visualizer.sim import Setup, State, exposure
from visualizer.sim.event import Event
from visualizer.sim.replication import POLICIES, Policy
from visualizer.sim.state import WAITING, Role
from visualizer.story.kinds import NEWS

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant of a run."""

    state: State
    events: tuple[Event, ...]
    setup: Setup
    known_exposure: tuple[int, ...] | None = None

    @property
    def now_us(self) -> int:
        """The playhead."""
        return self.state.now_us

    @property
    def tiers(self) -> range:
        """All tiers, by index."""
        return range(len(self.state.tiers))

    def last(self, kind: type[E], within_us: int) -> E | None:
        """The latest event of a kind, if it is younger than `within_us` and no later news has come."""
        news_us = -1
        for event in reversed(self.events):
            if isinstance(event, kind):
                old = issubclass(kind, NEWS) and news_us > event.at_us
                return None if old or self.now_us - event.at_us >= within_us else event
            if isinstance(event, NEWS):
                news_us = max(news_us, event.at_us)
        return None

    def grew(self, since_us: int, tier: int, unit: int) -> bool:
        """Whether a waiting unit has missed more heartbeats than at an earlier instant."""
        return self.missed_at(since_us, tier, unit) < self.missed_at(self.now_us, tier, unit)

    def role(self, tier: int, unit: int) -> Role:
        """What a unit is now."""
        return self.state.tiers[tier].units[unit].role

    def policy(self, tier: int) -> Policy:
        """How the tier's state is copied."""
        return POLICIES[self.setup.tiers[tier].sync.policy]

    def missed_at(self, at_us: int, tier: int, unit: int) -> int:
        """Heartbeats that a waiting unit had waited for in vain at an instant; 0 for any other."""
        heartbeat = self.setup.tiers[tier].heartbeat
        here = self.state.tiers[tier].units[unit]
        if here.role not in WAITING:
            return 0
        return min(max((at_us - here.heard_us) // heartbeat.interval_us, 0), heartbeat.misses)

    def claims(self, tier: int, unit: int) -> bool:
        """Whether it is the preferred unit, which counts as missed what the one that serves still sends."""
        return self.setup.tiers[tier].preempt and unit == 0 and self.role(tier, 1) is Role.ACTIVE

    def all_at(self, kind: type[E], at_us: int) -> list[E]:
        """The events of a kind at one instant."""
        return [event for event in self.events if isinstance(event, kind) and event.at_us == at_us]

    def lost_at(self, at_us: int, tier: int) -> int:
        """Sessions of a tier that were lost at an instant."""
        return sum(len(x.sessions) for x in self.state.losses if (x.at_us, x.tier) == (at_us, tier))

    def exposed(self) -> tuple[int, int]:
        """(tier, sessions) of the pair that one bolt would cost most."""
        counts = self.known_exposure or exposure(self.state).by_tier
        tier = max(self.tiers, key=lambda index: (counts[index], -index))
        return tier, counts[tier]
