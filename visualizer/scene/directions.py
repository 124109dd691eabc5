"""Which unit the clients send to: those who follow the gratuitous ARP, and those who stay while they can."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from visualizer.sim.event import (
    AddressLearned,
    Demoted,
    Event,
    ServiceResumed,
    ServiceSuspended,
    SetAside,
    Takeover,
    UnitStruck,
)

FOLLOW, STAY = 0, 1
"""The groups of clients, as the engine numbers them."""


@dataclass(frozen=True, slots=True)
class Directions:
    """`turns[group][tier]`: (from, unit) in order of time; the first is (0, 0). `times_us`: of every turn."""

    turns: tuple[tuple[tuple[tuple[int, int], ...], ...], ...]
    times_us: tuple[int, ...]

    def unit(self, group: int, tier: int, at_us: int) -> int:
        """The unit of a tier that a group sends to at an instant."""
        return self.last(group, tier, at_us)[1]

    def last(self, group: int, tier: int, at_us: int) -> tuple[int, int]:
        """(since, unit) at an instant."""
        turns = self.turns[group][tier]
        return turns[max(bisect_right(turns, at_us, key=lambda turn: turn[0]) - 1, 0)]

    def before(self, group: int, tier: int, at_us: int) -> int:
        """The unit that the group sent to before it turned last."""
        return self.unit(group, tier, self.last(group, tier, at_us)[0] - 1)


def directions(events: Sequence[Event], tiers: int) -> Directions:
    """Follow the addresses through all events: a unit keeps those who stay for as long as it is in office."""
    pairs = [_Pair() for _ in range(tiers)]
    for event in events:
        tier = getattr(event, "tier", None)
        if tier is not None:
            pairs[tier].see(event)
    follow = tuple(tuple(pair.follow) for pair in pairs)
    stay = tuple(tuple(pair.stay) for pair in pairs)
    times = sorted({at_us for group in (follow, stay) for turns in group for at_us, _ in turns if at_us})
    return Directions((follow, stay), tuple(times))


class _Pair:
    """One tier while its events are followed."""

    def __init__(self) -> None:
        self.follow = [(0, 0)]
        self.stay = [(0, 0)]
        self._in_office = [True, False]

    def see(self, event: Event) -> None:
        """One event of this tier."""
        match event:
            case AddressLearned():
                self.follow.append((event.at_us, event.unit))
            case Takeover() | ServiceResumed():
                self._in_office[event.unit] = True
            case UnitStruck() | Demoted() | ServiceSuspended() | SetAside():
                self._in_office[event.unit] = False
            case _:
                return
        at, directed = self.stay[-1][1], self.follow[-1][1]
        if at != directed and not self._in_office[at]:
            self.stay.append((event.at_us, directed))
