"""A script for a run that has none: its chapters, slow where it matters and fast where nothing happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from visualizer.script.script import (
    SPEED_ONE,
    ZOOM_ONE,
    Anchor,
    Beat,
    Region,
    Script,
    ScriptChapter,
    TierSpot,
)
from visualizer.sim.event import Event
from visualizer.sim.setup import US_PER_S, Setup
from visualizer.story.chapters import turns
from visualizer.story.tale import Point

_GRAVE = 1
"""Points up to this rank are seen in slow motion."""

_BEFORE, _AFTER = SPEED_ONE // 4, SPEED_ONE // 2
_AFTER_US = US_PER_S
"""What is sudden comes at a quarter of its speed, and for this time of the run goes on at half of it."""

_CALM_US = 8 * US_PER_S
_ALONE_US = 20 * US_PER_S
_LAST_US = 6 * US_PER_S
"""Film time, at most, from what has been told to the next chapter; of a run in which nothing happens; of the
end.
"""

_FIRST_US = 5 * US_PER_S // 2
"""Before a fast stretch that much is seen as it happens: one sees the heartbeats go."""

_BARELY_FAST = 3 * SPEED_ONE // 2
"""Up to this speed one still sees what happens."""

_SHORT_US = 2 * US_PER_S
"""Where so little time, or less, is between two chapters, much happens in it."""

_STEPS = (1000, 1500, 2000, 3000, 5000, 7500)

_AWAY_US = 2 * US_PER_S
"""The camera goes back to the whole picture when there is so much to see, and no sooner."""

_ZOOMS = {1: ZOOM_ONE, 2: 125, 3: 140}
_MOST_ZOOM = 160

WHOLE = Region("stage")


def script_of(setup: Setup, told: Sequence[Event]) -> Script:
    """Beats tied to seconds of this run; `told`: all of its events. Its sentences are no templates."""
    found = turns(told, setup)
    ends = [*(chapter.at_us for chapter, _ in found[1:]), setup.duration_us]
    spots = [*(_spot(point, setup) for _, point in found), WHOLE]
    chapters = []
    for number, ((chapter, point), end_us) in enumerate(zip(found, ends, strict=True)):
        turn = _Turn(
            point,
            chapter.at_us,
            end_us,
            spot=spots[number],
            stays=spots[number] == spots[number + 1],
            last=number == len(found) - 1,
            zoom=_ZOOMS.get(len(setup.tiers), _MOST_ZOOM),
        )
        chapters.append(ScriptChapter(chapter.title, tuple(turn.beats())))
    return Script(tuple(chapters))


def _spot(point: Point, setup: Setup) -> Region | TierSpot:
    """Where it happens, when that is one of several tiers."""
    return WHOLE if point.tier is None or len(setup.tiers) == 1 else TierSpot(point.tier)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One chapter, from `at_us` to `end_us`, and how it is seen. `stays`: the next is at the same spot."""

    point: Point
    at_us: int
    end_us: int
    spot: Region | TierSpot
    stays: bool
    last: bool
    zoom: int

    def beats(self) -> Iterator[Beat]:
        """Come near, tell it where it happens, look on, let the rest pass."""
        happens_us = max(self.point.at_us, self.at_us)
        grave = self.point.sudden and self.point.rank <= _GRAVE
        if happens_us > self.at_us:
            yield self._beat(self.at_us, _BEFORE if grave else SPEED_ONE, self.spot)
        calm_us = min(happens_us + _AFTER_US, self.end_us) if grave else happens_us
        speeds = [(happens_us, _AFTER)] if grave else []
        speeds += self._rest(calm_us)
        for number, (at_us, speed) in enumerate(speeds):
            away = not self.stays and number and number == len(speeds) - 1 and self.end_us - at_us >= _AWAY_US
            yield self._beat(
                at_us, speed, WHOLE if away else self.spot, "" if number else self.point.sentence
            )

    def _rest(self, from_us: int) -> list[tuple[int, int]]:
        """When it goes on, and how fast: as it happens, or after a moment of that as fast as it must be."""
        span_us = self.end_us - from_us
        if span_us <= 0:
            return []
        if self.last:
            return [(from_us, _speed(span_us, _LAST_US if self.at_us else _ALONE_US))]
        if span_us <= _SHORT_US:
            return [(from_us, _AFTER)]
        if span_us * SPEED_ONE <= _CALM_US * _BARELY_FAST:
            return [(from_us, _speed(span_us, _CALM_US))]
        return [
            (from_us, SPEED_ONE),
            (from_us + _FIRST_US, _speed(span_us - _FIRST_US, _CALM_US - _FIRST_US)),
        ]

    def _beat(self, at_us: int, speed: int, spot: Region | TierSpot, say: str = "") -> Beat:
        zoom = ZOOM_ONE if spot == WHOLE else self.zoom
        return Beat(Anchor("time", time_us=at_us), say, speed=speed, focus=spot, zoom=zoom)


def _speed(span_us: int, film_us: int) -> int:
    """The least of 1x, 1.5x, 2x, 3x, 5x, 7.5x, 10x, ... at which it is over in time."""
    ten = 1
    while True:
        for step in _STEPS:
            if span_us * SPEED_ONE <= film_us * step * ten:
                return step * ten
        ten *= 10
