"""What is known of a run while its events are read in order, and what might begin a chapter."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from visualizer.script.script import Spot
from visualizer.sim import event as events
from visualizer.sim.event import Event
from visualizer.sim.setup import Setup
from visualizer.story.words import unit


@dataclass(frozen=True, slots=True)
class Remark:
    """One more sentence, what is lit while it is said, and what one should just see: a kind of event."""

    sentence: str
    lit: tuple[Spot, ...] = ()
    seen: type[Event] | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """Something that matters. Of two at about the same time the one with the lower `rank` is told.

    `sudden`: its chapter begins a moment before it, so that one sees it come. `tier`: where it happens, None
    for everywhere. `more` is said after `sentence`, in a film. `fact`: what happens, as a sentence
    without what it costs, for where it happens in several designs at once.
    """

    at_us: int
    rank: int
    title: str
    sentence: str
    sudden: bool = True
    tier: int | None = None
    lit: tuple[Spot, ...] = ()
    more: tuple[Remark, ...] = ()
    fact: str = ""


@dataclass
class Tale:
    """What is known while the events are read in order.

    `passive`: (tier, unit) that are not active; `down`: those that do not run; `cut`: (tier, link) that carry
    nothing; `failed_us`: when the last active one of a tier went away; `booted`: (tier, unit) that have been
    down since then; `why`: for what reason a tier changes hands; `splits`: how often both were active;
    `unheard`: how many announcements of a tier's new address were lost.
    """

    setup: Setup
    told: Sequence[Event]
    passive: set[tuple[int, int]]
    down: set[tuple[int, int]] = field(default_factory=set)
    cut: set[tuple[int, int]] = field(default_factory=set)
    failed_us: dict[int, int] = field(default_factory=dict)
    booted: set[tuple[int, int]] = field(default_factory=set)
    why: dict[int, str] = field(default_factory=dict)
    splits: int = 0
    unheard: dict[int, int] = field(default_factory=dict)

    def unit(self, event: Any, *, other: bool = False) -> str:
        """Who did it, or who did not."""
        return unit(self.setup, event.tier, 1 - event.unit if other else event.unit)

    def lost(self, at_us: int, tier: int | None = None) -> int:
        """Sessions that were lost at an instant (in one tier)."""
        return sum(each.sessions for each in self.losses(at_us, tier))

    def losses(self, at_us: int, tier: int | None = None) -> list[events.StateLost]:
        """What was lost at an instant (in one tier), by cause."""
        return [
            each
            for each in self._just_then(at_us)
            if isinstance(each, events.StateLost) and tier in (None, each.tier) and each.sessions
        ]

    def active(self, tier: int) -> int:
        """Which unit serves, or served last."""
        return 0 if (tier, 0) not in self.passive else 1

    def together(self, kind: type, event: Any, *, tier: int | None = None) -> int:
        """How many events of a kind happen at the same instant (in one tier)."""
        return sum(
            isinstance(each, kind) and tier in (None, getattr(each, "tier", None))
            for each in self._just_then(event.at_us)
        )

    def _just_then(self, at_us: int) -> Sequence[Event]:
        first = bisect_left(self.told, at_us, key=lambda event: event.at_us)
        return self.told[first : bisect_right(self.told, at_us, first, key=lambda event: event.at_us)]

    def where(self, event: Any) -> int | None:
        """The tier of an event; None when it has none, or the same happens in others just then."""
        tier: int | None = getattr(event, "tier", None)
        alone = self.together(type(event), event) == self.together(type(event), event, tier=tier)
        return tier if alone else None

    def remember(self, event: Event) -> None:
        """The event has happened now."""
        match event:
            case events.UnitStruck(tier=tier, unit=unit) | events.SetAside(tier=tier, unit=unit):
                if (tier, unit) not in self.passive:
                    self.failed_us[tier] = event.at_us
                    self.booted.clear()
                self.passive.add((tier, unit))
                if isinstance(event, events.UnitStruck):
                    self.down.add((tier, unit))
            case events.Demoted(tier=tier, unit=unit):
                self.passive.add((tier, unit))
            case events.Booted(tier=tier, unit=unit):
                self.booted.add((tier, unit))
                self.down.discard((tier, unit))
            case events.LinkChanged(tier=tier, link=link, up=up):
                (self.cut.discard if up else self.cut.add)((tier, link))
            case events.TakeoverBegun(tier=tier, why=why):
                self.why[tier] = why
            case events.AnnouncementLost(tier=tier):
                self.unheard[tier] = self.unheard.get(tier, 0) + 1
            case events.Takeover(tier=tier, unit=unit):
                self.unheard[tier] = 0
                self.passive.discard((tier, unit))
                if self.why.pop(tier, "") == "handover":
                    self.passive.add((tier, 1 - unit))
            case _:
                pass
