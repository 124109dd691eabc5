"""The chapters of a run: where to stop, what to call it, what to say there.

`chapters` reads them from the events of a whole run: each begins a moment before something that matters, so
that one sees it happen. `turning.points` knows what matters; here the gravest are chosen, between how all is
well and what it cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from visualizer.sim.event import Event
from visualizer.sim.setup import US_PER_S, Setup
from visualizer.story.introducing import opening
from visualizer.story.reckoning import cost, last_us
from visualizer.story.taking_over import MOMENT_US
from visualizer.story.tale import Point
from visualizer.story.turning import points

MOST = 9
"""As many chapters as one can keep in mind, and count on one's fingers."""

_APART_US = MOMENT_US
_LEAD_US = 500_000
_TOLD_US = 6 * US_PER_S
"""It takes so long to say who is who."""
_LINGER_US = 1_500_000
"""How long what happened last is looked at before what all cost is told."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of a run that makes one point: from `at_us` to where the next one begins.

    `title` is a few words, `sentence` one plain sentence.
    """

    at_us: int
    title: str
    sentence: str


def chapters(told: Sequence[Event], setup: Setup) -> tuple[Chapter, ...]:
    """At most `MOST` chapters in order of time, the first at 0; `told`: all events of the run."""
    return tuple(chapter for chapter, _ in turns(told, setup))


def turns(told: Sequence[Event], setup: Setup) -> tuple[tuple[Chapter, Point], ...]:
    """The chapters, each with what happens in it."""
    return turns_of(points(told, setup), opening(setup), lambda at_us: cost(told, at_us, setup), told, setup)


def turns_of(
    found: Iterable[Point],
    first: Point,
    cost_at: Callable[[int], Point],
    told: Sequence[Event],
    setup: Setup,
) -> tuple[tuple[Chapter, Point], ...]:
    """The gravest of `found`, between an opening and what it all has cost by an instant."""
    kept: list[Point] = []
    for point in sorted(found, key=lambda point: (point.rank, point.at_us)):
        if len(kept) == MOST - 2:
            break
        if all(abs(point.at_us - other.at_us) >= _APART_US for other in kept):
            kept.append(point)
    kept.sort(key=lambda point: point.at_us)
    if not kept:
        return ((Chapter(0, first.title, first.sentence), first),)
    kept[0] = _after_the_opening(kept, setup)
    if kept[0].at_us >= _APART_US:
        kept.insert(0, first)
    end_us = min(max(kept[-1].at_us, last_us(told)) + _LINGER_US, setup.duration_us - _LEAD_US)
    if end_us - kept[-1].at_us >= _APART_US:
        kept.append(cost_at(end_us))
    return tuple(
        (Chapter(_begin_us(point, before), point.title, point.sentence), point)
        for point, before in zip(kept, (None, *kept), strict=False)
    )


def number_at(found: Sequence[Chapter], at_us: int) -> int:
    """The index of the chapter that an instant lies in."""
    return max((number for number, chapter in enumerate(found) if chapter.at_us <= at_us), default=0)


def _after_the_opening(kept: Sequence[Point], setup: Setup) -> Point:
    """The first point; what is wrong from the start on, while both units run, is told after who they are."""
    first = kept[0]
    next_us = kept[1].at_us if len(kept) > 1 else setup.duration_us
    if first.at_us >= _APART_US or first.rank == 0 or next_us < 2 * _APART_US:
        return first
    return replace(first, at_us=min(_TOLD_US, next_us // 2), sudden=False)


def _begin_us(point: Point, before: Point | None) -> int:
    """A moment before what happens, but later than what happened before that."""
    if before is None or not point.sudden:
        return 0 if before is None else point.at_us
    return point.at_us - min(_LEAD_US, (point.at_us - before.at_us) // 4)
