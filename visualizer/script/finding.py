"""Where an anchor lies in a run. Pure: the events and the setup decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from visualizer.script.happening import Happening, concerns
from visualizer.script.moments import MOMENTS
from visualizer.script.script import Anchor
from visualizer.sim.event import Event
from visualizer.sim.setup import Setup


@dataclass(frozen=True, slots=True)
class Finder:
    """Looks in one run, of which `told` are all events. It keeps what it has found: ask one for many."""

    told: Sequence[Event]
    setup: Setup
    _seen: dict[str, tuple[Happening, ...]] = field(default_factory=dict)

    def found(self, anchor: Anchor, after_us: int = 0) -> int | None:
        """The instant, within the run; None when it does not come. `after_us`: that of the beat before."""
        place = self._place(anchor, after_us)
        return None if place is None else min(max(place.at_us + anchor.offset_us, 0), self.setup.duration_us)

    def times(self, anchor: Anchor) -> list[Happening]:
        """Each time the moment of an anchor comes, where it asks for it; at one instant only once."""
        if anchor.moment not in self._seen:
            self._seen[anchor.moment] = tuple(MOMENTS[anchor.moment].find(self.told, self.setup))
        found: dict[int, Happening] = {}
        for one in self._seen[anchor.moment]:
            if anchor.of is None or concerns(one, anchor.of, self.setup):
                found.setdefault(one.at_us, one)
        return list(found.values())

    def _place(self, anchor: Anchor, after_us: int) -> Happening | None:
        match anchor.moment:
            case "start":
                return Happening(0, 0)
            case "end":
                return Happening(self.setup.duration_us, 2 * len(self.told))
            case "time":
                if anchor.time_us > self.setup.duration_us:
                    return None
                earlier = sum(event.at_us < anchor.time_us for event in self.told)
                return Happening(anchor.time_us, 2 * earlier)
        return self._one(anchor, after_us)

    def _one(self, anchor: Anchor, after_us: int) -> Happening | None:
        times = self.times(anchor)
        if anchor.other is not None:
            other = self._place(anchor.other, after_us)
            if other is None:
                return None
            before = anchor.relation == "before"
            times = [one for one in times if (one.order < other.order if before else one.order > other.order)]
            return _counted(times, anchor.which or (-1 if before else 1))
        if anchor.which is None:
            return next((one for one in times if one.at_us >= after_us), None)
        return _counted(times, anchor.which)


def found(anchor: Anchor, told: Sequence[Event], setup: Setup, after_us: int = 0) -> int | None:
    """The instant of an anchor in a run of `setup` with these events; None when it does not come.

    `after_us`: from when on "the next" counts. What is added at its end stays within the run.
    """
    return Finder(told, setup).found(anchor, after_us)


def _counted(times: list[Happening], which: int) -> Happening | None:
    """Number `which`, from 1; -1 the last."""
    if which < 0:
        return times[-1] if times else None
    return times[which - 1] if which <= len(times) else None
