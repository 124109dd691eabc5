"""A script for a run that has none: its chapters, slow where it matters and fast where nothing happens."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

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
from visualizer.story.caption import RECENT_US
from visualizer.story.chapters import Chapter, turns
from visualizer.story.tale import Point, Remark

_GRAVE = 1
"""Points up to this rank are seen in slow motion."""

_BEFORE, _AFTER = SPEED_ONE // 4, SPEED_ONE // 2
_AFTER_US = US_PER_S
"""What is sudden comes at a quarter of its speed, and for this time of the run goes on at half of it."""

_TITLE_US = 2 * US_PER_S
"""Before something sudden comes time stands still: the title of its chapter is before the picture."""

_APART_US = 2 * US_PER_S
"""From one sentence about the same to the next; time of the run, which stands still besides."""

_ON_ITS_WAY_US = US_PER_S // 5
_PATIENCE_US = 3 * US_PER_S
"""So long after it has left one sees it well; for what is to be seen one waits no longer than that."""

_CALM_US = 7 * US_PER_S
_ALONE_US = 20 * US_PER_S
_LAST_US = 6 * US_PER_S
"""Film time, at most, from what has been told to the next chapter; of a run in which nothing happens; of the
end.
"""

_FIRST_US = 3 * US_PER_S
"""Before a fast stretch that much is seen as it happens: one sees the heartbeats go."""

_BARELY_FAST = 3 * SPEED_ONE // 2
"""Up to this speed one still sees what happens."""

_SHORT_US = 2 * US_PER_S
"""Where so little time, or less, is between two chapters, much happens in it."""

_NEWS_US = RECENT_US
"""So long the caption would tell of it in other words: until then the sentence stays."""

_ROOM_US = 10_000
"""In less time than this nothing is told one after the other."""

_STEPS = (1000, 1500, 2000, 3000, 5000, 7500)

_AWAY_US = 2 * US_PER_S
"""The camera goes back to the whole picture when there is so much to see, and no sooner."""

_ZOOMS = {1: ZOOM_ONE, 2: 125, 3: 140}
_MOST_ZOOM = 160

WHOLE = Region("stage")
_NOTHING = Remark("")


def script_of(setup: Setup, told: Sequence[Event]) -> Script:
    """Beats tied to seconds of this run; `told`: all of its events. Its sentences are no templates."""
    return script_with(turns(told, setup), setup, told)


def script_with(found: Sequence[tuple[Chapter, Point]], setup: Setup, told: Sequence[Event]) -> Script:
    """The script that tells these chapters."""
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
            told=told,
        )
        chapters.append(ScriptChapter(chapter.title, tuple(turn.beats())))
    return Script(tuple(chapters))


def _spot(point: Point, setup: Setup) -> Region | TierSpot:
    """Where it happens, when that is one of several tiers."""
    return WHOLE if point.tier is None or len(setup.tiers) == 1 else TierSpot(point.tier)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One chapter, from `at_us` to `end_us`, and how it is seen. `stays`: the next is at the same spot;
    `told`: all events.
    """

    point: Point
    at_us: int
    end_us: int
    spot: Region | TierSpot
    stays: bool
    last: bool
    zoom: int
    told: Sequence[Event]

    def beats(self) -> Iterator[Beat]:
        """Come near, tell it where it happens, look on, let the rest pass."""
        happens_us = max(self.point.at_us, self.at_us)
        grave = self.point.sudden and self.point.rank <= _GRAVE
        if happens_us > self.at_us:
            yield self._beat(self.at_us, _BEFORE if grave else SPEED_ONE, self.spot, hold_us=_TITLE_US)
        said = (Remark(self.point.sentence, self.point.lit), *self.point.more)
        span_us = self.end_us - happens_us
        said = said if span_us >= _ROOM_US else said[:1]
        apart_us = min(_AFTER_US, span_us) // len(said) if grave else min(_APART_US, span_us // len(said))
        instants = self._instants(said, happens_us, apart_us)
        calm_us = instants[-1] + apart_us * grave
        rest = self._rest(calm_us) or [(calm_us, SPEED_ONE)] * (not grave)
        while_told = _AFTER if grave else min(rest[0][1], SPEED_ONE)
        told = said if grave else said[:-1]
        for at_us, remark in zip(instants, told, strict=False):
            yield self._beat(at_us, while_told, self.spot, remark)
        if not grave:
            yield self._beat(*rest[0], self.spot, said[-1])
            rest = rest[1:]
        yield from self._looking_on(rest, said[-1].sentence, happens_us + _NEWS_US if grave else 0)

    def _instants(self, said: Sequence[Remark], from_us: int, apart_us: int) -> list[int]:
        """When each is said: one after the other, and where it can be when one just sees it."""
        found = [from_us]
        for left, remark in zip(range(len(said) - 1, 0, -1), said[1:], strict=True):
            at_us = found[-1] + apart_us
            latest_us = min(at_us + _PATIENCE_US, self.end_us - left * apart_us)
            seen_us = self._seen_us(remark.seen, at_us) if remark.seen else None
            found.append(at_us if seen_us is None or seen_us > latest_us else seen_us)
        return found

    def _seen_us(self, kind: type[Event], from_us: int) -> int | None:
        """When the next of a kind is on its way."""
        first = bisect_left(self.told, from_us - _ON_ITS_WAY_US, key=lambda event: event.at_us)
        following = (event for event in islice(self.told, first, None) if isinstance(event, kind))
        found = next(following, None)
        return None if found is None else found.at_us + _ON_ITS_WAY_US

    def _looking_on(self, rest: list[tuple[int, int]], said: str, news_us: int) -> Iterator[Beat]:
        """Beats that say nothing new; until `news_us` what was said stays."""
        for number, (at_us, speed) in enumerate(rest):
            last = number == len(rest) - 1
            away = not self.stays and last and self.end_us - at_us >= _AWAY_US
            spot = WHOLE if away else self.spot
            if at_us >= news_us:
                yield self._beat(at_us, speed, spot)
                continue
            yield self._beat(at_us, speed, spot, Remark(said), hold_us=0)
            if last and speed <= _BARELY_FAST and news_us < self.end_us:
                yield self._beat(news_us, speed, spot)

    def _rest(self, from_us: int) -> list[tuple[int, int]]:
        """When it goes on, and how fast: as it happens, or after a moment of that as fast as it must be."""
        span_us = self.end_us - from_us
        if span_us < _ROOM_US:
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

    def _beat(
        self,
        at_us: int,
        speed: int,
        spot: Region | TierSpot,
        remark: Remark = _NOTHING,
        hold_us: int | None = None,
    ) -> Beat:
        zoom = ZOOM_ONE if spot == WHOLE else self.zoom
        return Beat(
            Anchor("time", time_us=at_us),
            remark.sentence,
            hold_us=hold_us,
            speed=speed,
            focus=spot,
            zoom=zoom,
            highlight=remark.lit,
        )


def _speed(span_us: int, film_us: int) -> int:
    """The least of 1x, 1.5x, 2x, 3x, 5x, 7.5x, 10x, ... at which it is over in time."""
    ten = 1
    while True:
        for step in _STEPS:
            if span_us * SPEED_ONE <= film_us * step * ten:
                return step * ten
        ten *= 10
